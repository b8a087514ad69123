"""Handing in for the person who stands here: find the procedure, type it on the citizens' own pages, give the person
their code, and let the next one come to an empty screen."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.access_log.operations import note
from motcua.agencies.selectors import called
from motcua.catalogue.listing import Wanted, listing
from motcua.catalogue.selectors import titles, version
from motcua.catalogue.shapes import ProcedureVersion
from motcua.dossiers.notified import notified
from motcua.dossiers.own import states_of, whole_row
from motcua.dossiers.row import Row
from motcua.dossiers.visits import of_visit
from motcua.files import operations as files
from motcua.flows.children import is_typed_first
from motcua.flows.online_money import payable
from motcua.flows.telling import reachable, wishing
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import NotFound
from motcua.kernel.ids import identifier
from motcua.kernel.text import clean
from motcua.kernel.time import local
from motcua.notifications.letters import masked
from motcua.payments.online import account_of
from motcua.processes.running import has_adopted
from motcua.processes.selectors import agencies_running, variants_run
from motcua.submissions import operations as submissions
from motcua.submissions.operations import AlreadySubmitted
from motcua.submissions.selectors import (
    Submitted,
    begun_for_others,
    handed_in_as,
    handed_in_for_others,
)
from motcua.web.citizen.assist_papers import consent_sheet, tracking_slip
from motcua.web.citizen.begin import AgencyForm
from motcua.web.citizen.hand import Hand, Left, hand_of, helping, written
from motcua.web.citizen.kept_files import files_of
from motcua.web.common.online import online_variants, open_offer
from motcua.web.common.paging import Trail
from motcua.web.common.requests import now_of, staff
from motcua.web.common.situations import situation
from motcua.web.common.wish_form import CHANNELS
from motcua.web.common.wording import say

LONGEST_SEARCH, MOST_FOUND = 200, 20


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Who is being helped at this screen, a procedure to begin with, and what was handed in: codes and states, and
    nothing of the people. Six statements at most."""
    viewer, at = staff(request), now_of(request)
    hand, kind = helping(viewer)
    words = clean(request.GET.get("q", ""))[:LONGEST_SEARCH]
    trail = Trail.read(request.GET)
    done, following = handed_in_for_others(owner=hand.owner, at=at, after=trail.after or None)
    forth, back = trail.forth(following), trail.back()
    begun = begun_for_others(owner=hand.owner, at=at)
    meant = listing(on=local(at).date()).find(Wanted(words=words)) if words else []
    adopted = has_adopted(_agency(hand)) if meant else set()
    found = [one for one in meant if one.code in adopted]
    states = states_of([one.code for one in done])
    context = {
        "kind": kind,
        "words": words,
        "found": found[:MOST_FOUND],
        "others": len(meant) - len(found),
        "begun": begun,
        "here": hand.session,
        "procedures": titles({one.procedure for one in begun}),
        "done": [(one, states[one.code]) for one in done if one.code in states],
        "before": back.query() if back else "",
        "after": forth.query() if forth else "",
    }
    return render(request, "citizen/assist.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, procedure: str) -> HttpResponse:
    """GET says what is begun and for whom; POST empties the screen of the person before, and begins. Raises NotFound,
    and NotAllowedNow where it is not handed in here."""
    viewer, at = staff(request), now_of(request)
    hand, kind = helping(viewer)
    own, on = _agency(hand), local(at).date()
    known = open_offer(procedure, at_agency=own, at=at, by_citizen=False)
    together = is_typed_first(agency=own, procedure=procedure, published=known.forms, on=on)
    agencies = _taken_by(own, known.version, on, elsewhere=together)
    chosen = own if own in agencies else agencies[0]
    chooses = agencies != [own]
    typed = request.POST if request.method == "POST" and chooses else None
    form = AgencyForm(typed, agencies=agencies, chosen=chosen, asks_whom=False)
    if request.method == "POST" and (typed is None or form.is_valid()):
        _clear(viewer, hand, request)
        draft = submissions.begin(
            owner=hand.owner,
            agency=chosen if typed is None else form.cleaned_data["agency"],
            procedure=procedure,
            at=at,
            filing=kind.code,
            session=hand.session,
            visit=_visit(request, viewer),
        )
        return HttpResponseRedirect(hand.url("draft", draft))
    begun = [one for one in begun_for_others(owner=hand.owner, at=at) if one.session in (None, hand.session)]
    context = {
        "version": known.version,
        "kind": kind,
        "begun": bool(begun),
        "together": together,
        "form": form if chooses else None,
    }
    return render(request, "citizen/assist_begin.html", context, status=422 if form.errors else 200)


def _taken_by(own: str, version: ProcedureVersion, on: date, *, elsewhere: bool) -> list[str]:
    """The agencies for which it is handed in at a desk of `own`: that one, and `elsewhere` others, for whom it is
    received there (ND 118/2025 art. 17(3)). Raises NotFound for none."""
    variants = online_variants(version)
    if elsewhere:
        found = agencies_running(procedure=version.code, variants=variants, on=on)
    else:
        running = variants_run(agency=own, procedure=version.code, on=on)
        found = [own] if not running.isdisjoint(variants) else []
    if not found:
        raise NotFound(
            "Cơ quan này không nhận thủ tục này trực tuyến.", "This agency does not take it online."
        )
    return found


def _visit(request: HttpRequest, viewer: Viewer) -> UUID | None:
    """The visit that the receiving page led here from, as far as the viewer sees it."""
    visit = identifier(request.GET.get("visit"))
    return visit if visit and of_visit(visit, viewer=viewer) else None


@require_POST
def stay(request: HttpRequest, draft: UUID) -> HttpResponse:
    """The same person is still here: the draft goes on at this screen."""
    viewer, at = staff(request), now_of(request)
    hand, _kind = helping(viewer)
    if hand.session is not None:
        submissions.stay(draft=draft, owner=hand.owner, session=hand.session, at=at)
        note(who=str(viewer.account), what="helped_on", at=at, agency=_agency(hand))
    return HttpResponseRedirect(hand.url("draft", draft))


@require_POST
def next_person(request: HttpRequest) -> HttpResponse:
    """The person has gone: what was typed for them and not handed in is forgotten, with its files."""
    hand, _kind = helping(staff(request))
    _clear(staff(request), hand, request)
    response = HttpResponseRedirect(reverse("assist"))
    # What the browser itself kept of their pages goes too.
    response["Clear-Site-Data"] = '"cache"'
    return response


def _clear(viewer: Viewer, hand: Hand, request: HttpRequest) -> None:
    for kept in begun_for_others(owner=hand.owner, at=now_of(request)):
        if kept.session not in (None, hand.session):
            continue  # of somebody at another screen of the same officer's
        try:
            submissions.give_up(draft=kept.id, owner=hand.owner)
        except AlreadySubmitted:
            continue  # its files are the dossier's
        named_files = {one.upload for page, fields in kept.pages.items() for one in files_of(page, fields)}
        files.discard_all(named_files, owner=hand.owner)
    if viewer.session is not None:
        submissions.leave(session=viewer.session)


@require_safe
def dossier(request: HttpRequest, code: str) -> HttpResponse:
    """The confirmation for the person: the code in large letters, what comes next, whom we tell, their slip to print.
    Once they left, nothing but the code and how it stands."""
    hand = hand_of(request)
    done = handed_in_as(code, owner=hand.owner, at=now_of(request))
    is_here = _is_here(hand, done)
    context = {"hand": hand, "done": done, "stands": states_of([code])[code], "is_here": is_here}
    if is_here:
        row = whole_row(code)
        published = version(row["procedure_version"])
        names = {rule.code: rule.name for rule in published.fees}
        context |= {
            "procedure": published.title,
            "situation": situation(row),
            "told": _told(row),
            "owed": [(names[line.rule], line.amount) for line in payable(row)],
            "account": account_of(row["desk_agency"]),
            "desk": called(row["desk_agency"]),
        }
    return render(request, "citizen/assist_done.html", context)


@require_safe
def slip(request: HttpRequest, code: str) -> HttpResponse:
    """Code and PIN on paper, for the person's own hand, while they stand here. Raises NotFound after that."""
    hand, at = hand_of(request), now_of(request)
    done = handed_in_as(code, owner=hand.owner, at=at)
    if not _is_here(hand, done):
        raise NotFound(
            "Người ấy đã rời quầy nên phiếu không in lại được ở đây. Bộ phận Một cửa in giấy tiếp nhận khi nhận hồ sơ.",
            "That person has left, so their slip isn't printed again here. The desk prints a receipt when it receives.",
        )
    note(who=str(hand.owner), what="slip_printed", at=at, subject=code, agency=_agency(hand))
    return pdf_response(tracking_slip(code), name=f"{code}-tra-cuu")


@require_safe
def sheet(request: HttpRequest, draft: UUID) -> HttpResponse:
    """The sheet of consent of a draft as PDF, to be signed by the applicant."""
    try:
        writing = written(request, draft)
    except (AlreadySubmitted, Left) as why:
        return hand_of(request).elsewhere(why)
    if not writing.assistance.is_given:
        raise NotFound(
            "Hồ sơ nộp cho chính mình không cần phiếu này.", "A dossier of one's own needs no such sheet."
        )
    return pdf_response(consent_sheet(writing), name="phieu-dong-y")


def pdf_response(paper: bytes, *, name: str) -> HttpResponse:
    """A PDF to look at and print, kept nowhere."""
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def _told(row: Row) -> list[tuple[str, str]]:
    """By which channel, and to which masked address, messages about the dossier `row` go."""
    return [
        (say(CHANNELS[channel]), masked(channel, to))
        for one in wishing(row["code"], notified(row))
        for channel, to in reachable(one.whom).items()
        if to and channel in one.wish.channels
    ]


def _is_here(hand: Hand, done: Submitted) -> bool:
    return done.session is not None and done.session == hand.session


def _agency(hand: Hand) -> str:
    return hand.seat.agency if hand.seat else ""
