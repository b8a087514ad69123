"""Who gave a dossier's code, where that agency was merged into another since."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0023_beside")]

    operations = [
        migrations.AddField("dossier", "numbered_by", models.TextField(default="")),
    ]
