"""Receipts, refunds, the day's cash book, what is paid online, and the numbers they take. All but the numbers follow
from events."""

from django.db import models
from django.db.models import F, Q

from motcua.kernel.tables import Kind
from motcua.payments.settlement_tables import SettledLine as SettledLine, Settlement as Settlement
from motcua.payments.statement_tables import Statement as Statement, StatementLine as StatementLine


class Book(models.Model):
    """A cashier's day at an agency's desk: from the first money after a closing to the next closing."""

    kind = Kind.PROJECTION

    id = models.UUIDField(primary_key=True)
    agency = models.TextField()
    number = models.IntegerField()
    opened_at = models.DateTimeField()
    carried = models.BigIntegerField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.TextField(default="")
    closed_for = models.TextField(default="")
    cash_in = models.BigIntegerField(default=0)
    cash_out = models.BigIntegerField(default=0)
    card_in = models.BigIntegerField(default=0)
    card_out = models.BigIntegerField(default=0)
    receipts = models.IntegerField(default=0)
    voided = models.IntegerField(default=0)
    counts = models.JSONField(default=dict)
    counted = models.BigIntegerField(default=0)
    expected = models.BigIntegerField(default=0)
    handed_in = models.BigIntegerField(default=0)
    faulty = models.UUIDField(null=True)
    note = models.UUIDField(null=True)
    seconded = models.BooleanField(default=False)
    confirmed_by = models.TextField(default="")
    reopening_by = models.TextField(default="")
    reopening_for = models.TextField(default="")
    reopening_why = models.UUIDField(null=True)
    reopened = models.SmallIntegerField(default=0)
    head_seq = models.IntegerField()
    head_hash = models.BinaryField()
    head_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency"], condition=Q(closed_at=None), name="payments_one_open"),
            models.UniqueConstraint(fields=["agency", "number"], name="payments_book_number"),
            models.CheckConstraint(
                name="payments_book_handed_in",
                condition=Q(handed_in__gte=0, handed_in__lte=F("counted")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.number}"


class Receipt(models.Model):
    """Money taken, under a number that is never given again. Voided it stays, crossed out."""

    kind = Kind.PROJECTION

    id = models.UUIDField(primary_key=True)
    agency = models.TextField()
    book = models.UUIDField(null=True)  # none: an electronic receipt
    series = models.TextField()
    year = models.IntegerField()
    number = models.IntegerField()
    at = models.DateTimeField()
    means = models.TextField()
    total = models.BigIntegerField()
    given = models.BigIntegerField()
    slip = models.TextField()
    payer = models.UUIDField()
    cashier = models.TextField()
    replaces = models.UUIDField(null=True)
    replaced_by = models.UUIDField(null=True)
    voided_at = models.DateTimeField(null=True)
    voided_by = models.TextField(default="")
    void_why = models.UUIDField(null=True)
    head_seq = models.IntegerField()
    head_hash = models.BinaryField()
    head_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "series", "year", "number"], name="payments_receipt_number"
            ),
            models.CheckConstraint(
                name="payments_receipt_way",
                condition=Q(means__in=["cash", "card"], book__isnull=False)
                | Q(means__in=["bank", "platform"], book=None),
            ),
            models.CheckConstraint(
                name="payments_receipt_total", condition=Q(total__gt=0, given__gte=F("total"))
            ),
        ]
        indexes = [
            models.Index(fields=["book", "id"], name="payments_receipt_book"),
            models.Index(fields=["agency", "at", "id"], name="payments_receipt_at"),
        ]

    def __str__(self) -> str:
        return f"{self.series}-{self.year} {self.number}"


class Line(models.Model):
    """One line of a receipt. A charge is paid at most once: `standing` until its receipt is voided."""

    kind = Kind.PROJECTION

    pk = models.CompositePrimaryKey("receipt", "n")
    receipt = models.UUIDField()
    n = models.SmallIntegerField()
    reference = models.TextField()
    charge = models.TextField()
    rule = models.TextField()
    amount = models.BigIntegerField()
    payee = models.TextField(default="")
    standing = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reference", "charge"], condition=Q(standing=True), name="payments_line_once"
            ),
            models.CheckConstraint(name="payments_line_amount", condition=Q(amount__gt=0)),
        ]
        indexes = [
            models.Index(fields=["reference"], name="payments_line_reference"),
            models.Index(fields=["payee"], name="payments_line_payee", condition=~Q(payee="")),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.charge}"


