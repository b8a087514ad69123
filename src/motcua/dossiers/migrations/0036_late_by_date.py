"""What is likely late is read by the date that was promised: what has no letter of apology, and what has one."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0035_travels_waiting")]

    operations = [
        migrations.RemoveIndex("dossier", "dossiers_late_from"),
        migrations.AddIndex(
            "dossier",
            models.Index(
                fields=["competent_agency", "due_at", "id", "late_from"],
                name="dossiers_no_letter",
                condition=Q(late_from__isnull=False, delay__isnull=True),
            ),
        ),
        migrations.AddIndex(
            "dossier",
            models.Index(
                fields=["competent_agency", "due_at", "id", "late_from"],
                name="dossiers_apologised",
                condition=Q(late_from__isnull=False, delay__signed=True),
            ),
        ),
    ]
