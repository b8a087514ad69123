"""For whom a step was done, who may not do what is kept apart from it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("processes", "0008_sights"),
    ]

    operations = [migrations.AddField("runningstep", "ended_for", models.TextField(default=""))]
