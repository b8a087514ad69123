"""What is open in somebody's name, and when they were given something last: the rules of assignment look at both."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("processes", "0002_imported")]

    operations = [
        migrations.AddIndex(
            "runningstep",
            models.Index(
                fields=["account", "due_at"],
                name="processes_open_work",
                condition=Q(ended_at=None) & ~Q(account=""),
            ),
        ),
        migrations.AddIndex(
            "runningstep",
            models.Index(fields=["account", "opened_at"], name="processes_given", condition=~Q(account="")),
        ),
    ]
