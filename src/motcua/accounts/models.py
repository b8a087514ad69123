"""Accounts and their sessions."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from motcua.kernel.tables import Kind


class Account(AbstractBaseUser):
    """A person who can sign in. What they may do is decided by the seats they hold, not here."""

    kind = Kind.OPERATIONAL

    last_login = None
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    login = models.TextField(unique=True)
    name = models.TextField()
    language = models.TextField(default="vi")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "login"

    def __str__(self) -> str:
        return self.login


class Session(models.Model):
    """A signed-in browser. Only the digest of its secret is kept."""

    kind = Kind.OPERATIONAL

    id = models.UUIDField(primary_key=True)
    secret_digest = models.BinaryField(unique=True)
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT)
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="accounts_session_expires")]

    def __str__(self) -> str:
        return str(self.id)


class SignInAttempt(models.Model):
    """A wrong password: whose door (digest of the login as typed) and when."""

    kind = Kind.OPERATIONAL

    id = models.BigAutoField(primary_key=True)
    login_digest = models.BinaryField()
    address = models.TextField(default="")
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["login_digest", "at"], name="accounts_attempt_login"),
            models.Index(fields=["address", "at"], name="accounts_attempt_address"),
        ]

    def __str__(self) -> str:
        return str(self.at)


class HeldForm(models.Model):
    """What was posted when a session had ended: encrypted, for one hour, given back after sign-in."""

    kind = Kind.OPERATIONAL

    id = models.UUIDField(primary_key=True)
    sealed = models.BinaryField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="accounts_held_form_expires")]

    def __str__(self) -> str:
        return str(self.id)
