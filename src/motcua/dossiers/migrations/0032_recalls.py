"""Of branches side by side each has its own step that may be taken back; whom it came to is known by its event."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0031_travels")]

    operations = [
        migrations.RemoveField("dossier", "held_seq"),
        migrations.RemoveField("dossier", "sent"),
        migrations.AddField("dossier", "sent", models.JSONField(default=list)),
    ]
