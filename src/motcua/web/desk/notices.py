"""What came to an officer's attention: a list of their own, and from a line on to what it is about."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from motcua.web.common.paging import Trail
from motcua.web.common.requests import now_of, staff
from motcua.web.desk.known import staff_names
from motcua.workday.operations import mark_seen
from motcua.workday.selectors import word_of, words_of


@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """A page of one's own notices, those unseen alone where asked for; a POST marks one, or all, as seen. One statement
    once names are known."""
    viewer = staff(request)
    if request.method == "POST":
        mark_seen(account=viewer.account, at=now_of(request), words=_named(request))
        return HttpResponseRedirect(reverse("notices"))
    trail = Trail.read(request.GET)
    show = "unseen" if request.GET.get("show") == "unseen" else ""
    lines, following = words_of(viewer.account, unseen=bool(show), after=trail.after)
    names = staff_names(account for line in lines for account in (line.by, line.instead_of))
    back, forth = trail.back(), trail.forth(following)
    context = {
        "lines": lines,
        "names": names,
        "show": show,
        "unseen": any(not line.is_seen for line in lines),
        "before": back.query(show=show) if back else "",
        "after": forth.query(show=show) if forth else "",
    }
    return render(request, "desk/notices.html", context)


def _named(request: HttpRequest) -> list[UUID] | None:
    """The notice that is meant; None for all of them."""
    text = str(request.POST.get("notice", ""))
    try:
        return [UUID(text)] if text else None
    except ValueError:
        return []


@require_safe
def notice(request: HttpRequest, notice: UUID) -> HttpResponse:
    """On to what a notice is about. It has been seen with that, as a dossier has that was opened. Raises NotFound for
    another's."""
    viewer = staff(request)
    found = word_of(viewer.account, notice)
    if not found.is_seen:
        mark_seen(account=viewer.account, at=now_of(request), words=[found.id])
    page, named = found.opens
    return HttpResponseRedirect(reverse(page, args=[named] if named else ()))
