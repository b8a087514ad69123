"""Who has seen a message that officers wrote to each other about a dossier."""

from django.db import migrations, models

from motcua.kernel.db.guards import append_only_sql


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0027_transfers_measured")]

    operations = [
        migrations.CreateModel(
            name="MessageSeen",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "dossier", "seq", "account", primary_key=True, serialize=False
                    ),
                ),
                ("dossier", models.UUIDField()),
                ("seq", models.IntegerField()),
                ("account", models.UUIDField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(*append_only_sql("dossiers_messageseen")),
    ]
