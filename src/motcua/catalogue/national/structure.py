"""From the national record to a version in our shape: structured where the words mean one thing for certain, in the
announcement's own words where not, and a finding for each place that a person has to look at. Nothing is dropped,
nothing is guessed. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from motcua.catalogue.national import reading_rules as rules
from motcua.catalogue.national.decisions import Decision, settle
from motcua.catalogue.national.filling import NAMELESS, Document, filled, folded
from motcua.catalogue.national.findings import Finding, FindingKind as Kind
from motcua.catalogue.national.making import Making
from motcua.catalogue.national.papers import Papers, papers
from motcua.catalogue.national.record import Order, Record, SectorName
from motcua.catalogue.national.ways import Ways, ways


@dataclass(frozen=True, slots=True)
class Structured:
    """`document`: our JSON of the version (catalogue.checking reads it); `decided`: which of the findings somebody
    decided, by kind and place."""

    document: Document
    findings: tuple[Finding, ...]
    decided: Mapping[tuple[Kind, str], Decision] = field(default_factory=dict)

    @property
    def open(self) -> tuple[Finding, ...]:
        """What nobody has decided."""
        return tuple(f for f in self.findings if (f.kind, f.where) not in self.decided)


def structured(record: Record, decisions: Iterable[Decision] = ()) -> Structured:
    """`record` in our shape as far as it is certain or `decisions` say what it means, with what was found on the way.
    Raises kernel.errors.Invalid where what was decided does not go together."""
    making = Making(record, settle(record, decisions))
    there, listed = ways(making), papers(making)
    document: Document = {
        "code": record.code,
        "title": {"vi": record.title},
        "sector": _sector(record),
        "levels": _levels(making),
        "audience": _audience(making),
        "decision": _decision(making),
        "order": [*_order(record.orders), *_order_decided(making)],
        "components": [component for component, _ in listed.components],
        "variants": _variants(there, listed),
        "results": _results(making),
        "legal_basis": _basis(making),
        "conditions": _conditions(making),
        "agency": _agency(making),
    }
    if record.is_stub:
        making.find(Kind.STUB, "TENTTHC", record.title)
    document |= filled(questions=making.questions, fees=making.fees)
    document["announced"] = _announced(record, there, sorted(part.value for part in making.parts))
    found = [*making.found, *_of_texts(record)]
    return Structured(document, tuple(found), making.decided)


def _variants(there: Ways, listed: Papers) -> list[Document]:
    return [
        {**variant, "components": listed.codes_of(variant["code"])}
        for variant in there.variants(listed.labels)
    ]


def _audience(making: Making) -> list[str]:
    record = making.record
    if not (record.subjects or record.subjects_said or record.is_stub):
        value = making.find(Kind.SUBJECT_MISSING, "DOITUONGTHUCHIEN")
        return [one.value for one in value.audience] if value is not None else []
    known = (rules.SUBJECTS.get(folded(subject)) for subject in record.subjects)
    return list(dict.fromkeys(one.value for one in known if one is not None))


def _decision(making: Making) -> Document:
    record = making.record
    by, number, day = _said(record.publisher), record.decision or None, None
    if number is None and not record.is_stub:
        value = making.find(Kind.DECISION_MISSING, "SOQUYETDINH")
        if value is not None:
            number, day = value.number, value.issued_on
    return {"number": number, "by": by} | ({"issued_on": day.isoformat()} if day else {})


def _agency(making: Making) -> Document | None:
    record = making.record
    if not record.offices and not record.is_stub:
        value = making.find(Kind.AGENCY_MISSING, "COQUANTHUCHIEN")
        return _said(value.text) if value is not None else None
    return _said("; ".join(office.name for office in record.offices if office.name))


def _order_decided(making: Making) -> list[Document]:
    if making.record.is_stub or any(order.steps for order in making.record.orders):
        return []
    value = making.find(Kind.ORDER_MISSING, "TRINHTUTHUCHIEN")
    return [{"vi": line} for line in value.lines] if value is not None else []


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


def _levels(making: Making) -> list[str]:
    levels = []
    for i, text in enumerate(making.record.levels):
        level = rules.LEVELS.get(folded(text))
        if level is None:
            value = making.find(Kind.LEVEL_UNKNOWN, f"CAPTHUCHIEN[{i}]", text)
            level = value.level if value is not None else None
        if level is not None:
            levels.append(level.value)
    return list(dict.fromkeys(levels))


def _order(orders: Iterable[Order]) -> Iterator[Document]:
    for order in orders:
        if order.heading:
            yield {"vi": order.heading}
        yield from ({"vi": step.text} for step in order.steps if step.text)


def _results(making: Making) -> list[Document]:
    record = making.record
    if not record.results and not record.is_stub:
        value = making.find(Kind.RESULT_MISSING, "KETQUATHUCHIEN")
        return [{"code": value.code, "name": {"vi": value.name or NAMELESS}}] if value is not None else []
    written: list[Document] = []
    codes: set[str] = set()
    for i, result in enumerate(record.results):
        code = result.code if rules.RESULT_CODE.fullmatch(result.code) else ""
        kind = _code_fault(result.code, doubled=code in codes)
        if kind is not None:
            said = f"{result.code} {result.name}".strip()[:500]
            value = making.find(kind, f"KETQUATHUCHIEN[{i}]", said)
            code = (value.code or "") if value is not None else "" if code in codes else code
        codes.add(code)
        written.append({"code": code or None, "name": {"vi": result.name or result.code or NAMELESS}})
    return written


def _code_fault(code: str, *, doubled: bool) -> Kind | None:
    if not code:
        return Kind.RESULT_UNCODED
    if rules.RESULT_CODE.fullmatch(code):
        return Kind.RESULT_CODE_DOUBLED if doubled else None
    return Kind.RESULT_CODE_OTHER if rules.OTHER_CODE.fullmatch(code) else Kind.RESULT_CODE_NONSENSE


def _basis(making: Making) -> list[str]:
    record = making.record
    if not record.basis and not record.is_stub:
        making.find(Kind.BASIS_MISSING, "CANCUPHAPLY")
    written: list[str] = []
    for i, one in enumerate(record.basis):
        if not one.number:
            making.find(Kind.BASIS_UNSPLIT, f"CANCUPHAPLY[{i}]", one.name[:500])
        text = one.name if not one.number or one.number in one.name else f"{one.name} {one.number}".strip()
        if text in written:
            making.find(Kind.BASIS_DOUBLED, f"CANCUPHAPLY[{i}]", text[:500])
        elif text:
            written.append(text)
    return written


def _conditions(making: Making) -> list[Document]:
    text = making.record.requirements
    if text and rules.NOISE.match(text.casefold()):
        making.find(Kind.PAGE_NOISE, "YEUCAU", text[:500])
        return []
    return [{"vi": text}] if text else []


def _announced(record: Record, there: Ways, decided: list[str]) -> Document:
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
        unread=there.unread,
        decided=decided,
    )
