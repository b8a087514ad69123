"""The visit at a desk that a draft was begun in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("submissions", "0007_invited")]

    operations = [
        migrations.AddField("draft", "visit", models.UUIDField(null=True)),
        migrations.AddIndex(
            "draft",
            models.Index(
                fields=["submitted_as"],
                name="submissions_draft_visited",
                condition=models.Q(visit__isnull=False),
            ),
        ),
    ]
