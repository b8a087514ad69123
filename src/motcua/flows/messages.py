"""What became of a message: what was told stands with the dossier, and what nobody could be told is the desk's."""

from collections.abc import Mapping
from datetime import datetime

from motcua.dossiers import operations as dossiers
from motcua.dossiers.assisting import handed_in_from_home
from motcua.dossiers.at_desk import away
from motcua.dossiers.operations import Recorded
from motcua.dossiers.policy import check_by_message
from motcua.dossiers.row import Row
from motcua.dossiers.states import Act, State
from motcua.dossiers.untold import of_subject
from motcua.kernel.actor import Actor

# Messages that tell a result: the list of results holds it until somebody was told.
OF_A_RESULT = frozenset({"ready", "sent_to_you", "collect"})
# Messages whose word the event itself put on the desk's list (dossiers.untold).
ON_THE_LIST: Mapping[str, str] = {"moved": "due_moved", "firm": "due_date"}
_RUNNING = frozenset({State.RECEIVED, State.IN_PROCESS, State.SUPPLEMENT_REQUESTED, State.PAYMENT_REQUESTED})
# What the desk telephones about where no message arrived, while it is still so.
TELEPHONED: Mapping[str, tuple[str, frozenset[State]]] = {
    "received": ("received", _RUNNING),
    "received_for": ("received", _RUNNING | {State.TRANSFERRED}),
    "received_open": ("received", _RUNNING),
    "papers": ("papers", frozenset({State.SUPPLEMENT_REQUESTED})),
    "papers_over": ("papers", frozenset({State.SUPPLEMENT_REQUESTED})),
    "papers_again": ("papers", frozenset({State.SUPPLEMENT_REQUESTED})),
    "payment": ("payment", frozenset({State.PAYMENT_REQUESTED})),
    "delay": ("delay", _RUNNING),
    "extended": ("due_moved", _RUNNING),
    "consulted": ("due_moved", _RUNNING),
    "refused": ("refused", frozenset({State.REFUSED})),
    "stopped": ("stopped", frozenset({State.STOPPED})),
}
# Of these it matters to the dossier what became of them.
NOTED = OF_A_RESULT | ON_THE_LIST.keys() | TELEPHONED.keys()


def reached(*, code: str, about: str, as_of: int, way: str, actor: Actor, at: datetime) -> Recorded | None:
    """Note that a message, made `as_of` that event of the dossier, told what the desk would have telephoned about;
    None where nobody waits for that word, or for a newer one."""
    row = dossiers.lock_to_note(code, check=check_by_message, actor=actor, at=at)
    if about in OF_A_RESULT:
        if not _waits_to_be_collected(row):
            return None
        return dossiers.notify_ready(row=row, way=way, reached=True, note="", actor=actor, at=at)
    word = next(iter(of_subject(row, _listed_as(about))), None)
    if word is None or word.seq > as_of:
        return None
    return dossiers.tell(row=row, word=word.seq, way=way, actor=actor, at=at)


def missed(*, code: str, about: str, as_of: int, actor: Actor, at: datetime) -> Recorded | None:
    """Put what no message could tell on the desk's list, beside what is there of other subjects; None where it is over,
    or something newer of the same stands there. A result that waits stands on the list of results, a word that its
    event made owed on the desk's, until somebody was told of it."""
    row = dossiers.lock_to_note(code, check=check_by_message, actor=actor, at=at)
    listed, states = TELEPHONED.get(about, ("", frozenset()))
    if State(row["state"]) not in states or any(word.seq > as_of for word in of_subject(row, listed)):
        return None
    # Who came to the desk went home with the receipt, and its date.
    if listed == "received" and not handed_in_from_home(row):
        return None
    return dossiers.not_reached(row=row, about=listed, actor=actor, at=at)


def _listed_as(about: str) -> str:
    return ON_THE_LIST[about] if about in ON_THE_LIST else TELEPHONED[about][0]


def _waits_to_be_collected(row: Row) -> bool:
    waits = row["state"] == State.DECIDED and row["available_at"] and not row["result_revoked"]
    return bool(waits) and away(Act.NOTIFY_READY, row) is None
