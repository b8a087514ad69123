"""From the national record to a version in our shape: structured where the words mean one thing for certain, in the
announcement's own words where not, and a finding for each place that a person has to look at. Nothing is dropped,
nothing is guessed. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.catalogue.checking import LONGEST_COMPONENT_NAME
from motcua.catalogue.national import reading_rules as rules
from motcua.catalogue.national.filling import Document, filled, folded
from motcua.catalogue.national.findings import Finding, FindingKind as Kind
from motcua.catalogue.national.record import (
    Basis,
    Order,
    Paper,
    Record,
    ResultPaper,
    SectorName,
)
from motcua.catalogue.national.ways import rows_of, variants

NAMELESS = "(bản công bố không ghi tên)"


@dataclass(frozen=True, slots=True)
class Structured:
    """`document`: our JSON of the version (catalogue.checking reads it)."""

    document: Document
    findings: tuple[Finding, ...]


def structured(record: Record) -> Structured:
    """`record` in our shape, with what was found on the way, in the order of the record's parts."""
    found: list[Finding] = []
    made = variants(record, found)
    document: Document = {
        "code": record.code,
        "title": {"vi": record.title},
        "sector": _sector(record),
        "levels": _levels(record, found),
        "audience": list(
            dict.fromkeys(a for s in record.subjects if (a := rules.SUBJECTS.get(folded(s))) is not None)
        ),
        "decision": {"number": record.decision or None, "by": _said(record.publisher)},
        "order": list(_order(record.orders)),
        "components": _components(record, found),
        "variants": made,
        "results": _results(record.results, found),
        "legal_basis": _basis(record.basis, found),
        "conditions": _conditions(record, found),
        "announced": _announced(record),
    }
    document["agency"] = _said("; ".join(office.name for office in record.offices if office.name)) or None
    for variant in made:
        variant["components"] = [c["code"] for c in document["components"]]
    if _is_stub(record):
        found.append(Finding(Kind.STUB, "TENTTHC", record.title))
    else:
        found += _missing(record)
    return Structured(document, tuple(found + list(_of_texts(record))))


def _is_stub(record: Record) -> bool:
    return not (record.ways or record.groups or record.orders or record.results or record.basis)


def _missing(record: Record) -> Iterator[Finding]:
    there: tuple[tuple[Kind, str, Any], ...] = (
        (Kind.LIMIT_MISSING, "CACHTHUCTHUCHIEN", record.ways),
        (Kind.PAPERS_MISSING, "THANHPHANHOSO", [p for g in record.groups for p in g.papers]),
        (Kind.RESULT_MISSING, "KETQUATHUCHIEN", record.results),
        (Kind.BASIS_MISSING, "CANCUPHAPLY", record.basis),
        (Kind.AGENCY_MISSING, "COQUANTHUCHIEN", record.offices),
        (Kind.SUBJECT_MISSING, "DOITUONGTHUCHIEN", record.subjects or record.subjects_said),
        (Kind.ORDER_MISSING, "TRINHTUTHUCHIEN", [s for o in record.orders for s in o.steps]),
        (Kind.DECISION_MISSING, "SOQUYETDINH", record.decision),
    )
    return (Finding(kind, where) for kind, where, value in there if not value)


def _of_texts(record: Record) -> Iterator[Finding]:
    for place, text in _texts(record):
        if rules.MARKUP.search(text):
            yield Finding(Kind.MARKUP, place, text[:500])
    if "nfc" in record.changed:
        yield Finding(Kind.NORMALISED, "")
    if "invisible" in record.changed:
        yield Finding(Kind.INVISIBLE, "")
    for key in record.unknown:
        yield Finding(Kind.UNKNOWN_KEY, key)
    for place, text in _unused(record):
        if text:
            yield Finding(Kind.UNKNOWN_KEY, place, text[:500])


