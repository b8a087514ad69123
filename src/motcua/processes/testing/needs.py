"""What a row of a test has to say, by what is done in it, and who usually does that. Pure."""

from collections.abc import Collection, Mapping

from motcua.dossiers.policy import SEATS
from motcua.dossiers.states import ACTS, Act, Authority
from motcua.processes.shapes import ProcessVersion
from motcua.processes.testing.shapes import Does

# Beside who, when and what has to come of it. `step` says something where several are open.
NEEDS: Mapping[Does, tuple[str, ...]] = {
    Does.ASSIGN: ("step",),
    Does.STEP: ("step", "outcome", "way"),
    Does.RETURN_STEP: ("step", "to"),
    Does.SUSPEND: ("ground",),
    Does.EXTEND: ("ground", "value"),
    Does.NOTIFY_DELAY: ("value",),
    Does.CONSULT: ("step", "plan", "whom", "value", "ground"),
    Does.ANSWER_CONSULTATION: ("plan", "answer"),
    Does.STOP: ("ground",),
}
BY_APPLICANT = frozenset({Does.SUPPLY, Does.WITHDRAW})
# Rows that end a step, and so make its papers.
ENDS_STEP = frozenset({Does.STEP, Does.DECIDE})


def usual_seat(act: Does, process: ProcessVersion | None, open_steps: Collection[str]) -> str | None:
    """The kind of seat that usually does `act` where `open_steps` (codes) are open; None: the applicant, or nobody."""
    if act is Does.WAIT or act in BY_APPLICANT:
        return None
    step = next((s for s in process.steps if s.code in open_steps), None) if process is not None else None
    seats = {kind for one in process.steps for kind in one.positions} if process is not None else set()
    if act is Does.ANSWER_CONSULTATION and step is not None:
        asked = (whom.position for one in step.consultations for whom in one.whom if whom.position)
        return next(asked, step.positions[0])
    wanted = ACTS[Act(act.value)].authority
    if step is not None and wanted & {Authority.STEP, Authority.HOLDER}:
        return step.positions[0]
    kinds = {kind for authority in wanted for kind in SEATS[authority]}
    return next(iter(sorted(kinds & seats) or sorted(kinds)), "reception_officer")
