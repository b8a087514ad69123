"""What waits for a register is kept field by field, what is filled with where it comes from, and what who applies
claims.

What waited for a whole person waits for their name and day of birth from now on, as the projector reads it.
"""

from django.db import migrations, models

WAITING = """
UPDATE dossiers_dossier d SET degraded = (
  SELECT jsonb_agg(
    one.value || jsonb_build_object(
      'field', (one.value->>'field') || '.' || part.name,
      'number', CASE WHEN one.value->>'outcome' = '' THEN '' ELSE coalesce((
        SELECT (v.envelope::jsonb)->'data'->>'number' FROM ledger_event v
        WHERE v.stream = d.id AND v.type = 'dossier_field_backfilled'
          AND (v.envelope::jsonb)->'data'->>'field' = one.value->>'field' ORDER BY v.seq DESC LIMIT 1), '') END)
    ORDER BY one.place, part.n)
  FROM jsonb_array_elements(d.degraded) WITH ORDINALITY one(value, place),
       (VALUES (1, 'name'), (2, 'born_on')) part(n, name))
WHERE d.degraded IS NOT NULL
"""
FILLED = """
UPDATE dossiers_dossier d SET filled = f.filled FROM (
  SELECT v.stream, jsonb_agg(jsonb_build_object(
      'field', (t.data->>'field') || '.' || part.name, 'outcome', t.data->'outcome', 'told', t.data->'told',
      'number', t.data->'number', 'at', t.data->'occurred_at') ORDER BY v.seq, part.n) AS filled
  FROM ledger_event v, LATERAL (SELECT (v.envelope::jsonb)->'data' AS data) t,
       (VALUES (1, 'name'), (2, 'born_on')) part(n, name)
  WHERE v.type = 'dossier_field_backfilled' AND t.data->>'outcome' IN ('same', 'shown') GROUP BY v.stream) f
WHERE f.stream = d.id
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0015_degraded")]

    operations = [
        migrations.AddField("dossier", "filled", models.JSONField(default=list)),
        migrations.AddField("dossier", "claims", models.JSONField(default=list)),
        migrations.RunSQL(WAITING, migrations.RunSQL.noop),
        migrations.RunSQL(FILLED, migrations.RunSQL.noop),
    ]