def _unused(record: Record) -> Iterator[tuple[str, str]]:
    """What the service has never sent yet: codes beside names, a state, a second sector."""
    yield "TRANGTHAI", record.status
    for i, sector in enumerate(record.sectors[1:], 1):
        yield f"LINHVUCTHUCHIEN[{i}]", f"{sector.code} {sector.name}".strip()
    for i, office in enumerate(record.offices):
        yield f"COQUANTHUCHIEN[{i}].MADONVI", office.code
    for i, group in enumerate(record.groups):
        for j, paper in enumerate(group.papers):
            yield f"THANHPHANHOSO[{i}].GIAYTO[{j}].MAGIAYTO", paper.code
    for i, way in enumerate(record.ways):
        for j, time in enumerate(way.times):
            for k, fee in enumerate(time.fees):
                yield f"CACHTHUCTHUCHIEN[{i}].THOIGIAN[{j}].PHILEPHI[{k}].MAPHILEPHI", fee.code


def _texts(record: Record) -> Iterator[tuple[str, str]]:
    yield "TENTTHC", record.title
    yield "YEUCAU", record.requirements
    for i, group in enumerate(record.groups):
        for j, paper in enumerate(group.papers):
            yield f"THANHPHANHOSO[{i}].GIAYTO[{j}].TENGIAYTO", paper.name
    for i, order in enumerate(record.orders):
        for j, step in enumerate(order.steps):
            yield f"TRINHTUTHUCHIEN[{i}].TRINHTU[{j}].TENTRINHTU", step.text
    for i, way in enumerate(record.ways):
        for j, time in enumerate(way.times):
            yield f"CACHTHUCTHUCHIEN[{i}].THOIGIAN[{j}].MOTA", time.text


def _said(text: str) -> Document | None:
    return {"vi": text} if text else None


def _sector(record: Record) -> Document:
    first = record.sectors[0] if record.sectors else SectorName()
    return {"code": first.code or None, "name": {"vi": first.name or "Chưa rõ lĩnh vực"}}


def _levels(record: Record, found: list[Finding]) -> list[str]:
    levels = []
    for i, text in enumerate(record.levels):
        level = rules.LEVELS.get(folded(text))
        if level is None:
            found.append(Finding(Kind.LEVEL_UNKNOWN, f"CAPTHUCHIEN[{i}]", text))
        else:
            levels.append(level.value)
    return list(dict.fromkeys(levels))


def _order(orders: Iterable[Order]) -> Iterator[Document]:
    for order in orders:
        if order.heading:
            yield {"vi": order.heading}
        yield from ({"vi": step.text} for step in order.steps if step.text)


def _components(record: Record, found: list[Finding]) -> list[Document]:
    groups = [(i, group) for i, group in enumerate(record.groups) if group.papers or group.heading]
    grouped = len(groups) > 1 or any(group.heading for _, group in groups)
    components: list[Document] = []
    conditional = []
    for i, group in groups:
        where = f"THANHPHANHOSO[{i}]"
        if not group.papers:
            components.append(_note(len(components), group.heading))
        for j, paper in enumerate(group.papers):
            component = _component(paper, len(components), group.heading, alone=not grouped)
            components.append(component)
            found += _paper_findings(paper, f"{where}.GIAYTO[{j}]")
            if component["kind"] == "announced" and not grouped:
                conditional.append(paper.name)
    if grouped:
        headings = "; ".join(group.heading[:200] for _, group in groups if group.heading)
        found.append(Finding(Kind.PAPERS_GROUPED, "THANHPHANHOSO", headings))
    elif conditional:
        found.append(
            Finding(Kind.PAPERS_CONDITIONAL, "THANHPHANHOSO", "; ".join(n[:200] for n in conditional))
        )
    return components


def _note(number: int, text: str) -> Document:
    kind = "note" if len(text) <= LONGEST_COMPONENT_NAME else "announced"
    return {"code": f"p{number + 1}", "name": {"vi": text}, "kind": kind}


