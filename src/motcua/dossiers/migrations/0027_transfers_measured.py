"""Each transfer between agencies with its moments, for what giver and receiver took."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0026_consultations")]

    operations = [
        migrations.CreateModel(
            "Transfer",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "dossier", "seq", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("dossier", models.UUIDField()),
                ("seq", models.IntegerField()),
                ("giver", models.TextField()),
                ("to", models.TextField()),
                ("sent_at", models.DateTimeField()),
                ("delivered_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("outcome", models.TextField(default="")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["giver", "sent_at"], name="dossiers_transfer_given"),
                    models.Index(fields=["to", "sent_at"], name="dossiers_transfer_taken"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(answered_at=None), fields=("dossier",), name="dossiers_one_transfer"
                    ),
                    models.CheckConstraint(
                        condition=Q(answered_at=None, outcome="")
                        | (Q(answered_at__isnull=False) & ~Q(outcome="")),
                        name="dossiers_transfer_answered",
                    ),
                ],
            },
        ),
    ]
