"""What two people propose, and what a mended dossier shows."""

from django.db import migrations, models

FORWARD = (
    "CREATE INDEX dossiers_pending ON dossiers_dossier ((pending ->> 'agency'), id) WHERE pending IS NOT NULL"
)


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0007_results")]

    operations = [
        *(
            migrations.AddField("dossier", name, field)
            for name, field in (
                ("pending", models.JSONField(null=True)),
                ("untouched", models.BooleanField(default=False)),
                ("answers", models.JSONField(default=dict)),
                ("quantities", models.JSONField(default=dict)),
                ("corrections", models.SmallIntegerField(default=0)),
                ("stop_ground", models.TextField(default="")),
                ("reopened", models.JSONField(null=True)),
                ("result_revoked", models.BooleanField(default=False)),
            )
        ),
        migrations.RunSQL(FORWARD, "DROP INDEX dossiers_pending"),
    ]
