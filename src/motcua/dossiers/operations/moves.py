"""A dossier goes to a named person, or to another agency: transferred, delivered, accepted or declined, told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.calendars.calendar import WorkCalendar
from motcua.dossiers import events as e
from motcua.dossiers.due import answer_due, arrival_due, due_fact
from motcua.dossiers.open_steps import OpenStep
from motcua.dossiers.operations.common import StepDue, happened_at, reason_content
from motcua.dossiers.policy import check, check_sends
from motcua.dossiers.projector import standing
from motcua.dossiers.record import Recorded, record
from motcua.dossiers.row import Row, ended_pauses, paused
from motcua.dossiers.states import Act, State
from motcua.dossiers.travels import Place, came_to, is_open, last_of, went_with, with_transfer
from motcua.dossiers.untold import untold
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.text import clean
from motcua.kernel.time import parse_utc

WAYS = ("electronic", "manifest")
TOLD_BY = ("phone", "sms", "email", "letter", "in_person")
_NO_DUE = e.DueFact(due_at=None, limit_due_at=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """How a dossier goes to another agency: at once, or with its papers and the number of their manifest ("": who has
    them makes it afterwards)."""

    to: str
    way: str = "electronic"
    manifest: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """What the accepting agency pins: its process and first step, and limit and promise where none runs yet."""

    process_version: UUID
    limit: e.LimitFact
    promise: e.LimitFact
    holder: e.HolderFact
    step: Callable[[datetime, e.DueFact], e.StepFact]
    given: tuple[e.GivenFact, ...] = ()


def assign(
    *,
    row: Row,
    step: OpenStep,
    holder: e.HolderFact,
    reason: str,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Give `step`, which is open, to the person `holder` names, or (no account) back to its shared list, with a
    reason. Raises NotAllowedNow where it is so already.
    """
    check(actor, Act.ASSIGN, row, standing(row))
    same = (holder.account, holder.queue) == (step.holder.account, step.holder.queue)
    if same and (holder.account is None or _in_process(row)):
        raise NotAllowedNow(
            "Hồ sơ đang do chính người này giữ, hoặc đã ở danh sách chung.",
            "This person holds it already, or it is on the shared list.",
        )
    kept = reason_content("assign_reason", reason)
    event = e.DossierAssigned(
        step=step.number,
        starts=not _in_process(row),
        holder=holder,
        reason=kept.ref,
        occurred_at=happened_at(at, paper, row),
        paper=paper,
    )
    return record(row=row, event=event, actor=actor, at=at, contents=[kept], paper=paper)


def _in_process(row: Row) -> bool:
    return bool(row["stage"] == State.IN_PROCESS)


