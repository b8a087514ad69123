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
    """What a party is known by, with dates: an HMAC to find it by, a ciphertext to show the number from. The HMAC is of
    number and name together, for who is typed, or of the number alone, for who has signed in with it."""

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


class Mandate(models.Model):
    """That a business lets one person act for it: `power` is one of mandates.POWERS, `procedures` their codes (none:
    all of them). Who it is stands beside it, erasable."""

    kind = Kind.FACT

    id = models.UUIDField(primary_key=True)
    business = models.UUIDField()
    power = models.TextField()
    procedures = models.JSONField(default=list)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    given_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["business", "-given_at"], name="parties_mandate_business")]
        constraints = [
            models.CheckConstraint(
                name="parties_mandate_power", condition=Q(power__in=["see", "write", "hand_in"])
            ),
            models.CheckConstraint(
                name="parties_mandate_days",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class MandateEnd(models.Model):
    """That a mandate was withdrawn, from then on."""

    kind = Kind.FACT

    mandate = models.UUIDField(primary_key=True)
    ended_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.mandate)


class MandatePerson(models.Model):
    """Who holds a mandate: an HMAC of number and name to find them by when they sign in; name, masked number and the
    document sealed."""

    kind = Kind.CONTENT

    mandate = models.UUIDField(primary_key=True)
    known_as = models.BinaryField()
    sealed = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["known_as"], name="parties_mandate_known")]

    def __str__(self) -> str:
        return str(self.mandate)


class OwnIdentity(models.Model):
    """What somebody who works here is found by among the parties: a digest of their own number, never the number.
    Said by themselves, replaced when they say it anew."""

    kind = Kind.OPERATIONAL

    id = models.BigAutoField(primary_key=True)
    account = models.UUIDField()
    number_mac = models.BinaryField()
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "number_mac"], name="parties_own_identity_once")
        ]
        indexes = [models.Index(fields=["number_mac"], name="parties_own_identity")]

    def __str__(self) -> str:
        return str(self.account)
