"""Each question to a state register, and how it ended."""

from django.db import migrations, models

from motcua.kernel.db.guards import append_only_sql


class Migration(migrations.Migration):
    dependencies = [("access_log", "0002_guards")]

    operations = [
        migrations.CreateModel(
            name="RegisterQuestion",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("who", models.TextField()),
                ("position", models.TextField(default="")),
                ("agency", models.TextField()),
                ("register", models.TextField()),
                ("procedure", models.TextField()),
                ("subject", models.TextField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["agency", "id"], name="access_log_asked"),
                    models.Index(fields=["who", "id"], name="access_log_asker"),
                ]
            },
        ),
        migrations.CreateModel(
            name="RegisterAnswer",
            fields=[
                ("question", models.UUIDField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("outcome", models.TextField()),
            ],
        ),
        migrations.RunSQL(*append_only_sql("access_log_registerquestion")),
        migrations.RunSQL(*append_only_sql("access_log_registeranswer")),
    ]
