"""A day's orders, the bank's statement and the platform's word held against each other, sum by sum."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from motcua.kernel.actor import Viewer
from motcua.kernel.ids import before_id
from motcua.kernel.say import Say
from motcua.payments.policy import reads
from motcua.payments.record import Row, no_such, rows

PAGE = 50
MOST_EXPORTED = 100_000


class Agreement(StrEnum):
    """How a sum stands."""

    AGREES = "agrees"
    SETTLED = "settled"
    HANDED_OVER = "handed_over"
    PLATFORM_ONLY = "platform_only"
    STATEMENT_ONLY = "statement_only"
    ORDER_ONLY = "order_only"


AGREEMENTS: Mapping[str, Say] = {
    Agreement.AGREES: Say("Khớp", "Agrees"),
    Agreement.SETTLED: Say("Thủ quỹ đã xử lý", "Settled by the cashier"),
    Agreement.HANDED_OVER: Say(
        "Nền tảng chuyển gộp, từng khoản đã tính riêng",
        "Handed over by the platform; each sum counts by itself",
    ),
    Agreement.PLATFORM_ONLY: Say(
        "Chỉ nền tảng báo, sao kê chưa có", "The platform only; not on a statement yet"
    ),
    Agreement.STATEMENT_ONLY: Say("Chỉ có trên sao kê, chưa khớp", "The statement only; fits nothing yet"),
    Agreement.ORDER_ONLY: Say("Chỉ có lệnh nộp, chưa thấy tiền", "An order only; no money seen"),
}
# A sum that both sources told of is one line: the second telling names the first. What the cashier matched stands by
# the platform's telling; a line that handed over several stands beside them, as what it is. `waits`: the sources may
# agree on a sum of which the cashier has still to say where it goes. `reference`: where the money went, else which
# order it names; `assigned_by`: who alone said where, for the others who look.
_HELD = """
SELECT * FROM (
    SELECT c.id, c.booked_on AS day, c.amount, c.source, c.number, coalesce(s.number, m.number) AS other, c.outcome,
           coalesce(l.reference, o.reference) AS reference,
           CASE WHEN h.line IS NOT NULL THEN 'handed_over'
                WHEN coalesce(s.id, m.id) IS NOT NULL OR (c.source = 'bank' AND c.outcome = 'paid') THEN 'agrees'
                WHEN c.settled_at IS NOT NULL THEN 'settled'
                WHEN c.source = 'platform' THEN 'platform_only'
                ELSE 'statement_only' END AS agreement,
           c.settled_at IS NULL AND c.outcome IN ('unknown', 'amount', 'twice', 'not_owed') AS waits,
           CASE WHEN c.receipt IS NOT NULL THEN c.settled_by ELSE '' END AS assigned_by, c.slip <> '' AS returned
      FROM payments_credit c
      LEFT JOIN payments_credit s ON s.same = c.id
      LEFT JOIN payments_match p ON p.credit = c.id
      LEFT JOIN payments_credit m ON m.id = p.line
      LEFT JOIN LATERAL (SELECT line FROM payments_match WHERE line = c.id LIMIT 1) h ON true
      LEFT JOIN payments_order o ON o.id = c."order"
      LEFT JOIN LATERAL (SELECT min(reference) AS reference FROM payments_line WHERE receipt = c.receipt) l ON true
     WHERE c.agency = %(agency)s AND c.same IS NULL AND c.booked_on BETWEEN %(first)s AND %(last)s
    UNION ALL
    SELECT o.id, (o.opened_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, o.total, '', o.text, NULL, o.state,
           o.reference, 'order_only', false, '', false
      FROM payments_order o
     WHERE o.agency = %(agency)s AND o.state IN ('open', 'expired')
       AND o.opened_at >= (%(first)s::date)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
       AND o.opened_at < (%(last)s::date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
       AND NOT EXISTS (SELECT FROM payments_credit c WHERE c."order" = o.id)
) held
"""


@dataclass(frozen=True, slots=True)
class Held:
    """A window of days: how many sums, and how much, by how they stand; one page of them, the newest first."""

    counts: Mapping[Agreement, tuple[int, int]]
    lines: tuple[Row, ...]
    following: str | None


def held(*, viewer: Viewer, agency: str, first: date, last: date, after: str | None = None) -> Held:
    """What came in for `agency` from `first` to `last`, and what was asked for and did not. Two statements. Raises
    NotFound outside the viewer's scope and seats."""
    told = _told(viewer, agency, first, last)
    counted = rows(
        f"SELECT agreement, count(*) AS many, sum(amount)::bigint AS much FROM ({_HELD}) h"  # noqa: S608
        " GROUP BY agreement",
        told,
    )
    found = rows(
        f"{_HELD} WHERE id < %(after)s ORDER BY id DESC LIMIT %(limit)s",
        told | {"after": before_id(after), "limit": PAGE + 1},
    )
    by = {Agreement(row["agreement"]): (row["many"], row["much"]) for row in counted}
    return Held(
        counts={one: by[one] for one in Agreement if one in by},
        lines=tuple(found[:PAGE]),
        following=str(found[PAGE - 1]["id"]) if len(found) > PAGE else None,
    )


def every(*, viewer: Viewer, agency: str, first: date, last: date) -> Iterator[Row]:
    """The same, all of it, the oldest first. Raises NotFound as `held`."""
    told = _told(viewer, agency, first, last)
    return iter(rows(f"{_HELD} ORDER BY day, id LIMIT {MOST_EXPORTED}", told))


def _told(viewer: Viewer, agency: str, first: date, last: date) -> dict[str, object]:
    if not reads(viewer, agency):
        raise no_such()
    return {"agency": agency, "first": first, "last": last}
