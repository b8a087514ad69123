"""The certification desk in tests: orders as typed, and the acts through the flows."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.certification import operations as books
from motcua.certification.pricing import Line
from motcua.certification.rules import kind as kind_of
from motcua.flows import certification as flow
from motcua.flows.certification_orders import Order
from motcua.kernel.time import local
from motcua.parties.operations import Particulars
from tests.support.acts import act, moment
from tests.support.world import COMMUNE, logins

CHAIR = "chutich"


def copies(
    *lines: tuple[str, int, int], name: str = "", signer: str | None = CHAIR, agency: str = COMMUNE
) -> Order:
    """An order for certified copies: (paper, pages, copies)."""
    return Order(
        agency=agency,
        kind="copy",
        lines=tuple(Line(paper=p, pages=n, count=c) for p, n, c in lines or (("citizen_card", 1, 2),)),
        asked=Particulars(name=name) if name else None,
        signer=logins()[signer] if signer else None,
    )


def signature(
    *, name: str = "Trần Văn Đức", number: str = "001190000001", paper: str = "cv", signer: str = CHAIR
) -> Order:
    """An order for a certified signature."""
    return Order(
        agency=COMMUNE,
        kind="signature",
        lines=(Line(paper=paper, pages=4, count=1),),
        asked=Particulars(name=name, paper="citizen_id", number=number),
        signer=logins()[signer],
    )


TUYET = Particulars(name="Nguyễn Thị Ánh Tuyết", paper="citizen_id", number="099190000017")
BANK = Particulars(name="Quỹ tín dụng nhân dân Mẫu", paper="tax_code", number="0100109106")


def transaction(
    *lines: str,
    asked: Particulars = TUYET,
    others: tuple[Particulars, ...] = (BANK,),
    detail: str = "",
    signer: str | None = CHAIR,
) -> Order:
    """An order for certified transactions between parties, three originals of four pages each."""
    return Order(
        agency=COMMUNE,
        kind="transaction",
        lines=tuple(Line(paper=p, pages=4, count=3, detail=detail) for p in lines or ("mortgage",)),
        asked=asked,
        others=others,
        signer=logins()[signer] if signer else None,
    )


def enter(order: Order, at: datetime, *, login: str = "tiepnhan1") -> Any:
    """Numbers for `order`."""
    return act(login, at, flow.enter, order=order)


def hand_over(dossier: UUID, at: datetime, *, login: str = "tiepnhan1") -> Any:
    """The papers are signed and given out."""
    return act(login, at, flow.hand_over, dossier=dossier)


def certified(order: Order, at: datetime, *, login: str = "tiepnhan1") -> Any:
    """Both, at one moment; what `hand_over` recorded."""
    return hand_over(enter(order, at, login=login).dossier, at, login=login)


def book_of(kind: str = "copy", agency: str = COMMUNE) -> UUID:
    """The id of a book."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM certification_book WHERE agency = %s AND of_kind = %s", [agency, kind])
        found: UUID = cursor.fetchone()[0]
        return found


def situations(since: datetime) -> dict[str, UUID]:
    """Dossiers of the certification desk by where they stand: numbered, handed over, waiting with a slip; and a book
    with a correction, a refusal and a closed day."""
    signed = certified(copies(("citizen_card", 1, 3), ("diploma", 2, 1), name="Nguyễn Thị Ánh Tuyết"), since)
    slip = copies(("land", 4, 150), name="Lê Văn Tám", signer=None)
    found = {
        "c_signed": signed.row["id"],
        "c_entered": enter(signature(), since).dossier,
        "c_waiting": act("tiepnhan1", since, flow.take_in, order=slip).row["id"],
    }
    found["c_parties"] = enter(transaction("gift"), since).dossier
    book = book_of()
    fault = {"number": 1, "what": "count", "new": "2", "reason": "Đếm nhầm số bản."}
    act("tiepnhan1", since, books.correct, book=book, **fault)
    kind = kind_of("copy")
    refused = {"ground": "altered", "paper": "diploma", "asked": None, "detail": ""}
    act("tiepnhan1", since, books.refuse, agency=COMMUNE, kind=kind, **refused)
    act("tiepnhan1", since, books.close_day, book=book, day=local(since).date())
    justice = {"account": logins()["tuphap1"], "kinds": ["copy"], "basis": "QĐ 12/QĐ-UBND"}
    days = {"valid_from": local(since).date(), "valid_to": None}
    act("chutich", since, books.authorise, agency=COMMUNE, **justice, **days)
    return found | {"c_book": book}


def long_book(lines: int) -> None:
    """A book of `lines` numbers over the months to its first, copied in the database from it."""
    enter(copies(name="Nguyễn Thị Ánh Tuyết"), moment(24, 9))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO certification_entry SELECT book, n, date '2026-01-05' + n * 230 / %s, at, dossier, code,"
            " paper, clause, pages, 1 + n %% 40, fee, told, officer, signer, signer_seat, visit, waited, state,"
            " signed_at, corrections, signer_mandate, signer_for"
            " FROM certification_entry, generate_series(2, %s) n WHERE number = 1",
            [lines, lines],
        )
