"""What a published version of a procedure says, as frozen data. `catalogue.checking` reads and checks it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from motcua.agencies.bodies import Body
from motcua.catalogue.announced import Announced, AnnouncedTime
from motcua.catalogue.lacks import Gap
from motcua.kernel.say import Say


class Channel(StrEnum):
    """How a dossier comes in; "assisted" is a mark on the dossier, not a channel."""

    COUNTER = "counter"
    ONLINE = "online"
    POST = "post"


class Level(StrEnum):
    """The level of government that settles the procedure."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    COMMUNE = "commune"
    OTHER = "other"


class Audience(StrEnum):
    """Who may apply; also the kind of applicant a fee may depend on."""

    CITIZEN = "citizen"
    CITIZEN_ABROAD = "citizen_abroad"
    FOREIGNER = "foreigner"
    ORGANISATION = "organisation"
    BUSINESS = "business"


class LimitUnit(StrEnum):
    """The units of calendars.clock; `unknown`: announced without one, until a person decides it."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    WORKING_HOUR = "working_hour"
    HOUR = "hour"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    SAME_DAY = "same_day"
    NONE = "none"
    UNKNOWN = "unknown"


class StartEvent(StrEnum):
    """What sets the limit going: a complete and valid dossier received, or its payment confirmed."""

    RECEIVED = "received"
    PAID = "paid"


class ComponentKind(StrEnum):
    """How a component counts towards a complete dossier; `announced`: listed in words, not judged yet by anybody."""

    REQUIRED = "required"
    REQUIRED_IF = "required_if"
    ONE_OF = "one_of"
    SHOW_ONLY = "show_only"
    DATABASE = "database"
    VAULT = "vault"
    NOTE = "note"
    ANNOUNCED = "announced"


# Never demanded: words to read, and what nobody has judged yet.
UNJUDGED = frozenset({ComponentKind.NOTE, ComponentKind.ANNOUNCED})
# Looked at and given back, or looked up: not handed in.
LOOKED_UP = frozenset({ComponentKind.DATABASE, ComponentKind.VAULT})
LOOKED_AT = LOOKED_UP | {ComponentKind.SHOW_ONLY}


class Source(StrEnum):
    """What may stand in for the paper: a state database, or the citizen's vault."""

    DATABASE = "database"
    VAULT = "vault"


class FeeNature(StrEnum):
    """Law on Fees and Charges 97/2015/QH13 art. 3: `phi` pays for a service, `le_phi` for an act of state."""

    PHI = "phi"
    LE_PHI = "le_phi"


class FeeUnit(StrEnum):
    """What an amount is multiplied by."""

    REQUEST = "request"
    DOCUMENT = "document"
    PAGE = "page"
    COPY = "copy"
    SIGNATURE = "signature"


class SetBy(StrEnum):
    """Who fixes the amount: national law, or the council of the competent province."""

    LAW = "law"
    PROVINCIAL_COUNCIL = "provincial_council"


class HandledIn(StrEnum):
    """Which system settles it; elsewhere than here the dossier is a mirror."""

    HERE = "here"
    MINISTRY = "ministry"
    POLICE = "police"
    PORTAL = "portal"


# Where it is settled when not here; the door to each is the national portal, which leads on.
ELSEWHERE: Mapping[str, Say] = {
    HandledIn.MINISTRY: Say("hệ thống của bộ, ngành", "the system of the ministry"),
    HandledIn.POLICE: Say("hệ thống của công an", "the system of the police"),
    HandledIn.PORTAL: Say("Cổng Dịch vụ công quốc gia", "the National Public Service Portal"),
}


class PartyRole(StrEnum):
    """Whom the receiving screen asks about."""

    APPLICANT = "applicant"
    SUBMITTER = "submitter"


class GroundKind(StrEnum):
    """Lawful reasons to pause or to lengthen the limit."""

    VERIFICATION = "verification"
    COURT = "court"
    POSTING = "posting"
    TAX = "tax"
    PAUSING_CONSULTATION = "pausing_consultation"
    COMPLEX_MATTER = "complex_matter"


@dataclass(frozen=True, slots=True)
class Condition:
    """True when the answer to `question` is one of `answers` and each of `also` holds (catalogue.conditions)."""

    question: str
    answers: tuple[str, ...] = ("yes",)
    also: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    code: str
    label: Say


YES_NO = (Option("yes", Say("Có", "Yes")), Option("no", Say("Không", "No")))


@dataclass(frozen=True, slots=True)
class Question:
    """A question the desk or the portal asks so as to know which papers and fees apply. `by_officer`: who applies can't
    know it, and is not asked."""

    code: str
    text: Say
    options: tuple[Option, ...] = YES_NO
    by_officer: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """`value` units; no value for same_day and none, any or none for unknown."""

    unit: LimitUnit
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class VariantChannel:
    """One channel of one variant; `fees` are codes of the version's fee rules, in the order shown."""

    channel: Channel
    limit: Limit
    start: StartEvent = StartEvent.RECEIVED
    fees: tuple[str, ...] = ()
    announced: tuple[AnnouncedTime, ...] = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """A variant of the procedure; `components` are codes; `when` helps to choose, the desk decides."""

    code: str
    label: Say
    channels: tuple[VariantChannel, ...]
    components: tuple[str, ...]
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Component:
    """One paper (or one note) of the dossier.

    `originals` and `copies` are the numbers to hand in or, for show_only, to show. `when` limits it to some
    answers, `channels` and `applicants` to some of those (none named: all), `group` joins one_of alternatives,
    of which papers with the same `alternative` make one together, `sources` say what may stand in for the
    paper, `form` names the form to fill. `heading`: under which words the announcement lists it; `counted`: false
    where it names no number. `asked_because`: why it is asked for although a register or an earlier result can give
    it (catalogue.once_only).
    """

    code: str
    name: Say
    kind: ComponentKind
    originals: int = 0
    copies: int = 0
    when: Condition | None = None
    group: str | None = None
    alternative: str | None = None
    channels: tuple[Channel, ...] = ()
    applicants: tuple[Audience, ...] = ()
    sources: tuple[Source, ...] = ()
    form: Say | None = None
    heading: str | None = None
    counted: bool = True
    asked_because: Say | None = None


