"""A dossier moves on: the dossier's act and the process's step, in one transaction. Order here, rules below."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.calendars.selectors import calendar_of
from motcua.catalogue.selectors import version as procedure_version
from motcua.dossiers import events as e, operations as dossiers
from motcua.dossiers.grounds import extension, ground_of, pause_end
from motcua.dossiers.operations import MissingPaper, Recorded, Replies
from motcua.dossiers.policy import check_applicant, check_own
from motcua.dossiers.states import Act
from motcua.flows.child_supplements import ask, hand_on, lock_parent
from motcua.flows.citizens import hold_mandate
from motcua.flows.courses import done, step_due_of
from motcua.flows.delays import notify_delay as notify_delay
from motcua.flows.form_mending import in_words, with_form
from motcua.flows.proven import refuse_proven
from motcua.flows.steps import (
    decide as decide,
    return_step as return_step,
    start as start,
    step as step,
)
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid
from motcua.kernel.time import local
from motcua.ledger.selectors import history

Paper = e.PaperMark | None


def request_supplement(
    *, code: str, items: Sequence[MissingPaper], actor: Actor, at: datetime, paper: Paper = None
) -> Recorded:
    """Ask the applicant for everything missing, once; `items` name components of the variant, other papers, or fields
    of the electronic form. For a child dossier the parent asks, in the same act. Raises Invalid also for what a
    register has proven."""
    parent = lock_parent(code)
    row = dossiers.lock(code, act=Act.REQUEST_SUPPLEMENT, actor=actor, at=at)
    known = {c.code for c in procedure_version(row["procedure_version"]).components_of(row["variant"])}
    if any(item.component is not None and item.component not in known for item in items):
        # ND 118/2025 art. 17(2)(a): nothing outside the published papers may be asked for.
        raise Invalid(
            "Chỉ được yêu cầu giấy tờ có trong thành phần hồ sơ đã công bố.",
            "Only papers of the published components may be asked for.",
            field="items",
        )
    refuse_proven(row, items)
    if parent is not None:
        return done(ask(parent=parent, row=row, items=items, actor=actor, at=at, paper=paper))
    items = in_words(row, items)
    recorded = dossiers.request_supplement(
        row=row, items=items, calendar=calendar_of(row["competent_agency"]), actor=actor, at=at, paper=paper
    )
    return done(recorded)


def supply(
    *,
    code: str,
    items: Sequence[str],
    actor: Actor,
    at: datetime,
    paper: Paper = None,
    uploads: dossiers.Uploads | None = None,
    words: Mapping[str, str] | None = None,
    typed: Mapping[str, Any] | None = None,
) -> Recorded:
    """Record supplied papers by the numbers of the open request's items; `uploads` are their files, `words` what was
    written to them, both by item; `typed`: what was typed into the fields of the electronic form that they name."""
    row = dossiers.lock(code, act=Act.SUPPLY, actor=actor, at=at)
    hold_mandate(actor=actor, power="hand_in", procedure=row["procedure"], at=at)
    calendar = calendar_of(row["competent_agency"])
    replies = Replies(uploads=uploads or {}, words=words or {})
    recorded = dossiers.supply(
        row=row,
        items=items,
        calendar=calendar,
        step_due=step_due_of(row, at, calendar),
        actor=actor,
        at=at,
        paper=paper,
        replies=with_form(row, items, replies, typed=typed, actor=actor, on=local(at).date()),
    )
    hand_on(recorded, asked=row["supplement"], actor=actor, at=at)
    return done(recorded)


def suspend(
    *,
    code: str,
    ground: str,
    reason: str,
    actor: Actor,
    at: datetime,
    until: datetime | None = None,
    paper: Paper = None,
) -> Recorded:
    """Pause the clock on a ground of the pinned version, at most for the ground's own maximum.

    Raises Invalid for a ground the version does not have.
    """
    row = dossiers.lock(code, act=Act.SUSPEND, actor=actor, at=at)
    found = ground_of(procedure_version(row["procedure_version"]).suspension_grounds(row["variant"]), ground)
    calendar = calendar_of(row["competent_agency"])
    latest = pause_end(row, found, at, calendar)
    if latest is not None and until is not None and until > latest:
        raise Invalid(
            f"Căn cứ này chỉ cho tạm dừng đến {local(latest):%d/%m/%Y %H:%M}.",
            f"This ground allows a pause until {local(latest):%d/%m/%Y %H:%M} at most.",
            field="until",
        )
    recorded = dossiers.suspend(
        row=row,
        ground=ground,
        basis=found.basis,
        reason=reason,
        until=until or latest,
        calendar=calendar,
        actor=actor,
        at=at,
        paper=paper,
    )
    return done(recorded)


def resume(*, code: str, actor: Actor, at: datetime, paper: Paper = None) -> Recorded:
    """End a suspension."""
    row = dossiers.lock(code, act=Act.RESUME, actor=actor, at=at)
    calendar = calendar_of(row["competent_agency"])
    recorded = dossiers.resume(
        row=row,
        calendar=calendar,
        step_due=step_due_of(row, at, calendar),
        actor=actor,
        at=at,
        paper=paper,
    )
    return done(recorded)


def extend(
    *,
    code: str,
    ground: str,
    value: str,
    reason: str,
    actor: Actor,
    at: datetime,
    paper: Paper = None,
) -> Recorded:
    """Lengthen the limit by `value` units of the ground's own unit, on a ground of the pinned version.

    Raises Invalid above the ground's maximum or for a value that is no positive number.
    """
    row = dossiers.lock(code, act=Act.EXTEND, actor=actor, at=at)
    dossiers.refuse_before_start(row)
    calendar = calendar_of(row["competent_agency"])
    grounds = procedure_version(row["procedure_version"]).extension_grounds(row["variant"])
    when = paper.occurred_at if paper else at
    found, amount, unit = extension(row, grounds, ground, value, at=when, calendar=calendar)
    recorded = dossiers.extend(
        row=row,
        value=amount,
        unit=unit,
        ground=ground,
        basis=found.basis,
        reason=reason,
        calendar=calendar,
        step_due=step_due_of(row, at, calendar),
        actor=actor,
        at=at,
        paper=paper,
    )
    return done(recorded)


def refuse(
    *, code: str, reason: str, basis: str, actor: Actor, at: datetime, paper: Paper = None
) -> Recorded:
    """Refuse a submitted dossier."""
    row = dossiers.lock(code, act=Act.REFUSE, actor=actor, at=at)
    return done(dossiers.refuse(row=row, reason=reason, basis=basis, actor=actor, at=at, paper=paper))


def withdraw(
    *, code: str, shown_by: str, actor: Actor, at: datetime, reason: str = "", paper: Paper = None
) -> Recorded:
    """End the dossier at the applicant's wish. Where several apply, what one of them does online is a word of theirs,
    and the last one's ends it; at the desk all of them sign."""
    row = dossiers.lock(code, act=Act.WITHDRAW, actor=actor, at=at)
    hold_mandate(actor=actor, power="hand_in", procedure=row["procedure"], at=at)
    if actor.kind == "citizen" and len(dossiers.applicants(row)) > 1:
        agreed = {UUID(x.data["party"]) for x in history(row["id"]) if x.type == e.WithdrawalAgreed.TYPE}
        waits = dossiers.agree_to_withdraw(row=row, agreed=agreed, reason=reason, actor=actor, at=at)
        if waits is not None:
            return waits
    return done(dossiers.withdraw(row=row, shown_by=shown_by, reason=reason, actor=actor, at=at, paper=paper))


