"""Dossiers that ended without a result after something was paid: few, and looked for every day."""

from django.db import migrations

FORWARD = """
CREATE INDEX dossiers_paid_and_ended ON dossiers_dossier (desk_agency, id)
 WHERE state IN ('refused', 'withdrawn', 'stopped') AND fees @> '[{"state": "paid"}]'
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0011_transfers")]

    operations = [migrations.RunSQL(FORWARD, "DROP INDEX dossiers_paid_and_ended")]
