"""Forms 02 to 05: the letters that tell the applicant what an act of the dossier has decided."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from motcua.agencies.bodies import Body
from motcua.agencies.mandates import read as read_mandate, signed_as, signing_title
from motcua.agencies.positions import LEADERS
from motcua.agencies.selectors import agency, own_seat
from motcua.calendars.selectors import calendar_of
from motcua.dossiers import events as e
from motcua.dossiers.consulted import one_of
from motcua.dossiers.delays import CAUSES, OTHER
from motcua.dossiers.entries import Entry
from motcua.dossiers.projector import replay
from motcua.kernel.codec import decode
from motcua.kernel.errors import NotFound
from motcua.kernel.time import ZONE, parse_utc
from motcua.ledger.chain import Envelope
from motcua.web.common.pdf.facts import ApologyFacts, OpinionFacts, RefusalFacts, StopFacts, SupplementFacts
from motcua.web.common.pdf.opinion import render_opinion_letter
from motcua.web.common.pdf.render import (
    render_apology,
    render_refusal,
    render_stop,
    render_supplement_request,
)
from motcua.web.counter.receipt import Printed

# Form number of Circular 03/2025/TT-VPCP -> the event it tells of.
FORMS: Mapping[str, type[Any]] = {
    "02": e.SupplementRequested,
    "03": e.DossierRefused,
    "04": e.DelayNotified,
    "05": e.DossierStopped,
}
PUBLISHED_PAPERS = "Nghị định số 118/2025/NĐ-CP, điểm a khoản 2 Điều 17"


def letter(printed: Printed, number: str) -> bytes:
    """The PDF of form `number` for the dossier's last such act.

    Raises NotFound when there is no such form or no such act, MissingGlyphError for letters no font has.
    """
    envelope = _last(printed, number)
    entry = next(x for x in printed.shown.entries if x.seq == envelope.seq)
    return _LETTERS[number](printed, envelope, entry)


def _last(printed: Printed, number: str) -> Envelope:
    form = FORMS.get(number)
    found = [x for x in printed.envelopes if form is not None and x.type == form.TYPE]
    if not found:
        code = printed.row["code"]
        raise NotFound(
            f"Hồ sơ {code} không có văn bản theo mẫu {number[:10]}.",
            f"Dossier {code} has no letter of form {number[:10]}.",
        )
    return found[-1]


def supplement_facts(printed: Printed, envelope: Envelope, entry: Entry) -> SupplementFacts:
    """Form 02: everything that is missing, once."""
    event = decode(e.SupplementRequested, envelope.data)
    names = {c.code: c.name.vi for c in printed.version.components}
    asked = [
        (names.get(item.component or "", ""), printed.shown.texts.get(item.text.content, ""))
        for item in event.items
    ]
    desk = printed.desk
    contact = ", ".join(part for part in (desk.desk_name, desk.address, desk.phone) if part)
    return SupplementFacts(
        head=printed.head(),
        to=printed.applicant(),
        procedure=printed.version.title.vi,
        items=tuple(": ".join(dict.fromkeys(part for part in pair if part)) for pair in asked),
        reason="Giấy tờ còn thiếu hoặc chưa hợp lệ so với thành phần hồ sơ đã công bố.",
        basis=f"{PUBLISHED_PAPERS}; Quyết định công bố số {printed.version.decision.number}.",
        issued_at=event.occurred_at,
        contact=contact,
        officer=entry.signed_by,
    )


def refusal_facts(printed: Printed, envelope: Envelope, entry: Entry) -> RefusalFacts:
    """Form 03 of a dossier that was submitted and is refused before acceptance."""
    event = decode(e.DossierRefused, envelope.data)
    desk = printed.desk
    return RefusalFacts(
        head=printed.head(),
        to=printed.applicant(),
        procedure=printed.version.title.vi,
        received_at=printed.row["submitted_at"],
        reasons=tuple(entry.texts),
        basis=event.basis,
        issued_at=event.occurred_at,
        contact=", ".join(part for part in (desk.desk_name, desk.address, desk.phone) if part),
        officer=entry.signed_by,
    )


def apology_facts(printed: Printed, envelope: Envelope, entry: Entry) -> ApologyFacts:
    """Form 04: the due date as it stood when the letter was signed, and the new one."""
    event = decode(e.DelayNotified, envelope.data)
    received, _seq = printed.received()
    # While the clock stands still there is no due date; the one appointed at reception is the one promised.
    before = replay([x for x in printed.envelopes if x.seq < envelope.seq])["dossiers_dossier"][0]["due_at"]
    return ApologyFacts(
        head=printed.head(),
        to=printed.applicant(),
        procedure=printed.version.title.vi,
        received_at=received.occurred_at,
        due_at=before or received.due_at or received.occurred_at,
        new_date=_closing(event.apology_date, printed.row["competent_agency"]),
        reason=_why(event, entry),
        issued_at=event.occurred_at,
        signer=entry.signed_by,
        signer_position=_signed_as(envelope, entry),
    )


def _why(event: e.DelayNotified, entry: Entry) -> str:
    """The cause out of the list before the words, but where the words are all there is."""
    cause = CAUSES[event.cause].vi
    told = [] if event.cause == OTHER else [f"{cause[0].upper()}{cause[1:]}."]
    return " ".join([*told, *entry.texts])


def _signed_as(envelope: Envelope, entry: Entry) -> str:
    """The lines above the signature: "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"."""
    kind, _number = read_mandate(entry.mandate)
    own = own_seat(UUID(envelope.actor["id"]), agency=envelope.agency, at=envelope.at) if kind else ""
    return "\n".join(signed_as(entry.position, kind=kind, own=own))


def _closing(day: date, agency: str) -> datetime:
    """The end of the office day of `day`."""
    return datetime.combine(day, calendar_of(agency).closing(day) or time(17), ZONE)


def stop_facts(printed: Printed, envelope: Envelope, entry: Entry) -> StopFacts:
    """Form 05."""
    event = decode(e.DossierStopped, envelope.data)
    received = printed.row["received_at"] or printed.row["submitted_at"]
    return StopFacts(
        head=printed.head(),
        to=printed.applicant(),
        procedure=printed.version.title.vi,
        received_at=received,
        reason=" ".join(entry.texts),
        basis=event.basis,
        then=f"Nhận lại giấy tờ đã nộp tại {printed.desk.desk_name}, mang theo giấy tiếp nhận.",
        issued_at=event.occurred_at,
        signer=entry.signed_by,
        signer_position=_signed_as(envelope, entry),
    )


def opinion_letter(printed: Printed, consultation: UUID) -> tuple[bytes, str]:
    """The letter by which a body outside the system was asked, and its number. Raises NotFound for whom was asked here.

    It bears no tracking code: that is the applicant's own.
    """
    row = printed.row
    one = one_of(row, consultation)
    if not one.get("letter"):
        raise NotFound(
            "Nơi này được hỏi ngay trong hệ thống nên không có công văn.",
            "This one was asked here, so there is no letter.",
        )
    envelope = next(x for x in printed.envelopes if x.seq == one["seq"])
    entry = next(x for x in printed.shown.entries if x.seq == envelope.seq)
    asks = agency(one["asked_by"])
    names = {c.code: c.name.vi for c in printed.version.components}
    leads = entry.position in LEADERS
    head_of_agency = "chair" if asks.body == Body.COMMITTEE else "director"
    facts = OpinionFacts(
        head=replace(
            printed.head(), qr="", number=one["letter"], agency=asks.name, parent_agency=asks.parent_name
        ),
        to=one["name"],
        procedure=printed.version.title.vi,
        applicant=printed.applicant().name if "people" in one["parts"] else "",
        about=printed.shown.texts.get(UUID(one["about"]["content"]), ""),
        enclosed=tuple(names.get(code, code) for code in one["papers"]),
        answer_by=parse_utc(one["due_at"]),
        silence="Quá thời hạn trên mà không trả lời thì coi như đồng ý." if one["tacit"] else "",
        issued_at=parse_utc(one["asked_at"]),
        signer=entry.signed_by if leads else "",
        signer_position=_signed_as(envelope, entry) if leads else signing_title(head_of_agency),
    )
    return render_opinion_letter(facts), one["letter"]


_LETTERS: Mapping[str, Callable[[Printed, Envelope, Entry], bytes]] = {
    "02": lambda *known: render_supplement_request(supplement_facts(*known)),
    "03": lambda *known: render_refusal(refusal_facts(*known)),
    "04": lambda *known: render_apology(apology_facts(*known)),
    "05": lambda *known: render_stop(stop_facts(*known)),
}
