"""Numbered paper pads for the time when the system is down: what was printed, and what became of each sheet."""

from django.db import models
from django.db.models import F, Q

from motcua.kernel.tables import Kind


class Pad(models.Model):
    """A pad of numbered sheets as issued. `enter_within`: working days after which the desk manager must allow an
    entry. Numbers go on from pad to pad, so that a sheet's number stands once in an agency."""

    kind = Kind.REFERENCE

    id = models.UUIDField(primary_key=True)
    agency = models.TextField()
    code = models.TextField()
    form = models.TextField()
    first = models.IntegerField()
    last = models.IntegerField()
    enter_within = models.SmallIntegerField()
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="pads_pad_code"),
            models.UniqueConstraint(fields=["agency", "first"], name="pads_pad_first"),
            models.CheckConstraint(name="pads_pad_numbers", condition=Q(last__gte=F("first"), first__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.code}"


class Sheet(models.Model):
    """What became of one sheet: entered (used) as an act on `subject`, void, or allowed to be entered late."""

    kind = Kind.OPERATIONAL

    pk = models.CompositePrimaryKey("pad", "number")
    pad = models.ForeignKey("pads.Pad", on_delete=models.PROTECT)
    number = models.IntegerField()
    state = models.TextField()
    ground = models.TextField(default="")
    subject = models.TextField(default="")
    what = models.TextField(default="")
    occurred_at = models.DateTimeField(null=True)
    with_photo = models.BooleanField(default=False, db_default=False)
    at = models.DateTimeField()
    by = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="pads_sheet_state",
                condition=Q(state="used", occurred_at__isnull=False) & ~Q(subject="")
                | Q(state__in=["void", "allowed"], occurred_at=None) & ~Q(ground=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.pad_id} {self.number}"
