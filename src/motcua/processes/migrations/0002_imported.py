from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("processes", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="version", name="imported_digest", field=models.BinaryField(null=True)
        ),
    ]
