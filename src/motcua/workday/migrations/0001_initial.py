from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    initial = True

    operations = [
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("account", models.UUIDField()),
                ("place", models.SmallIntegerField()),
                ("name", models.TextField()),
                ("fields", models.JSONField()),
                ("is_default", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["account", "place"], name="workday_filter_place"),
                    models.UniqueConstraint(fields=["account", "name"], name="workday_filter_name"),
                    models.UniqueConstraint(
                        condition=Q(is_default=True), fields=["account"], name="workday_filter_default"
                    ),
                    models.CheckConstraint(
                        condition=Q(place__gte=1, place__lte=20), name="workday_filter_few"
                    ),
                ],
            },
        ),
    ]
