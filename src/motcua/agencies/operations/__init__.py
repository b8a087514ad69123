"""Setting up agencies, their people and who sits where. Each is an event on the agency's own stream."""

from motcua.agencies.mandates import NewMandate
from motcua.agencies.operations.absences import end_absence, note_absence
from motcua.agencies.operations.handovers import alone_with_seats, note_handed_over, record_handover
from motcua.agencies.operations.mandates import appoint_stand_in
from motcua.agencies.operations.mergers import confirm_merger, drop_merger, propose_merger
from motcua.agencies.operations.people import (
    add_person,
    appoint_person,
    end_appointment,
    lock_account,
    reset_by_command,
    reset_factors,
    reset_password,
    set_screen_lock,
    unlock_account,
)
from motcua.agencies.operations.setting_up import (
    NewAgency,
    NewPosition,
    NewUnit,
    UnitRecord,
    add_agency,
    appoint,
    load_administrative_units,
    post,
)
from motcua.agencies.operations.stream import claim_decision, decide_on_stream

__all__ = [
    "NewAgency",
    "NewMandate",
    "NewPosition",
    "NewUnit",
    "UnitRecord",
    "add_agency",
    "add_person",
    "alone_with_seats",
    "appoint",
    "appoint_person",
    "appoint_stand_in",
    "claim_decision",
    "confirm_merger",
    "decide_on_stream",
    "drop_merger",
    "end_absence",
    "end_appointment",
    "load_administrative_units",
    "lock_account",
    "note_absence",
    "note_handed_over",
    "post",
    "propose_merger",
    "record_handover",
    "reset_by_command",
    "reset_factors",
    "reset_password",
    "set_screen_lock",
    "unlock_account",
]
