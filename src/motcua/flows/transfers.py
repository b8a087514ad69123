"""A dossier goes to another agency: sent, arrived, accepted or declined, the applicant told. Order, never rules."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from motcua.agencies.selectors import AgencyFacts, agency as agency_facts, stands_for
from motcua.calendars.calendar import WorkCalendar
from motcua.calendars.selectors import calendar_of, calendars_of
from motcua.catalogue.selectors import offer, offered_variant
from motcua.dossiers import events as e, operations as dossiers
from motcua.dossiers.due import RULE
from motcua.dossiers.operations import Recorded, Sending, Taking
from motcua.dossiers.papers_at import where_papers_are
from motcua.dossiers.policy import check_at_desk
from motcua.dossiers.row import Row
from motcua.dossiers.states import Act, State
from motcua.dossiers.travels import Place
from motcua.dossiers.untold import untold
from motcua.flows.children import refuse_parts
from motcua.flows.courses import done, facts_of, step_due_of
from motcua.flows.reception import limit_fact
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotAllowedNow, NotFound, Refusal
from motcua.kernel.say import Say
from motcua.kernel.time import local
from motcua.ledger.operations import claim
from motcua.processes import routing
from motcua.processes.selectors import Adopted, adopted
from motcua.processes.whereabouts import told_of

Paper = e.PaperMark | None
_BACK = Say(
    "Hồ sơ trở lại nơi chuyển (từ chối nhận chuyển), để chuyển nơi khác hoặc giải quyết từng thủ tục riêng.",
    "The dossier goes back (decline the transfer), to be sent elsewhere, or each procedure settled by itself.",
)


def transfer(
    *,
    code: str,
    to: str,
    actor: Actor,
    at: datetime,
    way: str = "electronic",
    manifest: str = "",
    reason: str = "",
    paper: Paper = None,
) -> Recorded:
    """Give a dossier to agency `to`, electronically or with its papers and a manifest.

    Raises Invalid for an agency that is none, is the giver, or has no desk; NotAllowedNow for one that runs no
    process for it: it could never accept.
    """
    row = dossiers.lock(code, act=Act.TRANSFER, actor=actor, at=at)
    giver = agency_facts(row["holder_agency"])
    receiver = _other(to, giver)
    _process_of(row, to, at, at)
    recorded = dossiers.transfer(
        row=row,
        sending=Sending(to=to, way=way, manifest=manifest, reason=reason),
        giver=_desk(giver),
        receiver=_desk(receiver),
        calendar=calendar_of(row["competent_agency"]),
        their_calendar=calendar_of(to),
        actor=actor,
        at=at,
        paper=paper,
    )
    return done(recorded)


def _other(code: str, giver: AgencyFacts) -> AgencyFacts:
    try:
        found = agency_facts(code)
    except NotFound as missing:
        raise Invalid(missing.vi, missing.en, field="to") from missing
    if found.code == giver.code:
        raise Invalid("Hồ sơ đang ở chính cơ quan này.", "The dossier is at this very agency.", field="to")
    if found.desk_unit is None:
        raise Invalid(
            f"{found.name} không có Bộ phận Một cửa để nhận chuyển.",
            f"{found.called.en} has no desk that could receive it.",
            field="to",
        )
    return found


def _desk(agency: AgencyFacts) -> e.HolderFact:
    return routing.desk(agency.code, agency.desk_unit)


def _process_of(row: Row, agency: str, when: datetime, at: datetime) -> Adopted:
    return adopted(
        agency=agency,
        procedure=row["procedure"],
        variant=row["variant"],
        on=local(when).date(),
        at=at,
        told=told_of(row),
        row=row,
    )


def note_arrival(*, code: str, actor: Actor, at: datetime, paper: Paper = None) -> Recorded:
    """Note at the receiving desk that a manifest's papers are there."""
    row = dossiers.lock(code, act=Act.ACCEPT_TRANSFER, actor=actor, at=at)
    return _delivered(row, actor, at, paper)


def _delivered(row: Row, actor: Actor, at: datetime, paper: Paper, place: Place | None = None) -> Recorded:
    to = row["transfer"]["to"]
    recorded = dossiers.deliver(
        row=row,
        receiver=_desk(agency_facts(to)),
        calendar=calendar_of(to),
        actor=actor,
        at=at,
        paper=paper,
        place=place,
    )
    return done(recorded)


def accept(*, code: str, actor: Actor, at: datetime, paper: Paper = None) -> Recorded:
    """Take a transferred dossier over, under one's own process. Raises NotAllowedNow without an adopted one."""
    row = dossiers.lock(code, act=Act.ACCEPT_TRANSFER, actor=actor, at=at)
    return _accept(row, actor, at, paper)


def over(rows: Sequence[Row], at: datetime) -> list[Row]:
    """Those of transferred dossiers of which `end_silent` has something to record. Two statements at most."""
    unnoted = [row for row in rows if not dossiers.ends_by_itself(row, at)]
    if not unnoted:
        return list(rows)
    places, to = where_papers_are(unnoted), sorted({row["transfer"]["to"] for row in unnoted})
    calendars = dict(zip(to, calendars_of(*to), strict=True))
    waits = {
        row["id"]
        for row in unnoted
        if dossiers.arrived_since(row, places[row["id"]]["papers"], calendars[row["transfer"]["to"]], at)
        is None
    }
    return [row for row in rows if row["id"] not in waits]


