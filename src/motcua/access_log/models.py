"""Who looked at what: rows that stay."""

from django.contrib.postgres.fields import ArrayField
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


class RegisterQuestion(models.Model):
    """A state register was asked: by whom, in which seat, for which procedure, about which dossier or intake. Written
    before it is asked, so that no question goes unseen. Of the person asked for it holds a keyed digest, bound to its
    `subject`: enough to say whether they stand in the dossier, and nothing across dossiers."""

    kind = Kind.FACT

    id = models.UUIDField(primary_key=True)  # the request's number, as the register has it too
    at = models.DateTimeField()
    who = models.TextField()
    position = models.TextField(default="")
    agency = models.TextField()
    register = models.TextField()
    procedure = models.TextField()
    subject = models.TextField()
    whom = models.TextField(default="", db_default="")  # "" of what was asked before this was kept

    class Meta:
        indexes = [
            models.Index(fields=["agency", "id"], name="access_log_asked"),
            models.Index(fields=["who", "id"], name="access_log_asker"),
            models.Index(fields=["who", "at"], name="access_log_asked_when"),
        ]

    def __str__(self) -> str:
        return f"{self.who} {self.register} {self.id}"


class RegisterIntake(models.Model):
    """The dossier that an intake became, with the digests of its people; an intake without one is still open, or came
    to nothing."""

    kind = Kind.FACT

    intake = models.TextField(primary_key=True)
    dossier = models.TextField()
    at = models.DateTimeField()
    people = ArrayField(models.TextField(), default=list, db_default=[])

    def __str__(self) -> str:
        return f"{self.intake} {self.dossier}"


class RegisterAnswer(models.Model):
    """How the question ended; one without an answer was cut off."""

    kind = Kind.FACT

    question = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    outcome = models.TextField()

    def __str__(self) -> str:
        return f"{self.question} {self.outcome}"
