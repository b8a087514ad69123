"""What could not be looked up at reception and still waits."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0014_parties")]

    operations = [
        migrations.AddField("dossier", "degraded", models.JSONField(null=True)),
        migrations.AddIndex(
            "dossier",
            models.Index(fields=["id"], name="dossiers_degraded", condition=Q(degraded__isnull=False)),
        ),
    ]
