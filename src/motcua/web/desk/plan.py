"""My plan: one's open steps laid on the working days ahead, and what one puts on a day oneself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.agencies.positions import WORKING
from motcua.calendars.selectors import calendar_of
from motcua.dossiers.worklist import LETTERS, Waiting, to_plan
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import Denied, NotFound, Refusal
from motcua.kernel.say import Say
from motcua.kernel.time import local
from motcua.processes.routing import is_approval
from motcua.processes.selectors import version
from motcua.processes.shapes import DAYS, Step
from motcua.web.common.day_field import DayField
from motcua.web.common.requests import now_of, staff
from motcua.web.common.text_field import TidyField
from motcua.web.common.wording import say
from motcua.web.desk import words
from motcua.web.desk.seeking import place_of
from motcua.web.desk.signing import approvals
from motcua.workday import operations as workday
from motcua.workday.laying import MOST, Laid, Piece, Task, lay
from motcua.workday.operations.plans import LONGEST_PLAN_NOTE
from motcua.workday.selectors import Entry, feed_since, plan_of

MOST_STEPS = 200
SHOWN_DAYS = 5
_OFFICE_DAY = timedelta(hours=8)
_HALF_DAY = timedelta(hours=4)
# What a process gives an approval is the time in which somebody gets to it, not what signing takes.
_SIGNATURE = timedelta(minutes=15)
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Open:
    """An open step of one's own, or something to be signed: its line, what it is, what it may take, the entry that puts
    it on a day, the list that its dossier is walked in, and whether it waits for others."""

    key: str
    one: Waiting
    work: Say
    takes: timedelta
    entry: Entry | None
    due_at: datetime | None
    fields: Mapping[str, str]
    waits: bool = False

    @property
    def code(self) -> str:
        """The dossier's code."""
        return self.one.line.code

    @property
    def href(self) -> str:
        """Its dossier, with its place in that list."""
        return reverse("dossier", args=[self.code]) + place_of(self.one, self.fields)


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of a day: a step or a note, with the entry that put it there."""

    step: Open | None
    entry: Entry | None
    takes: timedelta | None
    ends_at: datetime | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Day:
    """A day as the page shows it."""

    day: date
    office: timedelta
    over: timedelta
    lines: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is open at `at`, and how it is laid."""

    steps: tuple[Open, ...]
    entries: tuple[Entry, ...]
    laid: Laid
    is_whole: bool
    at: datetime

    @property
    def waiting(self) -> list[Open]:
        """What waits for others, and is on no day."""
        return [one for one in self.steps if one.waits and one.entry is None]

    @property
    def late(self) -> list[tuple[Open, datetime | None]]:
        """What does not fit before its due, which is ahead, so that another plan could; with when it would be done."""
        late = self.laid.late
        return [
            (one, late[one.key])
            for one in self.steps
            if one.key in late and one.due_at is not None and one.due_at > self.at
        ]

    def day(
        self, laid_day: date, today: date, office: timedelta, pieces: tuple[Piece, ...], over: timedelta
    ) -> Day:
        """A day with its lines: by hand first in their own order, notes among them, then what is laid."""
        by_key = {one.key: one for one in self.steps}
        done = {piece.key: piece for piece in pieces}
        notes = [
            e
            for e in self.entries
            if (max(e.day, today) if e.dossier else e.day) == laid_day
            and (e.dossier is None or _key(e) in done)
        ]
        own = [self._line(by_key.get(_key(e)), e, done.get(_key(e))) for e in notes]
        rest = [self._line(by_key[p.key], None, p) for p in pieces if by_key[p.key].entry is None]
        return Day(laid_day, office, over, (*own, *rest))

    def _line(self, step: Open | None, entry: Entry | None, piece: Piece | None) -> Shown:
        late = step is not None and step.key in self.laid.late
        return Shown(step, entry, piece.takes if piece else None, piece.ends_at if piece else None, late)


def _key(entry: Entry) -> str:
    return f"{entry.dossier}.{entry.number}"


def plan_for(viewer: Viewer, *, at: datetime, until: date) -> Plan:
    """The plan of `viewer` at `at`, up to `until` at least, by the calendar of their agency: their steps, what waits
    for their signature, and letters of apology. Four statements once names and processes are known, one more for who
    leads. Raises Denied for who works on no dossiers."""
    agency = next((c.agency for c in viewer.capacities if c.kind in WORKING), None)
    if agency is None:
        raise Denied("Vị trí của bạn không có việc theo bước.", "Your position has no steps to work on.")
    found, letters = to_plan(viewer=viewer, at=at, most=MOST_STEPS, signs=approvals(viewer))
    entries = plan_of(viewer.account, since=local(at).date())
    by_step = {_key(e): e for e in entries if e.dossier}
    steps = (
        *(
            _open(one, variant, by_step, asks=asks)
            for one, variant, asks in found[:MOST_STEPS]
            if one.line.step
        ),
        *(_letter(one, by_step) for one in letters[:MOST_STEPS]),
    )
    tasks = [
        Task(
            one.key,
            one.entry.takes if one.entry and one.entry.takes else one.takes,
            None if one.waits else one.due_at,
            one.entry.day if one.entry else None,
            one.entry.place if one.entry else 0,
        )
        for one in steps
    ]
    laid = lay(tasks, at=at, until=until, calendar=calendar_of(agency))
    return Plan(steps, entries, laid, is_whole=max(len(found), len(letters)) <= MOST_STEPS, at=at)