def transfer(
    *,
    row: Row,
    sending: Sending,
    giver: e.HolderFact,
    receiver: e.HolderFact,
    calendar: WorkCalendar,
    their_calendar: WorkCalendar,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Give the dossier to another agency; a running clock pauses, charged to the giver.

    `giver` and `receiver` are the two desks. Electronically it is delivered at once; with a manifest the giver's
    desk holds it until the other notes its arrival. A dossier for the agency named competent at its reception needs
    no reason (ND 118/2025 art. 17(3)), any other does.
    """
    check(actor, Act.TRANSFER, row, standing(row))
    check_sends(actor, row, sending.to)
    if sending.way not in WAYS:
        raise Invalid("Hãy chọn cách chuyển.", "Choose how it is sent.", field="way")
    manifest = clean(sending.manifest)[:60]
    on_paper = sending.way == "manifest"
    to_the_competent = row["competent_agency"] == sending.to
    kept = None if to_the_competent and not clean(sending.reason) else _reason(sending)
    when = happened_at(at, paper, row)
    due = _NO_DUE
    if row["clock_from"] is not None:
        due = due_fact(row, calendar, pauses=paused(row["pauses"], when, "transfer"))
    event = e.DossierTransferred(
        use="non_territorial" if to_the_competent else "competence",
        giver=giver.agency,
        to=sending.to,
        stage=row["stage"],
        way=sending.way,
        manifest=manifest if on_paper else "",
        reason=None if kept is None else kept.ref,
        answer_by=None if on_paper else answer_due(when, their_calendar),
        holder=giver if on_paper else receiver,
        due=due,
        occurred_at=when,
        paper=paper,
    )
    contents = [] if kept is None else [kept]
    return record(row=row, event=event, actor=actor, at=at, contents=contents, paper=paper)


def _reason(sending: Sending) -> Any:
    return reason_content("transfer_reason", sending.reason)


def deliver(
    *,
    row: Row,
    receiver: e.HolderFact,
    calendar: WorkCalendar,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
    place: Place | None = None,
) -> Recorded:
    """Note that the papers of a transfer are at the receiving desk: its 8 working hours begin. The system, which knows
    their `place`, says so once they count as arrived (`arrived_since`), and as of then.

    Raises NotAllowedNow where they are there already.
    """
    by_system = actor.kind == "system"
    if not by_system:
        check(actor, Act.ACCEPT_TRANSFER, row, standing(row))
    if row["transfer"]["answer_by"] is not None:
        raise NotAllowedNow("Hồ sơ đã đến.", "The dossier has arrived already.")
    since = arrived_since(row, place, calendar, at) if by_system else None
    when = max(since, row["holder_since"]) if since else happened_at(at, paper, row)
    answer_by = answer_due(when, calendar)
    if answer_by is None:
        raise Invalid("Không tính được hạn trả lời.", "The answer's due moment cannot be computed.")
    presumed = by_system and (place is None or not came_to(row, place))
    event = e.TransferDelivered(
        answer_by=answer_by, holder=receiver, occurred_at=when, paper=paper, presumed=presumed
    )
    return record(row=row, event=event, actor=actor, at=at, paper=paper)


def arrived_since(row: Row, place: Place | None, calendar: WorkCalendar, at: datetime) -> datetime | None:
    """Since when the papers of the open transfer, now at `place`, count as arrived, by the receiver's `calendar`,
    though nobody noted it: since they lie there, or two working days after they left. None where they don't by `at`,
    it was noted, or the receiver's word that they did not come is not settled. So it withholds its own 8 hours from
    nobody; papers that have not left are the giver's to send."""
    open_one, last = row["transfer"], last_of(row, "papers")
    came = came_to(row, place)
    if open_one["answer_by"] is not None or not (came or went_with(row, place)):
        return None
    moved = (last["settled_at"] or last["signed_at"] or last["sent_at"]) if last else open_one["since"]
    since = max(parse_utc(open_one["since"]), parse_utc(moved))
    moment = since if came else arrival_due(since, calendar)
    return moment if moment is not None and moment <= at else None


def silent_since(row: Row, at: datetime) -> datetime | None:
    """When silence became acceptance, if it has by `at`."""
    answer_by = (row["transfer"] or {}).get("answer_by")
    moment = parse_utc(answer_by) if answer_by else None
    return moment if moment is not None and moment <= at else None


def ends_by_itself(row: Row, at: datetime) -> bool:
    """Whether nobody has to answer the open transfer any more: silence has by `at`, or a merger made giver and receiver
    one agency."""
    return row["transfer"]["giver"] == row["transfer"]["to"] or silent_since(row, at) is not None


def accept_transfer(
    *,
    row: Row,
    taking: Taking,
    calendar: WorkCalendar,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Take a transferred dossier over: the limit starts, if it has not yet, else it goes on; never anew.

    After 8 working hours of silence it is accepted as of their end, whoever says so and whenever. Raises
    NotAllowedNow where the system speaks before them, unless a merger made giver and receiver one agency.
    """
    if actor.kind != "system":
        check(actor, Act.ACCEPT_TRANSFER, row, standing(row))
    when = happened_at(at, paper, row)
    silent = silent_since(row, when)
    if actor.kind == "system" and not ends_by_itself(row, when):
        raise NotAllowedNow("Chưa hết 8 giờ làm việc.", "The 8 working hours are not over.")
    when = max(silent, row["holder_since"]) if silent else when
    starts = row["clock_from"] is None
    clock: Mapping[str, Any] = {
        **row,
        "limit_value": taking.limit.value or "",
        "limit_unit": taking.limit.unit,
        "promise_value": taking.promise.value or "",
        "promise_unit": taking.promise.unit,
        "clock_from": when if starts else row["clock_from"],
    }
    due = due_fact(clock, calendar, pauses=[] if starts else ended_pauses(row["pauses"], when))
    event = e.TransferAccepted(
        silent=silent is not None,
        starts=starts,
        giver=row["transfer"]["giver"],
        agency=row["transfer"]["to"],
        process_version=taking.process_version,
        limit=taking.limit,
        promise=taking.promise,
        due=due,
        left_step=row["step"],
        step=taking.step(clock["clock_from"], due),
        holder=taking.holder,
        occurred_at=when,
        paper=paper,
        given=taking.given,
    )
    return record(row=row, event=event, actor=actor, at=at, paper=paper)


def decline_transfer(
    *,
    row: Row,
    reason: str,
    calendar: WorkCalendar,
    step_due: StepDue,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
    late: bool = False,
    came: bool = False,
) -> Recorded:
    """Send a transferred dossier back with a reason, within 8 working hours of its delivery (`late`: also after them,
    as the receiver cannot take it over; then the system may say so); the giver goes on where it stood, and a dossier
    not yet received has its 8-hour clock again. `came`: papers on a manifest of paper alone are there, noted with this.
    Raises NotAllowedNow after them, Invalid where the papers that came stand on a manifest of the system: it is signed.
    """
    silent = late and actor.kind == "system"
    if not silent:
        check(actor, Act.DECLINE_TRANSFER, row, standing(row))
    when = happened_at(at, paper, row)
    if not late and silent_since(row, when) is not None:
        raise NotAllowedNow(
            "Đã quá 8 giờ làm việc kể từ khi nhận chuyển; hồ sơ coi như đã được chấp nhận.",
            "More than 8 working hours have passed since delivery; the dossier counts as accepted.",
        )
    travel = with_transfer(row)
    if came and travel is not None and is_open(travel):
        number = travel["manifest"]
        raise Invalid(
            f"Giấy tờ đã đến thì ký nhận phiếu {number} trước (mục “Bàn giao giấy”), rồi hãy từ chối.",
            f"If the papers came, sign for manifest {number} first (“Paper manifests”), then decline.",
            field="papers",
        )
    kept = reason_content("decline_reason", reason)
    back = row["transfer"]["back_to"]
    due, due_of_step, answer_by = _NO_DUE, None, None
    beside_due: tuple[e.StepDueFact, ...] = ()
    if row["clock_from"] is not None:
        due = due_fact(row, calendar, pauses=ended_pauses(row["pauses"], when))
        due_of_step, beside_due = step_due(due), step_due.of_beside(due)
    elif row["transfer"]["stage"] == State.SUBMITTED:
        answer_by = answer_due(when, calendar)
    event = e.TransferDeclined(
        agency=row["transfer"]["to"],
        reason=kept.ref,
        holder=e.HolderFact(
            holder=back["holder_kind"],
            agency=back["holder_agency"],
            unit=UUID(back["holder_unit"]) if back["holder_unit"] else None,
            account=UUID(back["holder_account"]) if back["holder_account"] else None,
            queue=back["queue"],
        ),
        due=due,
        step_due_at=due_of_step,
        answer_due_at=answer_by,
        occurred_at=when,
        paper=paper,
        beside_due=beside_due,
        silent=silent,
        came=came,
    )
    return record(row=row, event=event, actor=actor, at=at, contents=[kept], paper=paper)


def tell(*, row: Row, word: int, way: str, actor: Actor, at: datetime) -> Recorded:
    """Note that the applicant was told the word that the event `word` made owed, and no other. Raises NotAllowedNow
    where it is told already, or a newer one of its subject stands in its place."""
    owed = next((one for one in untold(row["to_tell"]) if one.seq == word), None)
    if owed is None:
        raise NotAllowedNow(
            "Việc này đã được báo, hoặc vừa có tin mới hơn. Hãy xem lại danh sách.",
            "This was told already, or something newer is to be told. Look at the list again.",
        )
    if way not in TOLD_BY:
        raise Invalid("Hãy chọn cách đã báo.", "Choose how they were told.", field="way")
    event = e.ApplicantTold(
        about=owed.about, way=way, due_at=row["due_at"], occurred_at=happened_at(at, None, row), word=word
    )
    return record(row=row, event=event, actor=actor, at=at)


def not_reached(*, row: Row, about: str, actor: Actor, at: datetime) -> Recorded:
    """Note that no message about `about` reached the applicant, so that the desk telephones."""
    event = e.ApplicantNotReached(about=about, occurred_at=at)
    return record(row=row, event=event, actor=actor, at=at)
