"""Published versions say which parts of their dossiers a position sees: lists ask it where dossiers are."""

from django.db import migrations

_FILL = """
INSERT INTO dossiers_sight (process_version, position, parts)
SELECT v.id, s ->> 'position', ARRAY(SELECT jsonb_array_elements_text(s -> 'parts'))
  FROM processes_version v CROSS JOIN LATERAL jsonb_array_elements(coalesce(v.body -> 'sees', '[]')) s
"""


class Migration(migrations.Migration):
    dependencies = [("processes", "0007_impact"), ("dossiers", "0033_sights")]

    operations = [migrations.RunSQL(_FILL, migrations.RunSQL.noop)]
