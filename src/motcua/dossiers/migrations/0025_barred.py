"""Who takes no part in a dossier because of a conflict of interest."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0024_numbered_by")]

    operations = [migrations.AddField("dossier", "barred", models.JSONField(default=list))]
