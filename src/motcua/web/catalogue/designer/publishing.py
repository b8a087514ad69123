"""A draft looked over and given an end: compared, brought back, discarded, published; and tried as citizens see it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.eforms import drafted, drafts, judging
from motcua.eforms.answers import Fault, check
from motcua.eforms.operations import Moved, Overtaken, bring_back, discard
from motcua.eforms.selectors import library
from motcua.flows.eforms import misfits, publish_form
from motcua.kernel.drafting import Drafted
from motcua.kernel.errors import NotFound, Refusal
from motcua.kernel.time import local
from motcua.ledger.operations import AlreadyDone
from motcua.ledger.selectors import claimed_stream
from motcua.web.catalogue.access import officer
from motcua.web.catalogue.designer.saying import Told, compared
from motcua.web.catalogue.designer.words import KINDS
from motcua.web.catalogue.drafting import discard_page, history_page, number_of
from motcua.web.common.day_field import DayField
from motcua.web.common.eforms import drawn, is_rearranging, posted, summary, unseen
from motcua.web.common.requests import held_fields, now_of, staff, unit
from motcua.web.common.wording import say

FURTHEST = 3 * 366  # days ahead; what is further is a mistyped year


class PublishForm(forms.Form):
    """The day the version is in force from."""

    valid_from = DayField(label=_("Có hiệu lực từ ngày"), help_text=_("Hôm nay hoặc ngày sau"))
    agreed = forms.BooleanField(
        label=_("Tôi đã xem các thay đổi bên dưới và bản xem trước"),
        error_messages={"required": _("Hãy xem các thay đổi rồi đánh dấu.")},
    )

    def __init__(self, data: Any = None, *, today: Any) -> None:
        super().__init__(data)
        self.today = today

    def clean_valid_from(self) -> Any:
        """Today or a day to come, in a year that somebody can mean."""
        day = self.cleaned_data["valid_from"]
        if day < self.today:
            raise forms.ValidationError(
                gettext("Ngày có hiệu lực phải từ hôm nay trở đi; không công bố lùi ngày.")
            )
        if (day - self.today).days > FURTHEST:
            raise forms.ValidationError(gettext("Ngày này cách hôm nay hơn ba năm. Hãy xem lại năm."))
        return day


def changes(found: Drafted, request: HttpRequest) -> tuple[int, list[Told]]:
    """The number of the form's last version, 0 for none, and what the draft changes in it. Two statements."""
    viewer = staff(request)
    last = drafted.newest_number(found.code, viewer=viewer)
    before = drafted.document(found.code, last, viewer=viewer) if last else {}
    return last, compared(before, found.body)


