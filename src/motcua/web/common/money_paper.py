"""Papers of money that more than one surface gives out: their parts, and a receipt as PDF."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse

from motcua.agencies.mandates import read as read_mandate
from motcua.agencies.selectors import account_names, agency as agency_facts
from motcua.ledger.selectors import history
from motcua.payments.events import LineFact
from motcua.payments.operations.receipts import is_electronic
from motcua.payments.policy import GATEWAY
from motcua.payments.record import Row
from motcua.payments.selectors import ReceiptShown
from motcua.web.common.money_words import BACK, WAYS, charge_names
from motcua.web.common.pdf.facts import PaperHead
from motcua.web.common.pdf.money import RECEIPT_PARTS, MoneyFacts, MoneyLine, render_money


def receipt_pdf(shown: ReceiptShown, *, about: str = "") -> bytes:
    """A receipt as PDF, the same bytes each time; crossed out once it is voided."""
    row = shown.row
    facts = MoneyFacts(
        head=head(row["agency"], shown.name, void=row["voided_at"] is not None),
        title="Biên lai điện tử thu phí, lệ phí" if is_electronic(row) else "Biên lai thu phí, lệ phí",
        parts=RECEIPT_PARTS,
        person_label="Người nộp tiền",
        person=shown.payer,
        lines=money_lines(shown.lines),
        total=row["total"],
        means=means(row),
        issued_at=row["at"],
        officer=signed_by(row["cashier"], row["id"]),
        officer_role="NGƯỜI THU TIỀN",
        person_role="NGƯỜI NỘP TIỀN",
        given=row["given"],
        change=shown.change,
        about=about,
    )
    return render_money(facts)


def means(row: Row) -> str:
    """How the money of a receipt or voucher came or went, with its number there."""
    slip = f", giao dịch {row['slip']}" if row["slip"] else ""
    return f"{(BACK | WAYS)[row['means']].vi}{slip}"


def officer(account: str) -> str:
    """Who took the money, by name; the system for what came in by itself."""
    if account == GATEWAY.id:
        return "Hệ thống"
    who = UUID(account)
    return account_names({who}).get(who, "")


def signed_by(account: str, stream: UUID) -> str:
    """Who took the money, and where it was in another's seat, for whom and by which document."""
    first = history(stream)[0].actor
    if not first["for"]:
        return officer(account)
    _kind, number = read_mandate(first["mandate"])
    return f"{officer(account)}\n(thay {officer(first['for'])}, theo văn bản số {number})"


def money_lines(lines: tuple[LineFact, ...]) -> tuple[MoneyLine, ...]:
    """Lines as a paper writes them. Two statements."""
    names = charge_names(lines)
    return tuple(
        MoneyLine(what=names[line.reference, line.rule].vi, reference=line.reference, amount=line.amount)
        for line in lines
    )


def head(agency: str, code: str, *, void: bool = False) -> PaperHead:
    """The head of an agency's paper with this number."""
    desk = agency_facts(agency)
    return PaperHead(
        trial=settings.INSTALLATION == "trial",
        parent_agency=desk.parent_name,
        agency=desk.name,
        place=desk.place,
        code=code,
        void=void,
    )


def pdf_file(body: bytes, name: str, content_type: Any = "application/pdf") -> HttpResponse:
    """A paper as an answer that no cache keeps."""
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
