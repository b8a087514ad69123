"""What one person keeps for their own working day. Nothing here is decided, and nobody else reads it."""

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
