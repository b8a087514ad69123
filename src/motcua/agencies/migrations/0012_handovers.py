"""Records of handing over, and who sits where read so that nobody leaves a seat meanwhile."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

# VOLATILE: what is read after the lock sees who left before it.
SEATS = """
CREATE FUNCTION agencies_seats(wanted text, moment timestamptz) RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtext('seats'), hashtext(wanted));
    RETURN (SELECT jsonb_object_agg(kind, people) FROM (
        SELECT p.position_kind AS kind,
               jsonb_agg(jsonb_build_array(t.account_id, u.id) ORDER BY t.account_id) AS people
        FROM agencies_appointment t JOIN agencies_position p ON p.id = t.position_id
        JOIN agencies_unit u ON u.id = p.unit_id
        WHERE u.agency_id = wanted AND t.limits IS NULL
          AND t.valid_from <= moment AND (t.valid_to IS NULL OR t.valid_to > moment)
          AND (NOT t.when_absent OR EXISTS (SELECT FROM agencies_absence x WHERE x.account_id = t.acting_for_id
               AND x.valid_from <= moment AND x.valid_to > moment))
        GROUP BY p.position_kind) seats);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("agencies", "0011_absences"),
    ]

    operations = [
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("appointment", models.UUIDField(unique=True)),
                ("lines", models.JSONField(default=list)),
                ("number", models.TextField(default="")),
                ("recorded_at", models.DateTimeField(null=True)),
                ("recorded_by", models.UUIDField(null=True)),
                (
                    "account",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="accounts.account"),
                ),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="agencies.agency"),
                ),
                (
                    "position",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="agencies.position"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["agency", "-id"], name="agencies_handover_agency")],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("number", ""), ("recorded_at", None), ("recorded_by", None))
                        | (
                            ~Q(("number", ""))
                            & Q(("recorded_at__isnull", False), ("recorded_by__isnull", False))
                        ),
                        name="agencies_handover_recorded",
                    )
                ],
            },
        ),
        migrations.RunSQL(SEATS, "DROP FUNCTION agencies_seats(text, timestamptz);"),
    ]
