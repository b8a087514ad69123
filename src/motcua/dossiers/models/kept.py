"""What is kept beside a dossier's row: sealed texts and papers, the name it is listed by, numbers given, PINs tried."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from motcua.kernel.tables import Kind


class Content(models.Model):
    """Personal or bulky text of a dossier, sealed; the event holds its salted digest. Erasure empties both."""

    kind = Kind.CONTENT

    id = models.UUIDField(primary_key=True)
    dossier = models.UUIDField()
    what = models.TextField()
    digest = models.BinaryField()
    salt = models.BinaryField(null=True)
    sealed = models.BinaryField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["dossier"], name="dossiers_content_dossier")]
        constraints = [
            models.CheckConstraint(
                name="dossiers_content_erased",
                condition=Q(erased_at=None, salt__isnull=False, sealed__isnull=False)
                | Q(erased_at__isnull=False, salt=None, sealed=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.what} of {self.dossier}"


class Attachment(models.Model):
    """A file of a dossier, under a component: the `number`-th of the act `seq`. The event holds its digest; what
    people called it is sealed here."""

    kind = Kind.CONTENT

    id = models.UUIDField(primary_key=True)
    dossier = models.UUIDField()
    seq = models.IntegerField()
    number = models.IntegerField()
    component = models.TextField()
    file = models.ForeignKey("files.File", on_delete=models.PROTECT)
    sealed = models.BinaryField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["dossier"], name="dossiers_attachment_dossier")]
        constraints = [
            models.CheckConstraint(
                name="dossiers_attachment_erased",
                condition=Q(erased_at=None, sealed__isnull=False) | Q(erased_at__isnull=False, sealed=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.component} of {self.dossier}"


class Label(models.Model):
    """The name a dossier is listed and found by: its first applicant's. Content, one row a dossier."""

    kind = Kind.CONTENT

    dossier = models.UUIDField(primary_key=True)
    agency = models.TextField()
    name = models.TextField()
    name_folded = models.TextField()

    def __str__(self) -> str:
        return str(self.dossier)


class Opening(models.Model):
    """Who first opened a dossier that came to them with event `seq`: it can't be recalled any more. No event, as nobody
    decides to look; and no projection, as no event tells it."""

    kind = Kind.FACT

    pk = models.CompositePrimaryKey("dossier", "seq")
    dossier = models.UUIDField()
    seq = models.IntegerField()
    account = models.UUIDField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.dossier} {self.seq}"


class MessageSeen(models.Model):
    """Who of those a message (event `seq`) is for saw it, and when. No event and no projection, as an `Opening`."""

    kind = Kind.FACT

    pk = models.CompositePrimaryKey("dossier", "seq", "account")
    dossier = models.UUIDField()
    seq = models.IntegerField()
    account = models.UUIDField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.dossier} {self.seq}"


class Sight(models.Model):
    """The only parts that a position sees of the dossiers of a process version; one that has no row here sees all. As
    the version, written once. It stands here, so that lists and searches can ask it."""

    kind = Kind.REFERENCE

    pk = models.CompositePrimaryKey("process_version", "position")
    process_version = models.UUIDField()
    position = models.TextField()
    parts = ArrayField(models.TextField())

    def __str__(self) -> str:
        return f"{self.process_version} {self.position}"


class Number(models.Model):
    """The last number given on an agency's local day. It goes up inside the act's transaction or not at all."""

    kind = Kind.OPERATIONAL

    pk = models.CompositePrimaryKey("agency", "day")
    agency = models.TextField()
    day = models.DateField()
    last = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.agency} {self.day}: {self.last}"


class PinAttempt(models.Model):
    """A wrong PIN, counted against the code as typed (its digest), whether such a code exists or not."""

    kind = Kind.OPERATIONAL

    id = models.BigAutoField(primary_key=True)
    code_digest = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["code_digest", "at"], name="dossiers_pin_code")]

    def __str__(self) -> str:
        return str(self.at)
