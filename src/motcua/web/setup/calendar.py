"""The agency's calendar: a year of it as in force, and the editions that made it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.agencies.positions import POSITION_KINDS
from motcua.agencies.selectors import account_names, called
from motcua.calendars.policy import publishes, readable
from motcua.calendars.published import published
from motcua.calendars.selectors import calendar_of
from motcua.calendars.years import DayKind, says, year_of
from motcua.kernel.errors import NotFound
from motcua.kernel.say import Say
from motcua.kernel.time import local
from motcua.web.common.paging import Trail
from motcua.web.common.requests import now_of, staff

FIRST_YEAR, YEARS_AHEAD = 2025, 3
KINDS = {
    DayKind.HOLIDAY: Say("nghỉ chung", "day off for all"),
    DayKind.CLOSED: Say("cơ quan nghỉ", "closed here"),
    DayKind.MAKE_UP: Say("làm bù", "make-up day"),
    DayKind.WEEKEND: Say("cuối tuần", "weekend"),
}
MARKED = (DayKind.HOLIDAY, DayKind.CLOSED, DayKind.MAKE_UP)
WEEKDAYS = (
    (Say("T2", "Mon"), Say("thứ Hai", "Monday")),
    (Say("T3", "Tue"), Say("thứ Ba", "Tuesday")),
    (Say("T4", "Wed"), Say("thứ Tư", "Wednesday")),
    (Say("T5", "Thu"), Say("thứ Năm", "Thursday")),
    (Say("T6", "Fri"), Say("thứ Sáu", "Friday")),
    (Say("T7", "Sat"), Say("thứ Bảy", "Saturday")),
    (Say("CN", "Sun"), Say("Chủ nhật", "Sunday")),
)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """A year of the calendar of an agency. 404 for a year that is no number, long past or far ahead."""
    viewer, at = staff(request), now_of(request)
    agencies = readable(viewer)
    wanted = str(request.GET.get("agency", ""))
    agency = wanted if wanted in agencies else agencies[0]
    today = local(at).date()
    years = range(FIRST_YEAR, today.year + YEARS_AHEAD + 1)
    number = _year(str(request.GET.get("year", today.year)), years)
    trail = Trail.read(request.GET)
    page = published(agency=agency, after=trail.after)
    names = account_names({line.account for line in page.lines if line.account})
    back, forth = trail.back(), trail.forth(page.following)
    context = {
        "agency": agency,
        "agency_name": called(agency),
        "agencies": [(code, called(code)) for code in agencies],
        "publishes": publishes(viewer, agency),
        "year": year_of(calendar_of(agency), number),
        "years": years,
        "kinds": KINDS,
        "marked": MARKED,
        "weekdays": WEEKDAYS,
        "today": today,
        "history": [
            {
                "line": line,
                "who": names.get(line.account, "") if line.account else "",
                "seat": POSITION_KINDS[line.position_kind].title if line.position_kind else None,
                "says": says(line.edition),
            }
            for line in page.lines
        ],
        "before": back.query(year=str(number), agency=agency) if back else "",
        "after": forth.query(year=str(number), agency=agency) if forth else "",
    }
    return render(request, "setup/calendar.html", context)


def _year(text: str, years: range) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == 4 and int(text) in years):
        raise NotFound(
            f"Chỉ xem được lịch các năm {years[0]}-{years[-1]}.",
            f"The calendar shows the years {years[0]}-{years[-1]}.",
        )
    return int(text)
