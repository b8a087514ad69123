"""The papers of a dossier, as far as the record says for certain what is asked, or a person decided it. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from motcua.catalogue.checking import LONGEST_COMPONENT_NAME
from motcua.catalogue.national import reading_rules as rules
from motcua.catalogue.national.filling import NAMELESS, Document, filled, label_code
from motcua.catalogue.national.findings import FindingKind as Kind
from motcua.catalogue.national.making import Making
from motcua.catalogue.national.record import Group, Paper
from motcua.catalogue.national.values import OF_A_PAPER, PAPER_KINDS, GroupAs, GroupRow, PapersValue
from motcua.catalogue.reading import fault
from motcua.catalogue.shapes import ComponentKind

_ALONE = GroupRow(GroupAs.COMMON)


@dataclass(frozen=True, slots=True)
class Papers:
    """Components in order, each with the label of the variant somebody said it is of ("": of all)."""

    components: list[tuple[Document, str]]

    @property
    def labels(self) -> list[str]:
        return list(dict.fromkeys(label for _, label in self.components if label))

    def codes_of(self, variant: str) -> list[str]:
        """The components of the variant with this code."""
        return [c["code"] for c, label in self.components if not label or label_code(label) == variant]


def papers(making: Making) -> Papers:
    """All the record lists, and the headings under which it lists nothing."""
    record = making.record
    groups = [(i, group) for i, group in enumerate(record.groups) if group.papers or group.heading]
    rows = _groups(making, groups)
    components: list[tuple[Document, str]] = []
    number = 0
    for (i, group), row in zip(groups, rows, strict=True):
        label = (row.label or "") if row is not None else ""
        if not group.papers:
            number += 1
            components.append((_note(number, group.heading), label))
        for j, paper in enumerate(group.papers):
            number += 1
            where = f"THANHPHANHOSO[{i}].GIAYTO[{j}]"
            components += [(c, label) for c in _components(making, paper, number, group.heading, row, where)]
    if not any(group.papers for group in record.groups) and not record.is_stub:
        value = making.find(Kind.PAPERS_MISSING, "THANHPHANHOSO")
        if value is not None:
            components += [(c, "") for c in _split(making, value, Paper(), number + 1)]
    return Papers(components)


def _groups(making: Making, groups: list[tuple[int, Group]]) -> list[GroupRow | None]:
    """What each group is: one alone is all there is to hand in, several are nobody's to guess."""
    if len(groups) <= 1 and not any(group.heading for _, group in groups):
        return [_ALONE] * len(groups)
    headings = "; ".join(group.heading[:200] for _, group in groups if group.heading)
    value = making.find(Kind.PAPERS_GROUPED, "THANHPHANHOSO", headings)
    if value is None:
        return [None] * len(groups)
    if len(value.groups) != len(groups):
        raise fault("groups", "cần một dòng cho mỗi nhóm giấy tờ", "a row for each group of papers is needed")
    for i, row in enumerate(value.groups):
        if (row.means is GroupAs.VARIANT) != (row.label is not None):
            raise fault(
                f"groups.{i}.label",
                "trường hợp riêng phải có tên, nhóm khác thì không",
                "a variant needs its name, other groups have none",
            )
    return list(value.groups)


def _components(
    making: Making, paper: Paper, number: int, heading: str, row: GroupRow | None, where: str
) -> list[Document]:
    component = _component(paper, number, heading, row)
    kinds = list(_doubts(paper))
    if row is not None and component["kind"] == "announced" and not kinds:
        kinds.append(Kind.PAPERS_CONDITIONAL)
    values = [
        making.find(kind, where, _words(kind, paper), or_of=OF_A_PAPER if kind in OF_A_PAPER else ())
        for kind in kinds
    ]
    value = next((value for value in values if value is not None), None)
    return [component] if value is None else list(_split(making, value, paper, number))


def _doubts(paper: Paper) -> Iterator[Kind]:
    if not paper.name:
        yield Kind.PAPER_NAMELESS
    if count_of(paper.originals) is None or count_of(paper.copies) is None:
        yield Kind.PAPER_UNCOUNTED


def _words(kind: Kind, paper: Paper) -> str:
    name = "" if kind is Kind.PAPER_NAMELESS else paper.name
    counts = "" if kind is Kind.PAPERS_CONDITIONAL else f"{paper.originals} {paper.copies}".strip()
    return f"{counts} {name}".strip()[:500]


def _note(number: int, text: str) -> Document:
    kind = "note" if len(text) <= LONGEST_COMPONENT_NAME else "announced"
    return {"code": f"p{number}", "name": {"vi": text}, "kind": kind}


def _component(paper: Paper, number: int, heading: str, row: GroupRow | None) -> Document:
    originals, copies = count_of(paper.originals), count_of(paper.copies)
    counted = originals is not None and copies is not None
    total = (originals or 0) + (copies or 0)
    name = paper.name or NAMELESS
    kind = _kind(paper, name, total=total, counted=counted, row=row)
    document = filled(
        code=f"p{number}",
        name={"vi": name},
        kind=kind,
        form={"vi": paper.form} if paper.form else None,
        heading=heading,
    )
    if total and kind != "note":
        document |= {"originals": originals or 0, "copies": copies or 0}
    if not counted and kind == "announced":
        document["counted"] = False
    return document


def _kind(paper: Paper, name: str, *, total: int, counted: bool, row: GroupRow | None) -> str:
    if len(name) > LONGEST_COMPONENT_NAME:
        return "announced"
    means = row.means if row is not None else None
    small = name.casefold()
    if means is GroupAs.NOTE or (rules.REMARK.match(small) and not total):
        return "note"
    if means is None or not (paper.name and counted and total) or rules.CONDITIONAL.search(small):
        return "announced"
    return "show_only" if means is GroupAs.SHOW else "required"


def count_of(text: str) -> int | None:
    """A stated number of papers; None where it is none that anybody could mean."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None


def _split(making: Making, value: PapersValue, paper: Paper, number: int) -> Iterator[Document]:
    """The papers that a listed one is."""
    if not value.parts:
        raise fault("parts", "hãy ghi ít nhất một giấy tờ", "name at least one paper")
    for i, part in enumerate(value.parts):
        place = f"parts.{i}"
        if part.kind not in PAPER_KINDS:
            raise fault(f"{place}.kind", "hãy chọn một loại trong danh sách", "choose a kind of the list")
        if (part.kind is ComponentKind.REQUIRED_IF) != (part.asked is not None):
            raise fault(
                f"{place}.asked",
                "giấy tờ chỉ cần khi có điều kiện phải có câu hỏi, giấy tờ khác thì không",
                "a paper needed under a condition has its question, others have none",
            )
        document = filled(
            code=f"p{number}" if len(value.parts) == 1 else f"p{number}_{i + 1}",
            name={"vi": part.name},
            kind=part.kind.value,
            form={"vi": paper.form} if paper.form and i == 0 else None,
            group=label_code(part.group) if part.group else None,
            when=making.question(part.asked) if part.asked else None,
        )
        if part.originals or part.copies:
            document |= {"originals": part.originals, "copies": part.copies}
        yield document
