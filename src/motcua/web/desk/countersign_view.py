"""What two people do: the page on which the second confirms or declines, and the first takes it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import policy
from motcua.dossiers.row import Row
from motcua.dossiers.selectors import Shown, dossier
from motcua.flows import mends
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import NotAllowedNow, OthersTurn, Refusal, denied
from motcua.ledger.operations import AlreadyDone
from motcua.web.common.fields import focus_first
from motcua.web.common.requests import held_fields, now_of, staff, unit
from motcua.web.desk.facts import Facts
from motcua.web.desk.forms.mends import AnswerForm
from motcua.web.desk.given import given, made
from motcua.web.desk.known import staff_names
from motcua.web.desk.not_done import not_done
from motcua.web.desk.people import people_of_task
from motcua.web.desk.proposals import proposed
from motcua.web.desk.sheet import holder

TAKE_BACK = "_take_back"


@require_http_methods(["GET", "HEAD", "POST"])
def countersign(request: HttpRequest, code: str) -> HttpResponse:
    """Answer what is proposed on a dossier. 403 for whoever is neither end of it, 409 where nothing waits."""
    viewer = staff(request)
    shown = dossier(code, viewer=viewer)
    facts = Facts.of(shown)
    if request.method != "POST":
        _refuse(viewer, facts.row)
        seq = facts.row["pending"]["seq"]
        return _page(request, shown, AnswerForm(held_fields(request), initial={"seq": seq}))
    form = AnswerForm(request.POST)
    try:
        if TAKE_BACK in request.POST or form.is_valid():
            told = _answered(request, viewer, facts, form)
            messages.success(request, told)
            return _back(facts)
    except AlreadyDone:
        return _back(facts)
    except Refusal as refusal:
        return _refused(request, facts, refusal)
    _refuse(viewer, facts.row)
    return _page(request, shown, form, status=422)


def _answered(request: HttpRequest, viewer: Viewer, facts: Facts, form: AnswerForm) -> str:
    """Do what was answered; returns what to say of it. The flows judge who may: a repeat is known there."""
    row, at = facts.row, now_of(request)
    seats = policy.proposer(viewer, row), policy.countersigner(viewer, row), *viewer.able
    if TAKE_BACK in request.POST:
        actor = viewer.actor(next(filter(None, seats), None))
        with unit(request, actor):
            mends.take_back(code=facts.code, actor=actor, at=at)
        return _("Đã rút đề nghị.")
    actor = viewer.actor(next(filter(None, seats[1:]), None))
    found = form.cleaned_data
    with unit(request, actor):
        if found["answer"] == "confirm":
            mends.confirm(code=facts.code, seq=found["seq"], actor=actor, at=at)
            return _("Đã xác nhận; việc đã được ghi với tên cả hai người.")
        mends.decline(code=facts.code, seq=found["seq"], reason=found["reason"], actor=actor, at=at)
    return _("Đã ghi: không xác nhận. Người đề nghị thấy lý do trong lịch sử hồ sơ.")


def _refuse(viewer: Viewer, row: Row) -> None:
    """Raise Denied or NotAllowedNow for whoever has nothing to answer here."""
    if policy.proposer(viewer, row) or policy.countersigner(viewer, row):
        return
    if row["pending"] is None:
        raise NotAllowedNow(policy.NOTHING_PROPOSED.vi, policy.NOTHING_PROPOSED.en)
    reasons = (policy.may_countersign(viewer.actor(c), row) for c in viewer.able)
    reason = next((r for r in reasons if r is not None), policy.NOTHING_PROPOSED)
    raise denied(reason)


def _back(facts: Facts) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("dossier", args=[facts.code]))


def _refused(request: HttpRequest, facts: Facts, refusal: Refusal) -> HttpResponse:
    """The refusal as a page of its own: what was proposed has changed, or was never this person's to answer."""
    if not isinstance(refusal, OthersTurn | NotAllowedNow):
        raise refusal
    kept = [("", value) for value in request.POST.getlist("reason") if value.strip()]
    return not_done(request, facts.code, refusal, kept)


def _page(request: HttpRequest, shown: Shown, form: AnswerForm, *, status: int = 200) -> HttpResponse:
    facts, row, viewer = Facts.of(shown), shown.row, staff(request)
    focus_first(form, ["answer"])
    context = {
        "facts": facts,
        "row": row,
        "form": form,
        "proposed": proposed(facts),
        "is_own": policy.proposer(viewer, row) is not None,
        "take_back": TAKE_BACK,
        "holder": holder(row, staff_names([row["holder_account"]])),
        "given": given(facts),
        "made": made(facts),
        "last": [],
        "people": people_of_task(shown, viewer=viewer),
    }
    return render(request, "desk/countersign.html", context, status=status)
