"""A day at the cashier's: receipts, one of them replaced; a closing, opened again for a refund, closed; and a receipt
of the next day."""

import json
from typing import Any
from uuid import UUID

from motcua.dossiers.tracked import token_of
from motcua.flows import day_books, money, online_money, settlements
from motcua.flows.reception import receive
from motcua.kernel.actor import Actor
from motcua.kernel.time import local
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.payments import selectors as paid
from motcua.payments.handed_up import Became
from motcua.payments.operations import Count, Incoming, Tender, accounts, incoming as matches, statements
from motcua.payments.ordering import Source
from motcua.payments.policy import GATEWAY
from tests.support.acts import act, moment
from tests.support.lives import opened, row_of
from tests.support.streams import count
from tests.support.world import COMMUNE, OTHER_COMMUNE, actor, intake

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
    book = closed({10_000: 2})
    do("truongquay", day_books.confirm_closing, book=book["id"])
    do("thuquy", day_books.ask_reopening, book=book["id"], reason="Đếm nhầm.")
    do("truongquay", day_books.reopen_book, book=book["id"])
    given_back(second["id"], codes[1])
    closed({10_000: 1}, handed_in=10_000)
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
    row: dict[str, Any] = do(
        login, day_books.close_book, at, book=book()["id"], count=Count(notes=notes, **more)
    )
    return row


def asked_back(receipt: UUID, *codes: str, at: Any = AT, ground: str = "overcharged") -> dict[str, Any]:
    """A refund of the dossiers' registration fees, asked for by the cashier; its row."""
    charges = [(code, "registration") for code in codes]
    asking = {"receipt": receipt, "charges": charges, "ground": ground, "reason": "Thu nhầm."}
    row: dict[str, Any] = do("thuquy", money.ask_refund, at, **asking)
    return row


def given_back(receipt: UUID, *codes: str, at: Any = AT) -> dict[str, Any]:
    """The same, agreed to by the chair and paid in cash."""
    refund = asked_back(receipt, *codes, at=at)["id"]
    do("chutich", money.decide_refund, at, refund=refund, agreed=True)
    row: dict[str, Any] = do(
        "thuquy", money.pay_refund, at, refund=refund, means="cash", recipient="Lê Văn Tám"
    )
    return row


def asked_online(code: str, at: Any = AT) -> Any:
    """The order by which whoever holds the dossier's receipt pays."""
    dossier = row_of(code)["id"]
    who = Actor(kind="citizen", id=f"tracking:{dossier}")
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        return online_money.ask_to_pay(dossier=dossier, actor=who, at=at)


def came_in(
    told: str,
    amount: int = 10_000,
    *,
    number: str = "FT1",
    source: Source = Source.BANK,
    at: Any = AT,
    who: Actor = GATEWAY,
) -> dict[str, Any]:
    """Money that came in by itself; its row."""
    incoming = Incoming(
        agency=COMMUNE, source=source, number=number, amount=amount, booked_on=local(at).date(), told=told
    )
    request = Request.of(f"{source}/{number}", repr((amount, told)).encode())
    with unit_of_work(actor=who, at=at, request=request, origin="simulated"):
        row: dict[str, Any] = online_money.receive(incoming=incoming, actor=who, at=at).row
        return row


def account_set(at: Any = AT, *, number: str = "1234567890") -> None:
    """The cashier proposes which account takes what is paid online, the chair agrees."""
    one, other = actor("thuquy", at=at), actor("chutich", at=at)
    told = {"bank": "970436", "number": number, "holder": "UBND Xã Mẫu"}
    with unit_of_work(actor=one, at=at, request=Request.fresh(), origin="simulated"):
        account = accounts.propose_account(agency=COMMUNE, actor=one, at=at, **told)
    with unit_of_work(actor=other, at=at, request=Request.fresh(), origin="simulated"):
        accounts.set_account(agency=COMMUNE, account=account, actor=other, at=at)


