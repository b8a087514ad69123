"""Of an act of two people the first half keeps for whom it was done, too."""

from django.db import migrations, models

FIRSTS = (
    ("book", "closed_for"),
    ("book", "reopening_for"),
    ("refund", "asked_for"),
    ("settlement", "closed_for"),
    ("settlement", "sent_for"),
    ("statement", "handed_for"),
    ("receivingaccount", "proposed_for"),
)


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0008_settlements"),
    ]

    operations = [migrations.AddField(table, name, models.TextField(default="")) for table, name in FIRSTS]
