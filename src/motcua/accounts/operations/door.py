"""The lock on the door: wrong passwords and wrong second factors are counted together, across all web workers."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import connection, transaction

from motcua.access_log.operations import note
from motcua.accounts.models import SignInAttempt
from motcua.accounts.terms import ATTEMPT_WINDOW, MOST_WRONG, MOST_WRONG_PER_ADDRESS
from motcua.kernel.errors import Denied
from motcua.kernel.seals import mac

T = TypeVar("T")

WRONG_PASSWORD = Denied(
    "Tên đăng nhập hoặc mật khẩu không đúng.", "The login or the password is wrong.", field="password"
)
WRONG_CODE = Denied(
    "Mã không đúng hoặc đã dùng rồi. Hãy chờ mã kế tiếp trong ứng dụng rồi gõ lại.",
    "The code is wrong or was used before. Wait for the next one in the app and type that.",
    field="factor_code",
)


def at_the_door(
    *,
    login: str,
    address: str,
    at: datetime,
    attempt: Callable[[], tuple[UUID | None, T | None]],
    what: str,
    refusal: Denied,
) -> T:
    """What `attempt` gives, in one transaction that lets in one attempt for a login at a time.

    `attempt` answers (whose door it is, if anybody's; the outcome, None for a wrong one). Five wrong ones for a
    login within 15 minutes lock it for the rest of them, fifty lock an address: Denied. A wrong one raises
    `refusal`, and leaves a line `what` in the access log where the account exists, as its lock-out does.
    """
    digest = door_of(login)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(digest[:7], "big")])
        wrong = _refuse_locked(digest, address, at)
        account, outcome = attempt()
        if outcome is not None:
            return outcome
        SignInAttempt.objects.create(login_digest=digest, address=address, at=at)
        if account is not None:
            # What strangers type for a login that nobody has would fill a log that nobody may empty.
            note(who=str(account), what=what, at=at)
            if wrong + 1 == MOST_WRONG:
                note(who=str(account), what="locked_out", at=at)
    raise Denied(refusal.vi, refusal.en, field=refusal.field)


def door_of(login: str) -> bytes:
    """The digest under which wrong attempts at `login` (as it is kept) are counted."""
    return mac("sign-in", login.encode())


def forget_wrong(login: str) -> None:
    """Somebody came in whole: the wrong attempts before are forgotten."""
    SignInAttempt.objects.filter(login_digest=door_of(login)).delete()


def _refuse_locked(digest: bytes, address: str, at: datetime) -> int:
    """How many wrong attempts the login has had; Denied where it or the address has had too many."""
    since = at - ATTEMPT_WINDOW
    wrong = SignInAttempt.objects.filter(login_digest=digest, at__gt=since).count()
    from_address = SignInAttempt.objects.filter(address=address, at__gt=since).count() if address else 0
    if wrong >= MOST_WRONG or from_address >= MOST_WRONG_PER_ADDRESS:
        raise Denied(
            "Sai mật khẩu hoặc mã xác thực quá nhiều lần. Hãy đợi 15 phút rồi thử lại, hoặc nhờ quản trị viên.",
            "Too many wrong passwords or codes. Wait 15 minutes and try again, or ask the administrator.",
        )
    return wrong
