from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("submissions", "0006_typist")]

    operations = [
        migrations.AddField(model_name="invitation", name="asked", field=models.UUIDField(null=True)),
    ]