def _component(paper: Paper, number: int, heading: str, *, alone: bool) -> Document:
    originals, copies = _count(paper.originals), _count(paper.copies)
    counted = originals is not None and copies is not None
    total = (originals or 0) + (copies or 0)
    name = paper.name or NAMELESS
    small = name.casefold()
    kind = "announced"
    if rules.REMARK.match(small) and not total and len(name) <= LONGEST_COMPONENT_NAME:
        kind = "note"
    elif (
        alone
        and paper.name
        and counted
        and total
        and len(name) <= LONGEST_COMPONENT_NAME
        and not rules.CONDITIONAL.search(small)
    ):
        kind = "required"
    document = filled(
        code=f"p{number + 1}",
        name={"vi": name},
        kind=kind,
        form=_said(paper.form),
        heading=heading,
    )
    if total:
        document |= {"originals": originals or 0, "copies": copies or 0}
    if not counted and kind == "announced":
        document["counted"] = False
    return document


def _count(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None


def _paper_findings(paper: Paper, where: str) -> Iterator[Finding]:
    if not paper.name:
        yield Finding(Kind.PAPER_NAMELESS, where, f"{paper.originals} {paper.copies}".strip())
    if _count(paper.originals) is None or _count(paper.copies) is None:
        yield Finding(
            Kind.PAPER_UNCOUNTED, where, f"{paper.originals} {paper.copies} {paper.name}".strip()[:500]
        )


def _results(results: Iterable[ResultPaper], found: list[Finding]) -> list[Document]:
    written: list[Document] = []
    codes: set[str] = set()
    for i, result in enumerate(results):
        code = result.code if rules.RESULT_CODE.fullmatch(result.code) else ""
        kind = _code_fault(result.code, doubled=code in codes)
        if kind is not None:
            found.append(Finding(kind, f"KETQUATHUCHIEN[{i}]", f"{result.code} {result.name}".strip()[:500]))
        code = "" if code in codes else code
        codes.add(code)
        written.append({"code": code or None, "name": {"vi": result.name or result.code or NAMELESS}})
    return written


def _code_fault(code: str, *, doubled: bool) -> Kind | None:
    if not code:
        return Kind.RESULT_UNCODED
    if rules.RESULT_CODE.fullmatch(code):
        return Kind.RESULT_CODE_DOUBLED if doubled else None
    return Kind.RESULT_CODE_OTHER if rules.OTHER_CODE.fullmatch(code) else Kind.RESULT_CODE_NONSENSE


def _basis(basis: Iterable[Basis], found: list[Finding]) -> list[str]:
    written = []
    for i, one in enumerate(basis):
        if not one.number:
            found.append(Finding(Kind.BASIS_UNSPLIT, f"CANCUPHAPLY[{i}]", one.name[:500]))
        text = one.name if not one.number or one.number in one.name else f"{one.name} {one.number}".strip()
        if text in written:
            found.append(Finding(Kind.BASIS_DOUBLED, f"CANCUPHAPLY[{i}]", text[:500]))
        elif text:
            written.append(text)
    return written


def _conditions(record: Record, found: list[Finding]) -> list[Document]:
    text = record.requirements
    if text and rules.NOISE.match(text.casefold()):
        found.append(Finding(Kind.PAGE_NOISE, "YEUCAU", text[:500]))
        return []
    return [{"vi": text}] if text else []


def _announced(record: Record) -> Document:
    unread: list[Mapping[str, Any]] = [
        row for way in record.ways if way.channel not in rules.CHANNELS for row in rows_of(way)
    ]
    return filled(
        publisher=record.publisher,
        kind=record.kind,
        agencies=[office.name for office in record.offices if office.name],
        competent=record.competent,
        delegated=record.delegated,
        coordinating=record.coordinating,
        address=record.address,
        related=record.related,
        subjects=[subject for subject in record.subjects if subject],
        subjects_said=record.subjects_said,
        unread=unread,
    )
