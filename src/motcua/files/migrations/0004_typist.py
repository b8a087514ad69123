"""Who sent a file for a business."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("files", "0003_scanned")]

    operations = [migrations.AddField("upload", "typist", models.UUIDField(null=True))]
