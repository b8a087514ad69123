"""Names that wait for their place in the index are few: each search reads all that wait."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0002_indexes")]

    operations = [
        migrations.RunSQL(
            "ALTER INDEX dossiers_label_name SET (gin_pending_list_limit = 256)",
            "ALTER INDEX dossiers_label_name RESET (gin_pending_list_limit)",
        )
    ]
