"""A refusal before acceptance may be of what is no procedure at all."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reception", "0004_guidance"),
    ]

    operations = [
        migrations.AlterField(
            model_name="guidance",
            name="procedure_version",
            field=models.UUIDField(null=True),
        ),
    ]
