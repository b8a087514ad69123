"""Who handed a dossier in for the one who applies."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0016_fields_looked_up")]

    operations = [migrations.AddField("dossier", "filing", models.JSONField(null=True))]
