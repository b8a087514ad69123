"""A lead says who does the open step."""

from datetime import datetime
from uuid import UUID

from motcua.dossiers import events as e, operations as dossiers
from motcua.dossiers.operations import Recorded
from motcua.dossiers.states import Act
from motcua.flows.courses import done
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid
from motcua.processes import routing
from motcua.processes.selectors import staff, version as process_version

SHARED = "shared"


def assign(
    *, code: str, to: str, reason: str, actor: Actor, at: datetime, paper: e.PaperMark | None = None
) -> Recorded:
    """Give the open step to the account `to`, or back to its shared list ("shared"), with a reason.

    Raises Invalid for somebody who holds none of the step's seats; NotAllowedNow without an open step, or where
    it is so already.
    """
    row = dossiers.lock(code, act=Act.ASSIGN, actor=actor, at=at)
    dossiers.refuse_without_step(row)
    step = routing.by_number(process_version(row["process_version"]), row["step"])
    agency = row["competent_agency"]
    people = staff(agency=agency, at=at)
    if to == SHARED:
        holder = routing.shared(step, agency, people)
    else:
        account = _account(to)
        if account not in routing.able(step, people):
            raise Invalid(
                "Người này không giữ vị trí nào của bước đang mở.",
                "This person holds none of the seats of the open step.",
                field="to",
            )
        holder = routing.held_by(account, step, agency, people)
    return done(dossiers.assign(row=row, holder=holder, reason=reason, actor=actor, at=at, paper=paper))


def _account(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Invalid("Hãy chọn người nhận việc.", "Choose who is to do it.", field="to") from None
