"""A measurement whose table can't be read is put aside, saying why, and the next goes on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("processes", "0009_for_whom"),
    ]

    operations = [migrations.AddField("impact", "trouble", models.JSONField(null=True))]
