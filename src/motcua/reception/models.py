"""What a desk keeps around its receptions: intakes half done, who came before, which procedures lie at hand."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from motcua.kernel.tables import Kind


class Kept(models.Model):
    """An intake being typed (`parked_at` None) or put aside: what was typed is sealed, and goes with the day.

    `account` None: any officer of the desk may go on with it. Once `closed_at` is set nothing typed is left, and a
    late save of the same intake finds it closed.
    """

    kind = Kind.CONTENT

    id = models.UUIDField(primary_key=True)
    agency = models.TextField()
    account = models.UUIDField(null=True)
    sealed = models.BinaryField(null=True)
    started_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    parked_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["agency", "started_at"], name="reception_kept_open", condition=Q(closed_at=None)
            ),
            models.Index(fields=["expires_at"], name="reception_kept_expires"),
        ]
        constraints = [
            models.CheckConstraint(
                name="reception_kept_closed",
                condition=Q(closed_at=None, sealed__isnull=False) | Q(closed_at__isnull=False, sealed=None),
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Favourite(models.Model):
    """A procedure an officer keeps at hand."""

    kind = Kind.OPERATIONAL

    pk = models.CompositePrimaryKey("account", "procedure")
    account = models.UUIDField()
    procedure = models.TextField()
    pinned_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.account} {self.procedure}"


class Received(models.Model):
    """How many dossiers of a procedure a desk took in on a day: counted as events pass, for the order of a list.

    No figure is made of it. `position` is the last event counted, so that none counts twice.
    """

    kind = Kind.OPERATIONAL

    pk = models.CompositePrimaryKey("agency", "day", "procedure")
    agency = models.TextField()
    day = models.DateField()
    procedure = models.TextField()
    count = models.IntegerField()
    position = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.agency} {self.day} {self.procedure}: {self.count}"


class Known(models.Model):
    """By which number or telephone somebody who came to a desk is found again: an HMAC, never the number.

    It leads to the newest snapshot of that party, which stays sealed with its dossier.
    """

    kind = Kind.CONTENT

    pk = models.CompositePrimaryKey("mac", "party")
    mac = models.BinaryField()
    party = models.UUIDField()
    dossier = models.UUIDField()
    snapshot = models.UUIDField()
    seen_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["mac", "-seen_at"], name="reception_known_newest"),
            models.Index(fields=["dossier"], name="reception_known_dossier"),
        ]

    def __str__(self) -> str:
        return str(self.party)


class Batch(models.Model):
    """A list of applicants of one submitter for one procedure: what all share is sealed here. It goes in a few days;
    the dossiers share its id as their visit."""

    kind = Kind.CONTENT

    id = models.UUIDField(primary_key=True)
    agency = models.TextField()
    account = models.UUIDField()
    sealed = models.BinaryField()
    started = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="reception_batch_expires")]

    def __str__(self) -> str:
        return str(self.id)


class BatchRow(models.Model):
    """One applicant of a batch, by the line of the list; `code` once received, `findings` what is wrong with it."""

    kind = Kind.CONTENT

    pk = models.CompositePrimaryKey("batch_id", "line")
    batch = models.ForeignKey("reception.Batch", on_delete=models.CASCADE)
    line = models.IntegerField()
    sealed = models.BinaryField()
    findings = models.JSONField(default=list)
    code = models.TextField(default="")

    def __str__(self) -> str:
        return f"{self.batch_id} {self.line}"


class Screen(models.Model):
    """A second screen that shows a citizen what is typed: paired once by a code, blank unless an officer types.

    `shown` is sealed and gone as soon as the intake is received, parked or left.
    """

    kind = Kind.OPERATIONAL

    id = models.UUIDField(primary_key=True)
    account = models.UUIDField(unique=True)
    code_digest = models.BinaryField(null=True, unique=True)
    code_expires_at = models.DateTimeField()
    secret_digest = models.BinaryField(null=True, unique=True)
    intake = models.UUIDField(null=True)
    shown = models.BinaryField(null=True)
    marks = models.JSONField(default=dict)
    version = models.IntegerField(default=0)
    touched_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="reception_screen_expires")]

    def __str__(self) -> str:
        return str(self.id)


class Guidance(models.Model):
    """What somebody was told while there is no dossier yet, numbered by agency and year: what to bring (form 02), or
    why their request is turned away (form 03).

    Who and what is sealed; the event on the agency's stream at `seq` holds its salted digest. `keys` find it again by
    identity number, telephone and each word of a name: HMACs, never the words.
    """

    kind = Kind.CONTENT

    id = models.UUIDField(primary_key=True)
    agency = models.TextField()
    number = models.TextField()
    seq = models.BigIntegerField()
    procedure_version = models.UUIDField(null=True)
    variant = models.TextField()
    at = models.DateTimeField()
    digest = models.BinaryField()
    salt = models.BinaryField()
    sealed = models.BinaryField()
    keys = ArrayField(models.BinaryField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="reception_guidance_number"),
            models.UniqueConstraint(fields=["agency", "seq"], name="reception_guidance_event"),
        ]
        indexes = [GinIndex(fields=["keys"], name="reception_guidance_keys")]

    def __str__(self) -> str:
        return self.number


class GuidanceStanding(models.Model):
    """Where a guidance record stands: given, proposed to the desk manager (a third return), or declined.

    `earlier` names the returns before it; `word` is the content that holds what the manager said; `dossier` is the code
    under which the matter was received afterwards, "" while it was not.
    """

    kind = Kind.PROJECTION

    pk = models.CompositePrimaryKey("agency", "number")
    agency = models.TextField()
    number = models.TextField()
    form = models.TextField()
    procedure = models.TextField()
    standing = models.TextField()
    told_at = models.DateTimeField()
    told_by = models.TextField()
    told_for = models.TextField(default="")
    earlier = models.JSONField(default=list)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.TextField(default="")
    word = models.UUIDField(null=True)
    dossier = models.TextField(default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reception_standing_answered",
                condition=Q(standing__in=("given", "proposed"), answered_at=None, word=None)
                | Q(standing__in=("given", "declined"), answered_at__isnull=False, word__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "told_at"],
                name="reception_standing_proposed",
                condition=Q(standing="proposed"),
            ),
            models.Index(
                fields=["agency", "dossier"],
                name="reception_standing_dossier",
                condition=~Q(dossier=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.standing}"


class Word(models.Model):
    """What the desk manager said of a proposed return: sealed, digested in its event."""

    kind = Kind.CONTENT

    id = models.UUIDField(primary_key=True)
    agency = models.TextField()
    digest = models.BinaryField()
    salt = models.BinaryField()
    sealed = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["agency"], name="reception_word_agency")]

    def __str__(self) -> str:
        return str(self.id)
