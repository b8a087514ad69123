from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_unread"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="doors_closed_at",
            field=models.DateTimeField(null=True),
        ),
    ]
