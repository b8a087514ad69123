"""Letters of apology that wait for a leader, and from when on a dossier is likely late."""

from django.db import migrations, models
from django.db.models import Q

# What dossiers.delays.late_from says of rows that stand already.
LATE_FROM = """
UPDATE dossiers_dossier d SET late_from = least(d.due_at, d.step_due_at,
    (SELECT min((b ->> 'due_at')::timestamptz) FROM jsonb_array_elements(d.beside) b),
    (SELECT min((c ->> 'asked_at')::timestamptz) FROM jsonb_array_elements(d.consultations) c
     WHERE c ->> 'ended_at' IS NULL AND NOT (c ->> 'pauses')::boolean
       AND (c ->> 'due_at')::timestamptz > coalesce(
           CASE WHEN (c ->> 'step')::int = d.step THEN d.step_due_at END,
           (SELECT (b ->> 'due_at')::timestamptz FROM jsonb_array_elements(d.beside) b
            WHERE (b ->> 'number')::int = (c ->> 'step')::int), d.due_at)),
    (SELECT min((c ->> 'since')::timestamptz) FROM jsonb_array_elements(d.children) c
     WHERE c ->> 'ended_at' IS NULL AND (c ->> 'due_at')::timestamptz > d.due_at))
WHERE d.state IN ('received', 'in_process', 'supplement_requested', 'payment_requested')
    AND d.decided_at IS NULL AND d.due_at IS NOT NULL
"""
# What was signed before said the date alone; the rest of it is in the events.
SIGNED = """
UPDATE dossiers_dossier d SET delay = jsonb_build_object(
    'apology_date', n.e #>> '{data,apology_date}', 'due_at', NULL, 'cause', 'other', 'reason', n.e #> '{data,reason}',
    'by', n.e #>> '{actor,id}', 'position', n.e #>> '{actor,position_kind}', 'seq', n.seq,
    'at', n.e #>> '{data,occurred_at}', 'signed', true, 'after_due', false)
    || CASE WHEN n.e #>> '{actor,for}' <> '' THEN jsonb_build_object('for', n.e #>> '{actor,for}') ELSE '{}' END
FROM (SELECT DISTINCT ON (stream) stream, seq, envelope::jsonb AS e FROM ledger_event
      WHERE type = 'dossier_delay_notified' ORDER BY stream, seq DESC) n
WHERE n.stream = d.id AND d.apology_date IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0029_by_process")]

    operations = [
        migrations.AddField("dossier", "delay", models.JSONField(null=True)),
        migrations.AddField("dossier", "late_from", models.DateTimeField(null=True)),
        migrations.RunSQL(LATE_FROM, migrations.RunSQL.noop),
        migrations.RunSQL(SIGNED, migrations.RunSQL.noop),
        migrations.AddIndex(
            "dossier",
            models.Index(
                fields=["competent_agency", "late_from", "id"],
                name="dossiers_late_from",
                condition=Q(late_from__isnull=False),
            ),
        ),
        migrations.AddIndex(
            "dossier",
            models.Index(
                fields=["competent_agency", "due_at", "id"],
                name="dossiers_to_apologise",
                condition=Q(delay__signed=False),
            ),
        ),
    ]
