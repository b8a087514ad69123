"""Digests of the numbers of those who work here, to see whether they stand in a dossier themselves."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("parties", "0004_known_by_number_and_name")]

    operations = [
        migrations.CreateModel(
            name="OwnIdentity",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("account", models.UUIDField()),
                ("number_mac", models.BinaryField()),
                ("said_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("account", "number_mac"), name="parties_own_identity_once"
                    )
                ],
                "indexes": [models.Index(fields=["number_mac"], name="parties_own_identity")],
            },
        ),
    ]
