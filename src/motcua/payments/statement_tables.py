"""A bank's statement from the hand that brings it to what each of its lines did."""

from django.db import models

from motcua.kernel.tables import Kind


class Statement(models.Model):
    """A bank's statement that was handed up: the file, sealed, until it is taken in or let go; by whom, and who,
    another person, confirmed or dropped it. What nobody confirms goes after some days; what is taken in stays, without
    its file."""

    kind = Kind.CONTENT

    id = models.UUIDField(primary_key=True)
    agency = models.TextField()
    handed_by = models.TextField()
    handed_for = models.TextField(default="")
    digest = models.TextField()
    sealed = models.BinaryField(null=True)
    lines = models.IntegerField()
    total = models.BigIntegerField()
    first = models.DateField()
    last = models.DateField()
    confirmed_by = models.TextField(default="")
    confirmed_at = models.DateTimeField(null=True)
    withdrawn_by = models.TextField(default="")
    withdrawn_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["expires_at"], name="payments_statement_expires"),
            models.Index(fields=["agency", "id"], name="payments_statement_agency"),
        ]
        constraints = [
            models.CheckConstraint(
                name="payments_statement_one_end",
                condition=models.Q(confirmed_at=None) | models.Q(withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="payments_statement_two_people",
                condition=~models.Q(confirmed_by=models.F("handed_by")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class StatementLine(models.Model):
    """A line of a statement that was confirmed, and what it did: "" nothing yet. What the bank said of it is sealed
    with the money; why it was refused is sealed here, since it quotes the file."""

    kind = Kind.CONTENT

    pk = models.CompositePrimaryKey("statement", "n")
    statement = models.UUIDField()
    n = models.IntegerField()
    number = models.TextField(default="")
    amount = models.BigIntegerField(null=True)
    booked_on = models.DateField(null=True)
    became = models.TextField(default="")
    why = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="payments_statementline_became",
                condition=models.Q(became__in=["", "new", "known", "left"], why=None)
                | models.Q(became="refused", why__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.statement} {self.n}"
