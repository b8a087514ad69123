"""The parts of an agency's territory, and who serves each."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("processes", "0005_drafts")]

    operations = [
        migrations.CreateModel(
            name="Area",
            fields=[
                ("pk", models.CompositePrimaryKey("agency", "code", primary_key=True, serialize=False)),
                ("agency", models.TextField()),
                ("code", models.TextField()),
                ("name", models.TextField()),
                ("account", models.UUIDField(null=True)),
            ],
        ),
    ]
