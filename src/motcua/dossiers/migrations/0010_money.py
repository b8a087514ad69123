"""What a dossier costs stands in its row."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0009_register"),
    ]

    operations = [
        migrations.AddField(
            model_name="dossier",
            name="fee_open",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="dossier",
            name="fees",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="dossier",
            name="payment",
            field=models.JSONField(null=True),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(("fee_open", True)),
                fields=["desk_agency", "id"],
                name="dossiers_to_collect",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "payment_requested"), _negated=True),
                    ("payment__isnull", False),
                    _connector="OR",
                ),
                name="dossiers_payment_matches_state",
            ),
        ),
    ]
