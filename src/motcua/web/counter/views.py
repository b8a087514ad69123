"""The receiving screen: find the procedure, type what came, see what it comes to, receive."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from motcua.access_log.operations import note_intake
from motcua.agencies.selectors import agency as agency_facts
from motcua.catalogue.selectors import Found, Offer, find, offer
from motcua.catalogue.shapes import HandledIn
from motcua.flows.children import is_typed_first
from motcua.flows.reception import receive as receive_dossier
from motcua.flows.registers import is_connected
from motcua.kernel.actor import Capacity
from motcua.kernel.errors import Denied, Invalid, NotFound, Refusal
from motcua.kernel.ids import identifier
from motcua.kernel.say import Say
from motcua.kernel.text import clean
from motcua.kernel.time import local
from motcua.ledger.operations import AlreadyDone
from motcua.ledger.selectors import history
from motcua.parties.papers import normal
from motcua.processes.running import is_run_here, run_here
from motcua.web.common.requests import forget_held, held_fields, now_of, staff, unit
from motcua.web.counter.access import receiving_seat
from motcua.web.counter.again import looked_for, take_people
from motcua.web.counter.batches import check_list
from motcua.web.counter.draft import Draft
from motcua.web.counter.guidance import again_from, guide, guided_before
from motcua.web.counter.intakes import (
    chosen,
    favourites_first,
    finish,
    lying_at_hand,
    put_aside,
    received_of,
    resumed,
    save,
    waiting_here,
)
from motcua.web.counter.look_up import look_up, looks_of
from motcua.web.counter.outlook import look_ahead
from motcua.web.counter.phone import obey, panel, papers
from motcua.web.counter.problems import Problems
from motcua.web.counter.screens import blank_after, mirrored, show
from motcua.web.counter.suggestions import certification_desk, received_by, suggested, typing_page
from motcua.web.counter.typed import ADD, CHOOSE, GUIDE, KEEP, LIST, PARK, as_typed, is_rehearsal
from motcua.web.counter.visits import check_theirs, people_again

FRAGMENTS = frozenset({"asked", "outcome", "people"})
LONGEST_SEARCH = 200
# The screen lists this many; a provincial catalogue holds over two thousand, so words are typed.
MOST_LISTED = 200


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """The procedures that this seat receives and whose title, code or everyday names hold the words typed: what the
    search field of the receiving screen offers. Choosing one opens the screen with it."""
    words = clean(request.GET.get("q", ""))[:LONGEST_SEARCH]
    found = favourites_first(request, find(words, among=received_by(receiving_seat(staff(request)))))
    return render(
        request, "common/suggestions.html", {"options": suggested(found, visit=_visit(request.GET))}
    )


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest) -> HttpResponse:
    """Receive a dossier at the counter. One page that grows: procedure, variant, everything else.

    The state is what is typed. Only a POST without an underscored button writes anything.
    """
    viewer = staff(request)
    seat = receiving_seat(viewer)
    if request.method == "POST" and KEEP in request.POST:
        # To the page's own address: what a session that has ended could not save is there after signing in.
        save(request)
        return HttpResponse(status=204)
    if request.method == "POST" and CHOOSE in request.POST:
        return chosen(request)
    if request.method == "POST" and PARK in request.POST:
        blank_after(request)
        return put_aside(request, shared=request.POST[PARK] == "desk")
    held = held_fields(request)
    kept = resumed(request) if held is None else None
    typed = as_typed(request.POST if request.method == "POST" else held or kept or request.GET)
    if request.method == "GET":
        again_from(typed, viewer=viewer, seat=seat, at=now_of(request))
    take_people(typed, viewer=viewer, seat=seat, at=now_of(request))
    obey(typed, seat=seat, request=request)
    response = _receive(request, seat, typed, held=held is not None, kept=kept is not None)
    if held is not None:
        forget_held(request, response)
    return response


def _receive(
    request: HttpRequest, seat: Capacity, typed: QueryDict, *, held: bool, kept: bool
) -> HttpResponse:
    code = clean(typed.get("procedure", ""))[:LONGEST_SEARCH]
    if request.method == "GET" and not (held or kept):
        people_again(typed, viewer=staff(request))
    if not code:
        return _search(request, seat, typed)
    try:
        found = _offer(code, seat, request)
    except (NotFound, Invalid) as refusal:
        return _search(request, seat, typed, words=code, problem=refusal)
    look_up(typed, found=found, seat=seat, request=request)
    opening = request.method == "GET" and not (held or kept or seat.posted_by or typed.get("variant"))
    if opening and (there := certification_desk(code, visit=_visit(typed))):
        return HttpResponseRedirect(f"{there}&from={code}")
    if opening and is_typed_first(
        agency=seat.agency, procedure=code, published=found.forms, on=local(now_of(request)).date()
    ):
        return HttpResponseRedirect(typing_page(code, visit=_visit(typed)))
    judged = request.method == "POST" and not is_rehearsal(typed)
    draft = Draft(
        typed,
        offer=found,
        agency=seat.agency,
        at=now_of(request),
        judged=judged,
        files=request.FILES,
        found=looked_for(typed, viewer=staff(request), seat=seat),
        looks=looks_of(typed),
        competent=seat.posted_by,
    )
    guiding = request.method == "POST" and GUIDE in typed
    if guiding or (judged and draft.is_valid()):
        try:
            if guiding:
                number = guide(request, seat, draft)
                received_of(request)
                blank_after(request)
                return redirect("guidance", number)
            if LIST in typed:
                save(request)  # the way back to it, for the list as it should be
                return check_list(request, _complete(request, draft))
            answer = _received(request, seat, draft)
            received_of(request)
            blank_after(request)
            return answer
        except (Denied, NotFound):
            raise
        except Refusal as refusal:
            return _page(request, draft, judged=True, refusal=refusal)
    if request.method == "POST":
        save(request)
    return _page(request, draft, judged=judged, held=held, key=typed.get("idempotency_key") if kept else None)


def _offer(code: str, seat: Capacity, request: HttpRequest) -> Offer:
    deciding = agency_facts(seat.posted_by or seat.agency)
    among = received_by(seat)
    if among is not None and code not in among:
        raise Invalid(
            f"Thủ tục {code} không do {deciding.name} giải quyết. "
            "Mời người nộp sang công chức tiếp nhận của quầy.",
            f"Procedure {code} is not decided by {deciding.called.en}; the desk's own officers receive it.",
            field="procedure",
        )
    found = offer(code, agency=deciding.code, province=deciding.parent, on=local(now_of(request)).date())
    on = local(now_of(request)).date()
    told_first = request.method != "POST" and seat.posted_by
    if told_first and is_typed_first(agency=seat.posted_by, procedure=code, published=found.forms, on=on):
        raise Invalid(
            f"Thủ tục liên thông {code} cần tờ khai chung, người đại diện không nhập được. Mời người nộp sang công chức"
            " tiếp nhận của quầy: họ nhập ở mục “Nộp giúp”.",
            f"The inter-agency procedure {code} needs its one form, which a representative can't type. The desk's own"
            " officers do, under “Help to hand in”.",
            field="procedure",
        )
    # What is sent all the same is refused by the flow, which finds no process.
    if request.method != "POST" and found.handled_in == HandledIn.HERE and not is_run_here(code):
        raise Invalid(
            f"Không cơ quan nào ở đây giải quyết thủ tục {code}. Trang công khai của thủ tục cho biết nộp ở đâu.",
            f"No agency here decides procedure {code}. Its public page says where to hand it in.",
            field="procedure",
        )
    return found


def _represented(seat: Capacity) -> Say | None:
    """The agency for which a representative receives; None for the desk's officers."""
    return agency_facts(seat.posted_by).called if seat.posted_by else None


