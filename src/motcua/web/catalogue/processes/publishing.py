"""A draft looked over and given an end: compared, brought back, discarded, published."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.flows.processes import judged, last_of, publish_process
from motcua.kernel.drafting import Drafted, Moved, Overtaken
from motcua.kernel.errors import NotFound, Refusal
from motcua.kernel.time import local
from motcua.ledger.operations import AlreadyDone
from motcua.ledger.selectors import claimed_stream
from motcua.processes import drafted
from motcua.processes.differences import Difference, differences
from motcua.processes.drafting import bring_back, discard
from motcua.processes.operations import UNCHANGED, is_unchanged
from motcua.processes.selectors import published_body
from motcua.web.catalogue.access import officer
from motcua.web.catalogue.drafting import discard_page, history_page, number_of
from motcua.web.catalogue.processes.drawing import named
from motcua.web.catalogue.processes.listing import variant_labels
from motcua.web.catalogue.processes.outlining import around_of
from motcua.web.common.requests import held_fields, now_of, staff, unit
from motcua.web.common.wording import say


class PublishForm(forms.Form):
    """That somebody looked."""

    agreed = forms.BooleanField(
        label=_("Tôi đã xem bảng và các thay đổi bên dưới"),
        error_messages={"required": _("Hãy xem các thay đổi rồi đánh dấu.")},
    )


def changes(request: HttpRequest, found: Drafted) -> tuple[int, tuple[Difference, ...]]:
    """The number of the last version, 0 for none, and what the draft changes in it. Three statements."""
    last = drafted.newest_number(found.code, viewer=staff(request))
    before = published_body(found.code, last) if last else None
    labels = variant_labels(str(found.body.get("procedure", "")), local(now_of(request)).date())
    return last, differences(before or {}, found.body, labels)


@require_safe
def process_draft_compare(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """A draft beside the last version of its process, in sentences. Four statements."""
    found = drafted.draft(draft_id, viewer=staff(request))
    last, told = changes(request, found)
    return render(
        request, "catalogue/processes/draft_compare.html", {"found": found, "told": told, "last": last}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def process_draft_history(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """GET lists what was done to a draft; POST brings back what it was. 409 where somebody else was quicker."""
    viewer = staff(request)
    return history_page(
        request,
        lambda: drafted.draft(draft_id, viewer=viewer),
        here=reverse("process_draft", args=[draft_id]),
        history=reverse("process_draft_history", args=[draft_id]),
        lines=lambda found: drafted.revisions(found, viewer=viewer),
        bring_back=bring_back,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def process_draft_discard(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """GET asks whether it is meant; POST discards. Sent twice, it is discarded once."""
    return discard_page(
        request,
        lambda: drafted.draft(draft_id, viewer=staff(request)),
        template="catalogue/processes/discard.html",
        listing="processes",
        told=lambda found: {"told": changes(request, found)[1]},
        discard=discard,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def process_draft_publish(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """GET shows what would be published and what stands in the way; POST publishes. 422 for wrong input, 409 with the
    comparison anew where somebody kept or published something meanwhile. Sent twice, it is published once."""
    actor, viewer = officer(request), staff(request)
    is_sent = request.method == "POST"
    code = str(request.POST.get("code", "")).replace("\x00", "")
    if is_sent and claimed_stream(actor=actor.id, key=str(request.POST.get("idempotency_key", ""))):
        return _published(request, code)
    found = drafted.draft(draft_id, viewer=viewer)
    typed = request.POST if is_sent else held_fields(request)
    form = PublishForm(typed)
    if not is_sent or not form.is_valid():
        return _publish_page(request, found, form, held=typed is not None and not is_sent)
    try:
        with unit(request, actor):
            publish_process(
                draft=found.id,
                revision=number_of(request.POST.get("revision", "")),
                document=found.body,
                upon=number_of(request.POST.get("upon", "")),
                actor=actor,
                at=now_of(request),
            )
    except AlreadyDone:
        return _published(request, found.code)
    except (Moved, Overtaken) as stale:
        return _publish_page(request, drafted.draft(draft_id, viewer=viewer), form, refusal=stale)
    except NotFound:
        # Its twin was quicker, or somebody else published it.
        return HttpResponseRedirect(reverse("process", args=[found.code]))
    except Refusal as refusal:
        form.add_error(None, say(refusal))
        return _publish_page(request, found, form)
    return _published(request, found.code)


def _published(request: HttpRequest, code: str) -> HttpResponse:
    messages.success(request, gettext("Đã công bố quy trình %(code)s.") % {"code": code})
    return HttpResponseRedirect(reverse("process", args=[code]))


def _publish_page(
    request: HttpRequest,
    found: Drafted,
    form: PublishForm,
    *,
    refusal: Refusal | None = None,
    held: bool = False,
) -> HttpResponse:
    judging = judged(found.body, on=local(now_of(request)).date())
    last, told = changes(request, found)
    around = around_of(request, found)
    is_same = judging.process is not None and is_unchanged(judging.process, last_of(found.body))
    context: dict[str, Any] = {
        "found": found,
        "form": form,
        "upon": last,
        "told": told,
        "wanting": named(judging.wrong, around),
        "hints": named(judging.hints, around),
        "is_drawable": judging.process is not None,
        "unchanged": UNCHANGED if is_same else None,
        "refusal": refusal,
        "held": held,
    }
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "catalogue/processes/publish.html", context, status=status)
