"""A slip whose papers were numbered and paid for before one number was struck out, and its money's way back."""

import json
from typing import Any
from uuid import UUID

from motcua.flows import certification as flow, money
from tests.support.acts import act, moment
from tests.support.certification import CHAIR, book_of, copies
from tests.support.lives import row_of
from tests.support.money_days import closed, do, taken
from tests.support.world import logins

AT = moment(24, 9)
CHARGE = "certification"


def charges(code: str) -> list[tuple[Any, ...]]:
    return [
        (f["charge"], f["amount"], f["state"], f.get("recounted")) for f in json.loads(row_of(code)["fees"])
    ]


def numbered(row: dict[str, Any], at: Any = AT) -> None:
    act("tiepnhan1", at, flow.enter_waiting, dossier=row["id"], signer=logins()[CHAIR])


def struck_out(number: int, kind: str = "copy", at: Any = AT) -> None:
    told = {"what": "void", "new": "", "reason": "In hỏng."}
    act("tiepnhan1", at, flow.correct, book=book_of(kind), number=number, **told)


def paid_slip(order: Any = None, at: Any = AT) -> tuple[dict[str, Any], UUID]:
    """Two papers taken in with a slip and numbered, 14.000 đồng paid for them; the dossier's row, the receipt."""
    order = order or copies(("land", 4, 2), ("birth", 1, 1), name="Lê Văn Tám", signer=None)
    row: dict[str, Any] = act("tiepnhan1", at, flow.take_in, order=order).row
    numbered(row, at)
    return row, taken(row["code"], at=at)["id"]


def counted_lower(at: Any = AT) -> tuple[dict[str, Any], UUID]:
    """The same with the second number struck out, and the day's cash book closed."""
    row, receipt = paid_slip(at=at)
    struck_out(2, at=at)
    closed({10_000: 1, 2_000: 2}, at=at)
    return row, receipt


def asked(receipt: UUID, code: str) -> dict[str, Any]:
    asking = {"charges": [(code, CHARGE)], "ground": "overcharged", "reason": "Gạch một số."}
    row: dict[str, Any] = do("thuquy", money.ask_refund, receipt=receipt, **asking)
    return row


def agreed(receipt: UUID, code: str) -> UUID:
    refund: UUID = asked(receipt, code)["id"]
    do("chutich", money.decide_refund, refund=refund, agreed=True)
    return refund


def paid_back(refund: UUID) -> dict[str, Any]:
    row: dict[str, Any] = do("thuquy", money.pay_refund, refund=refund, means="cash", recipient="Lê Văn Tám")
    return row
