"""Forms that were published here, and forms in the making. Shipped forms are files (selectors)."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from motcua.kernel.tables import Kind


class Version(models.Model):
    """A published version of a form: immutable, pinned by what was handed in with it, with a stream of its own.

    `concerns`: the procedures that this version serves, or an earlier one of the form did. `came_from`: what its draft
    began with (operations.Origin).
    """

    kind = Kind.REFERENCE

    id = models.UUIDField(primary_key=True)
    code = models.TextField()
    number = models.IntegerField()
    body = models.JSONField()
    body_digest = models.BinaryField()
    valid_from = models.DateField()
    concerns = ArrayField(models.TextField())
    came_from = models.JSONField()
    published_by = models.TextField()
    published_at = models.DateTimeField()
    head_seq = models.IntegerField(default=0)
    head_hash = models.BinaryField()
    head_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "number"], name="eforms_version_number")]
        indexes = [GinIndex(fields=["concerns"], name="eforms_version_concerns")]

    def __str__(self) -> str:
        return f"{self.code} v{self.number}"


class Draft(models.Model):
    """A version in the making: its body may lack anything. `revision` counts what was kept, so that of two people who
    write at once the second is told."""

    kind = Kind.OPERATIONAL

    id = models.UUIDField(primary_key=True)
    code = models.TextField(unique=True)
    came_from = models.JSONField()
    body = models.JSONField()
    revision = models.IntegerField(default=1)
    begun_by = models.TextField()
    begun_at = models.DateTimeField()
    changed_by = models.TextField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.code} r{self.revision}"


class Revision(models.Model):
    """A draft as it once was, to be brought back; `did`: what was done to get there (operations.Did)."""

    kind = Kind.OPERATIONAL

    draft = models.ForeignKey("eforms.Draft", on_delete=models.CASCADE, related_name="+")
    number = models.IntegerField()
    body = models.JSONField()
    did = models.JSONField()
    changed_by = models.TextField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="eforms_revision_number")]

    def __str__(self) -> str:
        return f"{self.draft_id} r{self.number}"
