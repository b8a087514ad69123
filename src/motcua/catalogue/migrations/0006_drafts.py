from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0005_localities"),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("procedure", models.TextField(unique=True)),
                ("began_from", models.UUIDField(null=True)),
                ("body", models.JSONField()),
                ("revision", models.IntegerField(default=1)),
                ("begun_by", models.TextField()),
                ("begun_at", models.DateTimeField()),
                ("changed_by", models.TextField()),
                ("changed_at", models.DateTimeField()),
            ],
        ),
    ]
