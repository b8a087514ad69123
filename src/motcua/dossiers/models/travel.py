"""Papers on their way between two units, line by line of their manifests: what lists read."""

from django.db import models
from django.db.models import F, Q

from motcua.kernel.tables import Kind


class Travel(models.Model):
    """A dossier's papers or result on one manifest. The dossier's row keeps the same, whole, in `travels`; `last`: the
    last of its kind, which says where they are."""

    kind = Kind.PROJECTION

    pk = models.CompositePrimaryKey("dossier", "seq")
    dossier = models.UUIDField()
    seq = models.IntegerField()
    what = models.TextField()
    manifest = models.TextField()
    from_agency = models.TextField()
    from_unit = models.UUIDField()
    to_agency = models.TextField()
    to_unit = models.UUIDField()
    originals = models.IntegerField()
    copies = models.IntegerField()
    carrier = models.TextField(default="")
    tracking_number = models.TextField(default="")
    sent_at = models.DateTimeField()
    sent_by = models.TextField()
    sent_for = models.TextField(default="")
    outcome = models.TextField(default="")
    note = models.UUIDField(null=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.TextField(default="")
    signed_for = models.TextField(default="")
    settled = models.TextField(default="")
    settle_note = models.UUIDField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.TextField(default="")
    last = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "what"], condition=Q(last=True), name="dossiers_travel_last"
            ),
            models.CheckConstraint(name="dossiers_travel_two_people", condition=~Q(sent_by=F("signed_by"))),
        ]
        indexes = [
            models.Index(fields=["manifest"], name="dossiers_travel_manifest"),
            models.Index(fields=["to_agency", "manifest"], name="dossiers_travel_to"),
            models.Index(fields=["from_agency", "manifest"], name="dossiers_travel_from"),
            models.Index(
                fields=["to_agency", "to_unit", "dossier"],
                name="dossiers_travel_here",
                condition=Q(last=True),
            ),
            models.Index(
                fields=["to_agency", "to_unit", "manifest"],
                name="dossiers_travel_open",
                condition=Q(outcome="", settled=""),
            ),
            models.Index(
                fields=["to_agency", "from_agency"],
                name="dossiers_travel_differs",
                condition=Q(outcome__in=["missing", "damaged"], settled=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} {self.manifest}"
