"""What was collected for another agency, and how far it is settled."""

from django.db import models
from django.db.models import F, Q

from motcua.kernel.tables import Kind


class Settlement(models.Model):
    """What an agency collected for `payee` (an agency's code, or a kind where none is known), closed on `day`."""

    kind = Kind.PROJECTION

    id = models.UUIDField(primary_key=True)
    agency = models.TextField()
    payee = models.TextField()
    series = models.TextField()
    year = models.IntegerField()
    number = models.IntegerField()
    day = models.DateField()
    count = models.IntegerField()
    taken = models.BigIntegerField()
    back = models.BigIntegerField()
    total = models.BigIntegerField()
    closed_at = models.DateTimeField()
    closed_by = models.TextField()
    closed_for = models.TextField(default="")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.TextField(default="")
    slip = models.TextField(default="")
    sent_on = models.DateField(null=True)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.TextField(default="")
    sent_for = models.TextField(default="")
    received = models.BigIntegerField(null=True)
    received_at = models.DateTimeField(null=True)
    received_by = models.TextField(default="")
    note = models.UUIDField(null=True)
    head_seq = models.IntegerField()
    head_hash = models.BinaryField()
    head_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "payee", "day"], name="payments_settlement_day"),
            models.UniqueConstraint(
                fields=["agency", "series", "year", "number"], name="payments_settlement_number"
            ),
            models.CheckConstraint(
                name="payments_settlement_total", condition=Q(total=F("taken") - F("back"), count__gt=0)
            ),
            models.CheckConstraint(
                name="payments_settlement_order",
                condition=(Q(sent_at=None) | Q(confirmed_at__isnull=False))
                & (Q(received_at=None) | Q(sent_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "id"], name="payments_settlement_ours"),
            models.Index(fields=["payee", "id"], name="payments_settlement_theirs"),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.payee} {self.day}"


class SettledLine(models.Model):
    """A line of a receipt or refund (`paper`) that stands in a settlement: in one, ever."""

    kind = Kind.PROJECTION

    pk = models.CompositePrimaryKey("settlement", "n")
    settlement = models.UUIDField()
    n = models.IntegerField()
    paper = models.UUIDField()
    name = models.TextField()
    on = models.DateField()
    reference = models.TextField()
    charge = models.TextField()
    rule = models.TextField()
    procedure = models.TextField()
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "reference", "charge"], name="payments_settled_once"),
            models.CheckConstraint(name="payments_settled_amount", condition=~Q(amount=0)),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.reference}"
