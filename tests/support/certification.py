"""The certification desk in tests: orders as typed, and the acts through the flows."""

from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.certification.pricing import Line
from motcua.flows import certification as flow
from motcua.flows.certification import Order
from motcua.parties.operations import Particulars
from tests.support.acts import act
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


def enter(order: Order, at: datetime, *, login: str = "tiepnhan1") -> Any:
    """Numbers for `order`."""
    return act(login, at, flow.enter, order=order)


def hand_over(dossier: UUID, at: datetime, *, login: str = "tiepnhan1") -> Any:
    """The papers are signed and given out."""
    return act(login, at, flow.hand_over, dossier=dossier)


def certified(order: Order, at: datetime, *, login: str = "tiepnhan1") -> Any:
    """Both, at one moment; what `hand_over` recorded."""
    return hand_over(enter(order, at, login=login).dossier, at, login=login)


def situations(since: datetime) -> dict[str, UUID]:
    """Dossiers of the certification desk by where they stand: numbered, handed over, waiting with a slip."""
    signed = certified(copies(("citizen_card", 1, 3), ("diploma", 2, 1)), since)
    slip = copies(("land", 4, 150), name="Lê Văn Tám", signer=None)
    return {
        "c_signed": signed.row["id"],
        "c_entered": enter(signature(), since).dossier,
        "c_waiting": act("tiepnhan1", since, flow.take_in, order=slip).row["id"],
    }
