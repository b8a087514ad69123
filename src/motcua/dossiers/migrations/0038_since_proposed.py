"""No column is new. What a proposal keeps is: whoever proposed before, of rows written when entries were not whole yet,
and what happened since. `motcua up` and `migrate` rebuild the projections of a module after its migrations (ADR 0018)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0037_processes_corrected")]

    operations = []
