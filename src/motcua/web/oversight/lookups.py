"""What was asked of state registers: who, in which seat, for what, how it ended. Nothing of whom it was about."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.access_log.selectors import Asked, questions
from motcua.agencies.positions import POSITION_KINDS
from motcua.agencies.selectors import account_names
from motcua.catalogue.selectors import named
from motcua.kernel.say import Say
from motcua.web.common.paging import Trail
from motcua.web.common.requests import staff
from motcua.web.oversight.words import ASKED, STRAYS

SYSTEM = Say("Hệ thống tự tra lại", "The system, asking again")


@require_safe
def lookups(request: HttpRequest) -> HttpResponse:
    """The questions of the agencies that the viewer inspects, newest first, a page at a time. Three statements."""
    trail = Trail.read(request.GET)
    lines, following = questions(viewer=staff(request), after=trail.after)
    titles = {one.code: one.title for one in named({line.procedure for line in lines})}
    names = account_names(set(_accounts(lines)))
    back, forth = trail.back(), trail.forth(following)
    context = {
        "rows": [
            {
                "line": line,
                "by": _by(line, names),
                "seat": POSITION_KINDS[line.position].title if line.position else None,
                "title": titles.get(line.procedure),
                "outcome": ASKED[line.outcome],
                "stray": STRAYS.get(line.stray),
                "is_dossier": _account(line.subject) is None and line.subject != "",
            }
            for line in lines
        ],
        "before": back.query() if back else "",
        "after": forth.query() if forth else "",
    }
    return render(request, "oversight/lookups.html", context)


def _by(line: Asked, names: Mapping[UUID, str]) -> Say:
    account = _account(line.who)
    return SYSTEM if account is None else Say(names.get(account, ""), names.get(account, ""))


def _accounts(lines: Iterable[Asked]) -> Iterable[UUID]:
    return (account for line in lines if (account := _account(line.who)) is not None)


def _account(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
