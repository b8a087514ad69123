"""What is paid online, read: the account it goes to, a reference's order, the money of a day, what waits for a word."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from motcua.kernel.actor import Viewer
from motcua.kernel.contents import open_body
from motcua.kernel.errors import Denied
from motcua.kernel.ids import before_id
from motcua.payments.days import Days, days
from motcua.payments.events import AccountFact
from motcua.payments.numbering import label
from motcua.payments.ordering import TO_SETTLE, Outcome, Source
from motcua.payments.policy import SEATS, Deed, reads
from motcua.payments.record import Row, no_such, rows

PAGE = 50
_TO_SETTLE = "c.settled_at IS NULL AND c.outcome IN ('unknown', 'amount', 'twice', 'not_owed')"
# What the other source has not been found to tell of.
UNMATCHED = (
    "c.same IS NULL AND NOT EXISTS (SELECT FROM payments_credit s WHERE s.same = c.id)"
    " AND NOT EXISTS (SELECT FROM payments_match m WHERE m.credit = c.id)"
    " AND NOT EXISTS (SELECT FROM payments_match m WHERE m.line = c.id)"
)
_SHOWN = (
    "SELECT c.*, t.id AS told_id, t.sealed, coalesce(l.reference, o.reference) AS reference, o.text, o.total,"
    " o.receipt AS order_receipt,"
    " coalesce(r.series, s.series) AS of_series, coalesce(r.year, s.year) AS of_year,"
    " coalesce(r.number, s.number) AS of_number,"
    " (SELECT count(*) FROM payments_match m WHERE m.line = c.id OR m.credit = c.id) AS matches,"
    " coalesce(c.same, k.id) IS NOT NULL AS told_twice"
    " FROM (SELECT * FROM payments_credit c WHERE {which}) c LEFT JOIN payments_credit k ON k.same = c.id"
    ' LEFT JOIN payments_order o ON o.id = c."order" LEFT JOIN payments_content t ON t.id = c.told'
    " LEFT JOIN payments_receipt r ON r.id = c.receipt"
    " LEFT JOIN payments_receipt s ON s.id = o.receipt AND o.credit = c.id"
    " LEFT JOIN LATERAL (SELECT min(reference) AS reference FROM payments_line WHERE receipt = c.receipt) l ON true"
)


@dataclass(frozen=True, slots=True)
class CreditShown:
    """Money that came in, what was said of it, the order it names, and the dossier (`reference`) that it paid or, as
    long as it paid none, that the order is of."""

    row: Row
    told: str

    @property
    def waits(self) -> bool:
        """Whether somebody has to see to it."""
        return self.row["settled_at"] is None and Outcome(self.row["outcome"]) in TO_SETTLE

    @property
    def is_on_its_way(self) -> bool:
        """Whether only the platform told of it: it has reached the account by no line that is known."""
        return bool(
            self.row["source"] == Source.PLATFORM and not (self.row["matches"] or self.row["told_twice"])
        )

    @property
    def receipt(self) -> UUID | None:
        """The receipt given for it."""
        found: UUID | None = self.row["receipt"]
        if found is None and self.row["outcome"] == Outcome.PAID:
            found = self.row["order_receipt"]
        return found


def account_of(agency: str) -> AccountFact | None:
    """The bank account that takes what is paid online for `agency`; None while none is set."""
    found = rows(
        "SELECT bin, number, holder FROM payments_receivingaccount WHERE agency = %s AND state = 'set'"
        " ORDER BY id DESC LIMIT 1",
        [agency],
    )
    return AccountFact(**found[0]) if found else None


def accounts(*, viewer: Viewer) -> list[Row]:
    """The accounts that take, took, or are proposed to take what is paid online in the viewer's scope, each agency's
    last one first. Raises Denied."""
    return rows(
        "SELECT a.*, state = 'set' AND lag(id) OVER (PARTITION BY agency, state ORDER BY id DESC) IS NULL AS holds"
        " FROM payments_receivingaccount a WHERE agency = ANY(%s) AND state <> 'dropped'"
        " ORDER BY agency, id DESC LIMIT %s",
        [_agencies(viewer), PAGE],
    )


def order_by_texts(texts: Sequence[str], *, agency: str) -> Row | None:
    """The order of `agency` that one of these texts is of; None where none is. The last one, where several are."""
    if not texts:
        return None
    found = rows(
        "SELECT * FROM payments_order WHERE text = ANY(%s) AND agency = %s ORDER BY id DESC LIMIT 1",
        [list(texts), agency],
    )
    return found[0] if found else None


def orders_by_texts(texts: Collection[str], *, agency: str) -> dict[str, Row]:
    """The orders of `agency` that these texts are of, by text."""
    found = rows(
        "SELECT * FROM payments_order WHERE text = ANY(%s) AND agency = %s ORDER BY id", [list(texts), agency]
    )
    return {row["text"]: row for row in found}


def told_elsewhere(orders: Collection[UUID]) -> dict[str, list[int]]:
    """The sums that the platform told of for these orders and that nothing is held against yet, by attempt."""
    found: dict[str, list[int]] = {}
    for row in rows(
        "SELECT c.attempt, c.amount FROM payments_credit c WHERE c.\"order\" = ANY(%s) AND c.source = 'platform'"  # noqa: S608
        f" AND {UNMATCHED} ORDER BY c.id",
        [list(orders)],
    ):
        found.setdefault(row["attempt"], []).append(row["amount"])
    return found


def days_of(agency: str, *, at: datetime) -> Days:
    """The days on which money of `agency`'s account may have been booked, as told at `at`."""
    (found,) = rows(
        "SELECT min(since) AS since FROM payments_receivingaccount WHERE agency = %s AND state = 'set'",
        [agency],
    )
    return days(since=found["since"], at=at)


