from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0003_announcements"),
    ]

    operations = [
        migrations.AddField("version", "transition", models.TextField(default="stay")),
        migrations.AddField("version", "transition_basis", models.TextField(default="")),
        migrations.AddField("version", "settled_at", models.DateTimeField(null=True)),
        migrations.AddField("version", "ahead", models.BooleanField(default=False)),
        migrations.AddField("version", "withdrawn_at", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "version",
            models.CheckConstraint(
                name="catalogue_version_transition", condition=Q(transition__in=["stay", "favour"])
            ),
        ),
        migrations.AddIndex(
            "version",
            models.Index(
                fields=["effective_from"],
                name="catalogue_version_awaited",
                condition=Q(ahead=True) | Q(transition="favour", settled_at=None),
            ),
        ),
    ]
