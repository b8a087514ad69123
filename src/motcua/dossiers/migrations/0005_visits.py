"""The dossiers of one visit are asked for at each confirmation and each slip."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0004_attachments")]

    operations = [
        migrations.AddIndex(
            "dossier",
            models.Index(fields=["visit", "id"], name="dossiers_visit", condition=Q(visit__isnull=False)),
        )
    ]
