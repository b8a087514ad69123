"""What a dossier costs: rules, quantities and exemptions in, lines of đồng with their reasons out. Pure."""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from motcua.catalogue.conditions import holds, open_question
from motcua.catalogue.shapes import (
    Amount,
    Audience,
    Channel,
    Exemption,
    FeeNature,
    FeeRule,
    FeeUnit,
    Question,
    SetBy,
)
from motcua.kernel.errors import Invalid
from motcua.kernel.say import Say, counted


@dataclass(frozen=True, slots=True)
class Quantities:
    """How much is asked for. Pages are those of one copy."""

    requests: int = 1
    documents: int = 1
    pages: int = 0
    copies: int = 0
    signatures: int = 0


@dataclass(frozen=True, slots=True)
class Claim:
    """An exemption somebody claims, with the paper shown for it (blank: none)."""

    exemption: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of the explanation, with its legal basis."""

    vi: str
    en: str
    basis: str = ""


class Lacking(enum.Enum):
    """What must be told before the amount of a fee is known."""

    ANSWER = "answer"
    QUANTITY = "quantity"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One fee of one dossier, in đồng. `amount` None: not known, which is not the same as nothing to pay; `lacking`
    says what for."""

    rule: str
    name: Say
    nature: FeeNature
    amount: int | None
    reasons: tuple[Reason, ...]
    exemption: str | None = None
    pauses: bool = False
    lacking: Lacking | None = None


@dataclass(frozen=True, slots=True)
class FeeOrder:
    """All fees of one dossier."""

    lines: tuple[FeeLine, ...]

    @property
    def total(self) -> int | None:
        """The sum in đồng; None while one of the lines is not known."""
        amounts = [line.amount for line in self.lines]
        return None if None in amounts else sum(a for a in amounts if a is not None)

    @property
    def unknown(self) -> tuple[FeeLine, ...]:
        """The lines whose amount is not known."""
        return tuple(line for line in self.lines if line.amount is None)


@dataclass(frozen=True, slots=True)
class Resolved:
    """The amounts a competent province has set for one fee rule, and by which resolution."""

    rule: str
    amounts: tuple[Amount, ...]
    basis: str


def compute(
    *,
    rules: Iterable[FeeRule],
    channel: Channel,
    applicant: Audience,
    quantities: Quantities | None = None,
    claims: Iterable[Claim] = (),
    answers: Mapping[str, str] | None = None,
    province: Iterable[Resolved] = (),
    questions: Iterable[Question] = (),
) -> FeeOrder:
    """The fees of one dossier in đồng (whole numbers), a line for each rule that applies, each explained.

    `rules` in the order shown (ProcedureVersion.fees_of), `answers` question -> option, `province` what the
    competent province has set, `questions` for their words. A rule the province sets and has not set, a condition of
    a rule or of an exemption that nobody has answered, a quantity not entered and a claim without evidence are said
    so; a full exemption makes a line 0 even where the amount is unknown. An optional fee of which nothing is asked
    makes no line.
    Raises kernel.errors.Invalid for negative quantities and for a claim that no rule knows.
    Source: Law 97/2015/QH13 on fees and charges; 60/2014/QH13 art. 11 for civil status.
    """
    asked = quantities or Quantities()
    _check_quantities(asked)
    rules, claimed = tuple(rules), {c.exemption: c for c in claims}
    known = {e.code for rule in rules for e in rule.exemptions}
    for code in claimed:
        if code not in known:
            raise Invalid(
                f"Không khoản thu nào có diện miễn, giảm “{code}”; hãy chọn lại.",
                f"No fee here knows the exemption “{code}”; choose another.",
                field="claims",
            )
    resolved = {r.rule: r for r in province}
    given, words = answers or {}, {q.code: q.text for q in questions}
    lines = [
        _line(rule, channel, applicant, asked, claimed, given, resolved.get(rule.code), words)
        for rule in rules
        if holds(rule.when, given) is not False and not (rule.optional and _units(rule, asked) == 0)
    ]
    return FeeOrder(tuple(lines))


