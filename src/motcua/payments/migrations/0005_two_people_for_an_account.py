from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0004_statements"),
    ]

    operations = [
        migrations.AddField("receivingaccount", "proposed_by", models.TextField(default="")),
        migrations.AddField("receivingaccount", "state", models.TextField(default="set")),
        migrations.AlterField("receivingaccount", "set_by", models.TextField(default="")),
    ]
