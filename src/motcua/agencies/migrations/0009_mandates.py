from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0008_bodies"),
    ]

    operations = [
        migrations.AddField("appointment", "mandate_kind", models.TextField(default="")),
        migrations.AddField("appointment", "mandate_on", models.DateField(null=True)),
        migrations.AddField("appointment", "limits", models.JSONField(null=True)),
        migrations.AddField("appointment", "when_absent", models.BooleanField(default=False)),
    ]
