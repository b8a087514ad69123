import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0006_screen_lock"),
    ]

    operations = [
        migrations.AddField(
            model_name="appointment",
            name="posted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="representatives",
                to="agencies.agency",
            ),
        ),
    ]
