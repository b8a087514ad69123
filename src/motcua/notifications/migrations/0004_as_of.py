"""A notice says as of which event of its owner it was made, so that what became of it settles nothing newer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_erased")]

    operations = [
        migrations.AddField("notice", "as_of", models.IntegerField(default=0), preserve_default=False)
    ]
