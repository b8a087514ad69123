"""What was asked of several is marked as done for all of them at once."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Unseen words by what they are told for."""

    dependencies = [("workday", "0003_reminders_and_plans")]

    operations = [
        migrations.AddIndex(
            model_name="word",
            index=models.Index(fields=["cause"], condition=Q(seen_at=None), name="workday_word_asked"),
        ),
    ]
