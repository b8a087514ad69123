"""Notices whose texts are to be erased are found by an index, however many are kept."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_people")]

    operations = [
        migrations.RemoveIndex(model_name="letter", name="notifications_letter_kept"),
        migrations.AddField(model_name="notice", name="erased_at", field=models.DateTimeField(null=True)),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=Q(("erased_at", None)), fields=["made_at"], name="notifications_notice_kept"
            ),
        ),
    ]
