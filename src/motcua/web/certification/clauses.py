"""The certifying clauses of a group of numbers as facts for paper."""

from django.conf import settings

from motcua.agencies.selectors import agency as agency_facts
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
        seat=seat,
        officer=group.officer if group.kind.officer_signs else "",
        at=entry.at,
    )
