"""The ledger's tables. Events are facts; the tail, cursors and requests are the machinery around them."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from motcua.kernel.tables import Kind


class Event(models.Model):
    """One event, exactly as hashed. The columns beside the envelope repeat it for indexes only."""

    kind = Kind.FACT

    pk = models.CompositePrimaryKey("stream", "seq")
    stream = models.UUIDField()
    seq = models.IntegerField()
    id = models.UUIDField(unique=True)
    type = models.TextField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    origin = models.TextField()
    installation = models.TextField()
    envelope = models.TextField()
    hash = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="ledger_event_origin",
                condition=Q(origin__in=["live", "paper", "offline", "import", "simulated"]),
            ),
            models.CheckConstraint(
                name="ledger_event_installation", condition=Q(installation__in=["live", "trial"])
            ),
            models.CheckConstraint(
                name="ledger_event_live_is_real",
                condition=~Q(installation="live") | ~Q(origin="simulated"),
            ),
            models.CheckConstraint(name="ledger_event_seq", condition=Q(seq__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.stream}/{self.seq}"


class Tail(models.Model):
    """Events without a position yet; a trigger fills it, the sequencer empties it."""

    kind = Kind.OPERATIONAL

    pk = models.CompositePrimaryKey("stream", "seq")
    stream = models.UUIDField()
    seq = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.stream}/{self.seq}"


class Position(models.Model):
    """The one order between streams: gap-free, given after commit, never changed."""

    kind = Kind.FACT

    position = models.BigIntegerField(primary_key=True)
    stream = models.UUIDField()
    seq = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="ledger_position_event")]

    def __str__(self) -> str:
        return str(self.position)


class Cursor(models.Model):
    """How far a follower has read."""

    kind = Kind.OPERATIONAL

    follower = models.TextField(primary_key=True)
    position = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.follower} at {self.position}"


class Reacted(models.Model):
    """A reaction that has run for a position, or why it could not."""

    kind = Kind.OPERATIONAL

    pk = models.CompositePrimaryKey("position", "reaction")
    position = models.BigIntegerField()
    reaction = models.TextField()
    done_at = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)
    error = models.TextField(default="")

    class Meta:
        indexes = [models.Index(F("position"), condition=Q(done_at=None), name="ledger_reacted_open")]

    def __str__(self) -> str:
        return f"{self.reaction} at {self.position}"


class Request(models.Model):
    """Idempotency keys: whose, the body's digest, and the first event it led to."""

    kind = Kind.OPERATIONAL

    pk = models.CompositePrimaryKey("actor", "key")
    actor = models.TextField()
    key = models.TextField()
    body_digest = models.BinaryField()
    stream = models.UUIDField()
    seq = models.IntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="ledger_request_at")]

    def __str__(self) -> str:
        return self.key


class Installation(models.Model):
    """The installation's own stream: one row, made once, trial or live for ever."""

    kind = Kind.REFERENCE

    id = models.UUIDField(primary_key=True)
    only = models.BooleanField(default=True, unique=True)
    what = models.TextField()
    made_at = models.DateTimeField()
    head_seq = models.IntegerField(default=0)
    head_hash = models.BinaryField()
    head_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="ledger_installation_what", condition=Q(what__in=["trial", "live"])),
            models.CheckConstraint(name="ledger_installation_only", condition=Q(only=True)),
        ]

    def __str__(self) -> str:
        return self.what
