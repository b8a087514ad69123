"""A statement waits for another person, and what each of its lines did stays. What lies here by the old way is there for
three days at most, and can be handed up again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0006_matched_by_hand"),
    ]

    operations = [
        migrations.DeleteModel("Statement"),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("agency", models.TextField()),
                ("handed_by", models.TextField()),
                ("digest", models.TextField()),
                ("sealed", models.BinaryField(null=True)),
                ("lines", models.IntegerField()),
                ("total", models.BigIntegerField()),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("confirmed_by", models.TextField(default="")),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.TextField(default="")),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["expires_at"], name="payments_statement_expires"),
                    models.Index(fields=["agency", "id"], name="payments_statement_agency"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        name="payments_statement_one_end",
                        condition=models.Q(("confirmed_at", None), ("withdrawn_at", None), _connector="OR"),
                    ),
                    models.CheckConstraint(
                        name="payments_statement_two_people",
                        condition=models.Q(("confirmed_by", models.F("handed_by")), _negated=True),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatementLine",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "statement", "n", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("statement", models.UUIDField()),
                ("n", models.IntegerField()),
                ("number", models.TextField(default="")),
                ("amount", models.BigIntegerField(null=True)),
                ("booked_on", models.DateField(null=True)),
                ("became", models.TextField(default="")),
                ("why", models.BinaryField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        name="payments_statementline_became",
                        condition=models.Q(
                            ("became__in", ["", "new", "known", "left"]),
                            ("why", None),
                        )
                        | models.Q(("became", "refused"), ("why__isnull", False)),
                    ),
                ],
            },
        ),
    ]
