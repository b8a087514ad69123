from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("submissions", "0004_invitations")]

    operations = [
        migrations.CreateModel(
            name="ConsentCode",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("draft", models.UUIDField()),
                ("owner", models.UUIDField()),
                ("of", models.TextField()),
                ("number", models.BinaryField()),
                ("code", models.BinaryField()),
                ("wrong", models.SmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["draft"], name="submissions_code_draft"),
                    models.Index(fields=["number", "sent_at"], name="submissions_code_number"),
                    models.Index(fields=["owner", "sent_at"], name="submissions_code_owner"),
                ],
            },
        ),
    ]
