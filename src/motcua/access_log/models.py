"""Who looked at what: rows that stay."""

from django.db import models

from motcua.kernel.tables import Kind


class Look(models.Model):
    """One line: a person read personal data outside their own task, or a door was used (sign-in, lock-out)."""

    kind = Kind.FACT

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    who = models.TextField()
    what = models.TextField()
    subject = models.TextField(default="")
    agency = models.TextField(default="")

    class Meta:
        indexes = [
            models.Index(fields=["subject", "at"], name="access_log_subject"),
            models.Index(fields=["who", "at"], name="access_log_who"),
        ]

    def __str__(self) -> str:
        return f"{self.who} {self.what} {self.subject}"
