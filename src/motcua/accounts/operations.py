"""Accounts: making one, signing in and out, holding what an ended session had typed."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.contrib.auth.hashers import check_password, make_password
from django.db import connection, transaction

from motcua.access_log.operations import note
from motcua.accounts.models import Account, HeldForm, Session, SignInAttempt
from motcua.kernel.errors import Denied, Invalid
from motcua.kernel.ids import uuid7
from motcua.kernel.seals import decrypt, encrypt, mac
from motcua.kernel.text import clean, fold

SESSION_LIFE = timedelta(hours=10)
ATTEMPT_WINDOW = timedelta(minutes=15)
MOST_WRONG = 5
MOST_WRONG_PER_ADDRESS = 50
LONGEST_LOGIN = 200
FORM_LIFE = timedelta(hours=1)
# The browser keeps a session's secret longer than it opens anything: a form posted after the end is still known
# as its owner's.
COOKIE_LIFE = SESSION_LIFE + FORM_LIFE


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session: the secret goes into the cookie and nowhere else."""

    account: UUID
    session: UUID
    secret: str
    expires_at: datetime
    language: str


def add_account(*, login: str, name: str, password: str, at: datetime, language: str = "vi") -> UUID:
    """A new staff account. `login` is kept in lower case without accents. Raises Invalid when it is
    taken or too long, or the password is shorter than 10 characters."""
    plain_login = _plain(login)
    if not plain_login or len(plain_login) > LONGEST_LOGIN:
        raise Invalid(
            f"Tên đăng nhập cần từ 1 đến {LONGEST_LOGIN} ký tự.",
            f"The login needs 1 to {LONGEST_LOGIN} characters.",
            field="login",
        )
    if len(password) < 10:
        raise Invalid(
            "Mật khẩu cần ít nhất 10 ký tự.", "The password needs 10 characters or more.", field="password"
        )
    if Account.objects.filter(login=plain_login).exists():
        raise Invalid("Tên đăng nhập này đã có người dùng.", "This login is taken.", field="login")
    account = Account(
        id=uuid7(),
        login=plain_login,
        name=clean(name),
        password=make_password(password),
        language=language,
        created_at=at,
    )
    account.save(force_insert=True)
    return account.id


def _plain(login: str) -> str:
    return fold(clean(login)).replace(" ", "")


def sign_in(*, login: str, password: str, address: str, at: datetime) -> SignedIn:
    """Check a password and open a session of 10 hours.

    Five wrong passwords for one login (known or not) within 15 minutes lock that login for the rest of them,
    fifty lock an address. Raises Denied with one sentence for a wrong login, a wrong password and a closed
    account alike, and another for a locked door; guesses made at the same moment are counted one by one.
    A wrong password for an account, and its lock-out, leave a line in the access log.
    """
    plain_login = _plain(login)[: LONGEST_LOGIN + 1]
    digest = mac("sign-in", plain_login.encode())
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(digest[:7], "big")])
        wrong = _refuse_locked(digest, address, at)
        account = Account.objects.filter(login=plain_login, is_active=True).first()
        stored = account.password if account else _unknown()
        right = check_password(password, stored) and account is not None
        if right and account is not None:
            SignInAttempt.objects.filter(login_digest=digest).delete()
            return _open_session(account, at)
        SignInAttempt.objects.create(login_digest=digest, address=address, at=at)
        if account is not None:
            # What strangers type for a login that nobody has would fill a log that nobody may empty.
            note(who=str(account.id), what="wrong_password", at=at)
            if wrong + 1 == MOST_WRONG:
                note(who=str(account.id), what="locked_out", at=at)
    raise Denied("Tên đăng nhập hoặc mật khẩu không đúng.", "The login or the password is wrong.")


def _refuse_locked(digest: bytes, address: str, at: datetime) -> int:
    """How many wrong passwords the login has had; Denied where it or the address has had too many."""
    since = at - ATTEMPT_WINDOW
    wrong = SignInAttempt.objects.filter(login_digest=digest, at__gt=since).count()
    from_address = SignInAttempt.objects.filter(address=address, at__gt=since).count() if address else 0
    if wrong >= MOST_WRONG or from_address >= MOST_WRONG_PER_ADDRESS:
        raise Denied(
            "Sai mật khẩu quá nhiều lần. Hãy đợi 15 phút rồi thử lại, hoặc nhờ quản trị viên.",
            "Too many wrong passwords. Wait 15 minutes and try again, or ask the administrator.",
        )
    return wrong


_unknown_password: list[str] = []


def _unknown() -> str:
    # A login that does not exist costs the same time as one that does.
    if not _unknown_password:
        _unknown_password.append(make_password(secrets.token_hex(16)))
    return _unknown_password[0]


def _open_session(account: Account, at: datetime) -> SignedIn:
    secret = secrets.token_urlsafe(32)
    session = Session(
        id=uuid7(),
        secret_digest=session_digest(secret),
        account=account,
        started_at=at,
        expires_at=at + SESSION_LIFE,
    )
    session.save(force_insert=True)
    return SignedIn(
        account=account.id,
        session=session.id,
        secret=secret,
        expires_at=session.expires_at,
        language=account.language,
    )


def session_digest(secret: str) -> bytes:
    """What the database keeps of a session's secret."""
    return hashlib.sha256(secret.encode()).digest()


def sign_out(*, session: UUID) -> None:
    """End a session."""
    Session.objects.filter(id=session).delete()


def sweep(*, at: datetime) -> int:
    """Remove sessions ended for as long as a form is held, old attempts and held forms; returns how many rows
    went."""
    gone = Session.objects.filter(expires_at__lte=at - FORM_LIFE).delete()[0]
    gone += SignInAttempt.objects.filter(at__lte=at - ATTEMPT_WINDOW).delete()[0]
    gone += HeldForm.objects.filter(expires_at__lte=at).delete()[0]
    return gone


def hold_form(*, session: bytes, path: str, fields: Mapping[str, list[str]], at: datetime) -> UUID | None:
    """Keep what the owner of an ended session posted to `path` for one hour, encrypted; the id goes into the
    browser's signed cookie.

    `session` is the digest of the session's secret. None where nobody ever had it: what strangers post is not
    kept.
    """
    account = Session.objects.filter(secret_digest=session).values_list("account_id", flat=True).first()
    if account is None:
        return None
    held = HeldForm(id=uuid7(), sealed=b"", expires_at=at + FORM_LIFE)
    body = json.dumps({"account": str(account), "path": path, "fields": dict(fields)}).encode()
    held.sealed = encrypt("held-form", body, bound_to=held.id.bytes)
    held.save(force_insert=True)
    return held.id


def take_form(*, form: UUID, account: UUID, path: str, at: datetime) -> dict[str, list[str]] | None:
    """Give back, once, what `hold_form` kept of `account` for `path`; None when it is gone, too old, somebody
    else's or for another page."""
    with transaction.atomic():
        held = HeldForm.objects.select_for_update().filter(id=form, expires_at__gt=at).first()
        if held is None:
            return None
        try:
            body = json.loads(decrypt("held-form", bytes(held.sealed), bound_to=form.bytes))
        except InvalidTag:
            return None
        if (body["account"], body["path"]) != (str(account), path):
            return None
        held.delete()
    return {str(k): [str(v) for v in values] for k, values in body["fields"].items()}
