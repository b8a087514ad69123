"""For whom a third return was proposed, who may not answer it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reception", "0007_closed"),
    ]

    operations = [migrations.AddField("guidancestanding", "told_for", models.TextField(default=""))]
