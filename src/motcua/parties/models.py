"""Citizens, businesses, households and agencies as subjects. Content: personal, and erasable by law."""

from django.db import models
from django.db.models import Q

from motcua.kernel.tables import Kind

PARTY_KINDS = [
    "citizen",
    "business",
    "household_business",
    "household",
    "agency",
    "organisation",
    "foreigner",
]


class Party(models.Model):
    """Somebody the state deals with. Two found to be one are linked by `same_as`, never merged."""

    kind = Kind.CONTENT

    id = models.UUIDField(primary_key=True)
    party_kind = models.TextField()
    name = models.TextField()
    name_folded = models.TextField()
    same_as = models.ForeignKey("self", null=True, on_delete=models.PROTECT)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="parties_party_kind", condition=Q(party_kind__in=PARTY_KINDS)),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Identifier(models.Model):
    """A number that names a party, with dates: an HMAC to find it by, a ciphertext to show it from."""

    kind = Kind.CONTENT

    id = models.UUIDField(primary_key=True)
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT)
    paper = models.TextField()
    number_mac = models.BinaryField()
    number_sealed = models.BinaryField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number_mac"], name="parties_identifier_mac")]

    def __str__(self) -> str:
        return str(self.id)