def last_order(reference: str) -> Row | None:
    """The last order of a reference, for those who show the reference."""
    found = rows("SELECT * FROM payments_order WHERE reference = %s ORDER BY id DESC LIMIT 1", [reference])
    return found[0] if found else None


def order_of_attempt(reference: str) -> Row | None:
    """The order that an attempt on the platform was to pay; None for none of ours."""
    found = rows(
        'SELECT o.* FROM payments_attempt a JOIN payments_order o ON o.id = a."order" WHERE a.reference = %s',
        [reference],
    )
    return found[0] if found else None


def last_attempt(order: UUID) -> Row | None:
    """The last attempt to pay an order through the platform."""
    found = rows(
        'SELECT * FROM payments_attempt WHERE "order" = %s ORDER BY sent_at DESC, reference DESC LIMIT 1',
        [order],
    )
    return found[0] if found else None


def electronic_receipt(receipt: UUID) -> str:
    """The number of an order's receipt as people write it, for those who show the order's reference."""
    (found,) = rows("SELECT series, year, number FROM payments_receipt WHERE id = %s", [receipt])
    return label(found["series"], found["year"], found["number"])


def back_of(reference: str) -> list[Row]:
    """The refunds of what was paid for a reference, the oldest first, for those who show the reference: `asked_at`,
    `approval` (a leader has still to agree), `approved_by`, `paid_at`, and `much` of it is the reference's. Declined
    ones are none."""
    return rows(
        "SELECT f.asked_at, f.approval, f.approved_by, f.paid_at, sum((line->>'amount')::bigint)::bigint AS much"
        " FROM payments_refund f CROSS JOIN jsonb_array_elements(f.lines) line WHERE f.declined_by = ''"
        " AND f.receipt IN (SELECT receipt FROM payments_line WHERE reference = %(reference)s)"
        " AND line->>'reference' = %(reference)s GROUP BY f.id ORDER BY f.id LIMIT 20",
        {"reference": reference},
    )


def orders_over(*, at: datetime, after: UUID | None, limit: int) -> list[UUID]:
    """Open orders whose time is up at `at`, in order of their ids."""
    found = rows(
        "SELECT id FROM payments_order WHERE state = 'open' AND stands_until <= %s AND id > %s ORDER BY id LIMIT %s",
        [at, after or UUID(int=0), limit],
    )
    return [row["id"] for row in found]


