"""No column is new: more kinds of events count as happened since a proposal (ADR 0060), and the projections of a module
are rebuilt after its migrations (ADR 0018)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0038_since_proposed")]

    operations = []
