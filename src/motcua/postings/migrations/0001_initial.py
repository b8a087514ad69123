from django.db import migrations, models

from motcua.kernel.db.guards import append_only_sql


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Print",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("agency", models.TextField()),
                ("seq", models.IntegerField()),
                ("form", models.TextField()),
                ("sector", models.TextField(default="")),
                ("whole", models.BooleanField()),
                ("posted", models.JSONField()),
                ("taken_down", models.JSONField()),
                ("wall", models.JSONField()),
                ("digest", models.BinaryField()),
                ("posted_at", models.DateTimeField()),
                ("by", models.TextField()),
            ],
            options={
                "indexes": [models.Index(fields=["agency", "form", "-seq"], name="postings_print_last")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("form__in", ["sheets", "poster"])), name="postings_print_form"
                    ),
                    models.UniqueConstraint(fields=("agency", "seq"), name="postings_print_seq"),
                ],
            },
        ),
        migrations.RunSQL(*append_only_sql("postings_print")),
    ]
