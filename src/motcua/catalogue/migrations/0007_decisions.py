import django.db.models.deletion
from django.db import migrations, models

from motcua.kernel.db.guards import append_only_sql


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0006_drafts"),
    ]

    operations = [
        migrations.AddField("announcement", "rules", models.IntegerField(default=1)),
        migrations.AddField("finding", "decision", models.UUIDField(null=True)),
        migrations.AddField("finding", "alike", models.TextField(default="")),
        migrations.AddIndex(
            "finding",
            models.Index(fields=["what", "alike", "procedure"], name="catalogue_finding_alike"),
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("what", models.TextField()),
                ("where", models.TextField()),
                ("words", models.JSONField()),
                ("value", models.JSONField(null=True)),
                ("note", models.TextField(default="")),
                ("replaces", models.UUIDField(null=True, unique=True)),
                ("decided_by", models.TextField()),
                ("position_kind", models.TextField()),
                ("decided_at", models.DateTimeField()),
                ("version", models.UUIDField()),
                (
                    "procedure",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="catalogue.procedure"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-decided_at", "-id"], name="catalogue_decision_list"),
                    models.Index(fields=["decided_by", "-decided_at", "-id"], name="catalogue_decision_by"),
                ],
            },
        ),
        migrations.RunSQL(*append_only_sql("catalogue_decision")),
    ]
