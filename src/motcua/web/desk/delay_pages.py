"""The acts about a likely delay as pages of a dossier, and what they show: the forecast, and the letter that waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from motcua.agencies.positions import POSITION_KINDS
from motcua.calendars.calendar import WorkCalendar
from motcua.calendars.selectors import calendar_of
from motcua.dossiers import slack
from motcua.dossiers.delays import CAUSES, after_due, stale, waits
from motcua.dossiers.row import Row
from motcua.dossiers.states import Act
from motcua.flows import delays
from motcua.flows.forecasts import forecast_of, usual_of
from motcua.kernel.say import Say
from motcua.kernel.time import local, parse_utc
from motcua.processes.forecast import Verdict, explain
from motcua.web.desk import bars
from motcua.web.desk.act_page import ActPage
from motcua.web.desk.facts import Facts
from motcua.web.desk.forms.delays import DelayForm, SendBackDelayForm, SignDelayForm
from motcua.web.desk.known import staff_names

VERDICTS: Mapping[Verdict, tuple[Say, str]] = {
    Verdict.FINE: (Say("đúng hẹn", "in time"), "good"),
    Verdict.AT_RISK: (slack.LIKELY_LATE, "waiting"),
    Verdict.LATE: (slack.LIKELY_LATE, "late"),
}
PAST = (slack.PAST, "late")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of apology that waits for a leader; `stale`: why it can't be signed as it stands."""

    by: str
    seat: Say
    at: datetime
    day: date
    cause: Say
    reason: str
    due_at: datetime | None
    stale: Say | None


@dataclass(frozen=True, slots=True)
class Foreseen:
    """When the dossier likely ends, with why: the last line says it, the others are what it is made of;
    `day`: on which day; `in_time`: by its date, as far as is known."""

    label: Say
    tone: str
    lines: tuple[Say, ...]
    day: date
    in_time: bool


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is to be looked at before a letter is prepared, signed or given back."""

    foreseen: Foreseen | None
    letter: Letter | None
    is_after: bool


def letter(facts: Facts, *, calendar: WorkCalendar, at: datetime) -> Letter | None:
    """The letter that waits on the dossier of `facts`, which was read whole; None where none does."""
    if not waits(facts.row):
        return None
    told = facts.row["delay"]
    by = UUID(told["by"])
    return Letter(
        by=staff_names([by])[by],
        seat=POSITION_KINDS[told["position"]].title,
        at=parse_utc(told["at"]),
        day=date.fromisoformat(told["apology_date"]),
        cause=CAUSES[told["cause"]],
        reason=facts.text(told["reason"]),
        due_at=facts.row["due_at"],
        stale=stale(facts.row, calendar=calendar, at=at),
    )


def foreseen(
    row: Row, *, calendar: WorkCalendar, at: datetime, opened: Mapping[int, datetime] | None = None
) -> Foreseen | None:
    """When the dossier of `row` likely ends, in words; None where no limit runs towards a result. `opened`: since when
    its steps are open, by number. One statement where one runs."""
    usual = usual_of(row, calendar=calendar, at=at)
    found = forecast_of(row, calendar=calendar, at=at, opened=opened, usual=usual)
    if found is None:
        return None
    label, tone = PAST if found.due_at < at and row["due_at"] is not None else VERDICTS[found.verdict]
    in_time = found.verdict is Verdict.FINE
    return Foreseen(label, tone, explain(found), local(found.ends_at).date(), in_time)


def ahead(facts: Facts, at: datetime) -> Ahead:
    """The forecast, the letter that waits, and whether the promised date has passed. Two statements."""
    row = facts.row
    calendar = calendar_of(row["competent_agency"])
    return Ahead(
        foreseen(row, calendar=calendar, at=at), letter(facts, calendar=calendar, at=at), after_due(row, at)
    )


DELAYS: Mapping[Act, ActPage] = {
    Act.PREPARE_DELAY: ActPage(
        DelayForm,
        delays.prepare,
        _(
            "Soạn văn bản xin lỗi (mẫu 04) và ngày hẹn lại để lãnh đạo ký trước khi đến hạn. "
            "Trình lại thì thay bản đang chờ."
        ),
        bar=bars.not_received,
        preview=ahead,
        part="desk/parts/delay.html",
    ),
    Act.NOTIFY_DELAY: ActPage(
        SignDelayForm,
        delays.notify_delay,
        _("Ký văn bản xin lỗi (mẫu 04) và hẹn ngày mới; người dân được báo ngay. Hồ sơ trễ vẫn tính là trễ."),
        bar=bars.not_received,
        preview=ahead,
        part="desk/parts/delay.html",
    ),
    Act.SEND_BACK_DELAY: ActPage(
        SendBackDelayForm,
        delays.send_back,
        _("Không ký văn bản xin lỗi đang chờ và nói vì sao; người trình thấy lý do ở hồ sơ."),
        preview=ahead,
        part="desk/parts/delay.html",
    ),
}
