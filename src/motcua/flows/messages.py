"""What became of a message: what was told stands with the dossier, and what nobody could be told is the desk's."""

from collections.abc import Mapping
from datetime import datetime

from motcua.dossiers import operations as dossiers
from motcua.dossiers.operations import Recorded
from motcua.dossiers.policy import check_by_message
from motcua.dossiers.row import Row
from motcua.dossiers.states import State
from motcua.kernel.actor import Actor

# Messages that tell a result, and those that tell what waits on the desk's list (dossiers.moved).
OF_A_RESULT = frozenset({"ready", "sent_to_you", "collect"})
ON_THE_LIST: Mapping[str, str] = {"moved": "due_moved", "firm": "due_date"}
# What the desk telephones about where no message arrived, while it is still so.
TELEPHONED: Mapping[str, tuple[str, frozenset[State]]] = {
    "papers": ("papers", frozenset({State.SUPPLEMENT_REQUESTED})),
    "papers_over": ("papers", frozenset({State.SUPPLEMENT_REQUESTED})),
    "papers_again": ("papers", frozenset({State.SUPPLEMENT_REQUESTED})),
    "payment": ("payment", frozenset({State.PAYMENT_REQUESTED})),
    "delay": (
        "delay",
        frozenset({State.RECEIVED, State.IN_PROCESS, State.SUPPLEMENT_REQUESTED, State.PAYMENT_REQUESTED}),
    ),
    "moved": ("due_moved", frozenset({State.RECEIVED, State.IN_PROCESS})),
}


def reached(*, code: str, about: str, way: str, actor: Actor, at: datetime) -> Recorded | None:
    """Note that a message told what the desk would have telephoned about; None where nobody waits for that word."""
    row = dossiers.lock_to_note(code, check=check_by_message, actor=actor, at=at)
    if about in OF_A_RESULT and _waits_to_be_collected(row):
        return dossiers.notify_ready(row=row, way=way, reached=True, note="", actor=actor, at=at)
    if row["to_tell"] is not None and row["to_tell"]["about"] == ON_THE_LIST.get(about):
        return dossiers.tell(row=row, way=way, actor=actor, at=at)
    return None


def missed(*, code: str, about: str, actor: Actor, at: datetime) -> Recorded | None:
    """Put what no message could tell on the desk's list; None where it stands there already, or is over. A result
    that waits stands on the list of results until somebody was told of it."""
    row = dossiers.lock_to_note(code, check=check_by_message, actor=actor, at=at)
    listed, states = TELEPHONED.get(about, ("", frozenset()))
    if State(row["state"]) not in states or row["to_tell"] is not None:
        return None
    return dossiers.not_reached(row=row, about=listed, actor=actor, at=at)


def _waits_to_be_collected(row: Row) -> bool:
    return bool(row["state"] == State.DECIDED and row["available_at"] and not row["result_revoked"])
