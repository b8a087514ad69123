"""Opinions of others: who was asked, and how that stands."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0025_barred")]

    operations = [
        migrations.AddField("dossier", "consultations", models.JSONField(default=list)),
        migrations.AddField("dossier", "consulting", models.JSONField(null=True)),
        migrations.CreateModel(
            "Consultation",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("asked_by", models.TextField()),
                ("name", models.TextField()),
                ("name_en", models.TextField()),
                ("agency", models.TextField()),
                ("unit", models.UUIDField(null=True)),
                ("kinds", models.JSONField(default=list)),
                ("account", models.UUIDField(null=True)),
                ("asked_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("pauses", models.BooleanField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("awaited", models.BooleanField()),
                ("lapsed", models.TextField(default="")),
                ("outcome", models.TextField(default="")),
                ("answered_at", models.DateTimeField(null=True)),
                ("used_minutes", models.IntegerField(null=True)),
                ("reminders", models.SmallIntegerField(default=0)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["dossier"], name="dossiers_consultation_of"),
                    models.Index(
                        fields=["agency", "due_at", "id"],
                        condition=Q(awaited=True),
                        name="dossiers_consultation_waits",
                    ),
                    models.Index(
                        fields=["due_at"], condition=Q(ended_at=None), name="dossiers_consultation_open"
                    ),
                    models.Index(
                        fields=["asked_by", "due_at", "id"],
                        condition=Q(awaited=True),
                        name="dossiers_consultation_late",
                    ),
                    models.Index(fields=["agency", "asked_at"], name="dossiers_consulted"),
                    models.Index(fields=["asked_by", "asked_at"], name="dossiers_consultation_asked"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(awaited=False) | Q(outcome=""), name="dossiers_consultation_awaited"
                    ),
                    models.CheckConstraint(
                        condition=Q(ended_at__isnull=False) | Q(awaited=True, lapsed="", outcome=""),
                        name="dossiers_consultation_ended",
                    ),
                ],
            },
        ),
    ]
