"""Money that both sources tell of under different names: what may be the same, for the cashier to say."""

from collections.abc import Sequence
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
# What paid a reference: by its order, or assigned by the cashier.
_PAID_FOR = """
SELECT k.id FROM payments_order p JOIN payments_credit k ON k."order" = p.id
 WHERE p.reference = %(reference)s AND k.outcome = 'paid'
UNION SELECT k.id FROM payments_line l JOIN payments_credit k ON k.receipt = l.receipt
 WHERE l.reference = %(reference)s
"""


def candidates(credit: Row, *, viewer: Viewer, first: date, last: date) -> list[Row]:
    """What may be the money of `credit`, which the other source told of: for a statement's line the platform's
    confirmations of these days that have reached the account by no line, the oldest first; for a confirmation, the
    lines of its sum that paid the same dossier. At most 300. Raises NotFound outside the viewer's scope and seats."""
    if not reads(viewer, credit["agency"]):
        raise no_such()
    told = {"agency": credit["agency"], "first": first, "last": last, "limit": MOST}
    if credit["source"] == Source.BANK:
        return rows(
            f"{_FACTS} WHERE c.agency = %(agency)s AND c.source = 'platform' AND c.booked_on BETWEEN %(first)s"
            f" AND %(last)s AND {UNMATCHED} ORDER BY c.booked_on, c.id LIMIT %(limit)s",
            told,
        )
    return rows(
        f"{_FACTS} WHERE c.id IN ({_PAID_FOR}) AND c.agency = %(agency)s AND c.source = 'bank'"
        f" AND c.amount = %(amount)s AND {UNMATCHED} ORDER BY c.id LIMIT %(limit)s",
        told | {"reference": credit["reference"], "amount": credit["amount"]},
    )


def matched(credit: UUID) -> list[Row]:
    """What a sum was matched with, either way, for those who show the sum."""
    return rows(
        f"{_FACTS} WHERE c.id IN (SELECT credit FROM payments_match WHERE line = %(id)s"  # noqa: S608 - fixed parts
        " UNION ALL SELECT line FROM payments_match WHERE credit = %(id)s) ORDER BY c.booked_on, c.id LIMIT %(limit)s",
        {"id": credit, "limit": MOST},
    )


def run_of(amounts: Sequence[int], total: int) -> range:
    """The first places next to each other whose `amounts` come to `total`, as sums are handed over in the order in
    which they were collected; none where there are none. Pure."""
    start = held = 0
    for stop, amount in enumerate(amounts):
        held += amount
        while held > total:
            held -= amounts[start]
            start += 1
        if held == total:
            return range(start, stop + 1)
    return range(0)
