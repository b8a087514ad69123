"""What a business gave and withdrew is appended, never changed."""

from django.db import migrations

from motcua.kernel.db.guards import append_only_sql

TABLES = ("parties_mandate", "parties_mandateend")


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0002_mandates"),
        ("ledger", "0002_guards"),
    ]

    operations = [migrations.RunSQL(*append_only_sql(table)) for table in TABLES]
