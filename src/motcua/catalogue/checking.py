"""Reading a procedure version from JSON, strictly, and telling what the law asks for and is not there."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from motcua.catalogue.conditions import within
from motcua.catalogue.lacks import Gap, GapKind, Part
from motcua.catalogue.lengths import LONGEST_YEARS, is_too_long
from motcua.catalogue.reading import Fault, fault, read, read_all
from motcua.catalogue.shapes import (
    Amount,
    Channel,
    Component,
    ComponentKind,
    Condition,
    FeeRule,
    Ground,
    Limit,
    LimitUnit,
    ProcedureVersion,
    SetBy,
    Variant,
)
from motcua.kernel.say import Say
from motcua.kernel.text import fold

UNITLESS = frozenset({LimitUnit.SAME_DAY, LimitUnit.NONE})
FRACTIONS = frozenset({LimitUnit.WORKING_HOUR, LimitUnit.HOUR})
# What stands between the everyday names where they are searched.
BAR = "|"
# A name people read on a list and on form 02; what explains it is a note of its own.
LONGEST_COMPONENT_NAME = 200


def parse(document: Mapping[str, Any]) -> ProcedureVersion:
    """`document` (parsed JSON in our format) as a ProcedureVersion.

    Strict: unknown keys, dangling codes, doubled codes, limits the clock would refuse and conditions on
    questions that are not asked are kernel.errors.Invalid with the place. What is lawful but incomplete is
    not an error here: see `gaps`.
    """
    version = read(ProcedureVersion, document)
    for check in _checks(version):
        check()
    return version


def faults(document: Mapping[str, Any]) -> list[Fault]:
    """All that `parse` would refuse `document` for, as far as it can be told at once."""
    version, told = read_all(ProcedureVersion, document)
    for check in _checks(version) if version is not None else ():
        try:
            check()
        except Fault as one:
            told.append(one)
    return told


def _checks(version: ProcedureVersion) -> Iterator[Callable[[], None]]:
    """What is looked at beyond the shape, each by itself."""
    yield partial(_check_codes, version)
    yield partial(_check_questions, version)
    for i, words in enumerate(version.search_words):
        yield partial(_check_words, words, f"search_words[{i}]")
    for i, component in enumerate(version.components):
        yield partial(_check_component, component, f"components[{i}]")
    for i, rule in enumerate(version.fees):
        yield partial(_check_rule, rule, f"fees[{i}]")
    for i, variant in enumerate(version.variants):
        yield partial(_check_variant, version, variant, f"variants[{i}]")
    for name in ("suspension", "extension"):
        for i, ground in enumerate(getattr(version.grounds, name)):
            yield partial(_check_ground, version, ground, f"grounds.{name}[{i}]")


def _check_words(words: str, where: str) -> None:
    if BAR in words:
        raise fault(where, f"không được có dấu “{BAR}”", f"“{BAR}” cannot stand here")


def gaps(version: ProcedureVersion) -> tuple[Gap, ...]:
    """What of the eight lawful parts is missing (ND 63/2010 art. 8(2)), then what the version itself lists.

    Of the eighth part (forms, conditions, fees, result) only the result is always there to ask for.
    """
    missing = tuple(
        Gap(GapKind.MISSING, part, where, reason)
        for part, where, there, reason in _LAWFUL
        if not there(version)
    )
    return missing + version.requirement_gaps


def _limits_known(version: ProcedureVersion) -> bool:
    limits = [c.limit for v in version.variants for c in v.channels]
    return bool(limits) and all(limit.unit not in (LimitUnit.NONE, LimitUnit.UNKNOWN) for limit in limits)


_LAWFUL: tuple[tuple[Part, str, Callable[[ProcedureVersion], bool], Say], ...] = (
    (Part.NAME, "title", lambda v: bool(v.title.vi), Say("Thiếu tên thủ tục", "The name is missing")),
    (
        Part.ORDER,
        "order",
        lambda v: bool(v.order),
        Say("Thiếu trình tự thực hiện", "The order of steps is missing"),
    ),
    (
        Part.WAY,
        "variants",
        lambda v: bool(v.variants) and all(x.channels for x in v.variants),
        Say("Thiếu cách thức thực hiện", "The ways to apply are missing"),
    ),
    (
        Part.DOSSIER,
        "components",
        lambda v: bool(v.components),
        Say("Thiếu thành phần hồ sơ", "The components are missing"),
    ),
    (
        Part.DOSSIER,
        "sets",
        lambda v: v.sets is not None,
        Say("Chưa có số lượng bộ hồ sơ", "The number of sets is not stated"),
    ),
    (Part.LIMIT, "variants", _limits_known, Say("Thiếu thời hạn giải quyết", "The time limit is missing")),
    (
        Part.SUBJECT,
        "audience",
        lambda v: bool(v.audience),
        Say("Thiếu đối tượng thực hiện", "Who may apply is missing"),
    ),
    (
        Part.AGENCY,
        "agency",
        lambda v: v.agency is not None,
        Say("Thiếu cơ quan giải quyết", "The agency is missing"),
    ),
    (
        Part.RESULT,
        "results",
        lambda v: bool(v.results),
        Say("Thiếu kết quả thực hiện", "The result is missing"),
    ),
    (
        Part.BASIS,
        "decision.number",
        lambda v: v.decision.number is not None,
        Say("Chưa có số của quyết định công bố", "The number of the announcing decision is not known"),
    ),
    (
        Part.BASIS,
        "decision.issued_on",
        lambda v: v.decision.issued_on is not None,
        Say("Chưa có ngày của quyết định công bố", "The date of the announcing decision is not known"),
    ),
)


def _check_codes(version: ProcedureVersion) -> None:
    for where, codes in (
        ("questions", [q.code for q in version.questions]),
        ("components", [c.code for c in version.components]),
        ("fees", [f.code for f in version.fees]),
        ("variants", [v.code for v in version.variants]),
        ("results", version.result_codes),
        ("legal_basis", list(version.legal_basis)),
        ("search_words", [fold(words) for words in version.search_words]),
    ):
        _no_doubles(codes, where)


def _no_doubles(codes: Iterable[str], where: str) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise fault(where, f"mã “{code}” xuất hiện hai lần", f"code “{code}” stands twice")
        seen.add(code)


def _conditions(version: ProcedureVersion) -> Iterable[tuple[str, Condition | None]]:
    for i, variant in enumerate(version.variants):
        yield f"variants[{i}].when", variant.when
    for i, component in enumerate(version.components):
        yield f"components[{i}].when", component.when
    for i, rule in enumerate(version.fees):
        yield f"fees[{i}].when", rule.when
        for k, exemption in enumerate(rule.exemptions):
            yield f"fees[{i}].exemptions[{k}].when", exemption.when


def _check_questions(version: ProcedureVersion) -> None:
    options = {q.code: {o.code for o in q.options} for q in version.questions}
    found = ((where, part) for where, whole in _conditions(version) for part in within(whole))
    for where, condition in found:
        if condition.question not in options:
            raise fault(
                where,
                f"không có câu hỏi “{condition.question}”",
                f"no question “{condition.question}” is asked",
            )
        for answer in condition.answers:
            if answer not in options[condition.question]:
                raise fault(
                    where, f"câu hỏi không có lựa chọn “{answer}”", f"the question has no option “{answer}”"
                )


def _check_component(component: Component, where: str) -> None:
    kind = component.kind
    if component.originals < 0 or component.copies < 0:
        raise fault(where, "số bản không thể âm", "a number of originals or copies cannot be negative")
    if kind is ComponentKind.ANNOUNCED:
        return
    if len(component.name.vi) > LONGEST_COMPONENT_NAME:
        raise fault(
            f"{where}.name.vi",
            f"tên dài quá {LONGEST_COMPONENT_NAME} chữ; hãy rút gọn, phần giải thích để thành ghi chú",
            f"longer than {LONGEST_COMPONENT_NAME} letters; shorten it, explanations go into a note",
        )
    if kind is ComponentKind.REQUIRED_IF and component.when is None:
        raise fault(
            f"{where}.when", "giấy tờ có điều kiện phải nêu câu hỏi", "required_if needs its question"
        )
    if kind is ComponentKind.REQUIRED and component.when is not None:
        raise fault(
            f"{where}.when", "có điều kiện thì loại phải là required_if", "with a condition it is required_if"
        )
    if (kind is ComponentKind.ONE_OF) != (component.group is not None):
        raise fault(
            f"{where}.group", "nhóm đi cùng loại one_of", "a group goes with one_of, and only with it"
        )
    if component.alternative is not None and component.group is None:
        raise fault(
            f"{where}.alternative", "phương án phải thuộc một nhóm", "an alternative stands in a group only"
        )
    counted = kind not in (ComponentKind.NOTE, ComponentKind.DATABASE, ComponentKind.VAULT)
    if counted and component.originals + component.copies == 0:
        raise fault(
            where, "cần ít nhất một bản chính hoặc bản sao", "at least one original or copy is needed"
        )
    if kind is ComponentKind.NOTE and component.originals + component.copies > 0:
        raise fault(where, "ghi chú không có số bản", "a note has no number of papers")


def _check_rule(rule: FeeRule, where: str) -> None:
    if rule.set_by is SetBy.LAW and not rule.amounts:
        raise fault(
            f"{where}.amounts", "phí do luật định phải có mức thu", "a fee set by law needs its amount"
        )
    check_amounts(rule.amounts, where)
    for i, exemption in enumerate(rule.exemptions):
        if not 1 <= exemption.percent <= 100:
            raise fault(
                f"{where}.exemptions[{i}].percent", "mức giảm từ 1 đến 100", "a reduction is 1 to 100 percent"
            )
    _no_doubles([e.code for e in rule.exemptions], f"{where}.exemptions")


def check_amounts(amounts: tuple[Amount, ...], where: str) -> None:
    """Refuses amounts that could make a fee negative or a larger number cheaper (kernel.errors.Invalid)."""
    for i, amount in enumerate(amounts):
        starts = [t.start for t in amount.tiers]
        prices = [amount.value, amount.cap or 0, *(t.value for t in amount.tiers)]
        if min(prices) < 0:
            raise fault(f"{where}.amounts[{i}]", "mức thu không thể âm", "an amount cannot be negative")
        if starts != sorted(set(starts)) or any(s < 2 for s in starts):
            raise fault(
                f"{where}.amounts[{i}].tiers",
                "các bậc phải tăng dần, từ 2 trở lên",
                "tiers must rise, from 2 on",
            )


def _check_variant(version: ProcedureVersion, variant: Variant, where: str) -> None:
    components = {c.code for c in version.components}
    rules = {f.code for f in version.fees}
    for code in variant.components:
        if code not in components:
            raise fault(
                f"{where}.components", f"không có thành phần “{code}”", f"there is no component “{code}”"
            )
    _no_doubles(variant.components, f"{where}.components")
    _no_doubles([c.channel for c in variant.channels], f"{where}.channels")
    for i, channel in enumerate(variant.channels):
        check_limit(channel.limit, f"{where}.channels[{i}].limit")
        for code in channel.fees:
            if code not in rules:
                raise fault(
                    f"{where}.channels[{i}].fees", f"không có khoản thu “{code}”", f"no fee rule “{code}”"
                )
        if version.announced is None and not _can_be_complete(version, variant, channel.channel):
            raise fault(
                f"{where}.channels[{i}]",
                "kênh này không có giấy tờ nào phải nộp",
                "on this channel no paper would be asked for",
            )


def _can_be_complete(version: ProcedureVersion, variant: Variant, channel: Channel) -> bool:
    return any(
        c.kind is not ComponentKind.NOTE and (not c.channels or channel in c.channels)
        for c in version.components_of(variant.code)
    )


def check_limit(limit: Limit, where: str) -> None:
    """Refuses a limit that calendars.clock could not count (D7): kernel.errors.Invalid at `where`."""
    value = limit.value
    if limit.unit is LimitUnit.UNKNOWN:
        if value is not None and value < 0:
            raise fault(f"{where}.value", "thời hạn không thể âm", "a limit cannot be negative")
        return
    if limit.unit in UNITLESS:
        if value is not None:
            raise fault(
                f"{where}.value", f"đơn vị {limit.unit} không đi cùng số", f"{limit.unit} takes no value"
            )
        return
    if value is None or value <= 0:
        raise fault(f"{where}.value", "cần một số lớn hơn 0", "a number above 0 is needed here")
    if limit.unit not in FRACTIONS and value != value.to_integral_value():
        raise fault(
            f"{where}.value", f"đơn vị {limit.unit} cần số nguyên", f"{limit.unit} takes whole numbers only"
        )
    if is_too_long(limit):
        raise fault(
            f"{where}.value",
            f"thời hạn dài quá {LONGEST_YEARS} năm",
            f"a limit is {LONGEST_YEARS} years at most",
        )


def _check_ground(version: ProcedureVersion, ground: Ground, where: str) -> None:
    codes = {v.code for v in version.variants}
    for code in ground.variants:
        if code not in codes:
            raise fault(f"{where}.variants", f"không có trường hợp “{code}”", f"there is no variant “{code}”")
    for name in ("maximum", "whole"):
        limit = getattr(ground, name)
        if limit is not None:
            check_limit(limit, f"{where}.{name}")
