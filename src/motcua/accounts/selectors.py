"""Reading accounts."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.accounts.models import Account, Identity, Passkey, RecoveryCode, Session, Totp
from motcua.accounts.operations.citizens import IDENTITY
from motcua.kernel.seals import decrypt


def has_accounts() -> bool:
    """Whether anybody can sign in at all."""
    return Account.objects.exists()


def account_of(login: str) -> UUID | None:
    """The account with this login; None when there is none. For commands, which know logins only."""
    return Account.objects.filter(login=login).values_list("id", flat=True).first()


def locked(accounts: Sequence[UUID]) -> list[UUID]:
    """Those of `accounts` that are closed. One statement, none for nobody."""
    found = Account.objects.filter(id__in=accounts, is_active=False)
    return list(found.order_by("id").values_list("id", flat=True))


@dataclass(frozen=True, slots=True)
class PasskeyLine:
    """One passkey of a person, as they know it."""

    id: UUID
    name: str
    added_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Factors:
    """What a person signs in with."""

    totp_since: datetime | None
    totp_used: datetime | None
    passkeys: tuple[PasskeyLine, ...]
    codes_left: int
    has_pin: bool


def factors(account: UUID) -> Factors:
    """The second factors of `account`: the person's own look, in four statements."""
    app = Totp.objects.filter(account_id=account).values_list("added_at", "last_used_at").first()
    keys = Passkey.objects.filter(account_id=account).order_by("id")
    return Factors(
        totp_since=app[0] if app else None,
        totp_used=app[1] if app else None,
        passkeys=tuple(PasskeyLine(k.id, k.name, k.added_at, k.last_used_at) for k in keys),
        codes_left=RecoveryCode.objects.filter(account_id=account, used_at=None).count(),
        has_pin=bool(Account.objects.values_list("pin", flat=True).get(id=account)),
    )


def credentials_of(account: UUID) -> list[bytes]:
    """The public halves of a person's passkeys, as WebAuthn writes them."""
    keys = Passkey.objects.filter(account_id=account).order_by("id").values_list("credential", flat=True)
    return [bytes(key) for key in keys]


@dataclass(frozen=True, slots=True)
class AtBrowser:
    """A session that a browser holds, and whose it is."""

    session: UUID
    digest: bytes
    account: UUID
    name: str
    login: str
    has_pin: bool
    credentials: tuple[bytes, ...]


def at_browser(digests: Sequence[bytes], *, at: datetime) -> list[AtBrowser]:
    """The people whose sessions with these digests are not over, in that order; two statements."""
    rows = Session.objects.select_related("account").filter(
        secret_digest__in=digests,
        expires_at__gt=at,
        account__is_active=True,
        account__is_citizen=False,
        stage__in=("open", "locked"),
    )
    found = {bytes(row.secret_digest): row for row in rows}
    keys: dict[UUID, list[bytes]] = {}
    for key in Passkey.objects.filter(account__in=[row.account_id for row in found.values()]).order_by("id"):
        keys.setdefault(key.account_id, []).append(bytes(key.credential))
    return [
        AtBrowser(
            session=row.id,
            digest=digest,
            account=row.account_id,
            name=row.account.name,
            login=row.account.login,
            has_pin=bool(row.account.pin),
            credentials=tuple(keys.get(row.account_id, ())),
        )
        for digest in digests
        if (row := found.get(digest)) is not None
    ]


def told_of(account: UUID) -> dict[str, str]:
    """What an identity provider last told of a citizen. One statement."""
    newest = Identity.objects.filter(account_id=account).order_by("-seen_at")
    sealed = newest.values_list("sealed", flat=True).first()
    if sealed is None:
        return {}
    found: dict[str, str] = json.loads(decrypt(IDENTITY, bytes(sealed), bound_to=account.bytes))
    return found


def doors_closed_at(account: UUID) -> datetime | None:
    """When what opened this account's things without signing in was ended last; None: never. One statement."""
    return Account.objects.filter(id=account).values_list("doors_closed_at", flat=True).first()
