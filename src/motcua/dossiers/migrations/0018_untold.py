"""What an applicant is owed a word about is a list, each word known by the event that made it owed."""

from django.db import migrations

FORWARD = """
UPDATE dossiers_dossier d SET to_tell = jsonb_build_array(d.to_tell || jsonb_build_object('seq', (
  SELECT max(v.seq) FROM ledger_event v WHERE v.stream = d.id
     AND v.type IN ('dossier_transfer_accepted', 'dossier_calendar_applied', 'dossier_applicant_not_reached')
     AND (v.envelope::jsonb)->'data'->>'occurred_at' = d.to_tell->>'since')))
WHERE jsonb_typeof(d.to_tell) = 'object'
"""
BACKWARD = "UPDATE dossiers_dossier SET to_tell = to_tell -> 0 WHERE jsonb_typeof(to_tell) = 'array'"


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0017_filing")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
