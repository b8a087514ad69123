"""Who sits in a seat, said once: an open account, in its time, a standing order while the other is absent. And one
record for each handing over of a seat's work, of which one is under way."""

from django.db import migrations, models
from django.db.models import Q

SITTING = """
CREATE FUNCTION agencies_sitting(moment timestamptz) RETURNS SETOF agencies_appointment LANGUAGE sql STABLE AS $$
    SELECT t.* FROM agencies_appointment t JOIN accounts_account a ON a.id = t.account_id AND a.is_active
    WHERE t.valid_from <= moment AND (t.valid_to IS NULL OR t.valid_to > moment)
      AND (NOT t.when_absent OR EXISTS (SELECT FROM agencies_absence x WHERE x.account_id = t.acting_for_id
           AND x.valid_from <= moment AND x.valid_to > moment))
$$;
"""
# VOLATILE: what is read after the lock sees who left before it.
SEATS = """
CREATE OR REPLACE FUNCTION agencies_seats(wanted text, moment timestamptz) RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtext('seats'), hashtext(wanted));
    RETURN (SELECT jsonb_object_agg(kind, people) FROM (
        SELECT p.position_kind AS kind,
               jsonb_agg(jsonb_build_array(t.account_id, u.id) ORDER BY t.account_id) AS people
        FROM agencies_sitting(moment) t JOIN agencies_position p ON p.id = t.position_id
        JOIN agencies_unit u ON u.id = p.unit_id
        WHERE u.agency_id = wanted AND t.limits IS NULL
        GROUP BY p.position_kind) seats);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("agencies", "0013_vacant_seats"), ("accounts", "0006_unread")]

    operations = [
        migrations.RunSQL(SITTING, migrations.RunSQL.noop),
        migrations.RunSQL(SEATS, migrations.RunSQL.noop),
        migrations.AlterField("handover", "appointment", models.UUIDField()),
        migrations.AddConstraint(
            "handover",
            models.UniqueConstraint(
                fields=["appointment"], condition=Q(("number", "")), name="agencies_handover_under_way"
            ),
        ),
    ]
