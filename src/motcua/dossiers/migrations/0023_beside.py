"""The steps of other branches that are open beside the leading one."""

import django.contrib.postgres.indexes
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0022_children")]

    operations = [
        migrations.AddField("dossier", "beside", models.JSONField(default=list)),
        migrations.AddConstraint(
            "dossier",
            models.CheckConstraint(
                condition=Q(beside=[]) | Q(step__isnull=False), name="dossiers_beside_a_step"
            ),
        ),
        migrations.AddIndex(
            "dossier",
            django.contrib.postgres.indexes.GinIndex(
                condition=~Q(beside=[]),
                fields=["beside"],
                name="dossiers_beside",
                opclasses=["jsonb_path_ops"],
            ),
        ),
    ]