@dataclass(frozen=True, slots=True)
class Tier:
    """From the `start`-th unit on, each costs `value` đồng."""

    start: int
    value: int


@dataclass(frozen=True, slots=True)
class Amount:
    """`value` đồng for each unit, for these channels and applicants (none named: all).

    `tiers` change the price of later units, `cap` bounds the sum (for pages: of one copy).
    """

    value: int
    channels: tuple[Channel, ...] = ()
    applicants: tuple[Audience, ...] = ()
    tiers: tuple[Tier, ...] = ()
    cap: int | None = None


@dataclass(frozen=True, slots=True)
class Exemption:
    """Who pays less: `percent` off, on `evidence`; with `when`, by itself from an answer given."""

    code: str
    label: Say
    evidence: Say
    basis: str
    percent: int = 100
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class FeeRule:
    """One fee. No amount and set by the province: unknown until the province's schedule names it.

    `optional` fees (copies asked for) are due for each unit the applicant asks, none by default;
    `pauses` says that waiting for this payment pauses the limit; `at_submission`, that it is paid when a dossier is
    handed in, not when it is received; `payee`, whose money it is where another agency settles a part.
    """

    code: str
    name: Say
    nature: FeeNature
    set_by: SetBy
    unit: FeeUnit
    basis: str
    amounts: tuple[Amount, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    when: Condition | None = None
    optional: bool = False
    pauses: bool = False
    at_submission: bool = False
    payee: Body | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What the person gets, with the national code of the paper (None: announced without one that can be one)."""

    code: str | None
    name: Say


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason this version allows, for `variants` (none named: all).

    `maximum` bounds one use; `whole` bounds the limit with everything added ("in all not over 23 days").
    """

    code: GroundKind
    label: Say
    basis: str
    maximum: Limit | None = None
    whole: Limit | None = None
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grounds:
    suspension: tuple[Ground, ...] = ()
    extension: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision that announced this version (ND 63/2010 art. 13); its number, publisher and date where known."""

    number: str | None
    by: Say | None
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class Sector:
    code: str | None
    name: Say


@dataclass(frozen=True, slots=True)
class ProcedureVersion:
    """One published version. Published means immutable. `search_words`: what people call it at a desk. `name_only`:
    of whom the law asks no more than a name, so that no identity paper is demanded."""

    code: str
    title: Say
    sector: Sector
    levels: tuple[Level, ...]
    audience: tuple[Audience, ...]
    agency: Say | None
    decision: Decision
    order: tuple[Say, ...]
    components: tuple[Component, ...]
    variants: tuple[Variant, ...]
    results: tuple[Result, ...]
    legal_basis: tuple[str, ...]
    questions: tuple[Question, ...] = ()
    fees: tuple[FeeRule, ...] = ()
    conditions: tuple[Say, ...] = ()
    sets: int | None = None
    grounds: Grounds = Grounds()
    handled_in: HandledIn = HandledIn.HERE
    search_words: tuple[str, ...] = ()
    requirement_gaps: tuple[Gap, ...] = ()
    name_only: tuple[PartyRole, ...] = ()
    announced: Announced | None = None

    @property
    def result_codes(self) -> tuple[str, ...]:
        """The national codes of the papers it ends with."""
        return tuple(result.code for result in self.results if result.code is not None)

    def variant(self, code: str) -> Variant:
        """The variant `code`; KeyError when this version has none."""
        return {v.code: v for v in self.variants}[code]

    def channel(self, variant: str, channel: Channel) -> VariantChannel | None:
        """How `variant` runs on `channel`; None where the channel is not open for it."""
        return next((c for c in self.variant(variant).channels if c.channel == channel), None)

    def components_of(self, variant: str) -> tuple[Component, ...]:
        """The components of `variant`, in the variant's order."""
        by_code = {c.code: c for c in self.components}
        return tuple(by_code[code] for code in self.variant(variant).components)

    def fees_of(self, variant: str, channel: Channel) -> tuple[FeeRule, ...]:
        """The fee rules of `variant` on `channel`, in order; empty where the channel is not open."""
        by_code = {f.code: f for f in self.fees}
        entry = self.channel(variant, channel)
        return tuple(by_code[code] for code in entry.fees) if entry else ()

    def suspension_grounds(self, variant: str) -> tuple[Ground, ...]:
        """Why a dossier of `variant` may be suspended."""
        return tuple(g for g in self.grounds.suspension if not g.variants or variant in g.variants)

    def extension_grounds(self, variant: str) -> tuple[Ground, ...]:
        """Why the limit of a dossier of `variant` may be extended."""
        return tuple(g for g in self.grounds.extension if not g.variants or variant in g.variants)
