from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("payments", "0005_two_people_for_an_account")]

    operations = [
        migrations.CreateModel(
            name="Match",
            fields=[
                ("credit", models.UUIDField(primary_key=True, serialize=False)),
                ("line", models.UUIDField()),
            ],
            options={"indexes": [models.Index(fields=["line"], name="payments_match_line")]},
        ),
        migrations.AddField("credit", "attempt", models.TextField(default="")),
        migrations.AddIndex(
            "credit",
            models.Index(fields=["receipt"], name="payments_credit_receipt"),
        ),
        migrations.RemoveIndex("attempt", "payments_attempt_open"),
        migrations.AddIndex(
            "attempt",
            models.Index(fields=["sent_at"], name="payments_attempt_asked", condition=~Q(outcome="paid")),
        ),
        migrations.AddIndex(
            "order",
            models.Index(
                fields=["agency", "opened_at"],
                name="payments_order_no_money",
                condition=~Q(state="paid"),
            ),
        ),
    ]
