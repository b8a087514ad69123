"""What a draft or a version of a process would change, measured; and the dossiers it changes something for."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("processes", "0006_territory"),
    ]

    operations = [
        migrations.CreateModel(
            name="Impact",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("agency", models.TextField(default="")),
                ("document", models.JSONField()),
                ("fingerprint", models.TextField()),
                ("asked_by", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("state", models.TextField()),
                ("total", models.IntegerField(default=0)),
                ("mark", models.JSONField(null=True)),
                ("result", models.JSONField(default=dict)),
                ("ordered", models.JSONField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "draft",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="processes.draft",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="processes.version",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ImpactLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.TextField()),
                ("agency", models.TextField()),
                ("is_running", models.BooleanField()),
                ("groups", models.JSONField()),
                ("told", models.JSONField()),
                ("outcome", models.TextField(default="")),
                (
                    "impact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="processes.impact"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="impact",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "measuring", "moving"])),
                fields=["asked_at"],
                name="processes_impact_at_work",
            ),
        ),
        migrations.AddConstraint(
            model_name="impact",
            constraint=models.UniqueConstraint(fields=("draft",), name="processes_impact_of_draft"),
        ),
        migrations.AddConstraint(
            model_name="impact",
            constraint=models.UniqueConstraint(
                fields=("version", "agency"), name="processes_impact_of_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="impact",
            constraint=models.CheckConstraint(
                condition=models.Q(("draft", None), ("version", None), _connector="XOR"),
                name="processes_impact_of_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="impactline",
            constraint=models.UniqueConstraint(fields=("impact", "code"), name="processes_impact_line"),
        ),
    ]
