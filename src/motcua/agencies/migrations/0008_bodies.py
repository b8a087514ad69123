from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0007_posted_by"),
    ]

    operations = [
        migrations.AddField(
            model_name="agency",
            name="body",
            field=models.TextField(default="committee"),
        ),
        migrations.AddField(
            model_name="agency",
            name="serves",
            field=models.JSONField(default=list),
        ),
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.CheckConstraint(
                name="agencies_agency_body",
                condition=Q(body__in=["committee", "department", "ministry", "police", "insurance"]),
            ),
        ),
    ]
