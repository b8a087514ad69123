"""Who asks for papers a second time, for whom it is no longer theirs to ask."""

from datetime import datetime

from motcua.agencies.positions import LEADERS
from motcua.agencies.selectors import seats
from motcua.dossiers.policy import SECOND_BY_LEADERS, Refused
from motcua.dossiers.selectors import Shown
from motcua.dossiers.states import Act
from motcua.web.desk.known import staff_names


def second_by(shown: Shown, at: datetime) -> list[str] | None:
    """The names of the leaders who may ask again, where the viewer might have asked first; None for everybody else. One
    statement where there are any."""
    verdict = shown.acts[Act.REQUEST_SUPPLEMENT]
    if not isinstance(verdict, Refused) or verdict.reason is not SECOND_BY_LEADERS:
        return None
    held = {
        account
        for seat in seats(shown.row["competent_agency"], at=at)
        if seat.kind in LEADERS
        for account in seat.accounts
    }
    return sorted(staff_names(held).values())
