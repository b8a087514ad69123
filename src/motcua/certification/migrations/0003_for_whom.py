"""For whom a day of a book was closed, who may not open it again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("certification", "0002_signer_for"),
    ]

    operations = [migrations.AddField("note", "acting_for", models.TextField(default=""))]
