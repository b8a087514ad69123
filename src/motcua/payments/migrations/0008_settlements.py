"""What is collected for another agency: whose money a line is, and how it is settled."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("payments", "0007_two_people_for_a_statement")]

    operations = [
        migrations.AddField("line", "payee", models.TextField(default="")),
        migrations.AddIndex(
            "line", models.Index(fields=["payee"], condition=~Q(payee=""), name="payments_line_payee")
        ),
        migrations.CreateModel(
            "Settlement",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("agency", models.TextField()),
                ("payee", models.TextField()),
                ("series", models.TextField()),
                ("year", models.IntegerField()),
                ("number", models.IntegerField()),
                ("day", models.DateField()),
                ("count", models.IntegerField()),
                ("taken", models.BigIntegerField()),
                ("back", models.BigIntegerField()),
                ("total", models.BigIntegerField()),
                ("closed_at", models.DateTimeField()),
                ("closed_by", models.TextField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("confirmed_by", models.TextField(default="")),
                ("slip", models.TextField(default="")),
                ("sent_on", models.DateField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("sent_by", models.TextField(default="")),
                ("received", models.BigIntegerField(null=True)),
                ("received_at", models.DateTimeField(null=True)),
                ("received_by", models.TextField(default="")),
                ("note", models.UUIDField(null=True)),
                ("head_seq", models.IntegerField()),
                ("head_hash", models.BinaryField()),
                ("head_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["agency", "id"], name="payments_settlement_ours"),
                    models.Index(fields=["payee", "id"], name="payments_settlement_theirs"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "payee", "day"), name="payments_settlement_day"
                    ),
                    models.UniqueConstraint(
                        fields=("agency", "series", "year", "number"), name="payments_settlement_number"
                    ),
                    models.CheckConstraint(
                        condition=Q(total=F("taken") - F("back"), count__gt=0),
                        name="payments_settlement_total",
                    ),
                    models.CheckConstraint(
                        condition=(Q(sent_at=None) | Q(confirmed_at__isnull=False))
                        & (Q(received_at=None) | Q(sent_at__isnull=False)),
                        name="payments_settlement_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            "SettledLine",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "settlement", "n", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("settlement", models.UUIDField()),
                ("n", models.IntegerField()),
                ("paper", models.UUIDField()),
                ("name", models.TextField()),
                ("on", models.DateField()),
                ("reference", models.TextField()),
                ("charge", models.TextField()),
                ("rule", models.TextField()),
                ("procedure", models.TextField()),
                ("amount", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("paper", "reference", "charge"), name="payments_settled_once"
                    ),
                    models.CheckConstraint(condition=~Q(amount=0), name="payments_settled_amount"),
                ],
            },
        ),
    ]
