"""What is done to an account by who looks after it; the event is written by the module above."""

import secrets
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password

from motcua.accounts.models import Account, Passkey, RecoveryCode, Totp
from motcua.accounts.operations.door import forget_wrong
from motcua.accounts.operations.factors import ALPHABET, refuse_weak
from motcua.accounts.operations.sessions import end_sessions
from motcua.kernel.errors import NotAllowedNow


def set_password(*, account: UUID, password: str, at: datetime) -> None:
    """Give a person a password that they must change; their sessions end, what opens without signing in does, and wrong
    attempts are forgotten. Raises Invalid for one that is too short."""
    refuse_weak(password)
    person = Account.objects.select_for_update().get(id=account)
    person.password = make_password(password)
    person.must_change_password, person.doors_closed_at = True, at
    person.save(update_fields=["password", "must_change_password", "doors_closed_at"])
    forget_wrong(person.login)
    end_sessions(account=account)


def reset_factors(*, account: UUID, at: datetime) -> None:
    """Take all second factors of a person away, and the PIN; their sessions end, and what opens without signing in."""
    person = Account.objects.select_for_update().get(id=account)
    for table in (Totp, Passkey, RecoveryCode):
        table.objects.filter(account=person).delete()
    person.second_factor_since, person.factors_reset_at, person.pin = None, at, ""
    person.doors_closed_at = at
    person.save(update_fields=["second_factor_since", "factors_reset_at", "doors_closed_at", "pin"])
    end_sessions(account=account)


def close_account(*, account: UUID, at: datetime) -> None:
    """Nobody signs in with this account any more; its sessions end, and what opens without signing in. Raises
    NotAllowedNow when it is closed."""
    if not Account.objects.filter(id=account, is_active=True).update(is_active=False, doors_closed_at=at):
        raise NotAllowedNow("Tài khoản đã khóa rồi.", "The account is locked already.")
    end_sessions(account=account)


def open_account(*, account: UUID) -> None:
    """A closed account opens again. Raises NotAllowedNow when it is open."""
    if not Account.objects.filter(id=account, is_active=False).update(is_active=True):
        raise NotAllowedNow("Tài khoản đang mở.", "The account is open.")


def initial_password() -> str:
    """A password to hand over on paper: 60 bits, easy to read."""
    plain = "".join(secrets.choice(ALPHABET) for _ in range(12))
    return f"{plain[:4]}-{plain[4:8]}-{plain[8:]}"
