"""Agencies, their units, seats, counters, who sits where; and the country's administrative units."""

from django.db import models
from django.db.models import F, Q

from motcua.agencies.bodies import Body
from motcua.kernel.tables import Kind


class AdministrativeUnit(models.Model):
    """A province or commune as the law names it, with the dates from and to which it stands."""

    kind = Kind.REFERENCE

    id = models.BigAutoField(primary_key=True)
    code = models.TextField()
    name = models.TextField()
    name_folded = models.TextField()
    sort_key = models.TextField()
    level = models.TextField()
    unit_kind = models.TextField()
    parent_code = models.TextField(default="")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    basis = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "level", "valid_from"], name="agencies_unit_code_from", nulls_distinct=False
            )
        ]
        indexes = [models.Index(fields=["parent_code", "sort_key"], name="agencies_unit_parent")]

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    """An agency. It owns a stream: units, seats, people and adoptions are decided there."""

    kind = Kind.REFERENCE

    code = models.TextField(primary_key=True)
    stream = models.UUIDField(unique=True)
    name = models.TextField()
    name_en = models.TextField(default="")
    level = models.TextField()
    body = models.TextField(default=Body.COMMITTEE.value)
    # Codes of the agencies whose places it serves too: the police of a commune, the insurance of several.
    serves = models.JSONField(default=list)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT)
    path = models.TextField()
    place = models.TextField(default="")
    address = models.TextField(default="")
    phone = models.TextField(default="")
    lock_after_minutes = models.IntegerField(default=10)
    code_template = models.TextField(default="{agency}-{yymmdd}-{seq:04}")
    succeeded_by = models.ForeignKey("self", null=True, related_name="predecessors", on_delete=models.PROTECT)
    succeeded_on = models.DateField(null=True)
    head_seq = models.IntegerField(default=0)
    head_hash = models.BinaryField()
    head_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="agencies_agency_level",
                condition=Q(level__in=["ministry", "province", "district", "commune"]),
            ),
            models.CheckConstraint(
                name="agencies_agency_body", condition=Q(body__in=[body.value for body in Body])
            ),
            models.CheckConstraint(
                name="agencies_agency_lock_after",
                condition=Q(lock_after_minutes__gte=2, lock_after_minutes__lte=120),
            ),
            models.CheckConstraint(
                name="agencies_agency_succession",
                condition=Q(succeeded_by=None, succeeded_on=None)
                | Q(succeeded_by__isnull=False, succeeded_on__isnull=False),
            ),
        ]
        indexes = [models.Index(F("path"), name="agencies_agency_path")]

    def __str__(self) -> str:
        return self.code


class Merger(models.Model):
    """An agency is to be merged into another from a day on: proposed by one person, confirmed by another."""

    kind = Kind.REFERENCE

    id = models.UUIDField(primary_key=True)
    predecessor = models.ForeignKey("agencies.Agency", related_name="leaving", on_delete=models.PROTECT)
    successor = models.ForeignKey("agencies.Agency", related_name="joined", on_delete=models.PROTECT)
    takes_effect = models.DateField()
    basis = models.TextField()
    proposed_by = models.UUIDField()
    proposed_for = models.TextField(default="")
    proposed_at = models.DateTimeField()
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)
    is_confirmed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor"],
                condition=Q(answered_at=None) | Q(is_confirmed=True),
                name="agencies_one_merger",
            ),
            models.CheckConstraint(name="agencies_merger_two", condition=~Q(predecessor=F("successor"))),
            models.CheckConstraint(
                name="agencies_merger_answered",
                condition=Q(answered_at=None, answered_by=None, is_confirmed=False)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} > {self.successor_id}"


class Unit(models.Model):
    """A part of an agency: the desk, an office, a section."""

    kind = Kind.REFERENCE

    id = models.UUIDField(primary_key=True)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT)
    code = models.TextField()
    name = models.TextField()
    name_en = models.TextField(default="")
    is_desk = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="agencies_unit_code"),
            models.UniqueConstraint(fields=["agency"], condition=Q(is_desk=True), name="agencies_one_desk"),
        ]

    def __str__(self) -> str:
        return self.name


class Counter(models.Model):
    """A window of the desk."""

    kind = Kind.REFERENCE

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey("agencies.Unit", on_delete=models.PROTECT)
    number = models.IntegerField()
    name = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "number"], name="agencies_counter_number")]

    def __str__(self) -> str:
        return self.name


