"""Accounts and their sessions."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import Q

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
    must_change_password = models.BooleanField(default=False)
    # The first second factor in force; null while there is none.
    second_factor_since = models.DateTimeField(null=True)
    # An administrator took the factors away: told at the next sign-in, until new ones are there.
    factors_reset_at = models.DateTimeField(null=True)
    # It was closed, or its keys were taken away: what opened without signing in until then opens nothing.
    doors_closed_at = models.DateTimeField(null=True)
    pin = models.TextField(default="")
    # A citizen's: it bears the id of its party, has no name here and no password, and opens no page of staff.
    is_citizen = models.BooleanField(default=False)
    # How many words of the house wait unread (workday).
    unread = models.IntegerField(default=0, db_default=0)

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
    # open; half: the password was right and the second factor is awaited; locked: only an unlock opens it
    stage = models.TextField(default="open")
    wrong_unlocks = models.IntegerField(default=0)
    # where its owner goes on after an unlock
    return_to = models.TextField(default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_session_stage", condition=Q(stage__in=["open", "half", "locked"])
            )
        ]
        indexes = [
            models.Index(fields=["expires_at"], name="accounts_session_expires"),
            models.Index(fields=["account"], name="accounts_session_account"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Identity(models.Model):
    """By what an identity provider knows a citizen: an HMAC to find it by, the rest sealed. `sealed`: what the provider
    last told of them."""

    kind = Kind.CONTENT

    id = models.UUIDField(primary_key=True)
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT)
    subject_mac = models.BinaryField(unique=True)
    subject_sealed = models.BinaryField()
    sealed = models.BinaryField()
    seen_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "-seen_at"], name="accounts_identity_account")]

    def __str__(self) -> str:
        return str(self.id)


class Totp(models.Model):
    """A person's authenticator app. The seed is sealed; of one step (30 seconds) a code is taken once."""

    kind = Kind.OPERATIONAL

    account = models.OneToOneField("accounts.Account", primary_key=True, on_delete=models.PROTECT)
    sealed = models.BinaryField()
    last_step = models.BigIntegerField()
    added_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.account_id)


class Passkey(models.Model):
    """A passkey of a person: its public half, as the WebAuthn standard writes it, and under which name."""

    kind = Kind.OPERATIONAL

    id = models.UUIDField(primary_key=True)
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT)
    name = models.TextField()
    credential = models.BinaryField()
    credential_digest = models.BinaryField(unique=True)
    sign_count = models.BigIntegerField()
    added_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "id"], name="accounts_passkey_account")]

    def __str__(self) -> str:
        return self.name


class RecoveryCode(models.Model):
    """One of ten codes on paper, each good for one sign-in; only its keyed digest is kept."""

    kind = Kind.OPERATIONAL

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT)
    digest = models.BinaryField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "digest"], name="accounts_recovery_code_once")
        ]

    def __str__(self) -> str:
        return str(self.id)


class SpentChallenge(models.Model):
    """A challenge that a passkey has answered: the same answer opens nothing twice."""

    kind = Kind.OPERATIONAL

    digest = models.BinaryField(primary_key=True)
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="accounts_challenge_expires")]

    def __str__(self) -> str:
        return str(self.expires_at)


class SignInAttempt(models.Model):
    """A wrong password or a wrong second factor: whose door (digest of the login as typed) and when."""

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
    """What was posted when a session had ended: encrypted, for one hour, given back after sign-in. `place`: an HMAC of
    the page, so that there is one of it for each person."""

    kind = Kind.OPERATIONAL

    id = models.UUIDField(primary_key=True)
    account = models.UUIDField(null=True)
    place = models.BinaryField(default=b"")
    sealed = models.BinaryField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["expires_at"], name="accounts_held_form_expires"),
            models.Index(fields=["account"], name="accounts_held_form_account"),
        ]

    def __str__(self) -> str:
        return str(self.id)