def lacking_of(rule: FeeRule | None) -> Lacking:
    """What an unknown amount of `rule` waits for, as far as the rule tells: its price is in the law, or is not."""
    counted = rule is not None and bool(rule.amounts) and rule.unit is not FeeUnit.REQUEST
    return Lacking.QUANTITY if counted else Lacking.AMOUNT


def _line(
    rule: FeeRule,
    channel: Channel,
    applicant: Audience,
    asked: Quantities,
    claimed: Mapping[str, Claim],
    answers: Mapping[str, str],
    resolved: Resolved | None,
    words: Mapping[str, Say],
) -> FeeLine:
    reasons: list[Reason] = []
    exemption = _exemption(rule, claimed, answers, reasons)
    amount: int | None = None
    lacking: Lacking | None = None
    if (question := _undecided(rule, exemption, answers)) is not None:
        lacking = Lacking.ANSWER
        said = words.get(question, Say(question, question))
        reasons.append(
            Reason(
                f"Trả lời câu hỏi “{said.vi}” thì mới biết có phải nộp hay không",
                f"Answer the question “{said.en}” to know whether this is due",
            )
        )
    else:
        amount = _full(rule, channel, applicant, asked, resolved, reasons)
        if amount is None:
            lacking = Lacking.QUANTITY if _units(rule, asked) == 0 else Lacking.AMOUNT
    if exemption is not None and (amount is not None or exemption.percent == 100):
        amount = _reduced(amount or 0, exemption.percent)
        reasons.append(
            Reason(
                f"Giảm {exemption.percent}%: {exemption.label.vi}; còn {_dong(amount)}",
                f"{exemption.percent}% off: {exemption.label.en}; {_dong(amount)} remain",
                exemption.basis,
            )
        )
    return FeeLine(
        rule.code,
        rule.name,
        rule.nature,
        amount,
        tuple(reasons),
        exemption.code if exemption else None,
        rule.pauses,
        lacking if amount is None else None,
    )


def _undecided(rule: FeeRule, exemption: Exemption | None, answers: Mapping[str, str]) -> str | None:
    """The question whose answer decides whether the rule holds, or whether less is due than by `exemption`."""
    reached = exemption.percent if exemption else 0
    more = [e.when for e in rule.exemptions if e.percent > reached]
    found = (open_question(condition, answers) for condition in (rule.when, *more))
    return next((question for question in found if question is not None), None)


def _full(
    rule: FeeRule,
    channel: Channel,
    applicant: Audience,
    asked: Quantities,
    resolved: Resolved | None,
    reasons: list[Reason],
) -> int | None:
    """What the rule asks before exemptions; None where nobody has set it."""
    by_province = rule.set_by is SetBy.PROVINCIAL_COUNCIL and resolved is not None
    amounts, basis = (
        (resolved.amounts, resolved.basis) if by_province and resolved else (rule.amounts, rule.basis)
    )
    entry = next((a for a in amounts if _fits(a, channel, applicant)), None)
    if entry is None:
        reasons.append(_not_set(rule))
        return None
    units = _units(rule, asked)
    if units == 0:
        reasons.append(
            Reason(
                f"Chưa nhập số {_UNITS[rule.unit]} nên chưa tính được",
                f"The number of {_ENGLISH[rule.unit][1]} is not entered, so this cannot be worked out",
                basis,
            )
        )
        return None
    total = _priced(entry, units)
    if rule.unit is FeeUnit.PAGE:
        total *= max(asked.copies, 1)
    if total == 0:
        reasons.append(Reason(f"{rule.name.vi}: không thu", f"{rule.name.en}: nothing is charged", basis))
        return 0
    reasons.append(
        Reason(
            f"{rule.name.vi}: {units} {_UNITS[rule.unit]}, {_dong(total)}",
            f"{rule.name.en}: {counted(units, *_ENGLISH[rule.unit])}, {_dong(total)}",
            basis,
        )
    )
    return total


