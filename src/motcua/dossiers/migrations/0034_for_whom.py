"""Papers on their way keep for whom they were given and signed for. The rows of before are filled from the events, with
by whom a transfer was given."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0033_sights"),
    ]

    operations = [
        migrations.AddField("travel", "sent_for", models.TextField(default="")),
        migrations.AddField("travel", "signed_for", models.TextField(default="")),
    ]
