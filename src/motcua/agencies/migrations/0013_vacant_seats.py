"""A vacant head's seat has an acting head (Q.), who acts for nobody."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("agencies", "0012_handovers")]

    operations = [
        migrations.RemoveConstraint("appointment", "agencies_appointment_stand_in"),
        migrations.AddConstraint(
            "appointment",
            models.CheckConstraint(
                name="agencies_appointment_stand_in",
                condition=Q(("acting_for", None), ("mandate", ""))
                | (
                    Q(("acting_for", None), ("mandate_kind", "q"), ("valid_to__isnull", False))
                    & ~Q(("mandate", ""))
                )
                | (Q(("acting_for__isnull", False), ("valid_to__isnull", False)) & ~Q(("mandate", ""))),
            ),
        ),
    ]
