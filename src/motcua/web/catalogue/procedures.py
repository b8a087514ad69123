"""The procedures as the catalogue office keeps them: the list, one with its versions, two versions compared."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from motcua.catalogue import drafted
from motcua.catalogue.checking import gaps
from motcua.catalogue.drafted import VersionLine
from motcua.catalogue.events import ProcedureVersionWithdrawn, TransitionSettled
from motcua.catalogue.lacks import Gap
from motcua.catalogue.operations import withdraw
from motcua.catalogue.policy import announces
from motcua.catalogue.selectors import versions
from motcua.catalogue.transition import Transition
from motcua.kernel.errors import NotFound, Refusal
from motcua.kernel.time import local
from motcua.ledger.operations import AlreadyDone
from motcua.ledger.selectors import firsts, history
from motcua.web.catalogue.access import names_of, officer
from motcua.web.catalogue.listing import listed
from motcua.web.catalogue.saying import compared
from motcua.web.common.requests import held_fields, now_of, staff, unit
from motcua.web.common.text_field import TidyField, printable
from motcua.web.common.wording import say


@dataclass(frozen=True, slots=True)
class Shown:
    """A version in a procedure's list: `standing` is "now", "coming", "past" or "withdrawn"; `who` published it."""

    line: VersionLine
    standing: str
    who: str
    gaps: tuple[Gap, ...]
    moved: str


@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """Procedures by code, a page at a time. One statement."""
    return listed(request, "catalogue/procedures.html", found=drafted.procedures_of)


@require_safe
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """One procedure: its versions with who published them, what they lack, and the open draft. Six statements."""
    found = drafted.chosen(code.replace("\x00", ""), viewer=staff(request))
    today = local(now_of(request)).date()
    now = max(
        (line for line in found.versions if line.effective_from <= today and line.withdrawn_at is None),
        key=lambda line: (line.effective_from, line.number),
        default=None,
    )
    read = versions(line.id for line in found.versions)
    opened = firsts([line.id for line in found.versions])
    names = names_of(
        [str(each.actor.get("id", "")) for each in opened.values()]
        + ([found.draft.begun_by, found.draft.changed_by] if found.draft else [])
    )
    shown = [
        Shown(
            line,
            _standing(line, now, today),
            names.get(str(opened[line.id].actor.get("id", "")), "") if line.id in opened else "",
            gaps(read[line.id]),
            _moved(line),
        )
        for line in found.versions
    ]
    context = {"found": found, "shown": shown, "names": names, "announces": announces(staff(request))}
    return render(request, "catalogue/procedure.html", context)


def _moved(line: VersionLine) -> str:
    """What became of the dossiers that ran."""
    if line.withdrawn_at is not None:
        basis = next(e.data["basis"] for e in history(line.id) if e.type == ProcedureVersionWithdrawn.TYPE)
        return _("Thu hồi theo %(basis)s.") % {"basis": basis}
    if line.transition == Transition.STAY:
        return ""
    if line.settled_at is None:
        return _("Hồ sơ đang giải quyết sẽ chuyển nếu có lợi, theo %(basis)s.") % {
            "basis": line.transition_basis
        }
    told = next(e.data for e in history(line.id) if e.type == TransitionSettled.TYPE)
    return _("Theo %(basis)s: %(moved)s hồ sơ đã chuyển, %(stayed)s ở lại.") % {
        "basis": line.transition_basis,
        "moved": told["moved"],
        "stayed": told["stayed"],
    }


def _standing(line: VersionLine, now: VersionLine | None, today: date) -> str:
    if line.withdrawn_at is not None:
        return "withdrawn"
    if line.effective_from > today:
        return "coming"
    return "now" if line is now else "past"


@require_safe
def compare(request: HttpRequest, code: str) -> HttpResponse:
    """Two versions of a procedure, in people's words; by default the two newest. Three statements."""
    viewer = staff(request)
    found = drafted.chosen(code.replace("\x00", ""), viewer=viewer)
    by_id = {str(line.id): line for line in found.versions}
    if len(by_id) < 2:
        raise NotFound(
            "Thủ tục này mới có một phiên bản, chưa có gì để so sánh.",
            "This procedure has one version only; there is nothing to compare.",
        )
    newest, older = found.versions[:2]
    after = by_id.get(str(request.GET.get("to", "")), newest)
    before = by_id.get(str(request.GET.get("from", "")), older)
    documents = [drafted.body_of(UUID(str(line.id)), viewer=viewer)[2] for line in (before, after)]
    context = {
        "found": found,
        "before": before,
        "after": after,
        "told": compared(documents[0], documents[1]),
    }
    return render(request, "catalogue/compare.html", context)


class WithdrawForm(forms.Form):
    """On which document a version is taken back."""

    basis = TidyField(
        label=gettext_lazy("Số văn bản làm căn cứ"),
        help_text=gettext_lazy("Ví dụ 12/QĐ-UBND; không ghi tên người"),
        max_length=120,
        validators=[printable],
        error_messages={"required": gettext_lazy("Hãy ghi số văn bản làm căn cứ.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def version_withdraw(request: HttpRequest, version: UUID) -> HttpResponse:
    """GET asks on what document; POST takes a version back before its day. 403 without the seat, 404 for no version,
    409 once it is in force, 422 without a document."""
    actor, posted = officer(request), request.method == "POST"
    code, number, _body = drafted.body_of(version, viewer=staff(request))
    form = WithdrawForm(request.POST if posted else held_fields(request))
    if posted and form.is_valid():
        try:
            with unit(request, actor):
                withdraw(version=version, basis=form.cleaned_data["basis"], actor=actor, at=now_of(request))
        except AlreadyDone:
            pass
        except Refusal as refusal:
            if refusal.field != "basis":
                raise
            form.add_error("basis", say(refusal))
        if not form.errors:
            messages.success(request, _("Đã thu hồi phiên bản %(number)s.") % {"number": number})
            return HttpResponseRedirect(reverse("catalogue_procedure", args=[code]))
    context = {"form": form, "code": code, "number": number}
    return render(request, "catalogue/version_withdraw.html", context, status=422 if posted else 200)