def handed_up(*lines: str, at: Any = AT) -> UUID:
    """A statement of these lines, handed up by the cashier."""
    body = "\n".join(("Ngày,Số tiền,Nội dung,Mã giao dịch", *lines)).encode()
    cashier = actor("thuquy", at=at)
    with unit_of_work(actor=cashier, at=at, request=Request.fresh(), origin="simulated"):
        return statements.hand_up(body=body, agency=COMMUNE, actor=cashier, at=at)


def paid_online(at: Any) -> dict[str, str]:
    """For the pages: an account, an order that waits, money that fits, money that fits nothing, an order paid twice
    through the platform, and what the platform handed over: one line that waits, one that was matched."""
    account_set(at)
    waiting, paying, twice = opened(at), opened(at), opened(at)
    text = asked_online(twice, at).order["text"]
    second = [came_in(f"{text}{n}", number=f"P{n}", source=Source.PLATFORM, at=at) for n in ("01", "02")][1]
    handed_over, lump = (came_in("QT NTTT", number=n, at=at) for n in ("FT3", "FT4"))
    do("thuquy", matches.match, at, credit=handed_over["id"], others=[second["id"]])
    asked_online(waiting, at)
    fits = came_in(asked_online(paying, at).order["text"], at=at)
    day = f"{local(at):%d/%m/%Y}"
    statement = handed_up(f"{day},10000,la,FT7", "hôm qua,1,la,FT8", f"{day},-1,chi,FT9", at=at)
    taken_in = handed_up(f"{day},10000,la,FT1", "31/12/9999,1,la,FT8", f"{day},20000,la,FT3", at=at)
    manager = actor("truongquay", at=at)
    with unit_of_work(actor=manager, at=at, request=Request.fresh(), origin="simulated"):
        statements.confirm(statement=taken_in, actor=manager, at=at)
    statements.mark(statement=taken_in, lines=[2], became=Became.KNOWN)
    return {
        "m_statement": str(statement),
        "m_taken_in": str(taken_in),
        "t_waiting_money": token_of(row_of(waiting)),
        "t_paid_money": token_of(row_of(paying)),
        "t_paid_twice": token_of(row_of(twice)),
        "m_fits": str(fits["id"]),
        "m_lump": str(lump["id"]),
        "m_second": str(second["id"]),
        "m_unknown": str(came_in("nop tien", number="FT2", at=at)["id"]),
    }


def money_moved(at: Any) -> dict[str, str]:
    """For the pages: a closed book and an open one, a receipt, a voided one, a refund that waits and one paid."""
    one, two, three, four = (opened(at) for _ in range(4))
    theirs, later = (
        str(act("tiepnhan1", at, receive, intake=intake(competent=OTHER_COMMUNE)).row["code"]) for _ in "12"
    )
    before, waits = taken(one, at=at), taken(three, four, at=at)
    taken(theirs, at=at)
    closed({10_000: 4}, at=at)
    settled = do("thuquy", settlements.close, at, payee=OTHER_COMMUNE)
    do("truongquay", settlements.confirm, at, settlement=settled["id"])
    sent = {"slip": "UNC-77", "on": local(at).date()}
    do("thuquy", settlements.send, at, settlement=settled["id"], **sent)
    taken(later, at=at)
    paid_back = given_back(before["id"], one, at=at)
    wrong = taken(two, at=at)
    right = do("thuquy", money.void, at, receipt=wrong["id"], reason="Ghi nhầm tên.", replacement=CASH)
    asked = asked_back(waits["id"], three, at=at)
    named = {
        "m_receipt": right["id"],
        "m_voided": wrong["id"],
        "m_refund": asked["id"],
        "m_paid": paid_back["id"],
        "m_book": right["book"],
        "m_closed": before["book"],
        "m_settlement": settled["id"],
    }
    return {name: str(stream) for name, stream in named.items()}
