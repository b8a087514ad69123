"""Sessions: opened, ended, swept away. The browser has the secret, the database its digest."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from motcua.accounts.models import Account, HeldForm, Session, SignInAttempt, SpentChallenge
from motcua.accounts.terms import ATTEMPT_WINDOW, FORM_LIFE, SESSION_LIFE
from motcua.kernel.ids import uuid7


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session: the secret goes into the cookie and nowhere else. `half`: the second factor is still to come;
    else `how` says by what the person came in (password, totp, recovery_code, passkey)."""

    account: UUID
    session: UUID
    secret: str
    expires_at: datetime
    language: str
    half: bool = False
    how: str = "password"


def open_session(
    account: Account,
    at: datetime,
    *,
    half: bool = False,
    how: str = "password",
    life: timedelta = SESSION_LIFE,
) -> SignedIn:
    """A new session with a new secret."""
    secret = secrets.token_urlsafe(32)
    session = Session(
        id=uuid7(),
        secret_digest=session_digest(secret),
        account=account,
        started_at=at,
        expires_at=at + life,
        stage="half" if half else "open",
    )
    session.save(force_insert=True)
    return SignedIn(
        account=account.id,
        session=session.id,
        secret=secret,
        expires_at=session.expires_at,
        language=account.language,
        half=half,
        how=how,
    )


def session_digest(secret: str) -> bytes:
    """What the database keeps of a session's secret."""
    return hashlib.sha256(secret.encode()).digest()


def sign_out(*, session: UUID) -> None:
    """End a session."""
    Session.objects.filter(id=session).delete()


def end_sessions(*, account: UUID, but: UUID | None = None) -> int:
    """End a person's sessions on all browsers, except `but`; returns how many ended."""
    mine = Session.objects.filter(account_id=account)
    return (mine if but is None else mine.exclude(id=but)).delete()[0]


def sweep(*, at: datetime) -> int:
    """Remove sessions ended for as long as a form is held, old attempts, held forms and spent challenges; returns
    how many rows went."""
    gone = Session.objects.filter(expires_at__lte=at - FORM_LIFE).delete()[0]
    gone += SignInAttempt.objects.filter(at__lte=at - ATTEMPT_WINDOW).delete()[0]
    gone += HeldForm.objects.filter(expires_at__lte=at).delete()[0]
    gone += SpentChallenge.objects.filter(expires_at__lte=at).delete()[0]
    return gone
