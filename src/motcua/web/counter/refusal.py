"""A request is turned away before there is a dossier: the form, filled from what the receiving screen has typed."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from motcua.agencies.selectors import agency as agency_facts
from motcua.catalogue.selectors import Offer, find, offer
from motcua.kernel.actor import Capacity
from motcua.kernel.errors import Invalid
from motcua.kernel.text import clean
from motcua.kernel.time import local
from motcua.ledger.operations import AlreadyDone
from motcua.reception.grounds import GROUNDS
from motcua.reception.operations import guidance as operations
from motcua.reception.selectors.guidance import number_at
from motcua.web.common.requests import forget_held, held_fields, now_of, staff, unit
from motcua.web.common.text_field import printable
from motcua.web.common.wording import say
from motcua.web.counter.access import receiving_seat
from motcua.web.counter.forms import PersonForm, choices_of
from motcua.web.counter.intakes import received_of
from motcua.web.counter.screens import blank_after
from motcua.web.counter.suggestions import received_by
from motcua.web.counter.typed import as_typed, put_defaults

BEGIN = "_refuse"  # the button of the receiving screen: what it has typed is carried here, nothing is written
PERSON = "applicant-0"
MOST_NAMED = 5


class RefusalForm(PersonForm):
    """Who came, what they asked, why it is turned away and where they may go. An identity number is not asked for."""

    procedure = forms.CharField(
        label=_("Thủ tục"),
        help_text=_("Mã hoặc tên thủ tục; để trống khi nội dung yêu cầu không phải là một thủ tục."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "wfull", "autocomplete": "off"}),
    )
    request = forms.CharField(
        label=_("Nội dung yêu cầu"),
        help_text=_("Ghi khi không chọn thủ tục, hoặc để nói rõ hơn."),
        required=False,
        max_length=operations.LONGEST_ADVICE,
        validators=[printable],
        widget=forms.TextInput(attrs={"class": "wfull", "autocomplete": "off"}),
    )
    ground = forms.ChoiceField(
        label=_("Căn cứ từ chối"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn căn cứ từ chối.")},
    )
    reason = forms.CharField(
        label=_("Lý do từ chối"),
        help_text=_("Viết cho người yêu cầu đọc: vì sao không tiếp nhận, dẫn điều khoản nếu có."),
        max_length=operations.LONGEST_REASON,
        validators=[printable],
        widget=forms.Textarea(attrs={"rows": 4, "class": "wfull"}),
        error_messages={"required": _("Hãy ghi lý do.")},
    )
    advice = forms.CharField(
        label=_("Hướng dẫn"),
        help_text=_("Nơi có thẩm quyền, hoặc việc người yêu cầu có thể làm tiếp."),
        required=False,
        max_length=operations.LONGEST_ADVICE,
        validators=[printable],
        widget=forms.TextInput(attrs={"class": "wfull", "autocomplete": "off"}),
    )

    def __init__(self, data: Mapping[str, Any], *, today: date, among: Collection[str] | None = None) -> None:
        super().__init__(data, prefix=PERSON, today=today)
        self.among = among
        if among is not None:
            self.fields["procedure"].required = True
            self.fields["procedure"].help_text = _("Mã hoặc tên thủ tục do cơ quan cử bạn giải quyết.")
        choices_of(self, "ground").choices = [(g.code, say(g.label)) for g in GROUNDS.values()]
        self.fields["scan"].help_text = _("Quét mã QR trên thẻ căn cước, hoặc để trống và nhập tay.")
        self.fields["scan"].label = _("Quét thẻ")

    def clean_procedure(self) -> str:
        """The code of the one procedure that the words name."""
        words = clean(self.cleaned_data["procedure"])
        if not words:
            return ""
        found = find(words, limit=MOST_NAMED, among=self.among)
        named = [one.code for one in found if one.code == words] or [one.code for one in found]
        if len(named) == 1:
            return named[0]
        if not named:
            raise forms.ValidationError(_("Không có thủ tục nào với mã hoặc tên này."))
        raise forms.ValidationError(
            _("Nhiều thủ tục có tên như vậy; hãy ghi mã, ví dụ %(codes)s.") % {"codes": ", ".join(named)}
        )


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest) -> HttpResponse:
    """Refuse a request before acceptance (form 03): asked for by the receiving screen, or opened by itself."""
    viewer = staff(request)
    seat = receiving_seat(viewer)
    held = held_fields(request)
    typed = as_typed(request.POST if request.method == "POST" else held or request.GET)
    carried = BEGIN in typed or request.method != "POST"
    _settle(typed, carried=carried)
    form = RefusalForm(typed, today=local(now_of(request)).date(), among=received_by(seat))
    if carried:
        form.hold_judgement()
    elif form.is_valid() and (number := _turned_away(request, seat, form, typed)):
        received_of(request)
        blank_after(request)
        return redirect("guidance", number)
    context = {
        "form": form,
        "intake": typed.get("intake", ""),
        "variant": typed.get("variant", ""),
        "screen": typed.get("screen", ""),
    }
    response = render(request, "counter/refusal.html", context, status=200 if carried else 422)
    if held is not None:
        forget_held(request, response)
    return response


def _settle(typed: QueryDict, *, carried: bool) -> None:
    """A person without a number has shown no paper; the procedure of the receiving screen is this one's."""
    if carried and "procedure" in typed:
        typed[f"{PERSON}-procedure"] = str(typed["procedure"])
    put_defaults(typed, {f"{PERSON}-kind": "citizen", f"{PERSON}-paper": "none"})
    if not typed.get(f"{PERSON}-number"):
        typed[f"{PERSON}-paper"] = "none"


def _turned_away(request: HttpRequest, seat: Capacity, form: RefusalForm, typed: QueryDict) -> str:
    """The number of the record; "" when the refusal itself was refused and the form says why."""
    viewer, at, told = staff(request), now_of(request), form.cleaned_data
    actor = viewer.actor(seat)
    try:
        found = _offer(told["procedure"], seat, at_day=local(at).date())
        variants = {v.code for v in found.version.variants} if found else set()
        with unit(request, actor):
            return operations.turn_away(
                refusal=operations.TurnedAway(
                    procedure=told["procedure"],
                    procedure_version=found.version_id if found else None,
                    variant=variant if (variant := str(typed.get("variant", ""))) in variants else "",
                    people=(("applicant", form.particulars),),
                    request=told["request"],
                    ground=told["ground"],
                    reason=told["reason"],
                    advice=told["advice"],
                    officer=viewer.name,
                ),
                actor=actor,
                at=at,
            )
    except AlreadyDone as done:
        return number_at(done.seq, agency=seat.agency)
    except Invalid as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, say(refusal))
        return ""


def _offer(code: str, seat: Capacity, *, at_day: date) -> Offer | None:
    if not code:
        return None
    deciding = agency_facts(seat.posted_by or seat.agency)
    return offer(code, agency=deciding.code, province=deciding.parent, on=at_day)
