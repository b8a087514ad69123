"""The parts that events are made of. Frozen like the events: a change is a new version of those that hold it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.kernel.contents import TextRef as TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitFact:
    """A limit as pinned. `value`: a decimal as text, None for same_day and none; `rule`: the clock's rules."""

    value: str | None
    unit: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyFact:
    """A party in a role; the snapshot itself is content."""

    role: str
    party: UUID
    snapshot: UUID
    snapshot_digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentFact:
    """A component as handed in, shown or looked up."""

    component: str
    kind: str
    originals: int
    copies: int
    file_digests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFact:
    """The answers to an electronic form, of a version of it; the answers themselves are content."""

    form: str
    version: int
    snapshot: UUID
    snapshot_digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldFact:
    """How a field stands with what it was held against. `outcome`: "same", "heard" (there is no contradiction) and
    "shown" fill it; "differs", "unstated" and "not_found" leave it open, for somebody to look at. `told`: what the
    register has otherwise."""

    field: str
    outcome: str
    told: TextRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFact:
    """Less is to be paid, says who applies: by which exemption, and on which paper."""

    exemption: str
    evidence: TextRef | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesFact:
    """Files that came later, of a component; "" where it is another paper."""

    component: str
    file_digests: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyFact:
    """What one item of a supplement request was answered with: words, and the digests of its files."""

    item: str
    text: TextRef | None = None
    file_digests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidFact:
    """What was said, as fields of a content; no text of the history."""

    snapshot: UUID
    snapshot_digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingFact:
    """Who handed it in for the applicant (`kind`: of assisting.KINDS) and how that one agreed. `organisation`: of who
    typed, where it is none of ours; `told`: relation, the words agreed to, and the receipt of a code, as content;
    `sheet`: the signed sheet as files, `paper_kept`: it lies with who typed; `notified`: the role that is told."""

    kind: str
    organisation: str = ""
    consent: str = ""
    agreed_at: datetime | None = None
    told: SaidFact | None = None
    sheet: FilesFact | None = None
    paper_kept: bool = False
    notified: str = "applicant"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeFact:
    """One line of the fee order, in đồng; None where the province has not set the amount. `exemption`: of the
    fee rule, applied on `evidence`."""

    rule: str
    amount: int | None
    exemption: str | None = None
    evidence: TextRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperMark:
    """The act was written on a numbered pad while the system was down."""

    pad: str
    number: str
    occurred_at: datetime
    photo: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderFact:
    """Who holds the dossier after the act. `holder` is desk, position, applicant, payer, or none."""

    holder: str
    agency: str = ""
    unit: UUID | None = None
    account: UUID | None = None
    queue: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFact:
    """The step that is open after the act: its number in the process version, its seats, its due."""

    number: int
    kinds: tuple[str, ...]
    due_at: datetime | None
    last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenFact:
    """To whom the rule of `step` gave it (nobody: it waits on the shared list), and why: `load` (they had `steps` open
    steps), `rotation` (the last one was given to them at `since`, or none yet), `territory` (they serve `area`)."""

    step: int
    rule: str
    account: UUID | None
    steps: int = 0
    since: datetime | None = None
    area: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideFact:
    """A step that opens beside the leading one, in another branch, and who holds it."""

    step: StepFact
    holder: HolderFact


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDueFact:
    """When a step beside the leading one is due after the act."""

    number: int
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DueFact:
    """The due moments as the clock gave them after the act."""

    due_at: datetime | None
    limit_due_at: datetime | None
    provisional: bool = False
    calendar_edition: str = ""
