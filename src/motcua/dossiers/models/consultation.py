"""Who was asked for an opinion on a dossier, and how that stands: what lists and figures of the asked read."""

from django.db import models
from django.db.models import Q

from motcua.kernel.tables import Kind


class Consultation(models.Model):
    """One body asked once. The dossier's row keeps the same, whole, in `consultations`. `lapsed`: "tacit" or "silent"
    once the time was over; `awaited`: an answer may still come."""

    kind = Kind.PROJECTION

    id = models.UUIDField(primary_key=True)
    dossier = models.UUIDField()
    asked_by = models.TextField()
    name = models.TextField()
    name_en = models.TextField()
    agency = models.TextField()
    unit = models.UUIDField(null=True)
    kinds = models.JSONField(default=list)
    account = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    pauses = models.BooleanField()
    ended_at = models.DateTimeField(null=True)
    awaited = models.BooleanField()
    lapsed = models.TextField(default="")
    outcome = models.TextField(default="")
    answered_at = models.DateTimeField(null=True)
    used_minutes = models.IntegerField(null=True)
    reminders = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dossiers_consultation_awaited", condition=Q(awaited=False) | Q(outcome="")
            ),
            models.CheckConstraint(
                name="dossiers_consultation_ended",
                condition=Q(ended_at__isnull=False) | Q(awaited=True, lapsed="", outcome=""),
            ),
        ]
        indexes = [
            models.Index(fields=["dossier"], name="dossiers_consultation_of"),
            # What waits at a body, the least time left first; what falls to silence.
            models.Index(
                fields=["agency", "due_at", "id"],
                name="dossiers_consultation_waits",
                condition=Q(awaited=True),
            ),
            models.Index(fields=["due_at"], name="dossiers_consultation_open", condition=Q(ended_at=None)),
            # What an agency waits for longer than it should.
            models.Index(
                fields=["asked_by", "due_at", "id"],
                name="dossiers_consultation_late",
                condition=Q(awaited=True),
            ),
            # The figures of a period: by who was asked, and by who asked.
            models.Index(fields=["agency", "asked_at"], name="dossiers_consulted"),
            models.Index(fields=["asked_by", "asked_at"], name="dossiers_consultation_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} {self.agency}"
