"""The certification books: read, closed, corrected, exported; and who may sign."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from motcua.access_log.operations import note
from motcua.agencies.selectors import stands_for
from motcua.certification import operations as books, selectors
from motcua.certification.policy import SEATS, Doing, seat
from motcua.certification.rules import kind as kind_of
from motcua.certification.selectors import BookShown
from motcua.flows import certification as flow
from motcua.kernel.actor import Actor, Viewer
from motcua.kernel.errors import Denied, NotFound, Refusal
from motcua.kernel.time import local
from motcua.ledger.operations import AlreadyDone
from motcua.web.certification.book_forms import AuthorisationForm, CorrectionForm, WindowForm
from motcua.web.certification.book_rows import Names, columns, rows
from motcua.web.certification.exports import pdf, xlsx
from motcua.web.certification.forms import reject
from motcua.web.certification.shown import paper_label
from motcua.web.certification.words import NOTES, STATES, TONES
from motcua.web.common.requests import now_of, staff, unit
from motcua.web.common.wording import say

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def book_list(request: HttpRequest) -> HttpResponse:
    """The books in reach, the newest year first."""
    viewer = staff(request)
    seat(viewer, Doing.READ)
    found = [(each, kind_of(each.kind)) for each in selectors.book_list(viewer=viewer)]
    return render(request, "certification/books.html", {"books": found})


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, book: UUID) -> HttpResponse:
    """One book, a page at a time; closing and reopening are buttons for those whose act it is."""
    viewer, at = staff(request), now_of(request)
    shown = selectors.book(book, viewer=viewer)
    problem: Refusal | None = None
    if request.method == "POST":
        try:
            _keep(request, viewer, shown)
            return redirect("certification_book", book)
        except (Denied, NotFound):
            raise
        except Refusal as refusal:
            problem = refusal
    _leave_line(viewer, shown, request, what="certification_book_read")
    form = WindowForm(request.GET)
    window = form.window
    after = _number(request.GET.get("after", ""))
    found = selectors.page(shown, window=window, after=after, limit=selectors.PAGE + 1)
    entries, more = found[: selectors.PAGE], len(found) > selectors.PAGE
    kind = kind_of(shown.kind)
    told = selectors.notes(shown, window=window)
    names = Names()
    names.add(UUID(n.by) for n in told)
    kept = {k: v for k, v in request.GET.items() if k.startswith(("first_", "last_")) and v}
    context: dict[str, Any] = {
        "book": shown,
        "kind": kind,
        "form": form,
        "rows": rows(entries, kind=kind, names=names),
        "columns": columns(kind),
        "notes": [(n, NOTES[n.what], names.of(n.by), paper_label(n.paper) if n.paper else "") for n in told],
        "query": f"?{urlencode(kept)}" if kept else "",
        "after": f"?{urlencode(kept | {'after': entries[-1].number})}" if more else "",
        "before": f"?{urlencode(kept)}" if after else "",
        "today": local(at).date(),
        "does": _does(viewer, shown, now_of(request)),
        "problem": problem,
        "states": STATES,
        "tones": TONES,
    }
    return render(request, "certification/book.html", context, status=problem.status if problem else 200)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _does(viewer: Viewer, shown: BookShown, at: datetime) -> frozenset[str]:
    """What the viewer may do with this book; that of a merged agency is kept at its successor."""
    keeper = stands_for(shown.agency, on=local(at).date())
    own = {c.kind for c in viewer.capacities if c.agency == keeper}
    return frozenset(doing.value for doing, kinds in SEATS.items() if own & kinds)


def _actor(viewer: Viewer, doing: Doing) -> Actor:
    return viewer.actor(seat(viewer, doing))


def _keep(request: HttpRequest, viewer: Viewer, shown: BookShown) -> None:
    """Close the day, open it again, close the year."""
    at, reason = now_of(request), request.POST.get("reason", "")
    acts: Mapping[str, tuple[Doing, Callable[[Actor], None]]] = {
        "close_day": (
            Doing.CLOSE_DAY,
            lambda a: books.close_day(book=shown.id, day=local(at).date(), actor=a, at=at),
        ),
        "reopen_day": (
            Doing.REOPEN_DAY,
            lambda a: books.reopen_day(book=shown.id, reason=reason, actor=a, at=at),
        ),
        "close_year": (Doing.CLOSE_YEAR, lambda a: books.close_year(book=shown.id, actor=a, at=at)),
    }
    doing, run = acts.get(request.POST.get("act", ""), acts["close_day"])
    actor = _actor(viewer, doing)
    try:
        with unit(request, actor):
            run(actor)
    except AlreadyDone:
        pass
    messages.success(request, _("Đã ghi vào sổ."))


def _leave_line(viewer: Viewer, shown: BookShown, request: HttpRequest, *, what: str) -> None:
    """A look by who only oversees, and every export, leaves a line (design, law 7)."""
    works = any(c.agency == shown.agency for c in viewer.capacities)
    if not works or what != "certification_book_read":
        note(
            who=str(viewer.account),
            what=what,
            subject=f"{shown.kind}/{shown.year}",
            agency=shown.agency,
            at=now_of(request),
        )


@require_safe
def book_pdf(request: HttpRequest, book: UUID) -> HttpResponse:
    """A window of a book as PDF."""
    viewer = staff(request)
    shown = selectors.book(book, viewer=viewer)
    _leave_line(viewer, shown, request, what="certification_book_printed")
    body = pdf(shown, window=WindowForm(request.GET).window, at=now_of(request))
    return _file(body, shown, "application/pdf", "pdf")


@require_safe
def book_xlsx(request: HttpRequest, book: UUID) -> HttpResponse:
    """A window of a book as a spreadsheet."""
    viewer = staff(request)
    shown = selectors.book(book, viewer=viewer)
    _leave_line(viewer, shown, request, what="certification_book_exported")
    return _file(xlsx(shown, window=WindowForm(request.GET).window), shown, XLSX, "xlsx")


def _file(body: bytes, shown: BookShown, content_type: str, suffix: str) -> HttpResponse:
    response = HttpResponse(body, content_type=content_type)
    name = f"so-chung-thuc-{shown.kind}-{shown.year}.{suffix}"
    response["Content-Disposition"] = f'{"inline" if suffix == "pdf" else "attachment"}; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, book: UUID, number: int) -> HttpResponse:
    """One number of a book with its corrections; the desk corrects it, or strikes it out before it is signed."""
    viewer = staff(request)
    shown = selectors.book(book, viewer=viewer)
    found = selectors.entry(shown, number)
    kind = kind_of(shown.kind)
    posted = request.method == "POST"
    form = CorrectionForm(request.POST if posted else None, kind=kind, state=found.state)
    if posted and form.is_valid():
        actor = _actor(viewer, Doing.CORRECT)
        told = form.cleaned_data
        try:
            with unit(request, actor):
                flow.correct(book=book, number=number, **told, actor=actor, at=now_of(request))
        except AlreadyDone:
            pass
        except (Denied, NotFound):
            raise
        except Refusal as refusal:
            reject(form, refusal)
        if not form.errors:
            messages.success(request, _("Đã đính chính; giá trị cũ vẫn đọc được."))
            return HttpResponseRedirect(reverse("certification_entry", args=[book, number]))
    names = Names()
    (row,) = rows([found], kind=kind, names=names)
    context = {
        "book": shown,
        "kind": kind,
        "row": row,
        "columns": columns(kind),
        "form": form,
        "may_correct": Doing.CORRECT.value in _does(viewer, shown, now_of(request))
        and not row.is_void
        and not shown.closed_at,
        "states": STATES,
        "tones": TONES,
    }
    return render(request, "certification/entry.html", context, status=422 if posted else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def signers(request: HttpRequest) -> HttpResponse:
    """Who may sign certifications beside the leaders, and giving somebody that right for some days."""
    viewer, at = staff(request), now_of(request)
    own = seat(viewer, Doing.AUTHORISE)
    people = selectors.colleagues(agency=own.agency, at=at)
    if "end" in request.POST:
        return _end_authorisation(request, viewer.actor(own), at)
    posted = request.method == "POST"
    form = AuthorisationForm(request.POST if posted else None, people=people, today=local(at).date())
    if posted and form.is_valid():
        actor, told = viewer.actor(own), form.cleaned_data
        try:
            with unit(request, actor):
                books.authorise(
                    agency=own.agency,
                    account=UUID(told["account"]),
                    kinds=told["kinds"],
                    valid_from=told["valid_from"],
                    valid_to=told["valid_to"],
                    basis=told["basis"],
                    actor=actor,
                    at=at,
                )
        except AlreadyDone:
            pass
        except Refusal as refusal:
            reject(form, refusal)
        if not form.errors:
            messages.success(request, _("Đã giao ký chứng thực."))
            return redirect("certification_signers")
    found = selectors.authorisations(agency=own.agency)
    shown = [(each, [say(kind_of(code).label) for code in each.kinds]) for each in found]
    return render(
        request,
        "certification/signers.html",
        {"form": form, "shown": shown, "today": local(at).date()},
        status=422 if posted else 200,
    )


def _end_authorisation(request: HttpRequest, actor: Actor, at: datetime) -> HttpResponse:
    try:
        chosen = UUID(request.POST["end"])
    except ValueError:
        raise NotFound("Không có việc giao ký này.", "There is no such authorisation.") from None
    try:
        with unit(request, actor):
            books.end_authorisation(authorisation=chosen, last_day=local(at).date(), actor=actor, at=at)
        messages.success(request, _("Đã kết thúc việc giao ký; hôm nay là ngày cuối."))
    except AlreadyDone:
        pass
    return redirect("certification_signers")