@dataclass(frozen=True, slots=True)
class Day:
    """What came in on a day: how much of what became of it."""

    counts: dict[Outcome, tuple[int, int]]
    credits: tuple[CreditShown, ...]
    following: str | None


def day(*, viewer: Viewer, on: date, after: str | None = None) -> Day:
    """The money that was booked on `on` in the viewer's scope, a page at a time, the newest first. Raises Denied."""
    agencies = _agencies(viewer)
    counted = rows(
        "SELECT outcome, count(*) AS many, sum(amount)::bigint AS much FROM payments_credit"
        " WHERE agency = ANY(%s) AND booked_on = %s GROUP BY outcome",
        [agencies, on],
    )
    found = rows(
        _shown_of("c.agency = ANY(%s) AND c.booked_on = %s AND c.id < %s ORDER BY c.id DESC LIMIT %s")
        + " ORDER BY c.id DESC",
        [agencies, on, before_id(after), PAGE + 1],
    )
    return Day(
        counts={Outcome(row["outcome"]): (row["many"], row["much"]) for row in counted},
        credits=tuple(_shown(row) for row in found[:PAGE]),
        following=str(found[PAGE - 1]["id"]) if len(found) > PAGE else None,
    )


def to_settle(*, viewer: Viewer, after: str | None = None) -> tuple[list[CreditShown], int, str | None]:
    """The money somebody has to see to, whenever it came, the oldest first: a page after the key `after`, how many
    there are in all, and the key of the page that follows. Raises Denied."""
    agencies = _agencies(viewer)
    found = rows(
        _shown_of(f"c.agency = ANY(%s) AND {_TO_SETTLE} AND c.id > %s ORDER BY c.id LIMIT %s")
        + " ORDER BY c.id",
        [agencies, UUID(after) if after else UUID(int=0), PAGE + 1],
    )
    (many,) = rows(
        f"SELECT count(*) AS many FROM payments_credit c WHERE c.agency = ANY(%s) AND {_TO_SETTLE}",  # noqa: S608 - fixed parts
        [agencies],
    )
    following = str(found[PAGE - 1]["id"]) if len(found) > PAGE else None
    return [_shown(row) for row in found[:PAGE]], many["many"], following


def credit(stream: UUID, *, viewer: Viewer) -> CreditShown:
    """One sum that came in. Raises NotFound outside the viewer's scope and seats."""
    found = rows(_shown_of("c.id = %s"), [stream])
    if not found or not reads(viewer, found[0]["agency"]):
        raise no_such()
    return _shown(found[0])


def beside(reference: str) -> list[Row]:
    """The sums that came for a reference and paid nothing, the oldest first, for those who show the reference: twice,
    another sum, or what was no longer owed; `settled_at` and `slip` say what became of each. At most 20."""
    return rows(
        "SELECT c.source, c.amount, c.booked_on, c.outcome, c.settled_at, c.slip FROM payments_credit c"
        ' JOIN payments_order o ON o.id = c."order" WHERE o.reference = %s'
        " AND c.outcome IN ('amount', 'twice', 'not_owed') AND (c.settled_at IS NULL OR c.slip <> '')"
        " ORDER BY c.id LIMIT 20",
        [reference],
    )


def _agencies(viewer: Viewer) -> list[str]:
    found = viewer.agencies(SEATS[Deed.READ])
    if not found:
        raise Denied(
            "Vị trí của bạn không xem tiền chuyển khoản.", "Your position does not look at transfers."
        )
    return sorted(found)


def _shown_of(which: str) -> str:
    """The statement that reads these sums: they are found first, then what stands around each is looked up."""
    return _SHOWN.format(which=which)


def _shown(row: Row) -> CreditShown:
    told = open_body(row["told_id"], row.pop("sealed")) if row["told_id"] else None
    return CreditShown(row, told or "")