def _not_set(rule: FeeRule) -> Reason:
    if rule.set_by is SetBy.PROVINCIAL_COUNCIL:
        return Reason(
            "Mức thu do Hội đồng nhân dân cấp tỉnh quyết định; tỉnh này chưa cập nhật mức thu vào hệ thống",
            "The provincial council sets this fee; for this province no amount has been entered",
            rule.basis,
        )
    return Reason(
        "Văn bản không nêu mức thu cho kênh và đối tượng này",
        "The text names no amount for this channel and this kind of applicant",
        rule.basis,
    )


def _exemption(
    rule: FeeRule, claimed: Mapping[str, Claim], answers: Mapping[str, str], reasons: list[Reason]
) -> Exemption | None:
    """The largest exemption that holds; a claim without evidence is explained and not applied."""
    holding: list[Exemption] = []
    for exemption in rule.exemptions:
        claim = claimed.get(exemption.code)
        by_answer = exemption.when is not None and holds(exemption.when, answers)
        if by_answer or (claim is not None and claim.evidence.strip()):
            holding.append(exemption)
        elif claim is not None:
            reasons.append(
                Reason(
                    f"Chưa áp dụng “{exemption.label.vi}”: cần {exemption.evidence.vi}",
                    f"“{exemption.label.en}” is not applied: {exemption.evidence.en} is needed",
                    exemption.basis,
                )
            )
    return max(holding, key=lambda e: e.percent, default=None)


def _fits(amount: Amount, channel: Channel, applicant: Audience) -> bool:
    return (not amount.channels or channel in amount.channels) and (
        not amount.applicants or applicant in amount.applicants
    )


def _priced(amount: Amount, units: int) -> int:
    """`units` at the price of the tier each falls into, not above the cap."""
    starts = [1, *(t.start for t in amount.tiers)]
    prices = [amount.value, *(t.value for t in amount.tiers)]
    ends = [*starts[1:], units + 1]
    total = sum(
        price * max(0, min(end, units + 1) - start)
        for start, end, price in zip(starts, ends, prices, strict=True)
    )
    return total if amount.cap is None else min(total, amount.cap)


def _reduced(amount: int, percent: int) -> int:
    """`amount` less `percent`, a broken đồng dropped in the payer's favour."""
    return int(Fraction(amount) * (100 - percent) / 100)


def _units(rule: FeeRule, asked: Quantities) -> int:
    return {
        FeeUnit.REQUEST: asked.requests,
        FeeUnit.DOCUMENT: asked.documents,
        FeeUnit.PAGE: asked.pages,
        FeeUnit.COPY: asked.copies,
        FeeUnit.SIGNATURE: asked.signatures,
    }[rule.unit]


def _check_quantities(asked: Quantities) -> None:
    for name in ("requests", "documents", "pages", "copies", "signatures"):
        if getattr(asked, name) < 0:
            raise Invalid(
                "Số lượng không thể âm; hãy nhập lại.",
                "A quantity cannot be negative; enter it again.",
                field=f"quantities.{name}",
            )


def _dong(amount: int) -> str:
    return f"{amount:,} đồng".replace(",", ".")


_UNITS = {
    FeeUnit.REQUEST: "trường hợp",
    FeeUnit.DOCUMENT: "văn bản",
    FeeUnit.PAGE: "trang",
    FeeUnit.COPY: "bản",
    FeeUnit.SIGNATURE: "chữ ký",
}
_ENGLISH = {
    FeeUnit.REQUEST: ("request", "requests"),
    FeeUnit.DOCUMENT: ("document", "documents"),
    FeeUnit.PAGE: ("page", "pages"),
    FeeUnit.COPY: ("copy", "copies"),
    FeeUnit.SIGNATURE: ("signature", "signatures"),
}
