"""What a person may decide about each kind of finding, as data. A kind that stands in no row is for its publisher to
mend; every kind in the table may also be looked at and left as announced (no value)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from motcua.catalogue.national.findings import FindingKind as Kind
from motcua.catalogue.national.words import Reach
from motcua.catalogue.reading import read
from motcua.catalogue.shapes import Audience, Channel, ComponentKind, FeeNature, FeeUnit, Level, LimitUnit


@dataclass(frozen=True, slots=True)
class LimitValue:
    """A limit; no `value` where the announced number stands, and for units that take none. `source`: where it is
    said; `channels`: for which, where the announcement names none."""

    unit: LimitUnit
    value: Decimal | None = None
    source: str | None = None
    channels: tuple[Channel, ...] = ()


class FeeAs(StrEnum):
    """What an announced amount means."""

    AS_STATED = "as_stated"
    THOUSANDS = "thousands"
    AMOUNT = "amount"
    FREE = "free"
    PROVINCE = "province"


@dataclass(frozen=True, slots=True)
class FeeValue:
    """A fee as a rule; `amount`: what it comes to, which only counts where it is another one; `asked`: a question on
    whose yes it is due, none: always."""

    means: FeeAs
    nature: FeeNature
    unit: FeeUnit
    basis: str
    name: str
    amount: int | None = None
    asked: str | None = None


@dataclass(frozen=True, slots=True)
class TimeRow:
    """One of the times of a channel: of which variant it is the limit."""

    label: str
    unit: LimitUnit
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class VariantsValue:
    """A row for each time of the channel, in order."""

    rows: tuple[TimeRow, ...]


class GroupAs(StrEnum):
    """What the papers under one heading are."""

    COMMON = "common"
    VARIANT = "variant"
    SHOW = "show"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class GroupRow:
    """`label`: of the variant whose papers stand there."""

    means: GroupAs
    label: str | None = None


@dataclass(frozen=True, slots=True)
class GroupsValue:
    """A row for each group of papers, in order."""

    groups: tuple[GroupRow, ...]


# Of what a listed paper may turn out to be.
PAPER_KINDS = (
    ComponentKind.REQUIRED,
    ComponentKind.REQUIRED_IF,
    ComponentKind.ONE_OF,
    ComponentKind.SHOW_ONLY,
    ComponentKind.DATABASE,
    ComponentKind.NOTE,
)


@dataclass(frozen=True, slots=True)
class PaperPart:
    """One paper of those that a listed one is; `asked`: the question of a required_if, `group`: of a one_of."""

    name: str
    kind: ComponentKind
    originals: int = 0
    copies: int = 0
    asked: str | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class PapersValue:
    parts: tuple[PaperPart, ...]


@dataclass(frozen=True, slots=True)
class ResultValue:
    """`code`: None for none; `name`: where the announcement gives none."""

    code: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class LevelValue:
    level: Level


@dataclass(frozen=True, slots=True)
class ChannelValue:
    channel: Channel


@dataclass(frozen=True, slots=True)
class AudienceValue:
    audience: tuple[Audience, ...]


@dataclass(frozen=True, slots=True)
class TextValue:
    text: str


@dataclass(frozen=True, slots=True)
class LinesValue:
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnnouncingValue:
    """The announcing decision."""

    number: str
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """`value`: what is decided (None: only that somebody looked); `reach`: the words it is decided on."""

    value: type[Any] | None
    reach: Reach = Reach.OWN


# Kinds that ask the same of the same paper: what is decided for one is decided for all of them.
OF_A_PAPER = (Kind.PAPER_NAMELESS, Kind.PAPER_UNCOUNTED, Kind.PAPERS_CONDITIONAL)

RULES: Mapping[Kind, Rule] = {
    Kind.STUB: Rule(None),
    Kind.DRAFTED_HERE: Rule(None, Reach.WHOLE),
    Kind.LEVEL_UNKNOWN: Rule(LevelValue),
    Kind.CHANNEL_UNREAD: Rule(ChannelValue, Reach.WHOLE),
    Kind.LIMIT_MISSING: Rule(LimitValue, Reach.UNDER),
    Kind.UNIT_BLANK: Rule(LimitValue, Reach.UNDER),
    Kind.LIMIT_ZERO: Rule(LimitValue, Reach.UNDER),
    Kind.LIMIT_UNCOUNTABLE: Rule(LimitValue, Reach.UNDER),
    Kind.LIMITS_DIFFER: Rule(VariantsValue, Reach.WHOLE),
    Kind.FEE_SMALL: Rule(FeeValue, Reach.ALIKE),
    Kind.FEE_IN_TEXT: Rule(FeeValue, Reach.ALIKE),
    Kind.FEE_WORDS: Rule(FeeValue, Reach.ALIKE),
    Kind.FEE_UNREAD: Rule(FeeValue, Reach.ALIKE),
    Kind.FEE_CURRENCY: Rule(FeeValue, Reach.ALIKE),
    Kind.PAPERS_GROUPED: Rule(GroupsValue, Reach.WHOLE),
    Kind.PAPERS_CONDITIONAL: Rule(PapersValue, Reach.UNDER),
    Kind.PAPER_NAMELESS: Rule(PapersValue, Reach.UNDER),
    Kind.PAPER_UNCOUNTED: Rule(PapersValue, Reach.UNDER),
    Kind.PAPERS_MISSING: Rule(PapersValue, Reach.WHOLE),
    Kind.RESULT_MISSING: Rule(ResultValue, Reach.WHOLE),
    Kind.RESULT_UNCODED: Rule(ResultValue),
    Kind.RESULT_CODE_OTHER: Rule(ResultValue),
    Kind.RESULT_CODE_NONSENSE: Rule(ResultValue),
    Kind.RESULT_CODE_DOUBLED: Rule(ResultValue),
    Kind.AGENCY_MISSING: Rule(TextValue, Reach.WHOLE),
    Kind.SUBJECT_MISSING: Rule(AudienceValue, Reach.WHOLE),
    Kind.ORDER_MISSING: Rule(LinesValue, Reach.WHOLE),
    Kind.DECISION_MISSING: Rule(AnnouncingValue, Reach.WHOLE),
}


def value_of(kind: Kind, data: Mapping[str, Any]) -> Any:
    """`data` as what is decided about `kind`; None for "left as announced" ({}). Raises kernel.errors.Invalid with
    the field."""
    rule = RULES[kind]
    return read(rule.value, data) if data and rule.value is not None else None
