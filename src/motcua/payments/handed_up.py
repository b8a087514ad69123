"""Statements handed up, read: which there are, which wait for another person, what each line did."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from motcua.kernel.actor import Viewer
from motcua.kernel.errors import Denied, NotFound
from motcua.kernel.ids import before_id
from motcua.kernel.say import Say
from motcua.kernel.seals import decrypt
from motcua.payments.online import days_of
from motcua.payments.policy import SEATS, Deed
from motcua.payments.record import Row, rows
from motcua.payments.statements import Fault, Left, Line, read

PAGE = 20
SEAL, LINE_SEAL = "payments-statement", "payments-statement-line"
READERS = SEATS[Deed.CONFIRM_STATEMENT]
_HEAD = (
    "SELECT id, agency, handed_by, handed_for, digest, lines, total, first, last, confirmed_by, confirmed_at,"
    " withdrawn_by, withdrawn_at, created_at, expires_at, sealed IS NOT NULL AS unfinished FROM payments_statement"
)
_WAITS = "confirmed_at IS NULL AND withdrawn_at IS NULL"


class Became(StrEnum):
    """What a line of a confirmed statement did, beside "": nothing yet."""

    NEW = "new"  # its money was written down
    KNOWN = "known"  # it had been before
    LEFT = "left"  # it tells of money that left
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line of a confirmed statement; `number` "" and the others None where it could not be read."""

    n: int
    number: str
    amount: int | None
    booked_on: date | None
    became: str
    why: Say | None


def no_statement() -> NotFound:
    """The refusal for a statement that does not exist, or not for this viewer."""
    return NotFound(
        "Không có sao kê này: đã hết hạn giữ, hoặc ngoài phạm vi của bạn.",
        "There is no such statement: it is gone, or outside your scope.",
    )


def statements(*, viewer: Viewer, at: datetime, after: str | None = None) -> tuple[list[Row], str | None]:
    """The statements of the viewer's scope without their files (`unfinished`: there is one still), the newest first,
    and the key of the page that follows. Raises Denied."""
    agencies = viewer.agencies(READERS)
    if not agencies:
        raise Denied(
            "Vị trí của bạn không xem sao kê ngân hàng.",
            "Your position does not look at a bank's statements.",
        )
    found = rows(
        f"{_HEAD} WHERE agency = ANY(%s) AND id < %s AND (confirmed_at IS NOT NULL OR expires_at >= %s)"
        " ORDER BY id DESC LIMIT %s",
        [sorted(agencies), before_id(after), at, PAGE + 1],
    )
    return found[:PAGE], str(found[PAGE - 1]["id"]) if len(found) > PAGE else None


def waiting(*, viewer: Viewer, at: datetime) -> int:
    """How many statements wait for this person to confirm them."""
    agencies = {c.agency for c in viewer.capacities if c.kind in READERS}
    (found,) = rows(
        f"SELECT count(*) AS many FROM payments_statement WHERE agency = ANY(%s) AND {_WAITS}"  # noqa: S608 - fixed parts
        " AND %s NOT IN (handed_by, handed_for) AND expires_at >= %s",
        [sorted(agencies), str(viewer.account), at],
    )
    many: int = found["many"]
    return many


def statement(which: UUID, *, viewer: Viewer, at: datetime) -> Row:
    """One statement, with its file where it has one still. Raises NotFound outside the viewer's scope and seats, and
    once an unconfirmed one is gone."""
    found = rows(_HEAD.replace(" FROM", ", sealed FROM", 1) + " WHERE id = %s", [which])
    if not found or not viewer.sees(found[0]["agency"], READERS):
        raise no_statement()
    if found[0]["confirmed_at"] is None and found[0]["expires_at"] < at:
        raise no_statement()
    return found[0]


def lines_of(row: Row) -> Sequence[Line | Fault | Left]:
    """The lines of a statement's file as they were read when it was handed up; none once the file is gone."""
    if row["sealed"] is None:
        return ()
    body = decrypt(SEAL, bytes(row["sealed"]), bound_to=row["id"].bytes)
    return tuple(read(body, days=days_of(row["agency"], at=row["created_at"])))


def unfinished() -> list[Row]:
    """The statements, with their files, that were confirmed and hold lines still, the oldest first."""
    head = _HEAD.replace(" FROM", ", sealed FROM", 1)
    return rows(f"{head} WHERE confirmed_at IS NOT NULL AND sealed IS NOT NULL ORDER BY id LIMIT %s", [PAGE])


