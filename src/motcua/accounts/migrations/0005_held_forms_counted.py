from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_citizens"),
    ]

    operations = [
        migrations.AddField(
            model_name="heldform",
            name="account",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="heldform",
            name="place",
            field=models.BinaryField(default=b""),
        ),
        migrations.AddIndex(
            model_name="heldform",
            index=models.Index(fields=["account"], name="accounts_held_form_account"),
        ),
    ]
