"""An agency's people, looked after by its technical administrator: accounts, seats, back-ups by date.

Each act locks the agency's row first, sees that the one who acts still sits in the administrator's seat (of two who
take it from each other at once, one is too late), claims the request's key, and is an event on the agency's stream.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from motcua.accounts import operations as accounts
from motcua.agencies.events import (
    AccountLocked,
    AccountUnlocked,
    AppointmentEnded,
    FactorsReset,
    PasswordReset,
    PersonAdded,
    PersonAppointed,
    ScreenLockSet,
    StaysFact,
)
from motcua.agencies.models import Agency, Appointment, Person, Position
from motcua.agencies.operations.common import (
    appointment_of,
    check_dates,
    check_free,
    opened,
    posted,
    seat_of,
    sits,
    sits_in,
)
from motcua.agencies.operations.handovers import alone_with_seats, recorded
from motcua.agencies.operations.stream import append_to, lock
from motcua.agencies.policy import StaffAct
from motcua.agencies.positions import REPRESENTATIVE
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.text import clean

SHORTEST_IDLE, LONGEST_IDLE = 2, 120
# The number of a document, never a name: it goes into an event.
MANDATE = re.compile(r"\d[\w./-]{0,39}")


def add_person(*, agency: str, login: str, name: str, password: str, actor: Actor, at: datetime) -> UUID:
    """Give a person an account in `agency`, with a password they must change; returns the account.

    Raises Denied for who is no administrator there, Invalid for a login or password that can't be.
    """
    row = opened(agency, StaffAct.ADD, None, actor, at)
    account = accounts.add_account(
        login=login, name=name, password=password, at=at, must_change_password=True
    )
    Person.objects.create(account_id=account, agency=row, added_at=at)
    append_to(row, PersonAdded(account=account), actor, at)
    return account


def appoint_person(
    *,
    agency: str,
    account: UUID,
    position: UUID,
    valid_from: datetime,
    valid_to: datetime | None,
    actor: Actor,
    at: datetime,
    posted_by: str = "",
) -> UUID:
    """Give one of the agency's people a seat, from a moment on or for a time; returns the appointment. Of a
    representative `posted_by` is the code of the agency that posted them.

    Raises Denied, NotFound, and Invalid for dates in the wrong order, a seat the person holds then, seats that one
    person never holds together, or a representative of nobody.
    """
    row = opened(agency, StaffAct.APPOINT, account, actor, at)
    seat = seat_of(row, position)
    check_dates(valid_from, valid_to, at)
    check_free(account, seat, valid_from, valid_to)
    sender = _sender(row, seat, clean(posted_by))
    made = sits(
        Appointment(
            account_id=account, position=seat, valid_from=valid_from, valid_to=valid_to, posted_by=sender
        )
    )
    event = PersonAppointed(
        appointment=made.id, account=account, position=seat.id, valid_from=valid_from, valid_to=valid_to
    )
    append_to(row, event, actor, at)
    posted(row, made, actor, at)
    return made.id


def _sender(row: Agency, seat: Position, code: str) -> Agency | None:
    """The agency that posts a representative; None for every other seat."""
    if seat.position_kind != REPRESENTATIVE and not code:
        return None
    sender = Agency.objects.filter(code=code).exclude(code=row.code).first()
    if sender is None or seat.position_kind != REPRESENTATIVE:
        raise Invalid(
            "Vị trí của cán bộ cơ quan khác cử đến, và chỉ vị trí ấy, cần mã của cơ quan cử đến.",
            "The seat of a representative, and no other, needs the code of the agency that posts them.",
            field="posted_by",
        )
    return sender


def end_appointment(
    *, agency: str, appointment: UUID, actor: Actor, at: datetime, stays: Sequence[StaysFact] = ()
) -> UUID:
    """End an appointment now; one that has not begun never does. Back-ups for it end with it. The record of what was
    handed over (agencies.handovers) gets its number; `stays`: what others answer without them. Returns whose it was.

    Raises Denied, NotFound, and NotAllowedNow for one that is over.
    """
    held = Appointment.objects.filter(id=appointment, position__unit__agency_id=agency).first()
    row = opened(agency, StaffAct.END, held.account_id if held else None, actor, at)
    held = appointment_of(row, appointment)
    if held.valid_to is not None and held.valid_to <= at:
        raise NotAllowedNow("Lượt giữ vị trí này đã kết thúc.", "This appointment is over.")
    standing_in = Appointment.objects.filter(
        position=held.position, acting_for_id=held.account_id, valid_to__gt=at
    )
    if held.acting_for_id is None and held.valid_from < at:
        recorded(row, held, stays, actor, at)
    for each in [held, *(standing_in if held.acting_for_id is None else ())]:
        _ends(each, at)
        event = AppointmentEnded(appointment=each.id, account=each.account_id, position=each.position_id)
        append_to(row, event, actor, at)
    return held.account_id


def _ends(held: Appointment, at: datetime) -> None:
    if held.valid_from >= at:
        held.delete()
        return
    held.valid_to = at
    held.save(update_fields=["valid_to"])


def lock_account(*, agency: str, account: UUID, actor: Actor, at: datetime) -> None:
    """Close a person's account and end their sessions, at once, whatever hangs on them: from then on they sit in no
    seat (the function `agencies_sitting` of the database), nothing is given to them, and what is in their name is
    handed on by who leads or administers (flows.leaving). Their appointments stay for when it is opened again.

    Raises Denied, NotFound, NotAllowedNow when it is closed.
    """
    alone_with_seats(*sits_in(account))
    row = opened(agency, StaffAct.LOCK, account, actor, at)
    accounts.close_account(account=account, at=at)
    append_to(row, AccountLocked(account=account), actor, at)


def unlock_account(*, agency: str, account: UUID, actor: Actor, at: datetime) -> None:
    """Open a closed account again: its person sits in their seats as before. Raises Denied, NotFound, NotAllowedNow
    when it is open."""
    row = opened(agency, StaffAct.UNLOCK, account, actor, at)
    accounts.open_account(account=account)
    append_to(row, AccountUnlocked(account=account), actor, at)


def reset_factors(*, agency: str, account: UUID, actor: Actor, at: datetime) -> None:
    """Take a person's second factors away: they are told at the next sign-in, and enrol anew. Raises Denied,
    NotFound."""
    row = opened(agency, StaffAct.RESET_FACTORS, account, actor, at)
    accounts.reset_factors(account=account, at=at)
    append_to(row, FactorsReset(account=account), actor, at)


def reset_password(*, agency: str, account: UUID, password: str, actor: Actor, at: datetime) -> None:
    """Give a person a new password, to be changed at the first sign-in. Raises Denied, NotFound, Invalid."""
    row = opened(agency, StaffAct.RESET_PASSWORD, account, actor, at)
    accounts.set_password(account=account, password=password, at=at)
    append_to(row, PasswordReset(account=account), actor, at)


def set_screen_lock(*, agency: str, minutes: int, actor: Actor, at: datetime) -> None:
    """After how many idle minutes the agency's screens lock themselves. Raises Denied, Invalid beyond 2 to 120."""
    row = opened(agency, StaffAct.SET_SCREEN_LOCK, None, actor, at)
    if not SHORTEST_IDLE <= minutes <= LONGEST_IDLE:
        raise Invalid(
            f"Nhập số phút từ {SHORTEST_IDLE} đến {LONGEST_IDLE}.",
            f"Give {SHORTEST_IDLE} to {LONGEST_IDLE} minutes.",
            field="minutes",
        )
    row.lock_after_minutes = minutes
    row.save(update_fields=["lock_after_minutes"])
    append_to(row, ScreenLockSet(minutes=minutes), actor, at)


def reset_by_command(*, account: UUID, password: str, actor: Actor, at: datetime) -> None:
    """A new password and no second factor, by who holds the server: the way back for the last administrator.

    Where the person belongs to no agency yet there is no stream to write it to.
    """
    person = Person.objects.filter(account_id=account).first()
    accounts.set_password(account=account, password=password, at=at)
    accounts.reset_factors(account=account, at=at)
    if person is not None:
        row = lock(person.agency_id)
        append_to(row, PasswordReset(account=account), actor, at)
        append_to(row, FactorsReset(account=account), actor, at)
