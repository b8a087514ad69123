"""Dossiers of the last twelve months by the process they ran under: what the preview of a draft reads."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0028_messages_seen")]

    operations = [
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["process_version", "received_on", "id"], name="dossiers_by_process"),
        ),
    ]
