"""For whom a merger was proposed, who may not confirm it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0014_sitting"),
    ]

    operations = [migrations.AddField("merger", "proposed_for", models.TextField(default=""))]
