"""Whether a question was about somebody of the dossier: keyed digests, bound to the intake or dossier, of no number."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access_log", "0005_intakes")]

    operations = [
        migrations.AddField(
            model_name="registerquestion",
            name="whom",
            field=models.TextField(db_default="", default=""),
        ),
        migrations.AddField(
            model_name="registerintake",
            name="people",
            field=ArrayField(models.TextField(), db_default=[], default=list),
        ),
    ]
