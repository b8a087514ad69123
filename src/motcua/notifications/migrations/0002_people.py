"""A notice goes to several people, each in their own language; wishes for one reference beside those for all."""

import django.contrib.postgres.fields
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial")]

    operations = [
        migrations.AddField(model_name="message", name="addressee", field=models.UUIDField(null=True)),
        migrations.AddField(
            model_name="message",
            name="language",
            field=models.TextField(default="vi"),
            preserve_default=False,
        ),
        migrations.RunSQL(
            "UPDATE notifications_message m SET language = n.language FROM notifications_notice n WHERE n.id = m.notice_id",
            migrations.RunSQL.noop,
        ),
        # What the update leaves pending stands in the way of changing the tables again.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RemoveField(model_name="notice", name="language"),
        migrations.RemoveConstraint(model_name="message", name="notifications_message_once"),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                fields=("notice", "channel", "addressee"),
                name="notifications_message_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                fields=["message"],
                name="notifications_letter_kept",
                condition=Q(("sealed__isnull", False)),
            ),
        ),
        migrations.CreateModel(
            name="ReferencePreference",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "addressee",
                        "reference",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("addressee", models.UUIDField()),
                ("reference", models.TextField()),
                ("language", models.TextField()),
                (
                    "channels",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(
                            ("channels__contained_by", ["email", "sms", "account"]),
                            ("language__in", ("vi", "en")),
                        ),
                        name="notifications_referencepreference_known",
                    )
                ],
            },
        ),
    ]