def _open(one: Waiting, variant: str, by_step: dict[str, Entry], *, asks: bool) -> Open:
    line = one.line
    assert line.process_version is not None  # noqa: S101 - it has an open step
    assert line.step is not None  # noqa: S101
    step = version(line.process_version).steps[line.step - 1]
    signs = is_approval(step)
    key = f"{line.id}.{line.step}"
    due_at = None if line.suspended else line.step_due_at
    return Open(
        key,
        one,
        step.work,
        _SIGNATURE if signs else _time_of(step, variant),
        by_step.get(key),
        due_at,
        {"work": "sign"} if signs and line.holder_account is None else {"mine": "1"},
        waits=asks or due_at is None,
    )


def _time_of(step: Step, variant: str) -> timedelta:
    time = next((t for t in step.times if t.variant == variant), None)
    if time is None or time.value is None:  # a cell merged with the one above says no time of its own
        return _HALF_DAY
    return min(float(time.value) * (_OFFICE_DAY if time.unit in DAYS else _OFFICE_DAY / 8), MOST)


def _letter(one: Waiting, by_step: dict[str, Entry]) -> Open:
    """A letter of apology to be signed, in the place of a step's number 0: before the date that was promised."""
    key = f"{one.line.id}.0"
    room = {"room": LETTERS}
    work = words.STALE_LETTER if one.letter_is_stale else words.SIGN_LETTER
    return Open(key, one, work, _SIGNATURE, by_step.get(key), one.line.due_at, room)


class PlanForm(forms.Form):
    """Something to put on a day."""

    item = forms.ChoiceField(label=_("Bước"), required=False)
    day = DayField(label=_("Ngày làm"))
    hours = forms.DecimalField(
        label=_("Mất mấy giờ"),
        required=False,
        min_value=Decimal("0.25"),
        max_value=Decimal(80),
        max_digits=5,
        decimal_places=2,
        localize=True,
        help_text=_("Bỏ trống thì tính theo quy trình, nhiều nhất 8 giờ."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "w4"}),
    )
    note = TidyField(
        label=_("Ghi chú"), required=False, max_length=LONGEST_PLAN_NOTE, help_text=_("Chỉ bạn đọc được.")
    )

    def __init__(self, data: Any = None, *, steps: tuple[Open, ...], **options: Any) -> None:
        super().__init__(data, **options)
        item = self.fields["item"]
        assert isinstance(item, forms.ChoiceField)  # noqa: S101 - our own form, not input
        named = [(one.key, f"{one.code}: {say(one.work)}") for one in steps]
        item.choices = [("", gettext("Chỉ ghi chú")), *named]


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """The days from one on, five at a time; POST puts something on a day, moves it, or takes it off."""
    viewer, at = staff(request), now_of(request)
    today = local(at).date()
    first = _first(request, today)
    found = plan_for(viewer, at=at, until=first + _WEEK)
    status = 200
    days = _days(found, first, today)
    form = PlanForm(
        request.POST if request.POST.get("do") == "put" else None,
        steps=found.steps,
        initial={"day": days[0].day if days else first, "item": str(request.GET.get("item", ""))},
    )
    if request.method == "POST":
        status = _filed(request, viewer, form, today)
        if status == 302:
            return HttpResponseRedirect(f"{reverse('plan')}?from={first.isoformat()}")
    context = {
        "plan": found,
        "form": form,
        "days": days,
        "first": first,
        "before": _step_from(first, -7, today) if first > today else "",
        "after": _step_from(first, 7, today),
        "feed_since": feed_since(viewer.account),
    }
    return render(request, "desk/plan.html", context, status=status)


def _first(request: HttpRequest, today: date) -> date:
    try:
        asked = date.fromisoformat(str(request.GET.get("from", "")))
    except ValueError:
        return today
    return min(max(asked, today), today + timedelta(days=366))


def _step_from(first: date, days: int, today: date) -> str:
    return f"?from={max(first + timedelta(days=days), today).isoformat()}"


def _days(found: Plan, first: date, today: date) -> list[Day]:
    """The days of a week from `first` on that have office hours, work or a note."""
    until = first + _WEEK
    laid = {d.day: d for d in found.laid.days}
    noted = {e.day for e in found.entries}
    days = []
    for n in range((until - first).days):
        day = first + timedelta(days=n)
        one = laid.get(day)
        if one is not None:
            days.append(found.day(day, today, one.office, one.pieces, one.over))
        elif day in noted:
            days.append(found.day(day, today, timedelta(), (), timedelta()))
    return days[:SHOWN_DAYS]


def _filed(request: HttpRequest, viewer: Viewer, form: PlanForm, today: date) -> int:
    """What the button does; 302 once it is done, else the status of the page that says what is wrong."""
    do = str(request.POST.get("do", ""))
    if do in ("up", "down"):
        workday.move(account=viewer.account, entry=_uuid(request.POST.get("entry")), up=do == "up")
        return 302
    if do == "off":
        workday.take_off(account=viewer.account, entry=_uuid(request.POST.get("entry")))
        return 302
    if not form.is_valid():
        return 422
    told = form.cleaned_data
    dossier, _dot, number = told["item"].partition(".")
    try:
        workday.put_on(
            account=viewer.account,
            day=told["day"],
            today=today,
            dossier=UUID(dossier) if dossier else None,
            number=int(number or 0),
            takes=timedelta(hours=float(told["hours"])) if told["hours"] else None,
            note=told["note"],
        )
    except Refusal as refusal:
        said = refusal.say(str(request.locale))  # type: ignore[attr-defined]
        form.add_error(refusal.field if refusal.field in form.fields else None, said)
        return refusal.status
    messages.success(request, gettext("Đã xếp vào kế hoạch."))
    return 302


def _uuid(text: object) -> UUID:
    try:
        return UUID(str(text))
    except ValueError:
        raise NotFound("Không có mục này trong kế hoạch.", "There is no such entry in the plan.") from None
