"""Which dossier an intake became, for whose people a register was asked."""

from django.db import migrations, models

from motcua.kernel.db.guards import append_only_sql


class Migration(migrations.Migration):
    dependencies = [("access_log", "0004_asked_when")]

    operations = [
        migrations.CreateModel(
            name="RegisterIntake",
            fields=[
                ("intake", models.TextField(primary_key=True, serialize=False)),
                ("dossier", models.TextField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(*append_only_sql("access_log_registerintake")),
    ]
