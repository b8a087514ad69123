"""Money that both sources tell of under different names: what may be the same, for the cashier to say."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from motcua.kernel.actor import Viewer
from motcua.payments.online import UNMATCHED
from motcua.payments.ordering import Source
from motcua.payments.policy import reads
from motcua.payments.record import Row, no_such, rows

MOST = 300  # of one line: a commune's payments of some days
_FACTS = (
    "SELECT c.id, c.number, c.amount, c.booked_on, o.reference FROM payments_credit c"
    ' LEFT JOIN payments_order o ON o.id = c."order"'
)
# What paid the reference of an order: by one of its orders, or assigned by the cashier.
_PAID_FOR = """
SELECT k.id FROM payments_order p JOIN payments_credit k ON k."order" = p.id
 WHERE p.reference = (SELECT reference FROM payments_order WHERE id = %(order)s) AND k.outcome = 'paid'
UNION SELECT k.id FROM payments_line l JOIN payments_credit k ON k.receipt = l.receipt
 WHERE l.reference = (SELECT reference FROM payments_order WHERE id = %(order)s)
"""
_LUMP = "c.source = 'platform'"
_OWN = "c.source = 'platform' AND c.\"order\" = %(order)s AND c.amount = %(amount)s"
_LINE = f"c.source = 'bank' AND c.amount = %(amount)s AND c.id IN ({_PAID_FOR})"


def is_lump(credit: Row) -> bool:
    """Whether a sum may be what the platform handed over of many: a line that names no order. One that does is that
    payer's own."""
    return credit["source"] == Source.BANK and credit["order"] is None


def _may_be(credit: Row) -> tuple[str, Mapping[str, object]]:
    """The condition on what may be the money of `credit`, and what it asks for: for a line that names no order the
    platform's confirmations; for one that names an order, that order's confirmation of this sum; for a confirmation,
    whatever became of it, a line of its sum that paid the same dossier."""
    which = _LUMP if is_lump(credit) else _OWN if credit["source"] == Source.BANK else _LINE
    return which, {"order": credit["order"], "amount": credit["amount"]}


def candidates(credit: Row, *, viewer: Viewer, first: date, last: date) -> list[Row]:
    """What may be the money of `credit`, which the other source told of and nothing is held against yet, the oldest
    first; for what may be a lump, of these days. At most 300. Raises NotFound outside the viewer's scope and seats."""
    if not reads(viewer, credit["agency"]):
        raise no_such()
    which, asked = _may_be(credit)
    days = "c.booked_on BETWEEN %(first)s AND %(last)s" if is_lump(credit) else "true"
    return rows(
        f"{_FACTS} WHERE c.agency = %(agency)s AND {which} AND {days} AND {UNMATCHED}"
        " ORDER BY c.booked_on, c.id LIMIT %(limit)s",
        {**asked, "agency": credit["agency"], "first": first, "last": last, "limit": MOST},
    )


def all_may_be(credit: Row, others: Sequence[UUID]) -> bool:
    """Whether each of `others`, held by the caller, may be the money of `credit`."""
    which, asked = _may_be(credit)
    found = rows(
        f"SELECT c.id FROM payments_credit c WHERE c.id = ANY(%(of)s) AND {which}",  # noqa: S608 - fixed parts
        {**asked, "of": list(others)},
    )
    return len(found) == len(set(others))


def matched(credit: UUID) -> list[Row]:
    """What a sum was matched with, either way, for those who show the sum."""
    return rows(
        f"{_FACTS} WHERE c.id IN (SELECT credit FROM payments_match WHERE line = %(id)s"  # noqa: S608 - fixed parts
        " UNION ALL SELECT line FROM payments_match WHERE credit = %(id)s) ORDER BY c.booked_on, c.id LIMIT %(limit)s",
        {"id": credit, "limit": MOST},
    )


def run_of(amounts: Sequence[int], total: int) -> range:
    """The first places next to each other, two at least, whose `amounts` come to `total`, as sums are handed over in
    the order in which they were collected; none where there are none, since one sum alone fits by chance. Pure."""
    start = held = 0
    for stop, amount in enumerate(amounts):
        held += amount
        while held > total:
            held -= amounts[start]
            start += 1
        if held == total and start < stop:
            return range(start, stop + 1)
    return range(0)
