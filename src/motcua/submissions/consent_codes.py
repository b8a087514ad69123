"""Codes by which who applies agrees through a telephone of their own: made here, sent elsewhere, typed by who helps
them. Kept of a code and of its number is an HMAC; of what is agreed to, a short word."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from motcua.accounts.models import Account
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.ids import uuid7
from motcua.kernel.seals import mac
from motcua.submissions.models import ConsentCode

LIFE = timedelta(minutes=10)
PAUSE = timedelta(minutes=1)  # before another is sent for the same
MOST_WRONG = 5
# How many are sent within so long: to one number, by one helper, by somebody who helps from an account of their own.
BOUNDS = ((timedelta(hours=1), 3, 30, 5), (timedelta(days=1), 6, 150, 10))
KEPT_FOR = timedelta(days=30)  # as long as consent holds (dossiers.assisting)


@dataclass(frozen=True, slots=True)
class NewCode:
    """A code to be sent: it is told to nobody else and can't be read again."""

    id: UUID
    code: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """The last code that was sent for something, and when it was typed rightly; `digest`: its HMAC."""

    digest: str
    sent_at: datetime
    answered_at: datetime | None

    @property
    def until(self) -> datetime:
        """Until when it can be typed."""
        return self.sent_at + LIFE


def ask(*, draft: UUID, owner: UUID, of: str, to: str, at: datetime) -> NewCode:
    """A new code for what `of` stands for in `draft`, which `owner` writes, to be sent `to` a number; the one before
    counts no more. Raises NotAllowedNow for too many to a number or by a helper (BOUNDS), and for another at once.
    Askers are counted one by one."""
    number, code, row = mac("consent-number", to.encode()), f"{secrets.randbelow(10**6):06}", uuid7()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('consent-codes'))")
        sent = ConsentCode.objects.filter(sent_at__lte=at)
        if sent.filter(draft=draft, of=of, sent_at__gt=at - PAUSE).exists():
            raise NotAllowedNow(
                "Mã vừa được gửi. Nếu một phút nữa điện thoại chưa nhận được thì gửi lại.",
                "A code was sent just now. If the telephone has none in a minute, send another.",
            )
        is_citizen = Account.objects.filter(id=owner, is_citizen=True).exists()
        for window, to_a_number, of_a_helper, of_a_citizen in BOUNDS:
            recent = sent.filter(sent_at__gt=at - window)
            if recent.filter(number=number).count() >= to_a_number:
                raise _enough(
                    f"Số này đã được gửi {to_a_number} mã",
                    f"This number was sent {to_a_number} codes",
                    window,
                )
            most = of_a_citizen if is_citizen else of_a_helper
            if recent.filter(owner=owner).count() >= most:
                raise _enough(f"Ông/bà đã gửi {most} mã", f"You have sent {most} codes", window)
        ConsentCode.objects.create(
            id=row, draft=draft, owner=owner, of=of, number=number, code=_digest(row, code), sent_at=at
        )
    return NewCode(row, code, at + LIFE)


def _enough(vi: str, en: str, window: timedelta) -> NotAllowedNow:
    day = window >= timedelta(days=1)
    return NotAllowedNow(
        f"{vi} trong một {'ngày' if day else 'giờ'}. Hãy ghi sự đồng ý bằng cách khác, hoặc chờ.",
        f"{en} in {'a day' if day else 'an hour'}. Record consent another way, or wait.",
    )


def asked(*, draft: UUID, of: str) -> Asked | None:
    """The last code sent for what `of` stands for in `draft`. One statement."""
    row = _last(draft, of)
    return None if row is None else Asked(bytes(row.code).hex(), row.sent_at, row.answered_at)


def answer(*, draft: UUID, of: str, typed: str, at: datetime) -> None:
    """Take the code that was typed for what `of` stands for in `draft`. Raises Invalid where it is not the last one
    sent, or that is past LIFE or was typed wrongly MOST_WRONG times: each wrong one counts."""
    with transaction.atomic():
        row = _last(draft, of, lock=True)
        refusal = _judged(row, typed, at)
        if row is not None and refusal is None:
            row.answered_at = row.answered_at or at
            row.save(update_fields=["answered_at"])
    if refusal is not None:
        raise refusal


def sweep(*, at: datetime) -> int:
    """Forget codes once consent by them holds no more; returns how many."""
    return ConsentCode.objects.filter(sent_at__lte=at - KEPT_FOR).delete()[0]


def _last(draft: UUID, of: str, *, lock: bool = False) -> ConsentCode | None:
    rows = ConsentCode.objects.select_for_update() if lock else ConsentCode.objects
    return rows.filter(draft=draft, of=of).order_by("-sent_at", "-id").first()


def _judged(row: ConsentCode | None, typed: str, at: datetime) -> Invalid | None:
    if row is None or at >= row.sent_at + LIFE:
        return Invalid(
            "Mã đã hết hiệu lực, hoặc nội dung đã thay đổi sau khi gửi mã. Hãy gửi mã mới.",
            "The code is out of date, or something was changed after it was sent. Send a new one.",
            field="code",
        )
    if row.wrong >= MOST_WRONG:
        return Invalid(
            f"Đã nhập sai {MOST_WRONG} lần. Hãy gửi mã mới.",
            f"It was typed wrongly {MOST_WRONG} times. Send a new code.",
            field="code",
        )
    digits = "".join(one for one in typed if one.isdigit())
    if hmac.compare_digest(_digest(row.id, digits), bytes(row.code)):
        return None
    row.wrong += 1
    row.save(update_fields=["wrong"])
    return Invalid(
        "Mã không đúng. Hãy nhờ chủ hồ sơ đọc lại mã trong tin nhắn mới nhất.",
        "That is not the code. Ask the applicant to read the newest message again.",
        field="code",
    )


def _digest(row: UUID, code: str) -> bytes:
    return mac("consent-code", row.bytes + code.encode())
