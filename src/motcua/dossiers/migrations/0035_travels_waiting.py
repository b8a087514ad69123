"""What waits to be signed for, and what differs, is counted on every inbox."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Two small indexes over what is open."""

    dependencies = [("dossiers", "0034_for_whom")]

    operations = [
        migrations.AddIndex(
            model_name="travel",
            index=models.Index(
                fields=["to_agency", "to_unit", "manifest"],
                condition=Q(outcome="", settled=""),
                name="dossiers_travel_open",
            ),
        ),
        migrations.AddIndex(
            model_name="travel",
            index=models.Index(
                fields=["to_agency", "from_agency"],
                condition=Q(outcome__in=["missing", "damaged"], settled=""),
                name="dossiers_travel_differs",
            ),
        ),
    ]
