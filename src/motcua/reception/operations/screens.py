"""The second screen: opened by an officer, paired once, shown what is typed, marked by the citizen, blanked."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from motcua.kernel.errors import NotFound
from motcua.kernel.ids import uuid7
from motcua.kernel.seals import encrypt, mac
from motcua.reception.models import Screen

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 8
CODE_LIFE = timedelta(minutes=5)
LIFE = timedelta(hours=10)
FIELDS = ("name", "born", "address", "procedure", "papers", "fee", "due")

_SHOW = """
UPDATE reception_screen SET shown = %(shown)s, version = version + 1, touched_at = %(at)s,
    marks = CASE WHEN intake = %(intake)s THEN marks ELSE '{}'::jsonb END, intake = %(intake)s
WHERE account = %(account)s AND secret_digest IS NOT NULL AND expires_at > %(at)s
"""
_MARK = """
UPDATE reception_screen SET marks = marks || jsonb_build_object(%(field)s::text, %(right)s::boolean),
    version = version + 1
WHERE secret_digest = %(secret)s AND shown IS NOT NULL AND expires_at > %(at)s
"""


def open_screen(*, account: UUID, at: datetime) -> str:
    """A new screen of the officer, in place of the one before; returns the code that pairs it, once, for 5 minutes."""
    code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    Screen.objects.filter(account=account).delete()
    Screen.objects.create(
        id=uuid7(),
        account=account,
        code_digest=_code(code),
        code_expires_at=at + CODE_LIFE,
        touched_at=at,
        expires_at=at + LIFE,
    )
    return f"{code[:4]}-{code[4:]}"


def _code(code: str) -> bytes:
    plain = "".join(c for c in code.upper() if c.isalnum())[:40]
    return mac("screen-code", plain.encode())


def digest(secret: str) -> bytes:
    """What the database keeps of a paired screen's secret."""
    return hashlib.sha256(secret.encode()).digest()


def pair(*, code: str, at: datetime) -> str:
    """Pair a screen by its code; returns the secret for its cookie. A code works once. Raises NotFound."""
    secret = secrets.token_urlsafe(32)
    waiting = Screen.objects.filter(code_digest=_code(code), code_expires_at__gt=at)
    if not waiting.update(code_digest=None, secret_digest=digest(secret)):
        raise NotFound(
            "Mã ghép không đúng, đã dùng, hoặc quá 5 phút. Hãy nhờ cán bộ tạo mã mới.",
            "The pairing code is wrong, used, or older than 5 minutes. Ask the officer for a new one.",
        )
    return secret


def show(*, account: UUID, intake: UUID, facts: Mapping[str, str], at: datetime) -> None:
    """Let the officer's screen show `facts` (of FIELDS). Marks stay while the intake is the same. One statement."""
    body = json.dumps(dict(facts), ensure_ascii=False).encode()
    sealed = encrypt("screen", body, bound_to=account.bytes)
    with connection.cursor() as cursor:
        cursor.execute(_SHOW, {"shown": sealed, "intake": intake, "account": account, "at": at})


def blank(*, account: UUID) -> None:
    """Nothing of anybody is left on the officer's screen. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reception_screen SET shown = NULL, intake = NULL, marks = '{}', version = version + 1"
            " WHERE account = %s",
            [account],
        )


def mark(*, secret: str, field: str, right: bool, at: datetime) -> None:
    """The citizen says that what stands in `field` is right, or not. Nothing happens on a blank screen."""
    if field in FIELDS:
        with connection.cursor() as cursor:
            cursor.execute(_MARK, {"field": field, "right": right, "secret": digest(secret), "at": at})


def close(*, account: UUID) -> None:
    """The officer's screen shows nothing any more."""
    Screen.objects.filter(account=account).delete()


def sweep(*, at: datetime) -> int:
    """Remove screens whose day is over; returns how many rows went."""
    return Screen.objects.filter(expires_at__lte=at).delete()[0]
