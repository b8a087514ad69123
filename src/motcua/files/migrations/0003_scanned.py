from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("files", "0002_sending")]

    operations = [
        migrations.AddField("file", "held_since", models.DateTimeField(null=True)),
        migrations.AddField("file", "finding", models.TextField(default="")),
        migrations.AddIndex(
            "file",
            models.Index(
                fields=["held_since"],
                condition=models.Q(held_since__isnull=False),
                name="files_file_held",
            ),
        ),
    ]
