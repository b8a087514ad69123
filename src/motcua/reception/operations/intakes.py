"""Intakes half done: saved while they are typed, put aside for the next person, gone on with, closed.

Each is one statement of its own and no act: nothing is decided before a dossier is received.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from motcua.calendars.selectors import calendar_of
from motcua.kernel.actor import Capacity
from motcua.kernel.errors import Invalid, NotAllowedNow, NotFound
from motcua.kernel.seals import decrypt, encrypt
from motcua.kernel.time import ZONE, local
from motcua.reception.models import Kept

LARGEST = 256 * 1024
TOMBSTONE = timedelta(days=1)

_KEEP = """
INSERT INTO reception_kept (id, agency, account, sealed, started_at, touched_at, expires_at)
VALUES (%(id)s, %(agency)s, %(account)s, %(sealed)s, %(at)s, %(at)s, %(expires)s)
ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed, touched_at = excluded.touched_at,
    expires_at = excluded.expires_at
WHERE reception_kept.account = excluded.account AND reception_kept.closed_at IS NULL
RETURNING id
"""
_CLOSE = """
INSERT INTO reception_kept (id, agency, account, started_at, touched_at, closed_at, expires_at)
VALUES (%(id)s, %(agency)s, %(account)s, %(at)s, %(at)s, %(at)s, %(expires)s)
ON CONFLICT (id) DO UPDATE SET sealed = NULL, account = excluded.account, closed_at = excluded.closed_at,
    expires_at = excluded.expires_at
WHERE reception_kept.agency = excluded.agency AND reception_kept.closed_at IS NULL
  AND (reception_kept.account = excluded.account OR (reception_kept.account IS NULL AND %(shares)s))
"""
# Once more for whoever closed it: a second click is answered by the ledger.
_FINISH = _CLOSE.replace(
    "reception_kept.closed_at IS NULL",
    "(reception_kept.closed_at IS NULL OR reception_kept.account = excluded.account)",
)
_RESUME = """
UPDATE reception_kept SET account = %(account)s, parked_at = NULL, touched_at = %(at)s
WHERE id = %(id)s AND agency = %(agency)s AND (account = %(account)s OR (account IS NULL AND %(shares)s))
  AND closed_at IS NULL AND expires_at > %(at)s
RETURNING id
"""


def keep(
    *, intake: UUID, fields: Mapping[str, list[str]], account: UUID, seat: Capacity, at: datetime
) -> bool:
    """Save what is typed so far, sealed. False where the intake is closed or somebody else's: nothing is kept.

    Raises Invalid for more than anybody types.
    """
    body = json.dumps(dict(fields), ensure_ascii=False).encode()
    if len(body) > LARGEST:
        raise Invalid("Hồ sơ nhập quá dài, không cất được.", "Too much is typed to be kept.")
    with connection.cursor() as cursor:
        cursor.execute(
            _KEEP,
            {
                "id": intake,
                "agency": seat.agency,
                "account": account,
                "sealed": encrypt("kept-intake", body, bound_to=intake.bytes),
                "at": at,
                "expires": end_of_next_day(seat.agency, at),
            },
        )
        return cursor.fetchone() is not None


def shares(seat: Capacity) -> bool:
    """Whether what the desk's officers put aside for one another is this seat's too: a representative keeps to their
    own, and theirs to themselves."""
    return not seat.posted_by


def park(*, intake: UUID, account: UUID, seat: Capacity, shared: bool, at: datetime) -> None:
    """Put a kept intake aside; `shared`: for any officer of the desk. Raises NotFound for what is not one's own."""
    mine = Kept.objects.filter(id=intake, account=account, closed_at=None)
    if not mine.update(parked_at=at, touched_at=at, account=None if shared and shares(seat) else account):
        raise no_such_intake()


def resume(*, intake: UUID, account: UUID, seat: Capacity, at: datetime) -> None:
    """Take a kept intake of one's own or the desk's; of two officers at once one gets it. Raises NotFound."""
    with connection.cursor() as cursor:
        cursor.execute(
            _RESUME,
            {"id": intake, "agency": seat.agency, "account": account, "at": at, "shares": shares(seat)},
        )
        if cursor.fetchone() is None:
            raise no_such_intake()


def close(*, intake: UUID, account: UUID, seat: Capacity, at: datetime) -> None:
    """Nothing of the intake is left: it was received, or given up. A save under way then finds it closed. What a
    colleague is typing stays theirs."""
    _end(_CLOSE, intake, account, seat, at)


def finish(*, intake: UUID, account: UUID, seat: Capacity, at: datetime) -> None:
    """The intake becomes a dossier in the caller's unit of work. Raises NotAllowedNow where a colleague goes on with it
    or received it: what one person has typed becomes one dossier."""
    if not _end(_FINISH, intake, account, seat, at):
        raise NotAllowedNow(
            "Đồng nghiệp đã nhận làm tiếp hoặc đã tiếp nhận hồ sơ nhập dở này. Hãy xem danh sách hồ sơ trước khi nhập"
            " lại.",
            "A colleague goes on with this unfinished intake, or has received it. Look into the list of dossiers before"
            " typing it again.",
        )


def _end(statement: str, intake: UUID, account: UUID, seat: Capacity, at: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            {
                "id": intake,
                "agency": seat.agency,
                "account": account,
                "at": at,
                "expires": at + TOMBSTONE,
                "shares": shares(seat),
            },
        )
        return bool(cursor.rowcount)


def sweep(*, at: datetime) -> int:
    """Remove what has expired; returns how many rows went."""
    return Kept.objects.filter(expires_at__lte=at).delete()[0]


def end_of_next_day(agency: str, at: datetime) -> datetime:
    """When the desk closes on its next working day: by then the person has come back or never will."""
    calendar = calendar_of(agency)
    day = calendar.next_working_day(local(at).date())
    closing = calendar.closing(day)
    return datetime.combine(day, closing, ZONE) if closing else at + timedelta(days=1)


def fields_of(intake: UUID, sealed: bytes) -> dict[str, list[str]]:
    """What `keep` sealed."""
    body = json.loads(decrypt("kept-intake", bytes(sealed), bound_to=intake.bytes))
    return {str(name): [str(value) for value in values] for name, values in body.items()}


def no_such_intake() -> NotFound:
    """The refusal for an intake that is gone, closed or somebody else's."""
    return NotFound(
        "Hồ sơ nhập dở này không còn: đã tiếp nhận, đã hết hạn, hoặc người khác đang làm tiếp.",
        "This unfinished intake is gone: received, expired, or somebody else goes on with it.",
    )
