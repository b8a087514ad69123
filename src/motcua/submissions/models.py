"""Dossiers that citizens are writing at home and have not handed in yet."""

from django.db import models
from django.db.models import Q

from motcua.kernel.tables import Kind


class Draft(models.Model):
    """What one person has typed so far for one procedure, sealed. `revision` goes up with each save, so that two
    devices never write over each other; `page` is how far they came.

    Once handed in, nothing typed is left: `submitted_as` says under which code, for a second click and another device.
    `filing`: for whom it is written (dossiers.assisting). `session`: at whose screen the applicant stands, of a draft
    that somebody of the staff types for them; none once they left it. `typist`: who began it for a business, whose
    draft it is; None for one's own. `visit`: the visit at a desk that it was begun in.
    """

    kind = Kind.CONTENT

    id = models.UUIDField(primary_key=True)
    owner = models.UUIDField()
    agency = models.TextField()
    procedure = models.TextField()
    page = models.TextField(default="")
    revision = models.IntegerField(default=1)
    sealed = models.BinaryField(null=True)
    submitted_as = models.TextField(default="")
    filing = models.TextField(default="self")
    session = models.UUIDField(null=True)
    typist = models.UUIDField(null=True)
    visit = models.UUIDField(null=True)
    started_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["owner", "-touched_at"], name="submissions_draft_owner"),
            models.Index(fields=["expires_at"], name="submissions_draft_expires"),
            models.Index(
                fields=["session"], name="submissions_draft_session", condition=Q(session__isnull=False)
            ),
            models.Index(
                fields=["submitted_as"], name="submissions_draft_visited", condition=Q(visit__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="submissions_draft_submitted",
                condition=Q(submitted_as="", sealed__isnull=False)
                | (~Q(submitted_as="") & Q(sealed__isnull=True)),
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Confirmation(models.Model):
    """One person who is asked to confirm a draft as it stands at `revision`, and what they answered: a draft that was
    saved since is confirmed by nobody. `asked` is an HMAC of their number and name, as nobody's account is asked about
    before they come; `digest`, salted, is of exactly what they saw."""

    kind = Kind.CONTENT

    id = models.UUIDField(primary_key=True)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE)
    field = models.TextField()
    asked = models.BinaryField()
    revision = models.IntegerField()
    answer = models.TextField(default="")
    party = models.UUIDField(null=True)
    salt = models.BinaryField(null=True)
    digest = models.BinaryField(null=True)
    reason = models.BinaryField(null=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["asked"], name="submissions_asked")]
        constraints = [
            models.UniqueConstraint(fields=["draft", "asked"], name="submissions_asked_once"),
            models.CheckConstraint(
                name="submissions_answer",
                condition=Q(answer="", party__isnull=True, answered_at__isnull=True)
                | Q(answer="confirmed", party__isnull=False, digest__isnull=False, salt__isnull=False)
                | Q(answer="declined", party__isnull=False, reason__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Invitation(models.Model):
    """That a message asking to confirm went to an address, an HMAC of which is `place` (empty: to none), when `sender`
    had somebody `asked`: counted for a day, so that nobody is pestered by way of this house."""

    kind = Kind.OPERATIONAL

    id = models.UUIDField(primary_key=True)
    sender = models.UUIDField()
    asked = models.UUIDField(null=True)
    place = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["sender", "at"], name="submissions_invited_by"),
            models.Index(fields=["place", "at"], name="submissions_invited"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ConsentCode(models.Model):
    """A code that was sent to a telephone, so that who applies agrees to what `of` stands for in `draft`. The number
    and the code are HMACs; `wrong`: how often another was typed. It outlasts its draft, as it is counted: how many went
    to the number, how many `owner` had sent."""

    kind = Kind.OPERATIONAL

    id = models.UUIDField(primary_key=True)
    draft = models.UUIDField()
    owner = models.UUIDField()
    of = models.TextField()
    number = models.BinaryField()
    code = models.BinaryField()
    wrong = models.SmallIntegerField(default=0)
    sent_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["draft"], name="submissions_code_draft"),
            models.Index(fields=["number", "sent_at"], name="submissions_code_number"),
            models.Index(fields=["owner", "sent_at"], name="submissions_code_owner"),
        ]

    def __str__(self) -> str:
        return str(self.id)
