"""The register book counts what was handed in for somebody without reading every dossier of its window."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0018_untold")]

    operations = [
        migrations.AddIndex(
            "dossier",
            models.Index(
                condition=models.Q(assisted=True),
                fields=["desk_agency", "received_on"],
                name="dossiers_filed",
            ),
        )
    ]
