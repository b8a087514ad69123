"""Procedures, their published versions, where they are handled, and what agencies promised."""

from django.db import models
from django.db.models import F, Q

from motcua.kernel.tables import Kind


class Procedure(models.Model):
    """A procedure by its national code; the row repeats the newest title for search.

    `words_folded`: what people call it at a desk, each name between bars ("|khai sinh|gks|").
    """

    kind = Kind.REFERENCE

    code = models.TextField(primary_key=True)
    title = models.TextField()
    title_folded = models.TextField()
    words_folded = models.TextField(default="")
    sector = models.TextField()
    # The announcement it stands by, where it was imported; and since when the catalogue names it no more.
    announcement = models.UUIDField(null=True)
    closed_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.code


class Version(models.Model):
    """A published version: immutable, pinned by dossiers, with a stream of its own."""

    kind = Kind.REFERENCE

    id = models.UUIDField(primary_key=True)
    procedure = models.ForeignKey("catalogue.Procedure", on_delete=models.PROTECT)
    number = models.IntegerField()
    body = models.JSONField()
    body_digest = models.BinaryField()
    decision = models.TextField()
    effective_from = models.DateField()
    published_at = models.DateTimeField()
    # What becomes of the dossiers that run when it comes into force, why, and when all of them were seen to.
    transition = models.TextField(default="stay")
    transition_basis = models.TextField(default="")
    settled_at = models.DateTimeField(null=True)
    # Published ahead: the procedure's row is named by it when its day comes.
    ahead = models.BooleanField(default=False)
    # Taken back before its day: it never came into force.
    withdrawn_at = models.DateTimeField(null=True)
    head_seq = models.IntegerField(default=0)
    head_hash = models.BinaryField()
    head_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="catalogue_version_number"),
            models.CheckConstraint(
                name="catalogue_version_transition", condition=Q(transition__in=["stay", "favour"])
            ),
        ]
        indexes = [
            models.Index(fields=["procedure", "-effective_from", "-number"], name="catalogue_version_pick"),
            # What a duty looks for in each round.
            models.Index(
                fields=["effective_from"],
                name="catalogue_version_awaited",
                condition=Q(ahead=True) | Q(transition="favour", settled_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} v{self.number}"


class Handling(models.Model):
    """Where a procedure is handled, for an agency ("" = all) and a period, when not as its version says."""

    kind = Kind.FACT

    id = models.UUIDField(primary_key=True)
    procedure = models.ForeignKey("catalogue.Procedure", on_delete=models.PROTECT)
    agency = models.TextField(default="")
    handled_in = models.TextField()
    basis = models.TextField(default="")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="catalogue_handling_known",
                condition=Q(handled_in__in=["here", "ministry", "police", "portal"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.handled_in}"


class Promise(models.Model):
    """A shorter time an agency published for a variant and channel; never longer than the limit."""

    kind = Kind.FACT

    id = models.UUIDField(primary_key=True)
    procedure = models.ForeignKey("catalogue.Procedure", on_delete=models.PROTECT)
    agency = models.TextField()
    variant = models.TextField()
    channel = models.TextField()
    value = models.TextField(default="")
    unit = models.TextField()
    basis = models.TextField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="catalogue_promise_order", condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.agency}"


class Schedule(models.Model):
    """The amounts a province's council set for the fees national law leaves to it, from a day on."""

    kind = Kind.FACT

    id = models.UUIDField(primary_key=True)
    agency = models.TextField()
    body = models.JSONField()
    basis = models.TextField()
    valid_from = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["agency", "valid_from"], name="catalogue_schedule_pick")]

    def __str__(self) -> str:
        return f"{self.agency} {self.valid_from}"


class Place(models.Model):
    """Where an agency, or a province for those below it, takes a procedure's dossiers, when not at its desk."""

    kind = Kind.FACT

    id = models.UUIDField(primary_key=True)
    procedure = models.ForeignKey("catalogue.Procedure", on_delete=models.PROTECT)
    agency = models.TextField()
    address = models.TextField(default="")
    basis = models.TextField()
    valid_from = models.DateField()

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.agency}"


class Announcement(models.Model):
    """A record of the national catalogue as it came, whole: what a version was made of, and what findings show."""

    kind = Kind.REFERENCE

    id = models.UUIDField(primary_key=True)
    procedure = models.ForeignKey("catalogue.Procedure", on_delete=models.PROTECT)
    digest = models.BinaryField()
    body = models.TextField()
    publisher = models.TextField()
    file = models.TextField()
    file_digest = models.BinaryField()
    line = models.IntegerField()
    imported_at = models.DateTimeField()
    # By which edition of our rules it was read (operations.importing.RULES).
    rules = models.IntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.imported_at}"


class Decision(models.Model):
    """What an officer decided about a finding, on which words; appended, never changed. `value` None: a decision taken
    back; `replaces`: the one it takes the place of, or takes back. `version`: on whose stream the event stands."""

    kind = Kind.FACT

    id = models.UUIDField(primary_key=True)
    procedure = models.ForeignKey("catalogue.Procedure", on_delete=models.PROTECT)
    what = models.TextField()
    where = models.TextField()
    words = models.JSONField()
    value = models.JSONField(null=True)
    note = models.TextField(default="")
    replaces = models.UUIDField(null=True, unique=True)
    decided_by = models.TextField()
    position_kind = models.TextField()
    decided_at = models.DateTimeField()
    version = models.UUIDField()

    class Meta:
        indexes = [
            models.Index(fields=["-decided_at", "-id"], name="catalogue_decision_list"),
            models.Index(fields=["decided_by", "-decided_at", "-id"], name="catalogue_decision_by"),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.what}"


class Finding(models.Model):
    """A place in an announcement that is wrong, unclear or worth telling its publisher (national.findings)."""

    kind = Kind.REFERENCE

    id = models.UUIDField(primary_key=True)
    procedure = models.ForeignKey("catalogue.Procedure", on_delete=models.PROTECT)
    announcement = models.ForeignKey("catalogue.Announcement", on_delete=models.PROTECT)
    what = models.TextField()
    where = models.TextField()
    text = models.TextField()
    decided_at = models.DateTimeField(null=True)
    decision = models.UUIDField(null=True)
    # What findings have in common that one decision may be given for (national.words.alike), as a digest.
    alike = models.TextField(default="")

    class Meta:
        indexes = [
            models.Index(fields=["what", "procedure"], name="catalogue_finding_list"),
            models.Index(fields=["what", "alike", "procedure"], name="catalogue_finding_alike"),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.what}"


class Draft(models.Model):
    """A version in the making: its body may lack anything. `began_from`: the version it was copied from; `revision`
    counts what was kept, so that of two people who write at once the second is told."""

    kind = Kind.OPERATIONAL

    id = models.UUIDField(primary_key=True)
    procedure = models.TextField(unique=True)
    began_from = models.UUIDField(null=True)
    body = models.JSONField()
    revision = models.IntegerField(default=1)
    begun_by = models.TextField()
    begun_at = models.DateTimeField()
    changed_by = models.TextField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.procedure} r{self.revision}"
