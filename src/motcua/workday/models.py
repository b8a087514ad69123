"""What is one person's own of their working day. Nothing here is decided, and nobody else reads it."""

from django.db import models
from django.db.models import Q

from motcua.kernel.tables import Kind

MOST_FILTERS = 20


class SavedFilter(models.Model):
    """A way to look at one's work list, under a name of one's own. `place` counts to MOST_FILTERS, so that there are
    never more; at most one opens with the list."""

    kind = Kind.OPERATIONAL

    id = models.UUIDField(primary_key=True)
    account = models.UUIDField()
    place = models.SmallIntegerField()
    name = models.TextField()
    fields = models.JSONField()
    is_default = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "place"], name="workday_filter_place"),
            models.UniqueConstraint(fields=["account", "name"], name="workday_filter_name"),
            models.UniqueConstraint(
                fields=["account"], condition=Q(is_default=True), name="workday_filter_default"
            ),
            models.CheckConstraint(
                name="workday_filter_few", condition=Q(place__gte=1, place__lte=MOST_FILTERS)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Reminder(models.Model):
    """That rule `rule` of an open step (workday.reminding) tells at `tell_at` of its due moment `due_at`: planned by
    what moves a due, told once, gone with the step."""

    kind = Kind.OPERATIONAL

    pk = models.CompositePrimaryKey("dossier", "number", "due_at", "rule")
    dossier = models.UUIDField()
    number = models.IntegerField()
    due_at = models.DateTimeField()
    rule = models.IntegerField()
    tell_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["tell_at"], name="workday_reminder_due", condition=Q(told_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} step {self.number}"


class Word(models.Model):
    """Something an officer should know of: `what` with its `facts` is put into words when it is shown (workday.says).
    Holds codes, names of steps and of officers, of the people of a dossier nothing. `cause`: what it is told for, once
    for each person; `instead_of`: for whom they stood in; `dossier` None, `code` "": it is about its reader alone."""

    kind = Kind.OPERATIONAL

    id = models.UUIDField(primary_key=True)
    account = models.UUIDField()
    instead_of = models.UUIDField(null=True)
    cause = models.TextField()
    what = models.TextField()
    dossier = models.UUIDField(null=True)
    code = models.TextField()
    by = models.UUIDField(null=True)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "cause", "what"], name="workday_word_once"),
        ]
        indexes = [
            models.Index(fields=["account", "id"], name="workday_word_mine"),
            models.Index(fields=["account", "id"], name="workday_word_unseen", condition=Q(seen_at=None)),
            models.Index(fields=["at"], name="workday_word_old"),
            models.Index(fields=["cause"], name="workday_word_asked", condition=Q(seen_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.what}"


class PlanEntry(models.Model):
    """Something a person put on a day: an open step (`dossier`, `number`) or a note alone, sealed; `minutes`: what it
    takes by their own reckoning. A step stands on one day."""

    kind = Kind.OPERATIONAL

    id = models.UUIDField(primary_key=True)
    account = models.UUIDField()
    day = models.DateField()
    place = models.IntegerField()
    dossier = models.UUIDField(null=True)
    number = models.IntegerField(default=0)
    minutes = models.IntegerField(null=True)
    sealed = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "dossier", "number"],
                condition=Q(dossier__isnull=False),
                name="workday_plan_once",
            ),
            models.CheckConstraint(
                name="workday_plan_something", condition=Q(dossier__isnull=False) | Q(sealed__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["account", "day", "place"], name="workday_plan_day"),
            models.Index(fields=["day"], name="workday_plan_old"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.place}"


class PlanFeed(models.Model):
    """Under which secret a calendar program reads a person's plan: its digest."""

    kind = Kind.OPERATIONAL

    account = models.UUIDField(primary_key=True)
    digest = models.BinaryField(unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.account)
