"""Whether a dossier is complete: the components that count, and what is still missing, in words. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from motcua.catalogue.conditions import holds, open_question
from motcua.catalogue.shapes import LOOKED_UP, UNJUDGED, Audience, Channel, Component, ComponentKind, Source
from motcua.kernel.errors import Invalid
from motcua.kernel.say import Say, counted


class Medium(StrEnum):
    """How a component came: on paper, as an electronic paper, or out of a database or the vault."""

    PAPER = "paper"
    ELECTRONIC = "electronic"
    DATABASE = "database"
    VAULT = "vault"


@dataclass(frozen=True, slots=True)
class Handed:
    """What came for one component. `shown`: presented and given back, not kept."""

    component: str
    originals: int = 0
    copies: int = 0
    medium: Medium = Medium.PAPER
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """A component (or the papers of a group of alternatives) that is not in, and why."""

    components: tuple[str, ...]
    reason: Say


@dataclass(frozen=True, slots=True)
class Completeness:
    """The answer. `needed` are the codes that count for these answers on this channel, groups included."""

    missing: tuple[Missing, ...]
    satisfied: tuple[str, ...]
    needed: tuple[str, ...]
    unanswered: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """True when nothing is missing and no question that decides about a paper is open."""
        return not self.missing and not self.unanswered


def check(
    *,
    components: Iterable[Component],
    channel: Channel,
    answers: Mapping[str, str],
    handed: Iterable[Handed],
    applicant: Audience | None = None,
) -> Completeness:
    """What is missing of `components` (ProcedureVersion.components_of) for a dossier on `channel`.

    `answers` question -> option; `applicant` the kind of person who applies (None: of any kind, so the papers of
    all count). Notes never count, nor does what is only announced; a paper of another channel, applicant or answer
    does not count; of a one_of group one whole alternative is enough; show_only is satisfied by showing it or by what
    may stand in for it. A question not answered is told, and the papers it decides about are not asked for.
    Raises kernel.errors.Invalid for a component the variant does not have and for negative numbers.
    Source: ND 118/2025 art. 17(2)(a): everything missing is told at once, nothing else may be asked for.
    """
    listed = tuple(components)
    received = _by_component(listed, handed)
    counted = [c for c in listed if c.kind not in UNJUDGED and _asked_of(c, channel, applicant)]
    active = [c for c in counted if holds(c.when, answers)]
    satisfied = tuple(c.code for c in active if any(_enough(c, h) for h in received.get(c.code, ())))
    return Completeness(
        missing=tuple(_missing(active, frozenset(satisfied), received)),
        satisfied=satisfied,
        needed=tuple(c.code for c in active),
        unanswered=tuple(
            dict.fromkeys(code for c in counted if (code := open_question(c.when, answers)) is not None)
        ),
    )


def to_bring(
    *,
    missing: Iterable[Missing],
    components: Iterable[Component],
    sought: Collection[str],
    spared: Collection[str],
) -> tuple[Missing, ...]:
    """What of `missing` a person is told to bring. What the agency looks up itself is not asked for before a look-up
    found nothing (`sought`: the components looked up in vain), nor is what need not be brought (`spared`: the first
    component of each).

    Source: ND 118/2025 art. 17(2)(a): the agency looks up what is in databases, and asks for what is not there.
    """
    known = {c.code: c for c in components}
    found = []
    for each in missing:
        papers = [known[code] for code in each.components]
        alternatives = _alternatives(papers) if papers[0].group is not None else [papers]
        if each.components[0] in spared or any(_to_look_up(one, sought) for one in alternatives):
            continue
        found.append(Missing(each.components, _sought(papers[0])) if _is_sought(papers, sought) else each)
    return tuple(found)


def _to_look_up(papers: list[Component], sought: Collection[str]) -> bool:
    return all(c.kind in LOOKED_UP for c in papers) and not all(c.code in sought for c in papers)


def _is_sought(papers: list[Component], sought: Collection[str]) -> bool:
    return len(papers) == 1 and papers[0].kind in LOOKED_UP and papers[0].code in sought


def _sought(component: Component) -> Say:
    vi, en = component.name.vi, component.name.en
    return Say(
        f"Cần xuất trình: {vi} (đã tra cứu, không có dữ liệu)",
        f"To be shown: {en} (looked up, there is no data)",
    )


def _asked_of(component: Component, channel: Channel, applicant: Audience | None) -> bool:
    return (not component.channels or channel in component.channels) and (
        not component.applicants or applicant is None or applicant in component.applicants
    )


def _by_component(components: tuple[Component, ...], handed: Iterable[Handed]) -> Mapping[str, list[Handed]]:
    """What came, by component; papers of one medium added up."""
    received: dict[str, list[Handed]] = {c.code: [] for c in components}
    for item in handed:
        if item.component not in received:
            raise Invalid(
                f"Thành phần “{item.component}” không thuộc trường hợp này; không được yêu cầu thêm.",
                f"Component “{item.component}” is not part of this variant; it may not be asked for.",
                field="components",
            )
        if item.originals < 0 or item.copies < 0:
            raise Invalid(
                "Số bản không thể âm; hãy nhập lại.",
                "A number of papers cannot be negative; enter it again.",
                field="components",
            )
        _add(received[item.component], item)
    return received


def _add(items: list[Handed], item: Handed) -> None:
    for i, earlier in enumerate(items):
        if (earlier.medium, earlier.shown) == (item.medium, item.shown):
            items[i] = Handed(
                item.component,
                earlier.originals + item.originals,
                earlier.copies + item.copies,
                item.medium,
                item.shown,
            )
            return
    items.append(item)


def _enough(component: Component, item: Handed) -> bool:
    if item.medium is Medium.DATABASE:
        return Source.DATABASE in component.sources or component.kind is ComponentKind.DATABASE
    if item.medium is Medium.VAULT:
        return Source.VAULT in component.sources or component.kind is ComponentKind.VAULT
    if item.originals + item.copies == 0:
        return False
    # A spare original is worth a copy (the officer compares and copies it), never the other way round.
    spare = item.originals - component.originals
    if spare < 0 or item.copies + spare < component.copies:
        return False
    looked_at = component.kind in (ComponentKind.SHOW_ONLY, ComponentKind.DATABASE, ComponentKind.VAULT)
    return looked_at or not item.shown


def _missing(
    active: list[Component], satisfied: frozenset[str], received: Mapping[str, list[Handed]]
) -> Iterable[Missing]:
    groups: dict[str, list[Component]] = {}
    for component in active:
        if component.group is not None:
            groups.setdefault(component.group, []).append(component)
    told: set[str] = set()
    for component in active:
        group = component.group
        if group is None:
            if component.code not in satisfied:
                yield Missing((component.code,), _reason(component, received.get(component.code, [])))
        elif group not in told:
            told.add(group)
            members = groups[group]
            alternatives = _alternatives(members)
            if not any(all(m.code in satisfied for m in papers) for papers in alternatives):
                yield Missing(tuple(m.code for m in members), _group_reason(alternatives))


def _alternatives(members: list[Component]) -> list[list[Component]]:
    """What is enough for a group: single papers, and papers that go together."""
    found: dict[str, list[Component]] = {}
    for member in members:
        found.setdefault(f"={member.alternative}" if member.alternative else member.code, []).append(member)
    return list(found.values())


def _reason(component: Component, items: list[Handed]) -> Say:
    vi, en = component.name.vi, component.name.en
    if component.kind is ComponentKind.DATABASE:
        return Say(
            f"Chưa tra cứu được: {vi}; không có dữ liệu thì xuất trình giấy tờ",
            f"Not looked up yet: {en}; without data the paper is shown",
        )
    if component.kind is ComponentKind.SHOW_ONLY:
        return Say(f"Chưa xuất trình: {vi}", f"Not shown yet: {en}")
    needed = _count(component.originals, component.copies)
    came = _count(sum(i.originals for i in items), sum(i.copies for i in items))
    if items and any(i.originals + i.copies for i in items):
        return Say(
            f"Chưa đủ: {vi}; cần {needed.vi}, mới có {came.vi}",
            f"Not enough: {en}; {needed.en} needed, {came.en} in",
        )
    return Say(f"Thiếu: {vi} ({needed.vi})", f"Missing: {en} ({needed.en})")


def _group_reason(alternatives: list[list[Component]]) -> Say:
    return Say(
        "Thiếu, cần một trong: " + "; ".join(" cùng với ".join(m.name.vi for m in a) for a in alternatives),
        "Missing, one of these is needed: "
        + "; ".join(" together with ".join(m.name.en for m in a) for a in alternatives),
    )


def _count(originals: int, copies: int) -> Say:
    vi = [f"{n:02} {word}" for n, word in ((originals, "bản chính"), (copies, "bản sao")) if n]
    en = [counted(n, *words) for n, *words in ((originals, "original"), (copies, "copy", "copies")) if n]
    return Say(", ".join(vi) or "0 bản", ", ".join(en) or "none")
