"""Who looked stays written."""

from django.db import migrations

from motcua.kernel.db.guards import append_only_sql


class Migration(migrations.Migration):
    dependencies = [("access_log", "0001_initial")]

    operations = [migrations.RunSQL(*append_only_sql("access_log_look"))]