@require_safe
def eform_draft_compare(request: HttpRequest, code: str) -> HttpResponse:
    """A draft beside the last version of its form. Three statements."""
    found = drafted.draft(code, viewer=staff(request))
    last, told = changes(found, request)
    context = {"found": found, "told": told, "last": last}
    return render(request, "catalogue/designer/draft_compare.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def eform_draft_history(request: HttpRequest, code: str) -> HttpResponse:
    """GET lists what was done to a draft; POST brings back what it was. 409 where somebody else was quicker."""
    viewer = staff(request)
    return history_page(
        request,
        lambda: drafted.draft(code, viewer=viewer),
        here=reverse("eform_draft", args=[code]),
        history=reverse("eform_draft_history", args=[code]),
        lines=lambda found: drafted.revisions(found, viewer=viewer),
        bring_back=bring_back,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def eform_draft_discard(request: HttpRequest, code: str) -> HttpResponse:
    """GET asks whether it is meant; POST discards. Sent twice, it is discarded once."""
    return discard_page(
        request,
        lambda: drafted.draft(code, viewer=staff(request)),
        template="catalogue/designer/discard.html",
        listing="eforms",
        told=lambda found: {"told": changes(found, request)[1]},
        discard=discard,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def eform_draft_preview(request: HttpRequest, code: str) -> HttpResponse:
    """A topic of a draft as citizens see it. POST answers as their pages do: what is wrong is told, what a condition
    shows is shown. Nothing is kept, no file is taken."""
    found = drafted.draft(code, viewer=staff(request))
    form, left_out = judging.drawable(dict(found.body), library())
    on = local(now_of(request)).date()
    context: dict[str, Any] = {"found": found, "form": form, "left_out": left_out, "drawn": "", "page": None}
    if form is not None:
        wanted = str((request.POST if request.method == "POST" else request.GET).get("topic", ""))
        page = next((each for each in form.pages if each.key == wanted), form.pages[0])
        answers: dict[str, Any] = {}
        told: tuple[Fault, ...] = ()
        whole = False
        if request.method == "POST":
            answers = posted(form, page, request.POST)
            checked = check(form, answers, on=on)
            again = is_rearranging(request.POST) or unseen(page, request.POST, checked)
            told = () if again else checked.faults_on(page.key)
            whole = not again and not told
        context |= {
            "page": page,
            "drawn": drawn(form, page, answers, told, on=on, area=""),
            "told_wrong": summary(page, told),
            "whole": whole,
        }
        return render(request, "catalogue/designer/preview.html", context, status=422 if told else 200)
    return render(request, "catalogue/designer/preview.html", context | {"whole": False})


@require_http_methods(["GET", "HEAD", "POST"])
def eform_draft_publish(request: HttpRequest, code: str) -> HttpResponse:
    """GET shows what would be published and what stands in the way; POST publishes. 422 for wrong input, 409 with the
    comparison anew where somebody kept or published something meanwhile. Sent twice, it is published once."""
    actor, viewer = officer(request), staff(request)
    is_sent = request.method == "POST"
    if is_sent and claimed_stream(actor=actor.id, key=str(request.POST.get("idempotency_key", ""))):
        return _published(request, code)
    found = drafted.draft(code, viewer=viewer)
    typed = request.POST if is_sent else held_fields(request)
    form = PublishForm(typed, today=local(now_of(request)).date())
    if not is_sent or not form.is_valid():
        return _publish_page(request, found, form, held=typed is not None and not is_sent)
    try:
        with unit(request, actor):
            publish_form(
                draft=found.id,
                revision=number_of(request.POST.get("revision", "")),
                document=found.body,
                valid_from=form.cleaned_data["valid_from"],
                upon=number_of(request.POST.get("upon", "")),
                actor=actor,
                at=now_of(request),
            )
    except AlreadyDone:
        return _published(request, code)
    except (Moved, Overtaken) as stale:
        now = drafted.draft(code, viewer=viewer)
        return _publish_page(request, now, form, refusal=stale)
    except NotFound:
        # Its twin was quicker, or somebody else published it.
        return HttpResponseRedirect(reverse("eform", args=[code]))
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, say(refusal))
        return _publish_page(request, found, form)
    return _published(request, code)


def _published(request: HttpRequest, code: str) -> HttpResponse:
    messages.success(request, gettext("Đã công bố tờ khai %(code)s.") % {"code": code})
    return HttpResponseRedirect(reverse("eform", args=[code]))


def _publish_page(
    request: HttpRequest,
    found: Drafted,
    form: PublishForm,
    *,
    refusal: Refusal | None = None,
    held: bool = False,
) -> HttpResponse:
    body, on = dict(found.body), local(now_of(request)).date()
    last, told = changes(found, request)
    wrong = [*judging.faults(body, library()), *misfits(body, on=on)]
    context = {
        "found": found,
        "form": form,
        "upon": last,
        "told": told,
        "wanting": [(each.place, _called(body, each.place), each) for each in wrong[:50]],
        "refusal": refusal,
        "held": held,
    }
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "catalogue/designer/publish.html", context, status=status)


def _called(body: dict[str, Any], place: str) -> str:
    return say(drafts.label_of(drafts.at(body, place))) if place else say(KINDS["form"])