def end_silent(*, dossier: UUID, actor: Actor, at: datetime) -> Recorded | None:
    """Record that 8 working hours of silence were acceptance, or a merger of giver and receiver, or that papers whose
    arrival nobody noted count as arrived; None where nothing of that is so, or it was answered. Where the receiver
    could not take it over, it goes back to the giver, as of `at`: until then it was the receiver's. What a merger is
    about to pass on waits for that: Refusal."""
    row = dossiers.lock_by_id(dossier)
    if row["state"] != State.TRANSFERRED:
        return None
    silent = dossiers.ends_by_itself(row, at)
    place = None if silent else where_papers_are([row])[row["id"]]["papers"]
    if not silent and dossiers.arrived_since(row, place, calendar_of(row["transfer"]["to"]), at) is None:
        return None
    claim(stream=row["id"], seq=row["head_seq"] + 1, actor=actor, at=at)
    if not silent:
        return _delivered(row, actor, at, None, place)
    giver, to = row["transfer"]["giver"], row["transfer"]["to"]
    try:
        return _accept(row, actor, at, None)
    except Refusal as refusal:
        if giver == to or stands_for(to, on=local(at).date()) != to:
            raise
        reason = f"Quá 8 giờ làm việc không trả lời, và nơi nhận không tiếp nhận được: {refusal.vi}"
        return _decline(row, reason, actor, at, None, late=True)


def _accept(row: Row, actor: Actor, at: datetime, paper: Paper) -> Recorded:
    taking, calendar = _taking(row, paper.occurred_at if paper else at, at)
    recorded = dossiers.accept_transfer(
        row=row, taking=taking, calendar=calendar, actor=actor, at=at, paper=paper
    )
    return done(recorded)


def _taking(row: Row, when: datetime, at: datetime) -> tuple[Taking, WorkCalendar]:
    """What the receiver pins, and its calendar. Raises NotAllowedNow where nobody could take the dossier over."""
    to = row["transfer"]["to"]
    process = _taken_under(row, to, when, at)
    refuse_parts(row, process.version, agency=to, at=at, on=local(when).date(), advice=_BACK)
    limit, promise = _terms(row, to, when)
    first = routing.first_step(process.version)
    holder, given = routing.who_gets(first, to, process.staff)

    def step(start: datetime, due: e.DueFact) -> e.StepFact:
        course = routing.Course(
            process=process.version,
            variant=row["variant"],
            promise_value=promise.value or "",
            promise_unit=promise.unit,
            start=start,
            at=at,
            calendar=process.calendar,
            facts=facts_of({**row, "competent_agency": to}),
        )
        return course.fact(first, due.due_at)

    taking = Taking(
        process_version=process.version_id,
        limit=limit,
        promise=promise,
        holder=holder,
        step=step,
        given=given,
    )
    return taking, process.calendar


def _taken_under(row: Row, agency: str, when: datetime, at: datetime) -> Adopted:
    """The process of the day silence became acceptance; where none was adopted then, of the day it is taken over."""
    silent = dossiers.silent_since(row, when)
    if silent is not None:
        with suppress(NotAllowedNow):
            return _process_of(row, agency, silent, at)
    return _process_of(row, agency, when, at)


def _terms(row: Row, agency: str, when: datetime) -> tuple[e.LimitFact, e.LimitFact]:
    """Limit and promise as pinned at reception; of a dossier that was only submitted, as published."""
    if row["received_at"] is not None:
        return _pinned(row, "limit"), _pinned(row, "promise")
    found = offer(
        row["procedure"], agency=agency, province=agency_facts(agency).parent, on=local(when).date()
    )
    terms = offered_variant(found, variant=row["variant"], channel=row["channel"])
    return limit_fact(terms.limit), limit_fact(terms.promise)


def _pinned(row: Row, which: str) -> e.LimitFact:
    return e.LimitFact(value=row[f"{which}_value"] or None, unit=row[f"{which}_unit"], rule=RULE)


def decline(
    *, code: str, reason: str, actor: Actor, at: datetime, papers: str = "", paper: Paper = None
) -> Recorded:
    """Send a transferred dossier back with a reason, within 8 working hours; after them where the receiver could not
    take it over, so that it is never with nobody. `papers`: "came" where those on a manifest of paper alone are there.
    Raises Invalid where they stand on one of the system that is to be signed for."""
    row = dossiers.lock(code, act=Act.DECLINE_TRANSFER, actor=actor, at=at)
    late = stuck(row, paper.occurred_at if paper else at, at)
    return _decline(row, reason, actor, at, paper, late=late, came=papers == "came")


def _decline(
    row: Row, reason: str, actor: Actor, at: datetime, paper: Paper, *, late: bool, came: bool = False
) -> Recorded:
    calendar = calendar_of(row["competent_agency"])
    recorded = dossiers.decline_transfer(
        row=row,
        reason=reason,
        late=late,
        came=came,
        calendar=calendar,
        step_due=step_due_of(row, at, calendar),
        actor=actor,
        at=at,
        paper=paper,
    )
    return done(recorded)


def stuck(row: Row, when: datetime, at: datetime) -> bool:
    """Whether silence has accepted a transfer that its receiver cannot take over: no process adopted, or nobody who
    could have it. No statement before silence."""
    if dossiers.silent_since(row, when) is None:
        return False
    try:
        _taking(row, when, at)
    except Refusal:
        return True
    return False


def tell(*, code: str, words: Collection[int], way: str, actor: Actor, at: datetime) -> Recorded:
    """Note that the applicant was told these `words` (as `dossiers.untold` numbers them) of what they are owed; what
    else waits to be told stays. A word that is told already is passed over. Raises NotAllowedNow where none of them
    waits."""
    row = dossiers.lock_to_note(code, check=check_at_desk, actor=actor, at=at)
    waiting = [word.seq for word in untold(row["to_tell"]) if word.seq in words]
    for word in waiting[:-1]:
        row = dossiers.tell(row=row, word=word, way=way, actor=actor, at=at).row
    return done(dossiers.tell(row=row, word=waiting[-1] if waiting else 0, way=way, actor=actor, at=at))
