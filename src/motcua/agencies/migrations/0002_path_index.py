"""Agencies below an agency are found by the beginning of their path."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("agencies", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX agencies_path_begins ON agencies_agency (path text_pattern_ops)",
            "DROP INDEX agencies_path_begins",
        )
    ]
