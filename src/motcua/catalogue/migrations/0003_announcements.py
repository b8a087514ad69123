import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_search_words"),
    ]

    operations = [
        migrations.AddField("procedure", "announcement", models.UUIDField(null=True)),
        migrations.AddField("procedure", "closed_on", models.DateField(null=True)),
        migrations.CreateModel(
            name="Announcement",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("digest", models.BinaryField()),
                ("body", models.TextField()),
                ("publisher", models.TextField()),
                ("file", models.TextField()),
                ("file_digest", models.BinaryField()),
                ("line", models.IntegerField()),
                ("imported_at", models.DateTimeField()),
                (
                    "procedure",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="catalogue.procedure"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("what", models.TextField()),
                ("where", models.TextField()),
                ("text", models.TextField()),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "announcement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="catalogue.announcement"
                    ),
                ),
                (
                    "procedure",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="catalogue.procedure"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["what", "procedure"], name="catalogue_finding_list")],
            },
        ),
    ]
