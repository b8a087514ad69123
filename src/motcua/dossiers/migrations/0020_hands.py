"""Who has a dossier since which event, whether they have opened it since, and which step may be recalled."""

from django.db import migrations, models

from motcua.kernel.db.guards import append_only_sql


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0019_filed")]

    operations = [
        migrations.AddField("dossier", "held_seq", models.IntegerField(null=True)),
        migrations.AddField("dossier", "sent", models.JSONField(null=True)),
        migrations.CreateModel(
            name="Opening",
            fields=[
                ("pk", models.CompositePrimaryKey("dossier", "seq", primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("seq", models.IntegerField()),
                ("account", models.UUIDField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(*append_only_sql("dossiers_opening")),
    ]
