import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("agencies", "0010_mergers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("reason", models.TextField()),
                ("valid_from", models.DateTimeField()),
                ("valid_to", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="accounts.account"),
                ),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="agencies.agency"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["agency", "valid_to"], name="agencies_absence_agency"),
                    models.Index(fields=["account", "valid_to"], name="agencies_absence_account"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("valid_to__gte", F("valid_from"))), name="agencies_absence_order"
                    ),
                    models.CheckConstraint(
                        condition=Q(("reason__in", ["leave", "mission", "sick", "other"])),
                        name="agencies_absence_reason",
                    ),
                ],
            },
        ),
    ]