class Refund(models.Model):
    """Money that is to go back, or went back by a numbered voucher."""

    kind = Kind.PROJECTION

    id = models.UUIDField(primary_key=True)
    agency = models.TextField()
    receipt = models.UUIDField()
    lines = models.JSONField()
    total = models.BigIntegerField()
    ground = models.TextField()
    reason = models.UUIDField()
    asked_at = models.DateTimeField()
    asked_by = models.TextField()
    asked_for = models.TextField(default="")
    approval = models.BooleanField()
    approved_by = models.TextField(default="")
    declined_by = models.TextField(default="")
    paid_at = models.DateTimeField(null=True)
    paid_by = models.TextField(default="")
    book = models.UUIDField(null=True)
    series = models.TextField(default="")
    year = models.IntegerField(null=True)
    number = models.IntegerField(null=True)
    means = models.TextField(default="")
    slip = models.TextField(default="")
    recipient = models.UUIDField(null=True)
    head_seq = models.IntegerField()
    head_hash = models.BinaryField()
    head_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "series", "year", "number"], name="payments_refund_number"
            ),
            models.CheckConstraint(name="payments_refund_total", condition=Q(total__gt=0)),
        ]
        indexes = [
            models.Index(fields=["receipt"], name="payments_refund_receipt"),
            models.Index(fields=["book"], name="payments_refund_book"),
            models.Index(
                fields=["agency", "id"],
                name="payments_refund_open",
                condition=Q(paid_at=None, declined_by=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Order(models.Model):
    """What a reference owes, to be paid online: one open at a time."""

    kind = Kind.PROJECTION

    id = models.UUIDField(primary_key=True)
    agency = models.TextField()
    reference = models.TextField()
    text = models.TextField(unique=True)
    lines = models.JSONField()
    total = models.BigIntegerField()
    account = models.JSONField(null=True)
    state = models.TextField()
    opened_at = models.DateTimeField()
    stands_until = models.DateTimeField()
    credit = models.UUIDField(null=True)
    receipt = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)
    head_seq = models.IntegerField()
    head_hash = models.BinaryField()
    head_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reference"], condition=Q(state="open"), name="payments_order_one_open"
            ),
            models.CheckConstraint(name="payments_order_total", condition=Q(total__gt=0)),
            models.CheckConstraint(
                name="payments_order_state",
                condition=Q(state="open", closed_at=None, credit=None, receipt=None)
                | Q(state="paid", closed_at__isnull=False, credit__isnull=False, receipt__isnull=False)
                | Q(state__in=["expired", "cancelled"], closed_at__isnull=False, credit=None, receipt=None),
            ),
        ]
        indexes = [
            models.Index(fields=["reference", "id"], name="payments_order_reference"),
            models.Index(fields=["stands_until"], name="payments_order_open", condition=Q(state="open")),
            models.Index(
                fields=["agency", "opened_at"], name="payments_order_no_money", condition=~Q(state="paid")
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Credit(models.Model):
    """Money that came in by itself, as the bank's statement or the platform tells it: each telling once."""

    kind = Kind.PROJECTION

    id = models.UUIDField(primary_key=True)
    agency = models.TextField()
    source = models.TextField()
    number = models.TextField()
    amount = models.BigIntegerField()
    booked_on = models.DateField()
    at = models.DateTimeField()
    told = models.UUIDField()
    order = models.UUIDField(null=True)
    same = models.UUIDField(null=True)
    attempt = models.TextField(default="")
    outcome = models.TextField()
    receipt = models.UUIDField(null=True)
    slip = models.TextField(default="")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.TextField(default="")
    head_seq = models.IntegerField()
    head_hash = models.BinaryField()
    head_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "source", "number"], name="payments_credit_once"),
            models.UniqueConstraint(fields=["same"], name="payments_credit_same"),
            models.CheckConstraint(name="payments_credit_amount", condition=Q(amount__gt=0)),
        ]
        indexes = [
            models.Index(fields=["agency", "booked_on", "id"], name="payments_credit_day"),
            models.Index(fields=["order"], name="payments_credit_order"),
            models.Index(fields=["receipt"], name="payments_credit_receipt"),
            models.Index(
                fields=["agency", "id"],
                name="payments_credit_to_settle",
                condition=Q(settled_at=None, outcome__in=["unknown", "amount", "twice", "not_owed"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.number}"


class Match(models.Model):
    """The statement's line by which a confirmation's (`credit`) money reached the account, as the cashier found."""

    kind = Kind.PROJECTION

    credit = models.UUIDField(primary_key=True)
    line = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["line"], name="payments_match_line")]

    def __str__(self) -> str:
        return f"{self.credit} by {self.line}"


class Attempt(models.Model):
    """An attempt to pay an order through the platform, and when it was last asked about."""

    kind = Kind.OPERATIONAL

    reference = models.TextField(primary_key=True)
    order = models.UUIDField()
    url = models.TextField(default="")
    sent_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    times = models.SmallIntegerField(default=0)
    outcome = models.TextField(default="")

    class Meta:
        indexes = [
            models.Index(fields=["order", "sent_at"], name="payments_attempt_order"),
            models.Index(fields=["sent_at"], name="payments_attempt_asked", condition=~Q(outcome="paid")),
        ]

    def __str__(self) -> str:
        return self.reference


class ReceivingAccount(models.Model):
    """Which bank account takes what is paid online for an agency, since when, and who said so: one person proposed it,
    a leader set it. The last one that is set holds."""

    kind = Kind.REFERENCE

    id = models.UUIDField(primary_key=True)
    agency = models.TextField()
    bin = models.TextField()
    number = models.TextField()
    holder = models.TextField()
    since = models.DateTimeField()
    set_by = models.TextField(default="")
    proposed_by = models.TextField(default="")
    proposed_for = models.TextField(default="")
    state = models.TextField(default="set")

    class Meta:
        indexes = [models.Index(fields=["agency", "id"], name="payments_account_agency")]

    def __str__(self) -> str:
        return f"{self.agency} {self.bin} {self.number}"


class Content(models.Model):
    """Names and reasons around money, sealed; the event holds the salted digest. `owner` is the stream."""

    kind = Kind.CONTENT

    id = models.UUIDField(primary_key=True)
    owner = models.UUIDField()
    what = models.TextField()
    digest = models.BinaryField()
    salt = models.BinaryField(null=True)
    sealed = models.BinaryField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["owner"], name="payments_content_owner")]
        constraints = [
            models.CheckConstraint(
                name="payments_content_erased",
                condition=Q(erased_at=None, salt__isnull=False, sealed__isnull=False)
                | Q(erased_at__isnull=False, salt=None, sealed=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.what} of {self.owner}"


class Number(models.Model):
    """The last number of a series in an agency's year. It goes up inside the act's transaction or not at all."""

    kind = Kind.OPERATIONAL

    pk = models.CompositePrimaryKey("agency", "series", "year")
    agency = models.TextField()
    series = models.TextField()
    year = models.IntegerField()
    last = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.agency} {self.series}-{self.year}: {self.last}"
