"""What of an agency's money waits while somebody leaves it."""

from uuid import UUID

from motcua.payments.policy import SEATS, Deed
from motcua.payments.record import rows


def waiting_of(*, account: UUID, agency: str, kind: str) -> list[tuple[str, str]]:
    """(what, number) of the bank statements a person handed up and nobody has confirmed yet; and of a seat that takes
    money the day's book that is open (agencies.handovers.WHAT). Others go on with both. One statement."""
    found = rows(
        "SELECT 'statement' AS what, left(id::text, 8) AS number FROM payments_statement"
        " WHERE agency = %(agency)s AND handed_by = %(account)s::text"
        " AND confirmed_at IS NULL AND withdrawn_at IS NULL"
        " UNION ALL SELECT 'cash', number::text FROM payments_book"
        " WHERE %(takes)s AND agency = %(agency)s AND closed_at IS NULL ORDER BY 1, 2",
        {"agency": agency, "account": account, "takes": kind in SEATS[Deed.TAKE]},
    )
    return [(row["what"], row["number"]) for row in found]
