"""Who takes part in what is certified: the requester and, in a transaction, the other parties, in one text. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from motcua.certification.rules import Clause, Kind
from motcua.kernel.errors import Invalid, Refusal
from motcua.parties.operations import Particulars
from motcua.parties.papers import PAPERS

MOST_PARTIES = 10
Fields = Mapping[str, str]


def fields_of(people: Sequence[Particulars]) -> dict[str, str]:
    """People as the fields of one text: the first under plain names, the others under numbered ones from 2."""
    found: dict[str, str] = {}
    for place, who in enumerate(people, 1):
        n = str(place) if place > 1 else ""
        found |= {f"name{n}": who.name, f"paper{n}": who.paper, f"number{n}": who.number}
        if who.address or place == 1:
            found[f"address{n}"] = who.address
    return found


def fields_told(people: Sequence[Particulars], detail: str) -> dict[str, str]:
    """Who asked, the other parties and what the clause names, as the fields of one text."""
    return fields_of(people) | ({"detail": detail} if detail else {})


def people_of(fields: Fields) -> tuple[Particulars, ...]:
    """The people of such a text; none where nobody said their name."""
    return tuple(
        Particulars(
            name=fields[f"name{n}"],
            paper=fields.get(f"paper{n}", "none"),
            number=fields.get(f"number{n}", ""),
            address=fields.get(f"address{n}", ""),
        )
        for n in _places(fields)
    )


def _places(fields: Fields) -> Iterator[str]:
    for place in range(1, MOST_PARTIES + 1):
        n = str(place) if place > 1 else ""
        if not fields.get(f"name{n}"):
            return
        yield n


# Labels that name two papers are too long for a line that names one.
_SHORT: Mapping[str, str] = {
    "citizen_id": "căn cước",
    "tax_code": "mã số thuế",
    "agency_code": "mã định danh",
}


def identity_words(who: Particulars) -> str:
    """An identity paper as books and clauses write it; "" for none."""
    paper = PAPERS.get(who.paper)
    return f"{_SHORT.get(paper.code, paper.label.vi.lower())} số {who.number}" if paper and who.number else ""


def words(fields: Fields) -> str:
    """All parties with their identity papers, as the book's column and the clause write them."""
    return fields.get("parties") or "; ".join(
        ", ".join(part for part in (who.name, identity_words(who)) if part) for who in people_of(fields)
    )


def cleaned(kind: Kind, asked: Particulars | None, others: Sequence[Particulars]) -> tuple[Particulars, ...]:
    """Who asks and the other parties, tidy, as `kind` demands them. Raises Invalid naming the field at fault."""
    if asked is None and not kind.name_required:
        return ()
    if asked is None:
        raise Invalid("Hãy ghi họ tên người yêu cầu.", "Write the requester's name.", field="name")
    if kind.several and len(others) >= MOST_PARTIES:
        raise Invalid(
            f"Một lần ghi được nhiều nhất {MOST_PARTIES} bên.",
            f"At most {MOST_PARTIES} parties are entered at once.",
            field=f"other-{MOST_PARTIES - 1}-name",
        )
    found = [_told(kind, asked)]
    for place, other in enumerate(others if kind.several else ()):
        try:
            found.append(_told(kind, other))
        except Refusal as refusal:
            raise Invalid(refusal.vi, refusal.en, field=f"other-{place}-{refusal.field}") from None
        if other.number and any(same.number == found[-1].number for same in found[:-1]):
            raise Invalid(
                "Số giấy tờ này đã ghi cho một bên khác; hãy xem lại.",
                "Another party has this number already; look again.",
                field=f"other-{place}-number",
            )
    return tuple(found)


def _told(kind: Kind, who: Particulars) -> Particulars:
    told = who.cleaned()
    if kind.identity and not told.number:
        raise Invalid(
            "Việc này cần giấy tờ tùy thân; hãy ghi loại và số giấy tờ.",
            "This needs an identity paper: give its kind and number.",
            field="number",
        )
    return told


def refuse_too_few(clause: Clause, people: Sequence[Particulars]) -> None:
    """A contract has two parties at least. Raises Invalid."""
    if len(people) < clause.parties:
        raise Invalid(
            f"Giao dịch này có từ {clause.parties} bên; hãy ghi họ tên và giấy tờ của bên kia.",
            f"This transaction has {clause.parties} parties at least: give the other's name and paper.",
            field="other-0-name",
        )
