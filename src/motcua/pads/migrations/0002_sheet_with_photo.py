from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pads", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="sheet",
            name="with_photo",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
