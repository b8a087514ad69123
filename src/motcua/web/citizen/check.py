"""The last page of a draft: everything that was said, what it costs, and handing it in, once."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from motcua.dossiers.doubles import HandedInAlready
from motcua.flows.reception import examine
from motcua.flows.submissions import hand_in
from motcua.flows.terms import terms_of
from motcua.kernel.errors import Denied, NotFound, Refusal
from motcua.kernel.text import mask_number
from motcua.ledger.operations import AlreadyDone
from motcua.ledger.selectors import history
from motcua.submissions.operations import AlreadySubmitted, SavedElsewhere
from motcua.web.citizen.forms import CheckForm
from motcua.web.citizen.hand import Hand, Left, hand_of, may, written
from motcua.web.citizen.sections import CHECK, PARTS, part_of
from motcua.web.citizen.together import parties_of
from motcua.web.citizen.writing import Writing
from motcua.web.common.citizens import citizen
from motcua.web.common.requests import unit
from motcua.web.common.wording import say


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, draft: UUID) -> HttpResponse:
    """GET shows the whole draft; POST makes it a dossier and leads to its confirmation, however often it is sent."""
    hand = hand_of(request)
    try:
        writing = written(request, draft, sends="hand_in")
        form = CheckForm(
            request.POST if request.method == "POST" else None, is_helped=writing.assistance.is_given
        )
        problem: Refusal | None = None
        if request.method == "POST" and form.is_valid() and _is_whole(writing):
            try:
                return HttpResponseRedirect(hand.url("dossier", _handed_in(request, hand, writing, form)))
            except (AlreadySubmitted, Denied, NotFound):
                raise
            except Refusal as refusal:
                problem = refusal
                form.is_double = isinstance(refusal, HandedInAlready)
                form.add_error(None, say(refusal))
                form.ask_again()
    except (AlreadySubmitted, Left) as why:
        return hand.elsewhere(why)
    return _page(request, writing, form, problem)


def _handed_in(request: HttpRequest, hand: Hand, writing: Writing, form: CheckForm) -> str:
    """The code of the dossier it became."""
    actor = hand.actor if hand.helps else citizen(request).acts("hand_in", writing.kept.procedure)
    if request.POST.get("revision") != str(writing.kept.revision):
        raise SavedElsewhere
    try:
        with unit(request, actor):
            recorded = hand_in(
                draft=writing.kept.id,
                revision=writing.kept.revision,
                intake=writing.intake,
                agreed=str(request.POST.get("agreed", "")),
                actor=actor,
                at=writing.at,
                again=bool(form.cleaned_data.get("again")),
            )
    except AlreadyDone as done:
        return str(history(done.stream, limit=1)[0].data["code"])
    return str(recorded.row["code"])


def _is_whole(writing: Writing) -> bool:
    return not any(section.problems for section in writing.sections)


def _page(request: HttpRequest, writing: Writing, form: CheckForm, problem: Refusal | None) -> HttpResponse:
    sections = writing.sections
    whole = not any(section.problems for section in sections)
    intake = writing.intake
    seen = examine(intake=intake, at=writing.at) if whole else None
    agreed = terms_of(seen, intake) if seen else ""
    status = problem.status if problem else 422 if request.method == "POST" else 200
    context = {
        "hand": hand_of(request),
        "may_hand_in": may(request, "hand_in", writing.kept.procedure),
        "may_write": may(request, "write", writing.kept.procedure),
        "writing": writing,
        "form": form,
        "sections": sections,
        "whole": whole,
        "fees": seen and seen.fees,
        "agreed": agreed,
        "parties": parties_of(writing, agreed=agreed),
        "part": part_of(CHECK),
        "parts": PARTS,
        "number_masked": mask_number(writing.known.number),
    }
    return render(request, "citizen/check.html", context, status=status)
