"""Of dossiers that a corrected reception put under another process, what was done of the wrong one stays in its table."""

from django.db import migrations

FORWARD = """
WITH corrected AS (
  SELECT v.stream, v.seq, (v.envelope::jsonb)->'data'->'holder'->>'agency' AS agency, wrong.process
    FROM ledger_event v CROSS JOIN LATERAL (
      SELECT (b.envelope::jsonb)->'data'->>'process_version' AS process FROM ledger_event b
       WHERE b.stream = v.stream AND b.seq < v.seq AND (b.envelope::jsonb)->'data'->>'process_version' IS NOT NULL
       ORDER BY b.seq DESC LIMIT 1) wrong
   WHERE v.type = 'dossier_reception_corrected' AND jsonb_typeof((v.envelope::jsonb)->'data'->'step') = 'object')
UPDATE dossiers_dossier d SET
  earlier = (SELECT jsonb_agg(x.one ORDER BY (x.one->>'until')::int) FROM (
    SELECT jsonb_array_elements(d.earlier) AS one UNION ALL
    SELECT jsonb_build_object('agency', c.agency, 'process', c.process, 'until', c.seq) FROM corrected c
     WHERE c.stream = d.id) x),
  consultations = (SELECT coalesce(jsonb_agg(
      CASE WHEN (o.one->>'seq')::int < last.seq THEN jsonb_set(o.one, '{step}', '0') ELSE o.one END ORDER BY o.n
    ), '[]') FROM jsonb_array_elements(d.consultations) WITH ORDINALITY o(one, n))
  FROM (SELECT stream, max(seq) AS seq FROM corrected GROUP BY stream) last
 WHERE last.stream = d.id
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0036_late_by_date")]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
