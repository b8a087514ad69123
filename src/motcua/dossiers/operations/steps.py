"""The steps between reception and result: start, step, return, decide."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from motcua.dossiers import events as e
from motcua.dossiers.attachments import Uploads, attach, files_of
from motcua.dossiers.content import NewContent
from motcua.dossiers.open_steps import Following, chosen, seen_from
from motcua.dossiers.operations.children import outcome_with
from motcua.dossiers.operations.common import basis_text, happened_at, reason_content
from motcua.dossiers.policy import check
from motcua.dossiers.projector import standing
from motcua.dossiers.record import Recorded, record
from motcua.dossiers.row import Row
from motcua.dossiers.states import Act
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.text import clean


def start(
    *, row: Row, holder: e.HolderFact, actor: Actor, at: datetime, paper: e.PaperMark | None = None
) -> Recorded:
    """Take up a received dossier: the first step's seat now has a name."""
    check(actor, Act.START, row, standing(row))
    event = e.DossierStarted(holder=holder, occurred_at=happened_at(at, paper, row), paper=paper)
    return record(row=row, event=event, actor=actor, at=at, paper=paper)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepResult:
    """What a finished step says. `outcome` granted, partly or refused; `note` its text; `basis` for a refusal; `way`:
    the named outcome by which it leads on; `made`: files of the papers it made, by what `made_in` calls them."""

    done: int
    done_kind: str
    outcome: str
    note: str = ""
    basis: str = ""
    signed: bool = False
    way: str = ""
    made: Uploads = field(default_factory=dict)


OUTCOMES = ("granted", "partly", "refused")


def step(
    *,
    row: Row,
    result: StepResult,
    following: Following,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Complete the open step `result.done`; then `following` is open. A refused or partly granted result needs note and
    basis."""
    check(actor, Act.STEP, seen_from(row, chosen(row, result.done, actor=actor)), standing(row))
    if result.outcome not in OUTCOMES:
        raise Invalid("Hãy chọn kết quả của bước.", "Choose the step's outcome.", field="outcome")
    contents: list[NewContent] = []
    basis = clean(result.basis)[:300]
    if result.outcome != "granted":
        contents = [reason_content("step_note", result.note, field="note")]
        basis = basis_text(result.basis)
    elif clean(result.note):
        contents = [reason_content("step_note", result.note, field="note")]
    attached = attach(result.made, actor=actor, at=at)
    event = e.StepTaken(
        done=result.done,
        done_kind=result.done_kind,
        outcome=result.outcome,
        note=contents[0].ref if contents else None,
        basis=basis,
        signed=result.signed,
        signer_position=actor.position_kind if result.signed else "",
        holder=following.holder,
        step=following.step,
        occurred_at=happened_at(at, paper, row),
        paper=paper,
        given=following.given,
        way=result.way,
        passed_over=following.passed_over,
        beside=following.beside,
        goes_on=following.goes_on,
        files=files_of(attached),
    )
    return record(row=row, event=event, actor=actor, at=at, contents=contents, attached=attached, paper=paper)


def return_step(
    *,
    row: Row,
    done: int,
    reason: str,
    following: Following,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Give the open step `done` back, so that `following` is open, with a reason that stays in its history."""
    check(actor, Act.RETURN_STEP, seen_from(row, chosen(row, done, actor=actor)), standing(row))
    kept = reason_content("return_reason", reason)
    event = e.StepReturned(
        done=done,
        reason=kept.ref,
        holder=following.holder,
        step=following.step,
        occurred_at=happened_at(at, paper, row),
        paper=paper,
        left=following.left,
        beside=following.beside,
        goes_on=following.goes_on,
    )
    return record(row=row, event=event, actor=actor, at=at, contents=[kept], paper=paper)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedPaper:
    """A numbered paper of the result. `kind` is a national result code of the version."""

    role: str
    kind: str
    number: str
    date: date
    medium: str = "wet_ink"


def decide(
    *,
    row: Row,
    papers: Sequence[IssuedPaper],
    holder: e.HolderFact,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
    expected: Sequence[str] = (),
    made: Uploads | None = None,
) -> Recorded:
    """Issue the result the leader approved: numbered, signed, sealed; the clock stops here (design, section 6).
    `expected`: the parts that other agencies settle, which it waits for; `made` as in `StepResult`.

    Written by the last running step, signed by who approved. Raises NotAllowedNow before the last step or
    without an approval; Invalid without a number.
    """
    check(actor, Act.DECIDE, row, standing(row))
    approval = row["approval"]
    if not row["last_step"] or approval is None:
        raise NotAllowedNow(
            "Chưa thể ban hành: lãnh đạo chưa duyệt, ký kết quả.",
            "It can't be issued yet: no leader has approved and signed the result.",
        )
    for n, issued in enumerate(papers):
        if not clean(issued.number):
            raise Invalid("Hãy ghi số văn bản.", "Write the paper's number.", field=f"papers.{n}.number")
    if not papers:
        raise Invalid("Kết quả cần ít nhất một văn bản.", "A result needs a paper.", field="papers")
    note = approval["note"]
    attached = attach(made or {}, actor=actor, at=at)
    event = e.DossierDecided(
        outcome=outcome_with(row, approval["outcome"], expected=expected),
        papers=tuple(
            e.ResultPaper(
                role=p.role, kind=p.kind, number=clean(p.number)[:100], date=p.date, medium=p.medium
            )
            for p in papers
        ),
        signer=e.Signer(person=approval["by"], position=approval["position"], mandate=approval["mandate"]),
        basis=approval["basis"],
        reasons_digest=bytes.fromhex(note["digest"]) if note else None,
        reasons=UUID(note["content"]) if note else None,
        step=row["step"],
        holder=holder,
        occurred_at=happened_at(at, paper, row),
        paper=paper,
        files=files_of(attached),
    )
    return record(row=row, event=event, actor=actor, at=at, attached=attached, paper=paper)
