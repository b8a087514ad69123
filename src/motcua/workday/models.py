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


class Word(models.Model):
    """Something an officer should know of: `what` with its `facts` is put into words when it is shown (workday.says).
    Holds codes, names of steps and of officers, of the people of a dossier nothing. `cause`: what it is told for, once
    for each person; `instead_of`: for whom they stood in."""

    kind = Kind.OPERATIONAL

    id = models.UUIDField(primary_key=True)
    account = models.UUIDField()
    instead_of = models.UUIDField(null=True)
    cause = models.TextField()
    what = models.TextField()
    dossier = models.UUIDField()
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
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.what}"