def write(*, code: str, body: str, actor: Actor, at: datetime) -> Recorded:
    """Note what the person writes to the agency while it waits for them."""
    row = dossiers.lock_to_note(code, check=check_own, actor=actor, at=at)
    hold_mandate(actor=actor, power="hand_in", procedure=row["procedure"], at=at)
    return done(dossiers.write(row=row, body=body, actor=actor, at=at))


def object_to_filing(*, code: str, reason: str, actor: Actor, at: datetime) -> Recorded:
    """Note that the applicant asked nobody to hand the dossier in for them."""
    row = dossiers.lock_to_note(code, check=check_applicant, actor=actor, at=at)
    return done(dossiers.object_to_filing(row=row, reason=reason, actor=actor, at=at))


def stop(
    *, code: str, ground: str, basis: str, reason: str, actor: Actor, at: datetime, paper: Paper = None
) -> Recorded:
    """Stop settling the dossier (form 05)."""
    row = dossiers.lock(code, act=Act.STOP, actor=actor, at=at)
    return done(
        dossiers.stop(row=row, ground=ground, basis=basis, reason=reason, actor=actor, at=at, paper=paper)
    )


def apply_calendar(*, dossier: UUID, actor: Actor, at: datetime) -> Recorded | None:
    """Move one open dossier to the calendar now in force; None when nothing moves."""
    row = dossiers.lock_by_id(dossier)
    calendar = calendar_of(row["competent_agency"])
    recorded = dossiers.apply_calendar(
        row=row,
        calendar=calendar,
        step_due=step_due_of(row, at, calendar),
        actor=actor,
        at=at,
    )
    return None if recorded is None else done(recorded)
