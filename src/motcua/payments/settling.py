"""Reading what is collected for other agencies: what no settlement has yet, settlements, their lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from motcua.agencies.serving import standing
from motcua.kernel.actor import Viewer
from motcua.kernel.contents import open_body
from motcua.kernel.ids import before_id
from motcua.payments.numbering import label
from motcua.payments.policy import SEATS, Deed, no_reader, reads
from motcua.payments.record import Row, no_such, rows

PAGE = 50
MOST_LINES = 2_000

# What was taken for others and is counted (its book is closed, or it came in by itself), and what of it was paid back,
# less what stands in a settlement. A line of an open book may yet be voided: it is told beside, and not settled.
_OPEN = """
SELECT l.receipt AS paper, r.series, r.year, r.number, (r.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS "on",
       l.reference, l.charge, l.rule, l.payee, l.amount, r.book IS NULL OR b.closed_at IS NOT NULL AS counted, r.at
  FROM payments_line l JOIN payments_receipt r ON r.id = l.receipt LEFT JOIN payments_book b ON b.id = r.book
 WHERE l.payee <> '' AND l.standing AND r.agency = ANY(%(agencies)s)
   AND NOT EXISTS (SELECT FROM payments_settledline s
                    WHERE s.paper = l.receipt AND s.reference = l.reference AND s.charge = l.charge)
UNION ALL
SELECT f.id, f.series, f.year, f.number, (f.paid_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, x.reference, x.charge,
       x.rule, x.payee, -x.amount, true, f.paid_at
  FROM payments_refund f
  CROSS JOIN jsonb_to_recordset(f.lines) AS x(reference text, charge text, rule text, payee text, amount bigint)
 WHERE f.paid_at IS NOT NULL AND x.payee <> '' AND f.agency = ANY(%(agencies)s)
   AND NOT EXISTS (SELECT FROM payments_settledline s
                    WHERE s.paper = f.id AND s.reference = x.reference AND s.charge = x.charge)
"""


@dataclass(frozen=True, slots=True)
class Unsettled:
    """What an agency has collected for `payee` and no settlement has: counted, with its first day, and what of an open
    book waits for its closing."""

    payee: str
    count: int
    taken: int
    back: int
    first: date | None
    uncounted: int


def unsettled(*, agency: str, viewer: Viewer, on: date) -> list[Unsettled]:
    """What `agency` has still to settle on a day, by whose it is; with what the agencies merged into it collected, and
    less what became its own by a merger. Two statements. Raises NotFound outside the viewer's scope."""
    if not reads(viewer, agency):
        raise no_such()
    now = standing(on=on)
    if agency in now:
        return []
    found = rows(
        "SELECT payee, count(*) FILTER (WHERE counted) AS count,"  # noqa: S608 - our own text
        " coalesce(sum(amount) FILTER (WHERE counted AND amount > 0), 0)::bigint AS taken,"
        " coalesce(-sum(amount) FILTER (WHERE amount < 0), 0)::bigint AS back,"
        ' min("on") FILTER (WHERE counted) AS first,'
        f" coalesce(sum(amount) FILTER (WHERE NOT counted), 0)::bigint AS uncounted FROM ({_OPEN}) o"
        " GROUP BY payee ORDER BY payee",
        {"agencies": _with_merged(agency, now)},
    )
    lines: dict[str, Unsettled] = {}
    for row in found:
        one = Unsettled(**{**row, "payee": now.get(row["payee"], row["payee"])})
        if one.payee != agency:
            lines[one.payee] = _together(lines[one.payee], one) if one.payee in lines else one
    return [lines[payee] for payee in sorted(lines)]


def _with_merged(agency: str, now: Mapping[str, str]) -> list[str]:
    return [agency, *(gone for gone, there in now.items() if there == agency)]


def _together(one: Unsettled, other: Unsettled) -> Unsettled:
    return Unsettled(
        payee=one.payee,
        count=one.count + other.count,
        taken=one.taken + other.taken,
        back=one.back + other.back,
        first=min((day for day in (one.first, other.first) if day), default=None),
        uncounted=one.uncounted + other.uncounted,
    )


def to_settle(*, agency: str, payee: str, on: date) -> list[Row]:
    """The first MOST_LINES counted lines for `payee` that no settlement has, the oldest first, on either side with
    those of agencies merged into it; for the flow, under the agency's lock. Two statements."""
    now = standing(on=on)
    return rows(
        f"SELECT * FROM ({_OPEN}) o WHERE counted AND payee = ANY(%(payees)s)"  # noqa: S608 - our own text
        " ORDER BY at, paper, reference, charge LIMIT %(most)s",
        {"agencies": _with_merged(agency, now), "payees": _with_merged(payee, now), "most": MOST_LINES},
    )


def settlements(*, viewer: Viewer, after: str | None = None) -> tuple[list[Row], str | None]:
    """The settlements of the viewer's agencies, those they closed and those closed for them, the newest first, and the
    key of the next page. One statement. Raises Denied without a seat."""
    agencies = sorted(viewer.agencies(SEATS[Deed.READ]))
    if not agencies:
        raise no_reader()
    found = rows(
        "SELECT * FROM payments_settlement WHERE (agency = ANY(%(agencies)s)"
        " OR (payee = ANY(%(agencies)s) AND confirmed_at IS NOT NULL))"
        " AND id < %(after)s ORDER BY id DESC LIMIT %(limit)s",
        {"agencies": agencies, "after": before_id(after), "limit": PAGE + 1},
    )
    return found[:PAGE], str(found[PAGE - 1]["id"]) if len(found) > PAGE else None


def settlement(stream: UUID, *, viewer: Viewer) -> Row:
    """One settlement. Raises NotFound for who reads neither the collecting agency's money nor, once it is confirmed,
    the payee's."""
    found = rows("SELECT * FROM payments_settlement WHERE id = %s", [stream])
    if not found or not (
        reads(viewer, found[0]["agency"]) or (found[0]["confirmed_at"] and reads(viewer, found[0]["payee"]))
    ):
        raise no_such()
    return found[0]


def of_id(stream: UUID) -> Row:
    """One settlement, for what follows its events."""
    return rows("SELECT * FROM payments_settlement WHERE id = %s", [stream])[0]


def name_of(row: Row) -> str:
    """A settlement's number as people write it."""
    return label(row["series"], row["year"], row["number"])


def by_procedure(settlement: UUID) -> list[Row]:
    """What a settlement the caller may see comes to, by procedure and fee."""
    return rows(
        "SELECT procedure, rule, count(*) AS count, sum(amount)::bigint AS amount FROM payments_settledline"
        " WHERE settlement = %s GROUP BY procedure, rule ORDER BY procedure, rule",
        [settlement],
    )


def lines_of(settlement: UUID, *, after: int = 0, limit: int = PAGE) -> Sequence[Row]:
    """The lines of a settlement the caller may see, from the one after `after` on: `limit` and one more where there
    are more."""
    return rows(
        "SELECT * FROM payments_settledline WHERE settlement = %s AND n > %s ORDER BY n LIMIT %s",
        [settlement, after, limit + 1],
    )


def note_of(row: Row) -> str:
    """What the payee wrote of a difference; "" for nothing."""
    found = rows("SELECT id, sealed FROM payments_content WHERE id = %s", [row["note"]])
    return (open_body(found[0]["id"], found[0]["sealed"]) or "") if found else ""