def left_over(*, viewer: Viewer, agencies: Collection[str], first: date, last: date) -> list[Row]:
    """The statements of these agencies that were confirmed and whose lines are not all money that came in, the newest
    first, 20 at most: how many lines have still to be taken in (`waits`, and `waiting` đồng), whatever their days; how
    many of `first` to `last` were refused (`faults`, `faulty` đồng of what could be read); and whether the viewer may
    look at the statement (`shown`)."""
    found = rows(
        "SELECT s.id, s.agency, s.first, s.last, l.* FROM payments_statement s CROSS JOIN LATERAL ("
        " SELECT count(*) FILTER (WHERE became = '') AS waits,"
        " coalesce(sum(amount) FILTER (WHERE became = ''), 0)::bigint AS waiting,"
        " count(*) FILTER (WHERE became = 'refused') AS faults,"
        " coalesce(sum(amount) FILTER (WHERE became = 'refused'), 0)::bigint AS faulty"
        " FROM payments_statementline WHERE statement = s.id) l"
        " WHERE s.agency = ANY(%(agencies)s) AND s.confirmed_at IS NOT NULL AND (l.waits > 0 OR l.faults > 0)"
        " AND (s.sealed IS NOT NULL OR (s.first <= %(last)s AND s.last >= %(first)s))"
        " ORDER BY s.id DESC LIMIT %(limit)s",
        {"agencies": sorted(agencies), "first": first, "last": last, "limit": PAGE},
    )
    return [row | {"shown": viewer.sees(row["agency"], READERS)} for row in found]


def waiting_lines(which: UUID) -> set[int]:
    """The lines of a confirmed statement that have still to be taken in."""
    found = rows("SELECT n FROM payments_statementline WHERE statement = %s AND became = ''", [which])
    return {row["n"] for row in found}


def lines(which: UUID, *, start: int, most: int) -> list[LineShown]:
    """The lines of a confirmed statement from the `start`-th on, as they stand in the file."""
    found = rows(
        "SELECT n, number, amount, booked_on, became, why FROM payments_statementline WHERE statement = %s"
        " ORDER BY n OFFSET %s LIMIT %s",
        [which, start, most],
    )
    return [_shown(which, row) for row in found]


def refused(which: UUID, *, most: int) -> list[LineShown]:
    """The first lines that were refused, with why."""
    found = rows(
        "SELECT n, number, amount, booked_on, became, why FROM payments_statementline WHERE statement = %s"
        " AND became = 'refused' ORDER BY n LIMIT %s",
        [which, most],
    )
    return [_shown(which, row) for row in found]


def tally(which: UUID, *, agency: str) -> list[Row]:
    """How many lines did what (`became`, and the `outcome` of new money), and `much` they tell of."""
    return rows(
        "SELECT l.became, c.outcome, count(*) AS many, coalesce(sum(l.amount), 0)::bigint AS much"
        " FROM payments_statementline l LEFT JOIN payments_credit c ON l.became = 'new' AND c.agency = %s"
        " AND c.source = 'bank' AND c.number = l.number WHERE l.statement = %s GROUP BY l.became, c.outcome",
        [agency, which],
    )


def credits_by_number(numbers: Collection[str], *, agency: str) -> dict[str, Row]:
    """What the bank has told of under these references, by reference: sum, day and outcome; the dossier it is for by
    now (`reference`); whether somebody `assigned` it or `matched` it with the other source, it was `returned`,
    or what it paid was `refunded`."""
    found = rows(
        "SELECT c.id, c.number, c.amount, c.booked_on, c.outcome, c.receipt IS NOT NULL AS assigned,"
        " c.slip <> '' AS returned, EXISTS (SELECT FROM payments_match m WHERE m.line = c.id) AS matched,"
        " coalesce(l.reference, o.reference) AS reference,"
        " EXISTS (SELECT FROM payments_refund f WHERE f.paid_at IS NOT NULL AND f.receipt = coalesce(c.receipt,"
        " CASE WHEN o.credit = c.id THEN o.receipt END)) AS refunded"
        ' FROM payments_credit c LEFT JOIN payments_order o ON o.id = c."order"'
        " LEFT JOIN LATERAL (SELECT reference FROM payments_line WHERE receipt = c.receipt ORDER BY n LIMIT 1) l"
        " ON true"
        " WHERE c.agency = %s AND c.source = 'bank' AND c.number = ANY(%s)",
        [agency, sorted(numbers)],
    )
    return {row["number"]: row for row in found}


def _shown(which: UUID, row: Row) -> LineShown:
    why = row["why"]
    if why is not None:
        bound_to = which.bytes + row["n"].to_bytes(4)
        why = Say(*json.loads(decrypt(LINE_SEAL, why, bound_to=bound_to)))
    return LineShown(row["n"], row["number"], row["amount"], row["booked_on"], row["became"], why)