def _received(request: HttpRequest, seat: Capacity, draft: Draft) -> HttpResponseRedirect:
    viewer = staff(request)
    actor = viewer.actor(seat)
    check_theirs(draft.intake.visit, viewer=viewer, seat=seat)
    try:
        with unit(request, actor):
            finish(request, seat)
            recorded = receive_dossier(
                intake=draft.intake, actor=actor, at=now_of(request), paper=draft.paper
            )
            code = recorded.row["code"]
            if is_connected() and (intake := identifier(draft.typed.get("intake"))):
                people = [normal(person.number) for _role, person in draft.intake.people]
                note_intake(intake=str(intake), dossier=code, people=people, at=now_of(request))
    except AlreadyDone as done:
        # The second click of the same form: its first answer stands in the stream it opened.
        code = history(done.stream, limit=1)[0].data["code"]
    return redirect("received", code)


def _complete(request: HttpRequest, draft: Draft) -> Draft:
    """A draft that could be received as it is, but for its people. Raises Invalid naming what is missing."""
    if not look_ahead(draft, at=now_of(request)).complete:
        raise Invalid(
            "Giấy tờ chung của danh sách chưa đủ.",
            "The papers that all of the list share are incomplete.",
            field="components",
        )
    return draft


def _visit(fields: QueryDict) -> str:
    """The visit that the next dossier belongs to, as its address names it."""
    return str(identifier(fields.get("visit")) or "")


