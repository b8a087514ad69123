"""What people are told of a matter, through which channel, and how that went. A matter is a reference, no more."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from motcua.kernel.tables import Kind
from motcua.notifications.rules import CHANNELS

STATES = ("queued", "sent", "delivered", "failed")
OUTCOMES = ("", "reached", "missed")


class Notice(models.Model):
    """One thing to be told: made once for each reference and cause (an event's position, or what time brought), as
    things stood with the owner's event `as_of`.

    `asked_for`: the person has just done what it answers, so it goes out at night too. `outcome` is "" until every
    message that leaves the house came to its end; `settled_at` when what follows from it was done; `erased_at` when
    its texts were.
    """

    kind = Kind.OPERATIONAL

    id = models.UUIDField(primary_key=True)
    reference = models.TextField()
    cause = models.TextField()
    as_of = models.IntegerField()
    about = models.TextField()
    agency = models.TextField()
    asked_for = models.BooleanField()
    made_at = models.DateTimeField()
    outcome = models.TextField(default="")
    settled_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reference", "cause"], name="notifications_notice_once"),
            models.CheckConstraint(
                name="notifications_notice_settled",
                condition=Q(settled_at=None, outcome="")
                | Q(settled_at__isnull=False, outcome__in=("reached", "missed")),
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="notifications_unsettled", condition=Q(settled_at=None)),
            models.Index(fields=["made_at"], name="notifications_notice_kept", condition=Q(erased_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.about}"


class Message(models.Model):
    """A notice to one person through one channel. `due_at`: when something is to be done about it next, sending it or
    asking whether it arrived; None when nothing is left to do. No address and no word of it stands here.
    """

    kind = Kind.OPERATIONAL

    id = models.UUIDField(primary_key=True)
    notice = models.ForeignKey("notifications.Notice", on_delete=models.PROTECT)
    agency = models.TextField()
    # None: from when a notice went to one person only.
    addressee = models.UUIDField(null=True)
    channel = models.TextField()
    language = models.TextField()
    state = models.TextField()
    attempts = models.SmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    provider_id = models.TextField(default="")
    fault = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "channel", "addressee"],
                name="notifications_message_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="notifications_message_known", condition=Q(state__in=STATES, channel__in=CHANNELS)
            ),
            models.CheckConstraint(
                name="notifications_message_times",
                condition=Q(state="queued", due_at__isnull=False, sent_at=None, ended_at=None)
                | Q(state="sent", sent_at__isnull=False, ended_at=None)
                | Q(state="delivered", due_at=None, sent_at__isnull=False, ended_at__isnull=False)
                | Q(state="failed", due_at=None, ended_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"], name="notifications_message_due", condition=Q(due_at__isnull=False)
            ),
            models.Index(fields=["agency", "id"], name="notifications_message_log"),
            models.Index(fields=["agency", "state", "id"], name="notifications_message_state"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.channel}: {self.state}"


class Letter(models.Model):
    """What a message says and where it goes, sealed; None once erased."""

    kind = Kind.CONTENT

    message = models.OneToOneField("notifications.Message", primary_key=True, on_delete=models.PROTECT)
    sealed = models.BinaryField(null=True)

    def __str__(self) -> str:
        return str(self.message_id)


class Wanted(models.Model):
    """How somebody asked to be told: the language, and the channels; none of them means no message."""

    kind = Kind.OPERATIONAL

    language = models.TextField()
    channels = ArrayField(models.TextField())
    changed_at = models.DateTimeField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="notifications_%(class)s_known",
                condition=Q(language__in=("vi", "en"), channels__contained_by=list(CHANNELS)),
            )
        ]


class Preference(Wanted):
    """What somebody asked for, signed in, for all that they are told of."""

    addressee = models.UUIDField(primary_key=True)

    def __str__(self) -> str:
        return str(self.addressee)


class ReferencePreference(Wanted):
    """The same for one reference, asked for by who opened it with its receipt; it counts before the other, and goes
    when the other is said again."""

    pk = models.CompositePrimaryKey("addressee", "reference")
    addressee = models.UUIDField()
    reference = models.TextField()

    def __str__(self) -> str:
        return f"{self.reference} {self.addressee}"
