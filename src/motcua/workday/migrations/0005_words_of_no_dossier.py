"""A word may be about its reader alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Whose absence was noted is told without a dossier."""

    dependencies = [("workday", "0004_words_done")]

    operations = [
        migrations.AlterField(model_name="word", name="dossier", field=models.UUIDField(null=True)),
    ]
