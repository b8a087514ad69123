import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0009_mandates"),
    ]

    operations = [
        migrations.CreateModel(
            name="Merger",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "predecessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaving",
                        to="agencies.agency",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joined",
                        to="agencies.agency",
                    ),
                ),
                ("takes_effect", models.DateField()),
                ("basis", models.TextField()),
                ("proposed_by", models.UUIDField()),
                ("proposed_at", models.DateTimeField()),
                ("answered_by", models.UUIDField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("is_confirmed", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(("answered_at", None)) | Q(("is_confirmed", True)),
                        fields=("predecessor",),
                        name="agencies_one_merger",
                    ),
                    models.CheckConstraint(
                        condition=~Q(("predecessor", F("successor"))), name="agencies_merger_two"
                    ),
                    models.CheckConstraint(
                        condition=Q(("answered_at", None), ("answered_by", None), ("is_confirmed", False))
                        | Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                        name="agencies_merger_answered",
                    ),
                ],
            },
        ),
    ]
