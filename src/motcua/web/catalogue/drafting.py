"""What pages of drafts have in common, whatever is drafted: a history to go back in, a file put in, an end."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from motcua.kernel.drafting import Did, Document, Moved, RevisionLine
from motcua.kernel.errors import Invalid, NotFound, Refusal
from motcua.kernel.say import Say
from motcua.web.catalogue.access import names_of, officer
from motcua.web.catalogue.designer.words import did_words
from motcua.web.common.requests import now_of, unit

MOST_FAULTS = 50


class Faulty(Invalid):
    """A file that can be read and is no document of its kind; `told` is all that is wrong with it."""

    def __init__(self, told: list[str]) -> None:
        super().__init__(
            "Tệp còn chỗ chưa hợp lệ; xem danh sách lỗi. Sửa tệp, hoặc đánh dấu để nhận cả tệp còn lỗi.",
            "The file is not valid yet; see the list. Mend the file, or tick to take it with its faults.",
            field="file",
        )
        self.told = told


def number_of(text: object) -> int:
    """A revision or a version as typed, 0 for what is none."""
    typed = str(text)
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


def history_page(
    request: HttpRequest,
    read: Callable[[], Any],
    *,
    here: str,
    history: str,
    lines: Callable[[UUID], tuple[RevisionLine, ...]],
    bring_back: Callable[..., int],
) -> HttpResponse:
    """GET lists what was done to a draft; POST brings back what it was. 409 where somebody else was quicker. `here`,
    `history`: addresses of the draft and of this page."""
    found = read()
    refusal: Refusal | None = None
    if request.method == "POST":
        actor = officer(request)
        try:
            with unit(request, actor):
                bring_back(
                    draft=found.id,
                    revision=number_of(request.POST.get("revision", "")),
                    number=number_of(request.POST.get("number", "")),
                    actor=actor,
                    at=now_of(request),
                )
            messages.success(request, _("Đã trở về bản sửa ấy."))
            return HttpResponseRedirect(here)
        except (Moved, NotFound) as stale:
            refusal = stale
            found = read()
    told = lines(found.id)
    context = {
        "found": found,
        "here": here,
        "history": history,
        "lines": [(line, did_words(line.did)) for line in told],
        "names": names_of(line.changed_by for line in told),
        "refusal": refusal,
    }
    return _page(request, "catalogue/designer/history.html", context, refusal)


def discard_page(
    request: HttpRequest,
    read: Callable[[], Any],
    *,
    template: str,
    listing: str,
    told: Callable[[Any], Mapping[str, Any]],
    discard: Callable[..., None],
) -> HttpResponse:
    """GET asks whether it is meant; POST discards. Sent twice, it is discarded once. `told`: what else the page shows
    of a draft, `listing`: the URL name of where one goes from here."""
    actor = officer(request)
    try:
        found = read()
    except NotFound:
        if request.method != "POST":
            raise
        return HttpResponseRedirect(reverse(listing))
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            with unit(request, actor):
                discard(draft=found.id, revision=number_of(request.POST.get("revision", "")), actor=actor)
            messages.success(request, _("Đã bỏ bản soạn %(code)s.") % {"code": found.code})
            return HttpResponseRedirect(reverse(listing))
        except Moved as moved:
            refusal = moved
    context = {
        "found": found,
        "who": names_of([found.changed_by]).get(found.changed_by, ""),
        "refusal": refusal,
        **told(found),
    }
    return _page(request, template, context, refusal)


def put_in_page(
    request: HttpRequest,
    found: Any,
    *,
    here: str,
    document: Callable[[], Document],
    keep: Callable[..., int],
) -> HttpResponse:
    """GET asks for the file; POST puts what `document` reads of it in the place of the whole draft, or says of every
    place what is wrong."""
    actor = officer(request)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            read = document()
            if read.get("code") != found.code:
                raise Faulty([_("code: phải là %(code)s") % {"code": found.code}])
            with unit(request, actor):
                keep(
                    draft=found.id,
                    revision=number_of(request.POST.get("revision", "")),
                    change=lambda _body: read,
                    did=Did(what="put_in"),
                    actor=actor,
                    at=now_of(request),
                )
            messages.success(request, _("Đã thay cả bản soạn bằng tệp."))
            return HttpResponseRedirect(here)
        except (Invalid, Moved, NotFound) as refused:
            refusal = refused
    context = {"found": found, "here": here, "refusal": refusal, **faults_told(refusal)}
    return _page(request, "catalogue/designer/put_in.html", context, refusal)


def faults_told(refusal: Refusal | None) -> dict[str, Any]:
    """What is wrong with a file, as its page shows it: the first fifty, and how many more."""
    told = refusal.told if isinstance(refusal, Faulty) else []
    return {"problems_found": told[:MOST_FAULTS], "more": max(0, len(told) - MOST_FAULTS)}


def _page(
    request: HttpRequest, template: str, context: Mapping[str, Any], refusal: Refusal | None
) -> HttpResponse:
    return render(request, template, context, status=refusal.status if refusal else 200)


class CompareForm(forms.Form):
    """Which two versions."""

    earlier = forms.TypedChoiceField(label=gettext_lazy("Từ phiên bản"), coerce=int)
    later = forms.TypedChoiceField(label=gettext_lazy("Đến phiên bản"), coerce=int)

    def __init__(self, data: Any, *, numbers: list[int]) -> None:
        super().__init__(data)
        for name in ("earlier", "later"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - said for mypy
            field.choices = [(each, str(each)) for each in numbers]


def compare_form(request: HttpRequest, numbers: list[int], only_one: Say) -> CompareForm:
    """Two of `numbers`, which rise: those asked for, else the last two; valid. Raises NotFound, which says `only_one`,
    where there are not two."""
    if len(numbers) < 2:
        raise NotFound(only_one.vi, only_one.en)
    last = {"earlier": str(numbers[-2]), "later": str(numbers[-1])}
    form = CompareForm(last | request.GET.dict(), numbers=numbers)
    if not form.is_valid():
        form = CompareForm(last, numbers=numbers)
        form.is_valid()
    return form
