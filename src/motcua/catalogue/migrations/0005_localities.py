import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0004_transition"),
    ]

    operations = [
        # The last word of a day counts: a typing error needs no night to be mended.
        migrations.RemoveConstraint("promise", "catalogue_promise_once"),
        migrations.RemoveConstraint("schedule", "catalogue_schedule_once"),
        migrations.AddIndex(
            "schedule", models.Index(fields=["agency", "valid_from"], name="catalogue_schedule_pick")
        ),
        migrations.AddField("handling", "basis", models.TextField(default="")),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("agency", models.TextField()),
                ("address", models.TextField(default="")),
                ("basis", models.TextField()),
                ("valid_from", models.DateField()),
                (
                    "procedure",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="catalogue.procedure"),
                ),
            ],
        ),
    ]
