"""A day at the cashier's: receipts, one of them voided, one replaced, one refunded; a closing, opened again, closed;
and a receipt of the next day."""

import json
from typing import Any

from motcua.flows import money
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.payments import selectors as paid
from motcua.payments.operations import Count, Tender
from tests.support.acts import moment
from tests.support.lives import opened, row_of
from tests.support.streams import count
from tests.support.world import COMMUNE, actor

AT = moment(24, 9)
CASH = Tender(means="cash", payer="Nguyễn Thị Ánh Tuyết", given=50_000)
MONEY_DOSSIERS = 3


def do(login: str, flow: Any, at: Any = AT, **arguments: Any) -> Any:
    """One deed of the person with this login, in a unit of work of its own; returns the row it left."""
    who = actor(login, at=at)
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        return flow(actor=who, at=at, **arguments).row


def a_day_of_money() -> None:
    """Four receipts of three dossiers, one refund, two books."""
    codes = [opened(AT) for _ in range(MONEY_DOSSIERS)]
    first, second = (do("thuquy", money.take, codes=[code], tender=CASH) for code in codes[:2])
    do("thuquy", money.void, receipt=first["id"], reason="Sai tên", replacement=CASH)
    charges = [(codes[1], "registration")]
    refund = do(
        "thuquy",
        money.ask_refund,
        receipt=second["id"],
        charges=charges,
        ground="overcharged",
        reason="Nhầm.",
    )
    do("chutich", money.decide_refund, refund=refund["id"], agreed=True)
    do("thuquy", money.pay_refund, refund=refund["id"], means="cash", recipient="Nguyễn Thị Ánh Tuyết")
    counted = Count(notes={10_000: 1}, handed_in=10_000)
    book = do("thuquy", money.close_book, book=second["book"], count=counted)
    do("truongquay", money.confirm_closing, book=book["id"])
    do("thuquy", money.ask_reopening, book=book["id"], reason="Đếm nhầm.")
    do("truongquay", money.reopen_book, book=book["id"])
    do("thuquy", money.close_book, book=book["id"], count=counted)
    do("thuquy", money.take, codes=[codes[2]], tender=CASH)


TABLES = (
    "ledger_event", "payments_receipt", "payments_line", "payments_book", "payments_number", "payments_content",
    "payments_refund",
)  # fmt: skip


def taken(*codes: str, at: Any = AT, tender: Tender = CASH, **more: Any) -> dict[str, Any]:
    """What the dossiers owe, taken by the cashier; the receipt's row."""
    row: dict[str, Any] = do("thuquy", money.take, at, codes=list(codes), tender=tender, **more)
    return row


def written() -> tuple[int, ...]:
    """How much is written of money."""
    return tuple(count(table) for table in TABLES)


def fees(code: str) -> list[tuple[str, int | None, str]]:
    """The charges of a dossier: code, amount, how it stands."""
    return [(f["charge"], f["amount"], f["state"]) for f in json.loads(row_of(code)["fees"])]


def book() -> dict[str, Any]:
    """The open cash book."""
    found = paid.open_book(COMMUNE)
    assert found is not None
    return found


def closed(notes: dict[int, int], *, login: str = "thuquy", at: Any = AT, **more: Any) -> dict[str, Any]:
    """The open book, closed on these notes."""
    row: dict[str, Any] = do(login, money.close_book, at, book=book()["id"], count=Count(notes=notes, **more))
    return row


def money_moved(at: Any) -> dict[str, str]:
    """For the pages: a closed book and an open one, a receipt, a voided one, a refund that waits and one paid."""
    one, two, three, four = (opened(at) for _ in range(4))
    before = taken(one, at=at)
    closed({10_000: 1}, at=at)
    charges = [(one, "registration")]
    asking = {"receipt": before["id"], "charges": charges, "reason": "Nộp hai lần."}
    paid_back = do("thuquy", money.ask_refund, at, ground="paid_twice", **asking)
    do("thuquy", money.pay_refund, at, refund=paid_back["id"], means="cash", recipient="Lê Văn Tám")
    wrong = taken(two, at=at)
    right = do("thuquy", money.void, at, receipt=wrong["id"], reason="Ghi nhầm tên.", replacement=CASH)
    waits = taken(three, four, at=at)
    asked = do(
        "thuquy",
        money.ask_refund,
        at,
        receipt=waits["id"],
        charges=[(three, "registration")],
        ground="overcharged",
        reason="Thu nhầm khoản.",
    )
    named = {
        "m_receipt": right["id"],
        "m_voided": wrong["id"],
        "m_refund": asked["id"],
        "m_paid": paid_back["id"],
        "m_book": right["book"],
        "m_closed": before["book"],
    }
    return {name: str(stream) for name, stream in named.items()}
