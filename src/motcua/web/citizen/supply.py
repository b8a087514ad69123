"""What the agency asked for, answered item by item: papers, words, and the form opened again at what is wrong in it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from motcua.catalogue.selectors import version
from motcua.catalogue.shapes import ProcedureVersion
from motcua.dossiers.own import own_dossier
from motcua.dossiers.row import Row
from motcua.dossiers.states import Act
from motcua.dossiers.tracked import OpenItem, asked_items
from motcua.dossiers.windows import supply_by
from motcua.flows import progress
from motcua.flows.form_mending import reopened
from motcua.kernel.errors import NotAllowedNow, NotFound
from motcua.kernel.text import clean
from motcua.kernel.time import local
from motcua.web.citizen.acts import acted, back_to, open_for, typed_or_held
from motcua.web.common.citizens import citizen
from motcua.web.common.mending import Files, MendForm, MendingForm, words_field
from motcua.web.common.papers import asked_for
from motcua.web.common.requests import is_repeat, now_of
from motcua.web.common.stored_file import StoredFileField
from motcua.web.common.wording import say

page = require_http_methods(["GET", "HEAD", "POST"])


class SupplyForm(forms.Form):
    """A file field for each paper that is still open, words and files for what is no paper; one answered now is enough
    to send."""

    use_required_attribute = False

    def __init__(
        self,
        data: QueryDict | None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        items: Sequence[OpenItem],
        version: ProcedureVersion,
    ) -> None:
        super().__init__(data, files)
        self.items = [one for one in items if not one.is_form]
        for item, label in zip(self.items, asked_for(self.items, version), strict=True):
            if item.component is None:
                self.fields[f"words_{item.number}"] = words_field(_("Trả lời: %(item)s") % {"item": label})
                label = _("Tệp gửi kèm: %(item)s") % {"item": label}
            self.fields[f"item_{item.number}"] = StoredFileField(
                label=label,
                required=False,
                multiple=True,
                is_needed=item.component is not None,
                area="my_",
            )

    def clean(self) -> dict[str, Any]:
        """Something is sent, and no file twice."""
        found = super().clean() or self.cleaned_data
        digests = [one.digest for uploads in found.values() if isinstance(uploads, list) for one in uploads]
        if len(digests) != len(set(digests)):
            self.add_error(None, _("Có tệp gửi ở hai mục; mỗi tệp chỉ gửi một lần."))
        if not self.uploads and not self.words and not self.errors:
            self.add_error(None, _("Hãy trả lời ít nhất một mục còn thiếu."))
        return found

    @property
    def uploads(self) -> dict[str, list[Any]]:
        """The files by item, of the items that have some."""
        found = {item.number: self.cleaned_data.get(f"item_{item.number}") for item in self.items}
        return {number: [one.upload for one in sent] for number, sent in found.items() if sent}

    @property
    def words(self) -> dict[str, str]:
        """What was written, by item."""
        found = {item.number: clean(self.cleaned_data.get(f"words_{item.number}", "")) for item in self.items}
        return {number: words for number, words in found.items() if words}


def _open(request: HttpRequest, code: str) -> Row | HttpResponse:
    """The dossier that waits for its applicant; where it does not any more, back to its page with why, unless this very
    page was sent before."""
    try:
        return open_for(request, code, Act.SUPPLY)
    except NotAllowedNow as refusal:
        if request.method != "POST":
            raise
        return _too_late(request, own_dossier(code, party=citizen(request).id), refusal)


def _too_late(request: HttpRequest, row: Row, refusal: NotAllowedNow) -> HttpResponse:
    actor = citizen(request).acts("hand_in", row["procedure"])
    if not is_repeat(request, actor, stream=row["id"], seq=row["head_seq"]):
        messages.warning(request, _("Lần gửi vừa rồi không ghi gì. %(why)s") % {"why": say(refusal)})
    return _onward(row)


def _onward(row: Row) -> HttpResponse:
    """To what is still to be answered; to the dossier where nothing is."""
    if row["supplement"] is None:
        return back_to(row["code"])
    return HttpResponseRedirect(reverse("my_supply", args=[row["code"]]))


@page
def supply(request: HttpRequest, code: str) -> HttpResponse:
    """Answer what the agency asked for, item by item; with the last one it goes on."""
    row = _open(request, code)
    if isinstance(row, HttpResponse):
        return row
    found, who = version(row["procedure_version"]), citizen(request)
    files = request.FILES if request.method == "POST" else None
    asked = asked_items(row)
    form = SupplyForm(
        typed_or_held(request), files, items=[one for one in asked if not one.is_supplied], version=found
    )
    actor = who.acts("hand_in", row["procedure"])

    def act() -> str:
        given = [one.number for one in form.items if one.number in form.uploads | form.words]
        progress.supply(
            code=code,
            items=given,
            uploads=form.uploads,
            words=form.words,
            actor=actor,
            at=now_of(request),
        )
        return _told(row, len(given))

    return acted(
        request,
        row,
        form,
        actor=actor,
        act=act,
        template="citizen/supply.html",
        onward=lambda code: _onward(own_dossier(code, party=who.id)),
        version=found,
        until=supply_by(row),
        asked=list(zip(asked, asked_for(asked, found), strict=True)),
    )


def _told(row: Row, answered: int) -> str:
    left = len(row["supplement"]["items"]) - len(row["supplement"]["supplied"]) - answered
    if left:
        return _("Đã gửi. Còn %(left)s mục chưa trả lời.") % {"left": left}
    return _("Đã gửi giấy tờ bổ sung.")


@sensitive_post_parameters()
@page
def mend(request: HttpRequest, code: str, item: str) -> HttpResponse:
    """Mend the form that was handed in, at what one item names. Raises NotFound for an item that is not about it."""
    row = _open(request, code)
    if isinstance(row, HttpResponse):
        return row
    who, at = citizen(request), now_of(request)
    asked = {one.number: one for one in asked_items(row)}.get(item)
    if asked is None or not asked.is_form:
        raise NotFound("Không có mục này trong yêu cầu bổ sung.", "The request has no such item.")
    if asked.is_supplied:
        return _answered(request, row)
    actor = who.acts("hand_in", row["procedure"])
    found = reopened(row, [item], actor=actor)
    if found is None:
        raise NotFound("Không có mục này trong yêu cầu bổ sung.", "The request has no such item.")
    files: Files | None = request.FILES if request.method == "POST" else None
    typed = typed_or_held(request)
    opened = MendForm(found, typed, files, on=local(at).date())
    if request.method != "POST":
        opened.rest()
    form = MendingForm(typed, mend=opened, label=_("Điều ông/bà muốn nói thêm về mục này"))

    def act() -> str:
        words = clean(form.cleaned_data["words"])
        progress.supply(
            code=code,
            items=[item],
            words={item: words} if words else {},
            typed=opened.answers,
            actor=actor,
            at=at,
        )
        return _told(row, 1)

    return acted(
        request,
        row,
        form,
        actor=actor,
        act=act,
        template="citizen/mend.html",
        onward=lambda code: _onward(own_dossier(code, party=who.id)),
        version=version(row["procedure_version"]),
        until=supply_by(row),
        asked=asked,
        mend=opened,
    )


def _answered(request: HttpRequest, row: Row) -> HttpResponse:
    """An item that was answered meanwhile: on this device by a second click, or on another one."""
    already = NotAllowedNow(
        "Mục này đã được bổ sung trước đó, có thể từ máy khác.",
        "This item was answered before, perhaps on another device.",
    )
    return _too_late(request, row, already) if request.method == "POST" else _onward(row)
