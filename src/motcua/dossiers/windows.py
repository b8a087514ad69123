"""Until when people may answer what they were asked for, and when they may write to the agency. Pure.

The law sets no general term for a supplement: it lets a dossier be stopped that was not supplemented in time (Circular
03/2025, form 05), and the rules of single procedures say when that is. These days are the rule of the house (ADR 0039).
"""

from datetime import date, datetime, timedelta

from motcua.dossiers.row import Row
from motcua.dossiers.states import State
from motcua.kernel.errors import NotAllowedNow
from motcua.kernel.time import local, parse_utc

# Asked for papers from which day on: how many days to bring them. A row is added, never changed: what people were told
# stays true.
SUPPLEMENT_DAYS = ((date(2020, 1, 1), 30),)
# The agency waits for the person: only then may they write to it (peers: gemma-zaken #13), so that an officer's work
# comes to rest between the windows that the agency itself opens.
WAITS_FOR_THE_PERSON = frozenset({State.SUPPLEMENT_REQUESTED, State.PAYMENT_REQUESTED})
MOST_WRITINGS, LONGEST_WRITING = 20, 2_000


def supplement_until(asked_at: datetime) -> date:
    """The last day on which papers asked for at `asked_at` may come in."""
    day = local(asked_at).date()
    days = next(days for since, days in reversed(SUPPLEMENT_DAYS) if since <= day)
    return day + timedelta(days=days)


def supply_by(row: Row) -> date | None:
    """The last day of the open request for papers; None where none is open."""
    return supplement_until(parse_utc(row["supplement"]["since"])) if row["supplement"] else None


def is_late(row: Row, *, at: datetime) -> bool:
    """Whether the last day of the open request is over."""
    last_day = supply_by(row)
    return last_day is not None and local(at).date() > last_day


def refuse_late(row: Row, *, at: datetime) -> None:
    """Raise NotAllowedNow for people who answer after the last day that they were told; the desk still takes papers in
    until the dossier is stopped."""
    if is_late(row, at=at):
        raise NotAllowedNow(
            f"Đã hết ngày bổ sung ({supply_by(row):%d/%m/%Y}). Hãy mang giấy tờ đến Bộ phận Một cửa, "
            "hoặc viết cho cơ quan.",
            f"The last day was {supply_by(row):%d/%m/%Y}. Bring the papers to the desk, or write to the agency.",
        )


def may_write(state: State) -> bool:
    """Whether the person may write to the agency now."""
    return state in WAITS_FOR_THE_PERSON
