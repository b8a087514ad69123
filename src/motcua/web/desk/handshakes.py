"""What each side of a dossier's transfers took, by its own office hours, as the dossier's page says it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.agencies.selectors import called
from motcua.calendars.selectors import calendars_of
from motcua.dossiers.handshakes import Handshake
from motcua.dossiers.moved import Moved
from motcua.kernel.say import Say

OUTCOMES = {
    "accepted": Say("đã nhận", "accepted"),
    "silent": Say(
        "không trả lời trong 8 giờ làm việc, coi như đã nhận", "silent for 8 working hours: accepted"
    ),
    "declined": Say("đã từ chối", "declined"),
    "returned": Say(
        "không trả lời trong 8 giờ làm việc và không tiếp nhận được, trả về nơi chuyển",
        "silent for 8 working hours and unable to take it over: back with the giver",
    ),
    "": Say("chờ trả lời", "to be answered"),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """One transfer in words: who gave it to whom, when, how it was answered, and the office time of each side (None of
    the receiver: the papers are on the way)."""

    giver: Say
    to: Say
    sent_at: datetime
    outcome: Say
    giver_took: Say
    receiver_took: Say | None


def measured(transfers: Sequence[Handshake], *, at: datetime) -> list[Measured]:
    """The transfers of a dossier, each side measured by its own calendar until `at`. No statement without a
    transfer, else one."""
    if not transfers:
        return []
    agencies = sorted({agency for one in transfers for agency in (one.giver, one.to)})
    calendars = dict(zip(agencies, calendars_of(*agencies), strict=True))
    found = []
    for one in transfers:
        giving, receiving = calendars[one.giver], calendars[one.to]
        ended = one.answered_at or at
        found.append(
            Measured(
                giver=called(one.giver),
                to=called(one.to),
                sent_at=one.sent_at,
                outcome=OUTCOMES[one.outcome],
                giver_took=_took(giving.office_time_between(one.sent_at, one.delivered_at or ended)),
                receiver_took=_took(receiving.office_time_between(one.delivered_at, ended))
                if one.delivered_at
                else None,
            )
        )
    return found


def held_for(lines: Sequence[Moved], *, at: datetime) -> list[Say]:
    """How long whoever has each of `lines` has it, by their own office hours: the receiver from its delivery, the giver
    before. No statement for no line, else one."""
    if not lines:
        return []
    holders = [line.to if line.answer_by else line.giver for line in lines]
    agencies = sorted(set(holders))
    calendars = dict(zip(agencies, calendars_of(*agencies), strict=True))
    return [
        _took(calendars[holder].office_time_between(line.held_since, at))
        for line, holder in zip(lines, holders, strict=True)
    ]


def _took(time: timedelta) -> Say:
    hours, minutes = divmod(int(time.total_seconds()) // 60, 60)
    return Say(f"{hours} giờ {minutes} phút làm việc", f"{hours} h {minutes} min of office time")
