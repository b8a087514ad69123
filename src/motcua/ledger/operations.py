"""Writing to the ledger: claim the request, append the event. Both run inside the act's own transaction."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, NoReturn, Protocol
from uuid import UUID

import psycopg
from django.db import IntegrityError, connection

from motcua.kernel.actor import Actor
from motcua.kernel.codec import encode
from motcua.kernel.errors import ClockStepped, KeyReused, Refusal
from motcua.kernel.ids import uuid7
from motcua.kernel.unit_of_work import current
from motcua.ledger.chain import Head, envelope_fields, seal

SKEW_RAISED = timedelta(seconds=2)
LIVE_IS_NOW = "ledger_event_live_is_now"


class EventData(Protocol):
    """What an event type must carry: a name, a version, and fields `kernel.codec` can write."""

    TYPE: ClassVar[str]
    VERSION: ClassVar[int]


class AlreadyDone(Refusal):
    """The same request came again: the edge shows the first answer."""

    status = 200

    def __init__(self, stream: UUID, seq: int) -> None:
        super().__init__("Việc này đã được ghi nhận.", "This has been recorded already.")
        self.stream = stream
        self.seq = seq


@dataclass(frozen=True, slots=True)
class Appended:
    """An event as just written: its new head, its instant (maybe raised to the stream's last), how it came in
    and its data."""

    head: Head
    event_id: UUID
    type: str
    at: datetime
    origin: str
    data: Mapping[str, Any]


_COLUMNS = "ledger_request (actor, key, body_digest, stream, seq, at)"
_ONCE = "ON CONFLICT (actor, key) DO NOTHING"
# For the statement that locks a stream's owner as `owner`: the same claim, on the owner's next event.
CLAIM_NEXT = (
    f"INSERT INTO {_COLUMNS} SELECT %(claim_actor)s, %(claim_key)s, %(claim_digest)s, id, head_seq + 1,"  # noqa: S608
    f" %(claim_at)s FROM owner {_ONCE} RETURNING seq"
)


def claim_arguments(*, actor: Actor, at: datetime) -> dict[str, Any]:
    """What CLAIM_NEXT asks for, of the open request. Where it returns no row, `refuse_repeated` is to be called."""
    request = current(actor=actor, at=at).request
    return {
        "claim_actor": actor.id,
        "claim_key": request.key,
        "claim_digest": request.body_digest,
        "claim_at": at,
    }


def claim(*, stream: UUID, seq: int, actor: Actor, at: datetime) -> None:
    """Claim the open request's key for this act; `stream` and `seq` are where its first event will stand.

    One statement, and it waits for a twin that is still at work. Raises AlreadyDone when the same actor sent
    the same key and body before, KeyReused when the body differs (design, section 8.1).
    """
    asked = claim_arguments(actor=actor, at=at)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_COLUMNS} VALUES (%(claim_actor)s, %(claim_key)s, %(claim_digest)s,"  # noqa: S608
            f" %(stream)s, %(seq)s, %(claim_at)s) {_ONCE}",
            asked | {"stream": stream, "seq": seq},
        )
        claimed = cursor.rowcount == 1
    if not claimed:
        refuse_repeated(actor=actor, at=at)


def refuse_repeated(*, actor: Actor, at: datetime) -> NoReturn:
    """Answer a request whose key was claimed before: AlreadyDone for the same body, KeyReused for another."""
    request = current(actor=actor, at=at).request
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT body_digest, stream, seq FROM ledger_request WHERE actor = %s AND key = %s",
            [actor.id, request.key],
        )
        digest, first_stream, first_seq = cursor.fetchone()
    if bytes(digest) != request.body_digest:
        raise KeyReused(
            "Mã yêu cầu này đã dùng cho một nội dung khác. Hãy tải lại trang rồi gửi lại.",
            "This request key was used for something else. Reload the page and send again.",
        )
    raise AlreadyDone(first_stream, first_seq)


def append(
    *, head: Head, event: EventData, agency: str, actor: Actor, at: datetime, paper: bool = False
) -> Appended:
    """Append `event` after `head` in the open unit of work; returns the new head, which the owner row must keep.

    The caller holds the lock on the owner row. `at` is raised to the stream's last instant when it is at most
    2 s behind it; beyond that, and for a live act more than 60 s away from the database's own clock, the act is
    refused with ClockStepped (design, section 8.4). `paper` marks an act
    written on a numbered pad during an outage.
    """
    work = current(actor=actor, at=at)
    moment = _not_before(at, head.at)
    origin = "paper" if paper and work.origin == "live" else work.origin
    event_id = uuid7()
    data = encode(event)
    envelope, digest = seal(
        envelope_fields(
            event_id=event_id,
            head=head,
            event_type=event.TYPE,
            type_version=event.VERSION,
            at=moment,
            origin=origin,
            installation=work.installation,
            actor=_who(actor),
            agency=agency,
            request=work.request.key,
            nonce=os.urandom(16),
            data=data,
        )
    )
    with connection.cursor() as cursor, _in_time():
        cursor.execute(
            "INSERT INTO ledger_event (stream, seq, id, type, at, origin, installation, envelope, hash)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                head.stream,
                head.seq + 1,
                event_id,
                event.TYPE,
                moment,
                origin,
                work.installation,
                envelope.decode(),
                digest,
            ],
        )
    new_head = Head(stream=head.stream, seq=head.seq + 1, hash=digest, at=moment)
    return Appended(head=new_head, event_id=event_id, type=event.TYPE, at=moment, origin=origin, data=data)


@contextmanager
def _in_time() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        cause = error.__cause__
        if not (isinstance(cause, psycopg.Error) and cause.diag.constraint_name == LIVE_IS_NOW):
            raise
        raise ClockStepped(
            "Việc này đã chờ quá một phút, hoặc giờ của máy chủ và cơ sở dữ liệu lệch nhau. Chưa ghi gì; hãy thử "
            "lại, nếu vẫn vậy thì báo người quản trị.",
            "This waited for more than a minute, or the clocks of server and database differ. Nothing was written; "
            "try again, and if it stays so tell the administrator.",
        ) from error


def _not_before(at: datetime, last: datetime | None) -> datetime:
    if last is None or at >= last:
        return at
    if last - at <= SKEW_RAISED:
        return last
    raise ClockStepped(
        "Máy chủ lệch giờ: giờ hiện tại sớm hơn giờ đã ghi của hồ sơ. Việc chưa được ghi; hãy báo người quản trị.",
        "The server's clock is behind what is already recorded. Nothing was written; tell the administrator.",
    )


def _who(actor: Actor) -> dict[str, Any]:
    fields = asdict(actor)
    return {
        "id": fields["id"],
        "kind": fields["kind"],
        "position": None if actor.position is None else str(actor.position),
        "position_kind": fields["position_kind"],
        "agency": fields["agency"],
        "for": fields["acting_for"],
        "mandate": fields["mandate"],
    }
