"""The running dossiers of a procedure: what a version that comes into force may move."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0012_paid_and_ended")]

    operations = [
        migrations.AddIndex(
            "dossier",
            models.Index(
                fields=["procedure", "id"], name="dossiers_running_under", condition=Q(ended_at=None)
            ),
        )
    ]
