"""What agencies set of procedures is appended, never changed: an altered promise or fee would bind nobody."""

from django.db import migrations

from motcua.kernel.db.guards import append_only_sql

TABLES = ("catalogue_handling", "catalogue_promise", "catalogue_schedule", "catalogue_place")


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0007_decisions"),
        ("ledger", "0002_guards"),
    ]

    operations = [migrations.RunSQL(*append_only_sql(table)) for table in TABLES]
