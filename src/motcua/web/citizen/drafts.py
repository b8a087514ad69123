"""Writing a draft: one page for one topic, saved whenever it is sent, by whichever device sends it."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.files import operations as files
from motcua.kernel.errors import Invalid, NotFound
from motcua.kernel.text import mask_number
from motcua.submissions import operations as submissions
from motcua.submissions.operations import AlreadySubmitted, SavedElsewhere
from motcua.submissions.selectors import draft as find_draft
from motcua.web.citizen.forms import PageForm, PapersForm
from motcua.web.citizen.hand import Left, hand_of, may, written
from motcua.web.citizen.kept_files import files_of
from motcua.web.citizen.together import is_asked
from motcua.web.citizen.topics import TopicForm
from motcua.web.citizen.whom import ConsentForm
from motcua.web.citizen.writing import Writing
from motcua.web.common.citizens import citizen
from motcua.web.common.requests import forget_held, held_fields, now_of

LATER, ASKED = "_later", "_asked"  # ASKED: the fields that the page showed


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that two devices say differently."""

    label: str
    here: str
    there: str


@require_safe
def resume(request: HttpRequest, draft: UUID) -> HttpResponse:
    """On to the page that was reached."""
    hand = hand_of(request)
    try:
        writing = written(request, draft)
    except (AlreadySubmitted, Left) as why:
        return hand.elsewhere(why)
    pages = writing.pages
    if writing.kept.page == "check":
        return HttpResponseRedirect(hand.url("draft_check", draft))
    page = writing.kept.page if writing.kept.page in pages else pages[0]
    return HttpResponseRedirect(hand.url("draft_page", draft, page))


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, draft: UUID, page: str) -> HttpResponse:
    """One page of a draft. POST saves what came, right or wrong, and goes on where it is right; what another device has
    saved meanwhile is never written over."""
    try:
        writing = written(request, draft)
        if page not in writing.pages:
            raise NotFound("Hồ sơ này không có trang ấy.", "This draft has no such page.")
        if request.method == "POST":
            return _save(request, writing, page)
    except (AlreadySubmitted, Left) as why:
        return hand_of(request).elsewhere(why)
    held = held_fields(request)
    form = writing.form(page, held)
    if form.is_bound:
        form.rest()
    if held is None or _fits(held, writing) or writing.holds(page, form.told()):
        response = _page(request, writing, page, form, held=held is not None)
    else:
        response = _conflict(request, writing, page, form, held=True)
    if held is not None:
        forget_held(request, response)
    return response


def _save(request: HttpRequest, writing: Writing, page: str) -> HttpResponse:
    form = writing.form(page, request.POST.copy(), request.FILES)
    valid = form.is_valid()
    told, owner = form.told(), writing.kept.owner
    is_kept = writing.holds(page, told)
    uploads = writing.uploads | (set() if is_kept else set(form.uploads))
    if uploads:
        files.stay(uploads, owner=owner, until=writing.at + writing.kept.life)
    if is_kept:
        return _go_on(request, writing, page, form, valid=valid)
    if not _fits(request.POST, writing):
        return _conflict(request, writing, page, form)
    reached = writing.after(page) or "check"
    try:
        submissions.save(
            kept=writing.kept, page=page, fields=told, reached=reached if valid else page, at=writing.at
        )
    except SavedElsewhere:
        return _conflict(request, writing.anew(), page, form)
    except Invalid as refusal:
        form.refuse(refusal)
        return _page(request, writing, page, form, status=refusal.status)
    files.discard_all(writing.left_out(page, told), owner=owner)
    return _go_on(request, writing.anew(), page, form, valid=valid)


def _fits(typed: QueryDict, writing: Writing) -> bool:
    """Whether it was typed into the draft as it is kept now."""
    return str(typed.get("revision")) == str(writing.kept.revision)


def _go_on(
    request: HttpRequest, writing: Writing, page: str, form: PageForm | TopicForm, *, valid: bool
) -> HttpResponse:
    hand = hand_of(request)
    if LATER in request.POST and not hand.helps:
        messages.success(
            request, _("Đã lưu. Ông/bà có thể làm tiếp bất cứ lúc nào trong 30 ngày, trên máy nào cũng được.")
        )
        return HttpResponseRedirect(reverse("my_dossiers"))
    if _asks_more(request, form):
        return HttpResponseRedirect(hand.url("draft_page", writing.kept.id, page))
    if not valid:
        return _page(request, writing, page, form, status=422)
    following = writing.after(page)
    if following:
        return HttpResponseRedirect(hand.url("draft_page", writing.kept.id, following))
    return HttpResponseRedirect(hand.url("draft_check", writing.kept.id))


def _asks_more(request: HttpRequest, form: PageForm | TopicForm) -> bool:
    """Whether an answer has led to a question that the page did not show, or a row came or went."""
    if isinstance(form, TopicForm):
        return form.again
    return bool(set(form.fields) - set(str(request.POST.get(ASKED, "")).split()))


def _conflict(
    request: HttpRequest, writing: Writing, page: str, form: PageForm | TopicForm, *, held: bool = False
) -> HttpResponse:
    """Both are shown, and the person chooses: what was typed here stays in the form, which now knows the revision."""
    there = dict(writing.form(page).said())
    differ = [Difference(label, here, there.get(label, "")) for label, here in form.said()]
    context = [one for one in differ if one.here != one.there]
    return _page(request, writing, page, form, status=409, held=held, differences=context)


def _page(
    request: HttpRequest,
    writing: Writing,
    page: str,
    form: PageForm | TopicForm,
    *,
    status: int = 200,
    held: bool = False,
    differences: list[Difference] | None = None,
) -> HttpResponse:
    pages = writing.pages
    before, hand = writing.before(page), hand_of(request)
    context = {
        "hand": hand,
        "may_save": may(request, "write", writing.kept.procedure),
        "writing": writing,
        "form": form,
        "page": page,
        "title": writing.title(page),
        "number": pages.index(page) + 1,
        "count": len(pages) + 1,
        "before": hand.url("draft_page", writing.kept.id, before) if before else "",
        "held": held,
        "missing": writing.missing(page),
        "differences": differences,
        "rows": [(one.label, one.here, one.there) for one in differences or ()],
        "number_masked": mask_number(writing.known.number),
        "topic": isinstance(form, TopicForm),
        "asked": is_asked(writing),
        "with_files": isinstance(form, PapersForm | ConsentForm | TopicForm),
    }
    return render(request, "citizen/page.html", context, status=status)


@require_POST
def drop(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Give a draft of one's own up, with the files that were sent for it."""
    who = citizen(request)
    owner = who.id
    try:
        kept = find_draft(draft, owner=owner, at=now_of(request))
        who.refuse_without("write", kept.procedure)
        submissions.give_up(draft=draft, owner=owner)
    except AlreadySubmitted as done:
        return HttpResponseRedirect(reverse("my_dossier", args=[done.code]))
    named = {one.upload for page, fields in kept.pages.items() for one in files_of(page, fields)}
    files.discard_all(named, owner=owner)
    messages.success(request, _("Đã bỏ hồ sơ soạn dở."))
    return HttpResponseRedirect(reverse("my_dossiers"))