def _found(words: str, seat: Capacity) -> list[Found]:
    """What the seat receives; after it, where words are typed, what no agency here decides: it opens a sentence that
    says so, and no form."""
    among = received_by(seat)
    here = run_here() if among is None else among
    found = find(words, limit=MOST_LISTED, among=here)
    if not words or among is not None or len(found) == MOST_LISTED:
        return found
    return (
        found
        + [one for one in find(words, limit=MOST_LISTED) if one.code not in here][: MOST_LISTED - len(found)]
    )


def _search(
    request: HttpRequest,
    seat: Capacity,
    typed: QueryDict,
    *,
    words: str | None = None,
    problem: Refusal | None = None,
) -> HttpResponse:
    """The first state of the page: find the procedure by letters without accents, or by its code."""
    words = clean(request.GET.get("q", ""))[:LONGEST_SEARCH] if words is None else words
    found = _found(words, seat)
    found = favourites_first(request, found) if words else found
    if words and len(found) == 1 and problem is None:
        return HttpResponseRedirect(suggested(found, visit=_visit(typed))[0].href)
    mine, often = ([], []) if words else lying_at_hand(request, visit=_visit(typed))
    context = {
        "words": words,
        "waiting": waiting_here(request),
        "mine": mine,
        "often": often,
        "results": suggested(found, visit=_visit(typed)),
        "more": len(found) == MOST_LISTED,
        "visit": _visit(typed),
        "person": typed.get("applicant-0-name", ""),
        "represents": _represented(seat),
        "problem": problem,
        "stage": "procedure",
        "held": False,
    }
    return render(request, "counter/receive.html", context, status=problem.status if problem else 200)


def _page(
    request: HttpRequest,
    draft: Draft,
    *,
    judged: bool = False,
    held: bool = False,
    key: str | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """The page with what is typed, what it comes to, and what is wrong with it."""
    context: dict[str, Any] = {"draft": draft, "version": draft.version, "held": held, "stage": "variant"}
    context["visit"] = _visit(request.GET)
    if key:
        # Saved when it may have been sent: sent again, it is the same request.
        context["idempotency_key"] = key
    seat = receiving_seat(staff(request))
    context["guided"] = guided_before(draft.typed, seat=seat, at=now_of(request))
    context["represents"] = _represented(seat)
    context["outlook"] = None
    problems = context["problems"] = Problems(draft)
    status = 422 if judged else 200
    if draft.variant is not None:
        context["stage"] = "dossier"
        context["phone"] = panel(draft.typed, request=request)
        context["phone_papers"] = papers(draft.papers.components)
        try:
            context["outlook"] = look_ahead(draft, at=now_of(request))
            if judged:
                problems.missing = context["outlook"].missing
        except Refusal as other:
            refusal = refusal or other
        if mirrored(request, draft):
            show(request, draft, context["outlook"])
    if refusal is not None:
        status = refusal.status
        problems.add(refusal)
    if request.method == "GET" and draft.variant is not None:
        draft.applicants[0].take_focus()
    elif ADD in draft.typed:
        draft.applicants[-1].take_focus()
    target = request.htmx.target  # type: ignore[attr-defined]
    if target in FRAGMENTS and context["stage"] == "dossier":
        return render(request, f"counter/parts/swap_{target}.html", context, status=status)
    context["key_list"] = [
        ("F2", _("Người")),
        ("F3", _("Thủ tục")),
        ("F4", _("Giấy tờ")),
        ("F6", _("Mẫu 02")),
        ("F7", _("Cất, người khác")),
        ("Ctrl+Enter", _("Tiếp nhận")),
        ("Esc", _("Xóa ô")),
    ]
    return render(request, "counter/receive.html", context, status=status)
