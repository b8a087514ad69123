"""Published processes, which agency runs which, and the steps of running dossiers."""

from django.db import models
from django.db.models import F, Q

from motcua.kernel.tables import Kind


class Version(models.Model):
    """A published version of an internal process: immutable, pinned by dossiers, with a stream of its own."""

    kind = Kind.REFERENCE

    id = models.UUIDField(primary_key=True)
    code = models.TextField()
    procedure = models.TextField()
    number = models.IntegerField()
    body = models.JSONField()
    body_digest = models.BinaryField()
    published_at = models.DateTimeField()
    head_seq = models.IntegerField(default=0)
    head_hash = models.BinaryField()
    head_at = models.DateTimeField(null=True)
    # SHA-256 of what stood in the file it was made of; none: it was drafted here.
    imported_digest = models.BinaryField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "number"], name="processes_version_number")]

    def __str__(self) -> str:
        return f"{self.code} v{self.number}"


class Adoption(models.Model):
    """An agency runs a version for a variant of a procedure from a day on."""

    kind = Kind.REFERENCE

    id = models.UUIDField(primary_key=True)
    agency = models.TextField()
    procedure = models.TextField()
    variant = models.TextField()
    version = models.ForeignKey("processes.Version", on_delete=models.PROTECT)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "procedure", "variant", "valid_from"], name="processes_adoption_once"
            ),
            models.CheckConstraint(
                name="processes_adoption_order", condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.procedure}"


class Draft(models.Model):
    """A version in the making: its body may lack anything. `came_from`: what it began with (drafting.Origin);
    `revision` counts what was kept, so that of two people who write at once the second is told."""

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
    """A draft as it once was, to be brought back; `did`: what was done to get there (kernel.drafting.Did)."""

    kind = Kind.OPERATIONAL

    draft = models.ForeignKey("processes.Draft", on_delete=models.CASCADE, related_name="+")
    number = models.IntegerField()
    body = models.JSONField()
    did = models.JSONField()
    changed_by = models.TextField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="processes_revision_number")]

    def __str__(self) -> str:
        return f"{self.draft_id} r{self.number}"


class RunningStep(models.Model):
    """One stay of a dossier in one step; rebuilt from the dossier's stream."""

    kind = Kind.PROJECTION

    pk = models.CompositePrimaryKey("dossier", "seq", "number")
    dossier = models.UUIDField()
    seq = models.IntegerField()
    number = models.IntegerField()
    agency = models.TextField()
    kinds = models.JSONField()
    account = models.TextField(default="")
    opened_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.TextField(default="")
    ended_for = models.TextField(default="")
    outcome = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "number"], condition=Q(ended_at=None), name="processes_open_once"
            ),
            models.CheckConstraint(
                name="processes_step_order", condition=Q(ended_at=None) | Q(ended_at__gte=F("opened_at"))
            ),
        ]
        indexes = [
            # What is open in somebody's name, and when they were given something last (ADR 0058).
            models.Index(
                fields=["account", "due_at"],
                name="processes_open_work",
                condition=Q(ended_at=None) & ~Q(account=""),
            ),
            models.Index(fields=["account", "opened_at"], name="processes_given", condition=~Q(account="")),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} step {self.number}"


class Area(models.Model):
    """A part of an agency's territory and who serves it; decided on the agency's stream."""

    kind = Kind.REFERENCE

    pk = models.CompositePrimaryKey("agency", "code")
    agency = models.TextField()
    code = models.TextField()
    name = models.TextField()
    account = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"{self.agency} {self.code}"


class Impact(models.Model):
    """What a draft, or a published version in an agency, would change: measured a batch at a time (`mark`: how far),
    added up in `result` (impact.tally). `document`: the table that was measured, with what it includes; `fingerprint`:
    its digest, by which it shows when the draft has changed since. `ordered`: by which document the running dossiers
    are moved, and who said so. `trouble`: why it could not go on, in both languages."""

    kind = Kind.OPERATIONAL

    id = models.UUIDField(primary_key=True)
    draft = models.ForeignKey("processes.Draft", on_delete=models.CASCADE, null=True, related_name="+")
    version = models.ForeignKey("processes.Version", on_delete=models.CASCADE, null=True, related_name="+")
    agency = models.TextField(default="")
    document = models.JSONField()
    fingerprint = models.TextField()
    asked_by = models.TextField()
    asked_at = models.DateTimeField()
    state = models.TextField()
    total = models.IntegerField(default=0)
    mark = models.JSONField(null=True)
    result = models.JSONField(default=dict)
    ordered = models.JSONField(null=True)
    trouble = models.JSONField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft"], name="processes_impact_of_draft"),
            models.UniqueConstraint(fields=["version", "agency"], name="processes_impact_of_version"),
            models.CheckConstraint(name="processes_impact_of_one", condition=Q(draft=None) ^ Q(version=None)),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"],
                name="processes_impact_at_work",
                condition=Q(state__in=["waiting", "measuring", "moving"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.state}"


class ImpactLine(models.Model):
    """A dossier for which something would change: in which groups it is listed, and what (impact.tally.Line).
    `outcome`: what became of it when the dossiers were moved ("moved", else why it stayed)."""

    kind = Kind.OPERATIONAL

    impact = models.ForeignKey("processes.Impact", on_delete=models.CASCADE, related_name="+")
    code = models.TextField()
    agency = models.TextField()
    is_running = models.BooleanField()
    groups = models.JSONField()
    told = models.JSONField()
    outcome = models.TextField(default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["impact", "code"], name="processes_impact_line")]

    def __str__(self) -> str:
        return self.code
