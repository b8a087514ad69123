"""Drafts that somebody writes for another, at a screen or at home."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("submissions", "0002_confirmations")]

    operations = [
        migrations.AddField("draft", "filing", models.TextField(default="self")),
        migrations.AddField("draft", "session", models.UUIDField(null=True)),
        migrations.AddIndex(
            "draft",
            models.Index(
                fields=["session"], name="submissions_draft_session", condition=Q(session__isnull=False)
            ),
        ),
    ]
