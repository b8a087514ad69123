"""Work lists stand by slack, of the dossier's due where no step has one, and say what came back."""

from django.db import migrations, models

FORWARD = """
CREATE INDEX dossiers_worklist ON dossiers_dossier (queue, (coalesce(step_due_at,
    CASE WHEN NOT suspended AND available_at IS NULL THEN due_at END, 'infinity'::timestamptz)), id)
    WHERE queue <> '';
DROP INDEX dossiers_inbox;
"""
BACKWARD = """
CREATE INDEX dossiers_inbox ON dossiers_dossier
    (queue, (coalesce(step_due_at, 'infinity'::timestamptz)), id) WHERE queue <> '';
DROP INDEX dossiers_worklist;
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0020_hands")]

    operations = [
        migrations.AddField("dossier", "returned", models.BooleanField(default=False)),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
