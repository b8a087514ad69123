"""Writing a draft: one page for one topic, saved whenever it is sent, by whichever device sends it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.catalogue.shapes import Channel
from motcua.files import operations as files
from motcua.kernel.errors import Invalid, NotFound
from motcua.kernel.text import mask_number
from motcua.submissions import operations as submissions
from motcua.submissions.operations import AlreadySubmitted, SavedElsewhere
from motcua.submissions.selectors import draft as find_draft
from motcua.web.citizen.forms import PageForm, PapersForm, QuestionsForm
from motcua.web.citizen.hand import Left, hand_of, may, written
from motcua.web.citizen.kept_files import files_of
from motcua.web.citizen.sections import CHECK, PARTS, part_of
from motcua.web.citizen.together import is_asked
from motcua.web.citizen.topics import More, TopicForm
from motcua.web.citizen.whom import ConsentForm
from motcua.web.citizen.writing import Writing
from motcua.web.common.citizens import citizen
from motcua.web.common.papers import behind
from motcua.web.common.requests import forget_held, held_fields, now_of

LATER, ASKED = "_later", "_asked"  # ASKED: the fields that the page showed
BACK = "check"  # in the address of a page that was opened from the check, and leads back there


@require_safe
def resume(request: HttpRequest, draft: UUID) -> HttpResponse:
    """On to the page that was reached."""
    hand = hand_of(request)
    try:
        writing = written(request, draft)
    except (AlreadySubmitted, Left) as why:
        return hand.elsewhere(why)
    pages = writing.pages
    if writing.kept.page == CHECK:
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
    reached = _following(request, writing, page) or CHECK
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
    if (more := _asks_more(request, writing, form)) is not None:
        if more.questions:
            messages.info(request, more.words)
        here = hand.url("draft_page", writing.kept.id, page)
        return HttpResponseRedirect(f"{here}{_from_check(request)}#{more.target}")
    if not valid:
        return _page(request, writing, page, form, status=422)
    following = _following(request, writing, page)
    if following:
        there = hand.url("draft_page", writing.kept.id, following)
        return HttpResponseRedirect(there + _from_check(request))
    return HttpResponseRedirect(hand.url("draft_check", writing.kept.id))


def _from_check(request: HttpRequest) -> str:
    return f"?{BACK}" if BACK in request.GET else ""


def _following(request: HttpRequest, writing: Writing, page: str) -> str:
    """The page after `page`; from the check, the first that an answer has led to; "" where it is the check's turn."""
    if BACK not in request.GET:
        return writing.after(page)
    return next((name for name in writing.pages if name not in writing.kept.pages and name != page), "")


def _asks_more(request: HttpRequest, writing: Writing, form: PageForm | TopicForm) -> More | None:
    """What an answer has led to that the page did not show, or where a row came or went."""
    if isinstance(form, TopicForm):
        return form.more
    shown = str(request.POST.get(ASKED, "")).split()
    new = [form[name] for name in form.fields if name not in shown]
    if not new:
        return None
    target = f"{new[0].auto_id}_0" if isinstance(form, QuestionsForm) else new[0].auto_id
    why = ""
    if isinstance(form, QuestionsForm):
        variant = writing.version.variant(writing.variant)
        why = behind(
            new[0].name,
            version=writing.version,
            variant=variant,
            channel=Channel.ONLINE,
            answers=writing.answers,
        )
    return More(target, [str(bound.label) for bound in new], why)


def _conflict(
    request: HttpRequest, writing: Writing, page: str, form: PageForm | TopicForm, *, held: bool = False
) -> HttpResponse:
    """Both are shown, and the person chooses: what was typed here stays in the form, which now knows the revision."""
    here, there = (
        {(title, label): value for title, lines in one.said() for label, value in lines}
        for one in (form, writing.form(page))
    )
    differences = [
        (f"{title}: {label}" if title else label, here.get((title, label), ""), there.get((title, label), ""))
        for title, label in dict.fromkeys([*here, *there])
        if here.get((title, label)) != there.get((title, label))
    ]
    return _page(request, writing, page, form, status=409, held=held, differences=differences)


def _page(
    request: HttpRequest,
    writing: Writing,
    page: str,
    form: PageForm | TopicForm,
    *,
    status: int = 200,
    held: bool = False,
    differences: list[tuple[str, str, str]] | None = None,
) -> HttpResponse:
    before, hand = writing.before(page), hand_of(request)
    address = hand.url("draft_page", writing.kept.id, before) if before else ""
    context = {
        "hand": hand,
        "may_save": may(request, "write", writing.kept.procedure),
        "writing": writing,
        "form": form,
        "page": page,
        "title": writing.title(page),
        "part": part_of(page),
        "parts": PARTS,
        "before": hand.url("draft_check", writing.kept.id) if BACK in request.GET else address,
        "back": _from_check(request),
        "held": held,
        "missing": writing.missing(page),
        "differences": differences,
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
