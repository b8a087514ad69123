"""Certification books and who may sign. A book owns a stream: its events are the book, in its own order."""

from django.db import models
from django.db.models import Q

from motcua.kernel.tables import Kind


class Book(models.Model):
    """The book of one agency, kind and year. `last` is its last number; `closed_day` the last day locked."""

    kind = Kind.PROJECTION

    id = models.UUIDField(primary_key=True)
    agency = models.TextField()
    of_kind = models.TextField()
    year = models.IntegerField()
    last = models.IntegerField(default=0)
    closed_day = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    head_seq = models.IntegerField()
    head_hash = models.BinaryField()
    head_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "of_kind", "year"], name="certification_one_book")
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.of_kind} {self.year}"


class Entry(models.Model):
    """One number of a book. `state`: entered (waits for the signature), signed, void. Corrections stand beside the
    values, which stay."""

    kind = Kind.PROJECTION

    pk = models.CompositePrimaryKey("book", "number")
    book = models.UUIDField()
    number = models.IntegerField()
    day = models.DateField()
    at = models.DateTimeField()
    dossier = models.UUIDField()
    code = models.TextField(default="")
    paper = models.TextField()
    clause = models.TextField()
    pages = models.IntegerField()
    count = models.IntegerField()
    fee = models.BigIntegerField(null=True)
    told = models.UUIDField(null=True)
    officer = models.TextField()
    signer = models.UUIDField()
    signer_seat = models.TextField()
    visit = models.UUIDField(null=True)
    waited = models.BooleanField(default=False)
    state = models.TextField()
    signed_at = models.DateTimeField(null=True)
    corrections = models.JSONField(default=list)
    signer_mandate = models.TextField(default="")
    signer_for = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="certification_entry_state", condition=Q(state__in=["entered", "signed", "void"])
            ),
            models.CheckConstraint(
                name="certification_entry_counts",
                condition=Q(number__gte=1, pages__gte=1, count__gte=1),
            ),
        ]
        indexes = [
            models.Index(fields=["dossier"], name="certification_entry_dossier"),
            models.Index(fields=["book", "day", "number"], name="certification_entry_day"),
            models.Index(
                fields=["book", "number"], name="certification_entry_open", condition=Q(state="entered")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.book}/{self.number}"


class Waiting(models.Model):
    """Papers taken in with a slip, until they get their numbers."""

    kind = Kind.PROJECTION

    dossier = models.UUIDField(primary_key=True)
    book = models.UUIDField()
    code = models.TextField()
    at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    lines = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["book", "due_at"], name="certification_waiting_due")]

    def __str__(self) -> str:
        return self.code


class Note(models.Model):
    """What a book says beside its numbers: a refusal, a day or the year closed, a day reopened."""

    kind = Kind.PROJECTION

    pk = models.CompositePrimaryKey("book", "seq")
    book = models.UUIDField()
    seq = models.IntegerField()
    what = models.TextField()
    day = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.TextField()
    acting_for = models.TextField(default="")
    last = models.IntegerField(null=True)
    count = models.IntegerField(null=True)
    paper = models.TextField(default="")
    ground = models.TextField(default="")
    told = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["book", "day", "seq"], name="certification_note_day")]

    def __str__(self) -> str:
        return f"{self.book} {self.what}"


class Text(models.Model):
    """Who asked, and reasons: sealed; the book's event holds the salted digest."""

    kind = Kind.CONTENT

    id = models.UUIDField(primary_key=True)
    book = models.UUIDField()
    digest = models.BinaryField()
    salt = models.BinaryField(null=True)
    sealed = models.BinaryField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["book"], name="certification_text_book")]
        constraints = [
            models.CheckConstraint(
                name="certification_text_erased",
                condition=Q(erased_at=None, salt__isnull=False, sealed__isnull=False)
                | Q(erased_at__isnull=False, salt=None, sealed=None),
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Authorisation(models.Model):
    """Who may sign beside the leaders, from a day to a day. `kinds` empty: all."""

    kind = Kind.REFERENCE

    id = models.UUIDField(primary_key=True)
    agency = models.TextField()
    account = models.UUIDField()
    kinds = models.JSONField(default=list)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    basis = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["agency", "valid_from"], name="certification_auth_agency")]

    def __str__(self) -> str:
        return str(self.id)
