"""Published calendar editions. What is shipped stands in data files; the table holds what was published here."""

from django.db import models

from motcua.kernel.tables import Kind


class PublishedEdition(models.Model):
    """An edition of the national calendar (agency "") or of one agency's; immutable, a stream of its own."""

    kind = Kind.REFERENCE

    id = models.UUIDField(primary_key=True)
    agency = models.TextField(default="")
    body = models.JSONField()
    basis = models.TextField()
    published_at = models.DateTimeField()
    head_seq = models.IntegerField(default=0)
    head_hash = models.BinaryField()
    head_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["agency", "published_at"], name="calendars_edition_agency")]

    def __str__(self) -> str:
        return str(self.id)