class Position(models.Model):
    """A seat in a unit. Its kind says what it may do."""

    kind = Kind.REFERENCE

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey("agencies.Unit", on_delete=models.PROTECT)
    code = models.TextField()
    position_kind = models.TextField()
    name = models.TextField()
    name_en = models.TextField(default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "code"], name="agencies_position_code")]

    def __str__(self) -> str:
        return self.name


class Appointment(models.Model):
    """Who sits where, from when to when."""

    kind = Kind.REFERENCE

    id = models.UUIDField(primary_key=True)
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT)
    position = models.ForeignKey("agencies.Position", on_delete=models.PROTECT)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    # A back-up by date: for whom (of a vacant seat nobody), and by which document.
    acting_for = models.ForeignKey(
        "accounts.Account", null=True, related_name="stood_in_for", on_delete=models.PROTECT
    )
    mandate = models.TextField(default="")
    # The form of signing it gives (agencies.mandates), the document's day, the acts and procedures it is for alone
    # (None: all of the seat's), and whether it holds only while the one it is for is absent.
    mandate_kind = models.TextField(default="")
    mandate_on = models.DateField(null=True)
    limits = models.JSONField(null=True)
    when_absent = models.BooleanField(default=False)
    # Of a representative: the agency that posted them.
    posted_by = models.ForeignKey(
        "agencies.Agency", null=True, related_name="representatives", on_delete=models.PROTECT
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="agencies_appointment_order",
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
            ),
            models.CheckConstraint(
                name="agencies_appointment_stand_in",
                condition=Q(acting_for=None, mandate="")
                | (Q(acting_for=None, mandate_kind="q", valid_to__isnull=False) & ~Q(mandate=""))
                | (Q(acting_for__isnull=False, valid_to__isnull=False) & ~Q(mandate="")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Handover(models.Model):
    """What became of the work of who leaves a seat, or can't do it: a line for each piece, in order; a number once it
    is over."""

    kind = Kind.REFERENCE

    id = models.UUIDField(primary_key=True)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT)
    appointment = models.UUIDField()
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT)
    position = models.ForeignKey("agencies.Position", on_delete=models.PROTECT)
    lines = models.JSONField(default=list)
    number = models.TextField(default="")
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="agencies_handover_recorded",
                condition=Q(number="", recorded_at=None, recorded_by=None)
                | (~Q(number="") & Q(recorded_at__isnull=False, recorded_by__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["appointment"], condition=Q(number=""), name="agencies_handover_under_way"
            ),
        ]
        indexes = [models.Index(fields=["agency", "-id"], name="agencies_handover_agency")]

    def __str__(self) -> str:
        return self.number or str(self.id)


class Absence(models.Model):
    """Who is away from when to when. The kind of reason alone is kept, never a word about health."""

    kind = Kind.REFERENCE

    id = models.UUIDField(primary_key=True)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT)
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT)
    reason = models.TextField()
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="agencies_absence_order", condition=Q(valid_to__gte=F("valid_from"))),
            models.CheckConstraint(
                name="agencies_absence_reason", condition=Q(reason__in=["leave", "mission", "sick", "other"])
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "valid_to"], name="agencies_absence_agency"),
            models.Index(fields=["account", "valid_to"], name="agencies_absence_account"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.reason}"


class Series(models.Model):
    """The last number given of a series of papers in a period; it goes up inside the act's transaction."""

    kind = Kind.OPERATIONAL

    pk = models.CompositePrimaryKey("agency", "series", "period")
    agency = models.TextField()
    series = models.TextField()
    period = models.TextField()
    last = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.agency} {self.series} {self.period}: {self.last}"


class Person(models.Model):
    """To which agency a person belongs: its technical administrator looks after the account."""

    kind = Kind.REFERENCE

    account = models.OneToOneField("accounts.Account", primary_key=True, on_delete=models.PROTECT)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT)
    added_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["agency", "account"], name="agencies_person_agency")]

    def __str__(self) -> str:
        return str(self.account_id)


class Shift(models.Model):
    """Who sits at a counter on a day, and who stands in."""

    kind = Kind.REFERENCE

    pk = models.CompositePrimaryKey("counter_id", "day")
    counter = models.ForeignKey("agencies.Counter", on_delete=models.PROTECT)
    day = models.DateField()
    officer = models.UUIDField(null=True)
    backup = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"{self.counter_id} {self.day}"
