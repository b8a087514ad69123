"""Citizens come in by an identity provider: one account for a party, found again by the provider's own identifier."""

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection

from motcua.accounts.models import Account, Identity, Session
from motcua.accounts.oidc import FORGED
from motcua.accounts.operations.sessions import SignedIn, open_session
from motcua.accounts.terms import ASKING_KEPT, CITIZEN_LIFE
from motcua.kernel.errors import Denied
from motcua.kernel.ids import uuid7
from motcua.kernel.seals import encrypt, mac

IDENTITY = "identity"
NO_PASSWORD = "!"  # noqa: S105 - what no hasher reads
_SUBJECT = "identity-subject"


def account_known_as(*, issuer: str, subject: str, kind: str) -> UUID | None:
    """The account that `subject` of `issuer` has opened before as a party of `kind`: one person may come in for
    themselves and for an enterprise. Who signs in as the same at this moment waits for the first."""
    digest = _digest(issuer, subject, kind)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(digest[:7], "big")])
    return Identity.objects.filter(subject_mac=digest).values_list("account_id", flat=True).first()


def spend_answer(*, state: str, at: datetime) -> None:
    """Take the answer to one question, once. Raises Denied when it was taken before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_spentchallenge (digest, expires_at) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            [mac("oidc-state", state.encode()), at + ASKING_KEPT],
        )
        fresh = cursor.rowcount == 1
    if not fresh:
        raise FORGED


def sign_in_citizen(
    *,
    account: UUID,
    issuer: str,
    subject: str,
    kind: str,
    particulars: Mapping[str, str],
    at: datetime,
) -> SignedIn:
    """Open a session for the party whose id `account` is, known to `issuer` as `subject`; what the provider told of
    them is kept, sealed. Raises Denied where the account is closed."""
    fresh = Account(
        id=account, login=f"citizen:{account}", name="", password=NO_PASSWORD, is_citizen=True, created_at=at
    )
    Account.objects.bulk_create([fresh], ignore_conflicts=True)
    person = Account.objects.get(id=account)
    if not person.is_active or not person.is_citizen:
        raise Denied(
            "Tài khoản này đã bị khóa. Hãy liên hệ bộ phận một cửa.",
            "This account is closed. Ask the one-stop desk.",
        )
    digest = _digest(issuer, subject, kind)
    identity = Identity.objects.filter(subject_mac=digest).first() or Identity(
        id=uuid7(),
        account=person,
        subject_mac=digest,
        subject_sealed=encrypt(_SUBJECT, subject.encode(), bound_to=digest),
    )
    body = json.dumps(dict(particulars), ensure_ascii=False).encode()
    identity.sealed = encrypt(IDENTITY, body, bound_to=account.bytes)
    identity.seen_at = at
    identity.save()
    return open_session(person, at, how="identity", life=CITIZEN_LIFE)


def end_idle(*, session: UUID, at: datetime) -> None:
    """Nobody has used this session for too long: it opens nothing more, and what its owner posts is still known as
    theirs."""
    Session.objects.filter(id=session, expires_at__gt=at).update(expires_at=at)


def _digest(issuer: str, subject: str, kind: str) -> bytes:
    return mac(_SUBJECT, f"{issuer}\n{kind}\n{subject}".encode())
