"""Paper dossiers and results on their way between units, signed at both ends."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0030_delays")]

    operations = [
        migrations.AddField("dossier", "travels", models.JSONField(default=list)),
        migrations.CreateModel(
            "Travel",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "dossier", "seq", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("dossier", models.UUIDField()),
                ("seq", models.IntegerField()),
                ("what", models.TextField()),
                ("manifest", models.TextField()),
                ("from_agency", models.TextField()),
                ("from_unit", models.UUIDField()),
                ("to_agency", models.TextField()),
                ("to_unit", models.UUIDField()),
                ("originals", models.IntegerField()),
                ("copies", models.IntegerField()),
                ("carrier", models.TextField(default="")),
                ("tracking_number", models.TextField(default="")),
                ("sent_at", models.DateTimeField()),
                ("sent_by", models.TextField()),
                ("outcome", models.TextField(default="")),
                ("note", models.UUIDField(null=True)),
                ("signed_at", models.DateTimeField(null=True)),
                ("signed_by", models.TextField(default="")),
                ("settled", models.TextField(default="")),
                ("settle_note", models.UUIDField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_by", models.TextField(default="")),
                ("last", models.BooleanField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["manifest"], name="dossiers_travel_manifest"),
                    models.Index(fields=["to_agency", "manifest"], name="dossiers_travel_to"),
                    models.Index(fields=["from_agency", "manifest"], name="dossiers_travel_from"),
                    models.Index(
                        fields=["to_agency", "to_unit", "dossier"],
                        condition=Q(last=True),
                        name="dossiers_travel_here",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(last=True), fields=("dossier", "what"), name="dossiers_travel_last"
                    ),
                    models.CheckConstraint(
                        condition=~Q(sent_by=models.F("signed_by")), name="dossiers_travel_two_people"
                    ),
                ],
            },
        ),
    ]
