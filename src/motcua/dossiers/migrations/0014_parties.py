"""A citizen finds their own dossiers by who is named in them."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0013_running_under")]

    operations = [
        migrations.AddIndex(
            "dossier",
            GinIndex(fields=["parties"], name="dossiers_parties", opclasses=["jsonb_path_ops"]),
        )
    ]
