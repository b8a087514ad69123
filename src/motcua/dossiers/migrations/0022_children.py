from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0021_worklist")]

    operations = [
        migrations.AddField("dossier", "parent", models.UUIDField(null=True)),
        migrations.AddField("dossier", "child", models.TextField(default="")),
        migrations.AddField("dossier", "lead_agency", models.TextField(default="")),
        migrations.AddField("dossier", "children", models.JSONField(default=list)),
        migrations.AddConstraint(
            "dossier",
            models.UniqueConstraint(
                fields=["parent", "child"], name="dossiers_child_once", condition=Q(parent__isnull=False)
            ),
        ),
        migrations.AddConstraint(
            "dossier",
            models.CheckConstraint(
                name="dossiers_child_whole",
                condition=Q(parent=None, child="", lead_agency="")
                | (Q(parent__isnull=False) & ~Q(child="") & ~Q(lead_agency="")),
            ),
        ),
    ]
