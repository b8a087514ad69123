"""Indexes Django can't write: the work lists by slack, codes by their beginning, names without accents."""

from django.db import migrations

FORWARD = """
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX dossiers_inbox ON dossiers_dossier
    (queue, (coalesce(step_due_at, 'infinity'::timestamptz)), id) WHERE queue <> '';
CREATE INDEX dossiers_code_begins ON dossiers_dossier (code text_pattern_ops);
CREATE INDEX dossiers_label_name ON dossiers_label USING gin (name_folded gin_trgm_ops);
ALTER TABLE dossiers_dossier SET (fillfactor = 80);
"""
BACKWARD = """
DROP INDEX dossiers_inbox;
DROP INDEX dossiers_code_begins;
DROP INDEX dossiers_label_name;
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
