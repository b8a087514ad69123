"""Who asked a register lately: a duty asks nobody twice in a few minutes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access_log", "0003_registers")]

    operations = [
        migrations.AddIndex(
            "registerquestion", models.Index(fields=["who", "at"], name="access_log_asked_when")
        )
    ]
