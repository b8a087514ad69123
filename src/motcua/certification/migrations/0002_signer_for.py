"""By which mandate a number was signed, and for whom: what the events said of numbers given before is filled in."""

from django.db import migrations, models

FILL = """
UPDATE certification_entry n SET signer_mandate = e.envelope::jsonb -> 'data' ->> 'signer_mandate'
  FROM ledger_event e, jsonb_array_elements(e.envelope::jsonb -> 'data' -> 'entries') f
 WHERE e.type = 'certification_entered' AND (e.envelope::jsonb -> 'data' ->> 'signer_mandate') IS NOT NULL
   AND n.book = e.stream AND n.number = (f ->> 'number')::integer
"""


class Migration(migrations.Migration):
    dependencies = [("certification", "0001_initial"), ("ledger", "0002_guards")]

    operations = [
        migrations.AddField("entry", "signer_mandate", models.TextField(default="")),
        migrations.AddField("entry", "signer_for", models.UUIDField(null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
