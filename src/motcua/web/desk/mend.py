"""At the counter: what somebody says of a fault in their electronic form is typed into the form, opened again there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from motcua.dossiers.record import no_such
from motcua.dossiers.selectors import find_row, in_full
from motcua.dossiers.sight import FORM, hidden
from motcua.dossiers.states import Act
from motcua.flows import progress
from motcua.flows.form_mending import Reopened, reopened
from motcua.kernel.actor import Actor
from motcua.kernel.errors import NotAllowedNow, NotFound, Refusal
from motcua.kernel.text import clean
from motcua.kernel.time import local
from motcua.ledger.operations import AlreadyDone
from motcua.web.common.mending import MendForm, MendingForm
from motcua.web.common.requests import forget_held, held_fields, is_repeat, now_of, staff, unit
from motcua.web.common.wording import say
from motcua.web.desk.acts import opened
from motcua.web.desk.facts import Facts, OpenItem
from motcua.web.desk.given import given, made
from motcua.web.desk.known import staff_names
from motcua.web.desk.people import people_of_task
from motcua.web.desk.sheet import holder
from motcua.web.desk.told import told


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def mend(request: HttpRequest, code: str, item: str) -> HttpResponse:
    """Mend the form of a dossier at what one open item names, for who stands at the counter.

    Raises NotFound for an item that is not about the form, and where it is hidden from the viewer's seats; as the act
    itself for who may not, and where it is over."""
    viewer, at, is_post = staff(request), now_of(request), request.method == "POST"
    row, name = find_row(code, viewer=viewer)
    if FORM in hidden(viewer, row):
        raise no_such(code)
    try:
        _page, actor = opened(Act.SUPPLY, Facts(row, name), viewer=viewer, at=at)
        found = _reopened(Facts(row, name), item, actor)
    except NotAllowedNow:
        if is_post and is_repeat(request, viewer.actor(), stream=row["id"], seq=row["head_seq"]):
            return _back(code)
        raise
    held = held_fields(request)
    typed = request.POST if is_post else held
    form = MendForm(found, typed, request.FILES if is_post else None, on=local(at).date(), area="")
    mending = MendingForm(typed, mend=form, label=_("Ghi thêm về mục này"))
    status = 200
    if not is_post:
        form.rest()
    elif mending.is_valid():
        words = clean(mending.cleaned_data["words"])
        try:
            with unit(request, actor):
                progress.supply(
                    code=code,
                    items=[item],
                    words={item: words} if words else {},
                    typed=form.answers,
                    actor=actor,
                    at=at,
                )
            messages.success(request, _("Đã ghi nội dung sửa vào tờ khai."))
            return _back(code)
        except AlreadyDone:
            return _back(code)
        except Refusal as refusal:
            mending.add_error(None, say(refusal))
            status = refusal.status
    else:
        status = 422
    shown = in_full(row, name, viewer=viewer)
    facts = Facts.of(shown)
    context = {
        "act": Act.SUPPLY.value,
        "facts": facts,
        "row": row,
        "form": mending,
        "mend": form,
        "item": next(one for one in facts.items if one.number == item),
        "held": held is not None,
        "holder": holder(row, staff_names([row["holder_account"]])),
        "given": given(facts),
        "made": made(facts),
        "last": [told(shown.entries[-1])],
        "people": people_of_task(shown, viewer=viewer),
    }
    response = render(request, "desk/mend.html", context, status=status)
    if held is not None:
        forget_held(request, response)
    return response


def _reopened(facts: Facts, item: str, actor: Actor) -> Reopened:
    asked: OpenItem | None = {one.number: one for one in facts.items}.get(item)
    found = reopened(facts.row, [item], actor=actor) if asked and asked.is_form else None
    if asked is None or found is None:
        raise NotFound("Không có mục này trong yêu cầu bổ sung.", "The request has no such item.")
    if asked.is_supplied:
        raise NotAllowedNow("Mục này đã được bổ sung.", "This item was answered already.")
    return found


def _back(code: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("dossier", args=[code]))
