"""A draft begun: from a version, as a copy under a new code, from a file, for a procedure; and what of it is a file."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.catalogue.policy import announcing_seat
from motcua.catalogue.selectors import named
from motcua.files.uploads import ReceivedFile
from motcua.flows.processes import for_procedure, in_force
from motcua.kernel.errors import Invalid, NotAllowedNow, NotFound, Refusal
from motcua.kernel.say import Say
from motcua.kernel.text import clean, fold
from motcua.kernel.time import local
from motcua.processes import drafted, published
from motcua.processes.bpmn import read_bpmn
from motcua.processes.drafting import Origin, begin, keep, taken
from motcua.processes.drafts import Document, blank, unsound
from motcua.processes.selectors import published_body
from motcua.web.catalogue.access import officer
from motcua.web.catalogue.designer.controls import Drawing
from motcua.web.catalogue.drafting import Faulty, faults_told, number_of, put_in_page
from motcua.web.catalogue.json_file import as_file, document_of, received_file
from motcua.web.common.requests import held_fields, now_of, staff, unit
from motcua.web.common.wording import say

_CODE = Say(
    "Chữ không dấu, số, dấu chấm, gạch; ví dụ QT-1.004873",
    "Plain letters, figures, dots, dashes; such as QT-1.004873",
)


@require_http_methods(["GET", "HEAD", "POST"])
def process_draft_begin(request: HttpRequest) -> HttpResponse:
    """GET asks what to begin with (`procedure`: what for; a process of it is chosen to be copied then); POST begins a
    draft: `from` is "version" (`version`: its id), "copy" (a code, and what to copy, or the procedure it is for) or
    "file". A process that has a draft leads to it."""
    actor = officer(request)
    told: Mapping[str, object] = (
        request.POST if request.method == "POST" else held_fields(request) or request.GET
    )
    names = ("from", "version", "code", "copied", "procedure", "title-vi", "title-en", "anyway")
    typed = {name: [clean(str(told.get(name, "")))[:300]] for name in names}
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            document, origin, changes = _wanted(request, {name: each[0] for name, each in typed.items()})
            with unit(request, actor):
                made = begin(document=document, origin=origin, actor=actor, at=now_of(request))
            if changes:
                messages.warning(
                    request,
                    _("Bản chép khác quy trình gốc cho hợp thủ tục này: %(changes)s.")
                    % {"changes": "; ".join(say(each) for each in changes)},
                )
            return HttpResponseRedirect(reverse("process_draft", args=[made]))
        except (Invalid, NotFound, NotAllowedNow) as refused:
            refusal = refused
    return _begin_page(request, typed, refusal)


def _begin_page(request: HttpRequest, typed: dict[str, list[str]], refusal: Refusal | None) -> HttpResponse:
    name = refusal.field if refusal is not None else ""
    errors = {name or "general": [Say(refusal.vi, refusal.en)]} if refusal is not None else {}
    drawing = Drawing(typed, errors)
    procedure = typed["procedure"][0]
    known = drafted.known(viewer=staff(request))
    preset = next((f"{code} {n}" for code, n, _title, own in known if own == procedure and procedure), "")
    context = {
        "fields": {
            "code": drawing.text("code", _("Mã quy trình mới"), hint=_CODE, css="w20"),
            "procedure": drawing.text("procedure", _("Thủ tục (mã)"), hint=_PROCEDURE, css="w10"),
            "copied": drawing.select(
                "copied",
                _("Chép từ"),
                [("", _("(không chép, bắt đầu trống)"))],
                groups=_to_copy(known, procedure),
                preset=preset if request.method == "GET" else "",
            ),
            "title_vi": drawing.text("title-vi", _("Tên quy trình"), lang="vi"),
            "title_en": drawing.text("title-en", _("Tên quy trình, tiếng Anh"), lang="en"),
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
    status = refusal.status if refusal else 200
    return render(request, "catalogue/processes/begin.html", context, status=status)


def _to_copy(known: Sequence[tuple[str, int, Say, str]], procedure: str) -> dict[str, list[tuple[str, str]]]:
    """Processes to copy: those of `procedure` first, then by the sector of theirs. One statement."""
    sectors = {each.code: each.sector for each in named({own for *_others, own in known})}
    others, same = _("Quy trình khác"), _("Cùng thủ tục %(code)s") % {"code": procedure}
    groups: dict[str, list[tuple[str, str]]] = {}
    for code, number, title, own in known:
        group = same if own == procedure else sectors.get(own) or others
        groups.setdefault(group, []).append((f"{code} {number}", f"{code}: {say(title)}"[:110]))
    return dict(sorted(groups.items(), key=lambda each: (each[0] != same, each[0] == others, fold(each[0]))))


_PROCEDURE = Say(
    "Các trường hợp và thời hạn lấy từ thủ tục đang hiệu lực; chép thì để trống cũng được",
    "Variants and limits are those of the procedure in force; may be left out for a copy",
)


def _wanted(request: HttpRequest, typed: Mapping[str, str]) -> tuple[Document, Origin, tuple[Say, ...]]:
    """What the draft begins with, and what of it is not as it was copied. Raises Invalid, NotFound."""
    viewer, on = staff(request), local(now_of(request)).date()
    announcing_seat(viewer)
    if typed["from"] == "file":
        received = received_file(request.FILES.get("file"))
        document = checked(_document_of(received), anyway=bool(typed["anyway"]))
        return document, Origin(file=received.told[:200], digest=received.digest.hex()), ()
    if typed["from"] == "version":
        found = published.published_version(_id(typed["version"]), viewer=viewer)
        return found.body, Origin(process=found.code, version=found.number), ()
    title = {"vi": typed["title-vi"], "en": typed["title-en"]}
    process, _blank, number = typed["copied"].rpartition(" ")
    if not process:
        if not title["vi"]:
            raise Invalid("Ghi tên quy trình.", "Write the title of the process.", field="title-vi")
        procedure = in_force(typed["procedure"], on=on)
        return blank(typed["code"], procedure.code, title, procedure), Origin(), ()
    body = published_body(process, number_of(number))
    if body is None:
        raise NotFound("Không có phiên bản quy trình này.", "There is no such process version.")
    if typed["code"] == process:
        raise taken(process)
    made, changes = for_procedure(dict(body), typed["procedure"] or body["procedure"], on=on)
    more: Document = {"title": title} if title["vi"] else {}
    origin = Origin(process=process, version=number_of(number))
    return made | {"code": typed["code"]} | more, origin, changes


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("Không có phiên bản quy trình này.", "There is no such process version.") from None


def _document_of(received: ReceivedFile) -> dict[str, Any]:
    """The step table in a file: JSON of ours, or BPMN 2.0. Raises Invalid."""
    if received.told.lower().endswith((".bpmn", ".xml")):
        with received.read_opened() as opened:
            return dict(read_bpmn(opened.read()))
    return document_of(received)


def checked(document: Document, *, anyway: bool) -> Document:
    """A document that can be outlined, and is right unless `anyway`. Raises Faulty."""
    if (said := unsound(document)) is not None:
        raise Faulty([say(said)])
    _process, wrong = drafted.faults(document, published_body) if not anyway else (None, [])
    told = [
        f"{'.'.join(x for x in (one.place, one.slot) if x)}: {say(one.said)}"
        for one in wrong
        if not one.hints
    ]
    if told:
        raise Faulty(told)
    return document


@require_safe
def process_draft_file(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The document of a draft, in our format. One statement."""
    found = drafted.draft(draft_id, viewer=staff(request))
    return as_file(found.body, found.code)


@require_http_methods(["GET", "HEAD", "POST"])
def process_draft_put_in(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """GET asks for the file; POST puts it in the place of the whole draft, or says of every place what is wrong."""
    return put_in_page(
        request,
        drafted.draft(draft_id, viewer=staff(request)),
        here=reverse("process_draft", args=[draft_id]),
        document=lambda: checked(
            _document_of(received_file(request.FILES.get("file"))), anyway=bool(request.POST.get("anyway"))
        ),
        keep=keep,
    )
