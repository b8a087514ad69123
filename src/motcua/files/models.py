"""Files by the SHA-256 of what they hold, and uploads that wait to be attached to something."""

from django.db import models
from django.db.models import Q

from motcua.kernel.tables import Kind


class File(models.Model):
    """A file, kept once however often it comes. Its bytes lie in the storage under a key that stands here, wrapped:
    erasing the key erases the file, copies in backups too."""

    kind = Kind.CONTENT

    digest = models.BinaryField(primary_key=True, max_length=32)
    size = models.BigIntegerField()
    media_type = models.TextField()
    pages = models.IntegerField(null=True)
    wrapped_key = models.BinaryField(null=True)
    created_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    # Came while the scanner was silent: opened once it has said that nothing was found.
    held_since = models.DateTimeField(null=True)
    # What the scanner found: kept sealed, never opened.
    finding = models.TextField(default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["held_since"], condition=Q(held_since__isnull=False), name="files_file_held"
            ),
            models.Index(
                fields=["touched_at"], condition=Q(kept_at=None, erased_at=None), name="files_file_unattached"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="files_file_erased",
                condition=Q(erased_at=None, wrapped_key__isnull=False)
                | Q(erased_at__isnull=False, wrapped_key=None),
            )
        ]

    def __str__(self) -> str:
        return bytes(self.digest).hex()


class PhoneLink(models.Model):
    """A one-time way for a telephone to send files to one person's desk. Only digests of its secrets stand here."""

    kind = Kind.OPERATIONAL

    id = models.UUIDField(primary_key=True)
    secret_digest = models.BinaryField(unique=True)
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT)
    agency = models.TextField()
    expires_at = models.DateTimeField()
    phone_digest = models.BinaryField(null=True)

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="files_phonelink_expires")]

    def __str__(self) -> str:
        return str(self.id)


class Upload(models.Model):
    """A file somebody sent and has not attached yet: good for one use, by that person. The name is sealed. `typist`:
    who sent it for a business, whose file it is; None for one's own."""

    kind = Kind.OPERATIONAL

    id = models.UUIDField(primary_key=True)
    file = models.ForeignKey("files.File", on_delete=models.PROTECT)
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT)
    typist = models.UUIDField(null=True)
    link = models.ForeignKey("files.PhoneLink", on_delete=models.PROTECT, null=True)
    name = models.BinaryField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="files_upload_expires")]

    def __str__(self) -> str:
        return str(self.id)


class Sending(models.Model):
    """How much an account has sent on a day, whatever became of it."""

    kind = Kind.OPERATIONAL

    pk = models.CompositePrimaryKey("account_id", "day")
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT)
    day = models.DateField()
    bytes = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.account_id} {self.day}"
