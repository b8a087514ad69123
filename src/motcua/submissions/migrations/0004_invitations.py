"""Messages that ask somebody to confirm, counted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("submissions", "0003_filing")]

    operations = [
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("sender", models.UUIDField()),
                ("place", models.BinaryField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["sender", "at"], name="submissions_invited_by"),
                    models.Index(fields=["place", "at"], name="submissions_invited"),
                ],
            },
        ),
    ]
