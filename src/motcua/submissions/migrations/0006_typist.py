"""Who began a draft for a business."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("submissions", "0005_consent_codes")]

    operations = [migrations.AddField("draft", "typist", models.UUIDField(null=True))]
