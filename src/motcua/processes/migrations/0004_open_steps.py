"""Several steps of a dossier may be open, each once; and several may open with one event."""

from django.db import migrations, models
from django.db.models import Q

FORWARD = """
ALTER TABLE processes_runningstep DROP CONSTRAINT processes_runningstep_pkey;
ALTER TABLE processes_runningstep ADD CONSTRAINT processes_runningstep_pkey PRIMARY KEY (dossier, seq, number);
"""
BACKWARD = """
ALTER TABLE processes_runningstep DROP CONSTRAINT processes_runningstep_pkey;
ALTER TABLE processes_runningstep ADD CONSTRAINT processes_runningstep_pkey PRIMARY KEY (dossier, seq);
"""


class Migration(migrations.Migration):
    dependencies = [("processes", "0003_in_whose_name")]

    operations = [
        migrations.RemoveConstraint(model_name="runningstep", name="processes_one_step"),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(FORWARD, BACKWARD)],
            state_operations=[
                migrations.AlterField(
                    model_name="runningstep",
                    name="pk",
                    field=models.CompositePrimaryKey(
                        "dossier",
                        "seq",
                        "number",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                )
            ],
        ),
        migrations.AddConstraint(
            model_name="runningstep",
            constraint=models.UniqueConstraint(
                fields=["dossier", "number"], condition=Q(ended_at=None), name="processes_open_once"
            ),
        ),
    ]
