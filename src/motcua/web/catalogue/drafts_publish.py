"""Publishing a draft: by which decision, from which day, after what changes was looked at."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.catalogue import drafted
from motcua.catalogue.drafted import Drafted
from motcua.catalogue.drafts import obstacles
from motcua.catalogue.operations import Moved, Overtaken
from motcua.catalogue.selectors import version
from motcua.catalogue.transition import Transition
from motcua.catalogue.writing import Document, plain
from motcua.flows.drafting import publish_draft
from motcua.kernel.errors import NotFound, Refusal
from motcua.kernel.time import local
from motcua.ledger.operations import AlreadyDone
from motcua.ledger.selectors import claimed_stream
from motcua.web.catalogue.access import officer
from motcua.web.catalogue.drafts import words_of
from motcua.web.catalogue.gate import Gate, gate
from motcua.web.catalogue.running import Running, foreseen
from motcua.web.catalogue.saying import compared, part_of
from motcua.web.common.day_field import DayField
from motcua.web.common.fields import needed_when
from motcua.web.common.requests import held_fields, now_of, staff, unit
from motcua.web.common.text_field import TidyField, printable
from motcua.web.common.wording import say

PLAIN = {"autocomplete": "off"}
CHOICES = (
    (Transition.STAY.value, _("Ở lại phiên bản đã tiếp nhận")),
    (Transition.FAVOUR.value, _("Chuyển sang phiên bản mới nếu có lợi cho người nộp")),
)


class PublishForm(forms.Form):
    """The announcing decision, and the day the version is in force from."""

    number = TidyField(
        label=_("Số quyết định công bố"),
        help_text=_("Ví dụ “163/QĐ-BTP”"),
        max_length=60,
        validators=[printable],
        error_messages={"required": _("Hãy ghi số quyết định công bố.")},
        widget=forms.TextInput(attrs=PLAIN),
    )
    issued_on = DayField(label=_("Ngày quyết định"))
    by = TidyField(
        label=_("Cơ quan ra quyết định"),
        max_length=200,
        validators=[printable],
        error_messages={"required": _("Hãy ghi cơ quan ra quyết định.")},
        widget=forms.TextInput(attrs=PLAIN),
    )
    by_en = TidyField(
        label=_("Cơ quan ra quyết định, tiếng Anh"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs=PLAIN | {"lang": "en"}),
    )
    effective_from = DayField(label=_("Có hiệu lực từ ngày"), help_text=_("Hôm nay hoặc ngày sau"))
    transition = forms.ChoiceField(
        label=_("Hồ sơ đang giải quyết"),
        choices=CHOICES,
        initial=Transition.STAY,
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn một mục."), "invalid_choice": _("Hãy chọn một mục.")},
    )
    transition_basis = needed_when(
        TidyField(
            label=_("Điều khoản chuyển tiếp"),
            help_text=_("Văn bản, điều khoản cho phép chuyển"),
            required=False,
            max_length=120,
            validators=[printable],
            widget=forms.TextInput(attrs=PLAIN),
        ),
        _("khi hồ sơ chuyển sang phiên bản mới"),
    )
    agreed = forms.BooleanField(
        label=_("Tôi đã xem các thay đổi bên dưới và đối chiếu với quyết định"),
        error_messages={"required": _("Hãy xem các thay đổi rồi đánh dấu.")},
    )

    def __init__(self, data: Any = None, *, today: Any, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """No decision of tomorrow, no version of yesterday."""
        told = super().clean() or {}
        if told.get("issued_on") and told["issued_on"] > self.today:
            self.add_error("issued_on", _("Quyết định không thể ký sau hôm nay."))
        if (told.get("transition") == Transition.FAVOUR) != bool(told.get("transition_basis")):
            self.add_error(
                "transition_basis", _("Ghi điều khoản khi, và chỉ khi, hồ sơ chuyển sang phiên bản mới.")
            )
        if told.get("effective_from"):
            if told["effective_from"] < self.today:
                self.add_error(
                    "effective_from", _("Ngày có hiệu lực phải từ hôm nay trở đi; không công bố lùi ngày.")
                )
            elif (told["effective_from"] - self.today).days > 3 * 366:
                self.add_error("effective_from", _("Ngày này cách hôm nay hơn ba năm. Hãy xem lại năm."))
        return told

    def decision(self) -> Document:
        """The decision as the document writes it."""
        told = self.cleaned_data
        by = {"vi": told["by"], "en": told["by_en"]} if told["by_en"] else {"vi": told["by"]}
        return {"number": told["number"], "by": by, "issued_on": told["issued_on"].isoformat()}


@require_http_methods(["GET", "HEAD", "POST"])
def draft_publish(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """GET shows what would be published and what stands in the way; POST publishes. 422 for wrong input, 409 with the
    comparison anew where somebody kept or published something meanwhile. Sent twice, it is published once."""
    actor, viewer = officer(request), staff(request)
    posted = request.method == "POST"
    before = _done(request) if posted else None
    if before is not None:
        return before
    found = drafted.draft(draft_id, viewer=viewer)
    typed = request.POST if posted else held_fields(request)
    today = local(now_of(request)).date()
    form = PublishForm(typed, today=today, initial=_by(found))
    shown = _gate(request, found, typed)
    if not posted or not form.is_valid() or shown.linked:
        return _page(request, found, form, shown, held=typed is not None and not posted)
    if (running := _foreseen(request, found, form)) is not None:
        return _page(request, found, form, shown, running=running)
    try:
        with unit(request, actor):
            made = publish_draft(
                draft=draft_id,
                revision=_number(request.POST.get("revision", "")),
                decision=form.decision(),
                reasons=shown.reasons,
                effective_from=form.cleaned_data["effective_from"],
                upon=_id(str(request.POST.get("upon", ""))),
                actor=actor,
                at=now_of(request),
                transition=Transition(form.cleaned_data["transition"]),
                transition_basis=form.cleaned_data["transition_basis"],
            )
    except AlreadyDone as done:
        made = done.stream
    except (Moved, Overtaken) as stale:
        now = drafted.draft(draft_id, viewer=viewer)
        return _page(request, now, form, _gate(request, now, typed), refusal=stale)
    except NotFound:
        # Its twin was quicker, or somebody else published it.
        return _done(request) or HttpResponseRedirect(reverse("catalogue_procedure", args=[found.procedure]))
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, say(refusal))
        return _page(request, found, form, shown)
    return _published(request, made)


def _foreseen(request: HttpRequest, found: Drafted, form: PublishForm) -> Running | None:
    """What becomes of running dossiers, where that was not looked at yet."""
    if obstacles(found.body):
        return None
    running = foreseen(request, {**found.body, "decision": form.decision()}, form.cleaned_data)
    return running if running is not None and request.POST.get("seen") != running.mark else None


def _gate(request: HttpRequest, found: Drafted, typed: QueryDict | None) -> Gate:
    """The once-only gate of a draft with nothing else in its way."""
    if obstacles(found.body):
        return Gate()
    sent = {name: [str(value) for value in (typed or QueryDict()).getlist(name)] for name in typed or ()}
    today = local(now_of(request)).date()
    return gate(found.body, sent, today=today, is_sent=request.method == "POST")


def _done(request: HttpRequest) -> HttpResponse | None:
    made = claimed_stream(actor=officer(request).id, key=str(request.POST.get("idempotency_key", "")))
    return None if made is None else _published(request, made)


def _published(request: HttpRequest, made: UUID) -> HttpResponse:
    code = version(made).code
    messages.success(request, gettext("Đã công bố thủ tục %(code)s.") % {"code": code})
    return HttpResponseRedirect(reverse("catalogue_procedure", args=[code]))


def _by(found: Drafted) -> dict[str, str]:
    by = (found.body.get("decision") or {}).get("by") or {}
    return {"by": by.get("vi", ""), "by_en": by.get("en", "")}


def _number(text: object) -> int:
    typed = str(text)
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _page(
    request: HttpRequest,
    found: Drafted,
    form: PublishForm,
    shown: Gate,
    *,
    refusal: Refusal | None = None,
    held: bool = False,
    running: Running | None = None,
) -> HttpResponse:
    """The draft beside the newest version there is: that is what it follows."""
    viewer = staff(request)
    upon = drafted.newest(found.procedure, viewer=viewer)
    number, body = 0, Document()
    if upon is not None:
        _code, number, published = drafted.body_of(upon, viewer=viewer)
        body = plain(published)
    told = compared(body, {**found.body, "decision": body.get("decision")})
    context = {
        "found": found,
        "title": drafted.title_of(found.body),
        "form": form,
        "upon": upon,
        "against": gettext("phiên bản %(number)s") % {"number": number} if upon else gettext("chưa có gì"),
        "told": told,
        "wanting": [(part_of(one.where), words_of(one, found.body)) for one in obstacles(found.body)],
        "gate": shown,
        "refusal": refusal,
        "held": held,
        "running": running,
    }
    status = refusal.status if refusal else 422 if form.errors or shown.linked else 200
    return render(request, "catalogue/draft_publish.html", context, status=status)
