from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0003_platform_attempts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("agency", models.TextField()),
                ("account", models.UUIDField()),
                ("sealed", models.BinaryField()),
                ("entered_at", models.DateTimeField(null=True)),
                ("reached", models.IntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["expires_at"], name="payments_statement_expires")],
            },
        ),
    ]
