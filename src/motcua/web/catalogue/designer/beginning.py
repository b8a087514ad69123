"""A draft begun: from a version, as a copy under a new code, from a file, or empty. And what of it is a file."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.eforms import drafted
from motcua.eforms.drafts import blank, unsound
from motcua.eforms.judging import faults
from motcua.eforms.operations import Origin, begin, keep, taken
from motcua.eforms.selectors import library
from motcua.kernel.errors import Invalid, NotAllowedNow, NotFound, Refusal
from motcua.kernel.say import Say
from motcua.kernel.text import clean
from motcua.kernel.time import local
from motcua.web.catalogue.access import officer
from motcua.web.catalogue.designer.controls import Drawing
from motcua.web.catalogue.drafting import Faulty, faults_told, put_in_page
from motcua.web.catalogue.json_file import as_file, document_of, received_file
from motcua.web.common.requests import held_fields, now_of, staff, unit
from motcua.web.common.wording import say

Document = dict[str, Any]


@require_http_methods(["GET", "HEAD", "POST"])
def eform_begin(request: HttpRequest) -> HttpResponse:
    """GET asks what to begin with; POST begins a draft: `from` is "version" (form, version), "copy" (also a new code),
    "file" or "blank". A form that has a draft leads to it."""
    actor = officer(request)
    told: Mapping[str, object] = (
        request.POST if request.method == "POST" else held_fields(request) or QueryDict()
    )
    typed = {
        name: [clean(str(told.get(name, "")))[:300]]
        for name in ("from", "code", "title-vi", "title-en", "form")
    }
    typed |= {"anyway": [str(told.get("anyway", ""))]}
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            document, origin = _wanted(request, {name: values[0] for name, values in typed.items()})
            with unit(request, actor):
                begin(document=document, origin=origin, actor=actor, at=now_of(request))
            return HttpResponseRedirect(reverse("eform_draft", args=[document["code"]]))
        except (Invalid, NotFound, NotAllowedNow) as refused:
            refusal = refused
    return _begin_page(request, typed, refusal)


def _begin_page(request: HttpRequest, typed: dict[str, list[str]], refusal: Refusal | None) -> HttpResponse:
    name = refusal.field if refusal is not None else ""
    errors = {name or "general": [Say(refusal.vi, refusal.en)]} if refusal is not None else {}
    drawing = Drawing(typed, errors)
    forms = [
        (f"{line.code} {each.number}", f"{line.code} {each.number}: {say(each.title)}")
        for line in drafted.forms_of(viewer=staff(request), on=local(now_of(request)).date()).lines
        if (each := line.current) is not None
    ]
    context = {
        "fields": {
            "code": drawing.text("code", _("Mã tờ khai mới"), hint=_CODE, css="w20"),
            "title_vi": drawing.text("title-vi", _("Tên tờ khai"), lang="vi"),
            "title_en": drawing.text("title-en", _("Tên tờ khai, tiếng Anh"), lang="en"),
            "form": drawing.select("form", _("Chép từ"), [("", _("(không chép, bắt đầu trống)")), *forms]),
            "anyway": drawing.check("anyway", _("Nhận cả tệp còn lỗi, sửa trong bản soạn")),
        },
        **faults_told(refusal),
        "linked": drawing.linked,
        "general": [
            *drawing.left_over(),
            *([say(refusal)] if name == "file" and refusal is not None else []),
        ][:1],
        "refusal": refusal,
    }
    return render(
        request, "catalogue/designer/begin.html", context, status=refusal.status if refusal else 200
    )


_CODE = Say(
    "Chữ thường không dấu, số, gạch dưới; ví dụ dang_ky_nuoi_con",
    "Small letters, figures, underscores; such as adoption",
)


def _wanted(request: HttpRequest, typed: Mapping[str, str]) -> tuple[Document, Origin]:
    """What the draft begins with. Raises Invalid, NotFound."""
    viewer = staff(request)
    if typed["from"] == "file":
        return _of_file(request, anyway=bool(typed["anyway"]))
    form, _blank, number = typed["form"].partition(" ")
    if not form:
        if not typed["title-vi"]:
            raise Invalid("Ghi tên tờ khai.", "Write the form's title.", field="title-vi")
        title = {"vi": typed["title-vi"], "en": typed["title-en"]}
        return blank(typed["code"], title), Origin()
    if not (number.isascii() and number.isdigit() and len(number) < 6):
        raise NotFound("Không có phiên bản tờ khai này.", "There is no such version of a form.")
    document = drafted.document(form, int(number), viewer=viewer)
    origin = Origin(form=form, version=int(number))
    if typed["from"] == "version":
        return document, origin
    if typed["code"] == form:
        raise taken(form)
    title = {"vi": typed["title-vi"], "en": typed["title-en"]}
    return document | {"code": typed["code"]} | ({"title": title} if title["vi"] else {}), origin


def _of_file(request: HttpRequest, *, anyway: bool) -> tuple[Document, Origin]:
    received = received_file(request.FILES.get("file"))
    document = checked(document_of(received), anyway=anyway)
    return document, Origin(file=received.told[:200], digest=received.digest.hex())


def checked(document: Document, *, anyway: bool) -> Document:
    """A document that can be outlined, and is right unless `anyway`. Raises Faulty."""
    if (said := unsound(document)) is not None:
        raise Faulty([say(said)])
    wrong = [] if anyway else faults(document, library())
    if wrong:
        raise Faulty([f"{'.'.join(x for x in (one.place, one.slot) if x)}: {say(one.said)}" for one in wrong])
    return document


@require_safe
def eform_draft_file(request: HttpRequest, code: str) -> HttpResponse:
    """The document of a draft, in our format. One statement."""
    found = drafted.draft(code, viewer=staff(request))
    return as_file(found.body, code)


@require_http_methods(["GET", "HEAD", "POST"])
def eform_draft_put_in(request: HttpRequest, code: str) -> HttpResponse:
    """GET asks for the file; POST puts it in the place of the whole draft, or says of every place what is wrong."""
    return put_in_page(
        request,
        drafted.draft(code, viewer=staff(request)),
        here=reverse("eform_draft", args=[code]),
        document=lambda: checked(
            document_of(received_file(request.FILES.get("file"))), anyway=bool(request.POST.get("anyway"))
        ),
        keep=keep,
    )
