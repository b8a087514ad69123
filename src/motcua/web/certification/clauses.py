"""The certifying clauses of a group of numbers as facts for paper."""

from django.conf import settings

from motcua.agencies.mandates import read as read_mandate, signed_as
from motcua.agencies.selectors import agency as agency_facts, own_seat
from motcua.certification.people import people_of
from motcua.certification.selectors import EntryShown
from motcua.parties.papers import PAPERS
from motcua.web.certification.shown import Group, paper_label, seat_words
from motcua.web.common.pdf.certification import ClauseFacts, render_clauses


def draw(group: Group, *, wide: bool = False) -> bytes:
    """The clauses as PDF, one strip for each copy (or signed paper); `wide`: A4 sheets instead of strips."""
    desk = agency_facts(group.agency)
    facts = [_facts(group, entry, desk.name) for entry in group.entries if entry.state != "void"]
    return render_clauses(
        facts, agency=desk.name, place=desk.place, wide=wide, trial=settings.INSTALLATION == "trial"
    )


def _facts(group: Group, entry: EntryShown, agency: str) -> ClauseFacts:
    clause = group.kind.clause(entry.clause)
    detail = entry.detail
    seat = seat_words(entry, group.name_of)
    paper = paper_label(entry.now("paper")).vi
    who = next(iter(people_of(entry.told)), None)
    text = clause.text.format(
        agency=agency,
        signer=group.signer,
        seat=seat,
        person=entry.now("name"),
        parties=entry.now("parties"),
        identity=f"giấy tờ tùy thân ({PAPERS[who.paper].label.vi.lower()}) số {who.number}"
        if who and who.number
        else "giấy tờ tùy thân đã kiểm tra",
        paper=paper,
        pages=f"{int(entry.now('pages')):02}",
        count=f"{int(entry.now('count')):02}",
        officer=group.officer,
        detail=detail,
        detail_comma=f", {detail}" if detail else "",
    )
    return ClauseFacts(
        title=clause.title,
        text=text,
        number=group.kind.number(entry.number, entry.year),
        day=entry.day,
        paper=paper,
        copies=int(entry.now("count")),
        signer=group.signer,
        signing=_signing(group, entry),
        officer=group.officer if group.kind.officer_signs else "",
        at=entry.at,
    )


def _signing(group: Group, entry: EntryShown) -> str:
    """The lines above the signature: "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", and for whom by which document."""
    kind, number = read_mandate(entry.signer_mandate)
    own = own_seat(entry.signer, agency=group.agency, at=entry.at) if kind else ""
    lines = signed_as(entry.signer_seat, kind=kind, own=own)
    if entry.signer_for is not None:
        lines = (*lines, f"(thay {group.name_of(entry.signer_for)}, theo văn bản số {number})")
    elif number:
        lines = (*lines, f"(theo văn bản số {number})")
    return "\n".join(lines)
