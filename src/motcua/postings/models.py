"""What was put on the wall, when and by whom."""

from django.db import models
from django.db.models import Q

from motcua.kernel.tables import Kind


class Print(models.Model):
    """Papers hung on an agency's wall: `posted` and `taken_down` are codes, `wall` is what hangs there afterwards, of
    this form (postings.wall.Hung by code), `seq` the place of its event in the
    agency's stream. Never changed: the next print says what changed."""

    kind = Kind.FACT

    id = models.UUIDField(primary_key=True)
    agency = models.TextField()
    seq = models.IntegerField()
    form = models.TextField()
    sector = models.TextField(default="")
    whole = models.BooleanField()
    posted = models.JSONField()
    taken_down = models.JSONField()
    wall = models.JSONField()
    digest = models.BinaryField()
    posted_at = models.DateTimeField()
    by = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="postings_print_form", condition=Q(form__in=["sheets", "poster"])),
            models.UniqueConstraint(fields=["agency", "seq"], name="postings_print_seq"),
        ]
        indexes = [models.Index(fields=["agency", "form", "-seq"], name="postings_print_last")]

    def __str__(self) -> str:
        return f"{self.agency} {self.form} {self.posted_at}"
