"""Which parts of a process's dossiers a position sees, where lists can ask it."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0032_recalls")]

    operations = [
        migrations.CreateModel(
            name="Sight",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "process_version", "position", primary_key=True, serialize=False
                    ),
                ),
                ("process_version", models.UUIDField()),
                ("position", models.TextField()),
                (
                    "parts",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
            ],
        ),
    ]
