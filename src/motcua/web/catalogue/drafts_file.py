"""A whole draft as a file: taken out, and put in again."""

import json
from collections.abc import Collection
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.catalogue import drafted
from motcua.catalogue.checking import faults
from motcua.catalogue.operations import Moved, keep
from motcua.catalogue.reading import fault
from motcua.catalogue.writing import Document
from motcua.files.uploads import ReceivedFile
from motcua.kernel.errors import Invalid, Refusal
from motcua.web.catalogue.access import officer
from motcua.web.common.requests import now_of, staff, unit
from motcua.web.common.wording import say

LARGEST = 2_000_000
MOST_FAULTS = 50


@require_safe
def draft_file(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The document of a draft, in our format. One statement."""
    found = drafted.draft(draft_id, viewer=staff(request))
    text = json.dumps(found.body, ensure_ascii=False, indent=1)
    response = HttpResponse(text + "\n", content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.procedure}.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def draft_put_in(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """GET asks for the file; POST puts it in the place of the whole draft, or says of every place what is wrong."""
    actor = officer(request)
    found = drafted.draft(draft_id, viewer=staff(request))
    problems: list[str] = []
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            document = _document(
                request, found.procedure, faults_before={_said(one) for one in faults(found.body)}
            )
            with unit(request, actor):
                revision = str(request.POST.get("revision", ""))
                keep(
                    draft=draft_id,
                    revision=int(revision)
                    if revision.isascii() and revision.isdigit() and len(revision) < 9
                    else 0,
                    change=lambda _body: document,
                    actor=actor,
                    at=now_of(request),
                )
            messages.success(request, _("Đã thay cả bản soạn bằng tệp."))
            return HttpResponseRedirect(reverse("draft", args=[draft_id]))
        except _Wrong as wrong:
            problems = [say(one) for one in wrong.faults]
        except (Invalid, Moved) as refused:
            refusal = refused
    context = {
        "found": found,
        "problems_found": problems[:MOST_FAULTS],
        "more": max(0, len(problems) - MOST_FAULTS),
        "refusal": refusal,
    }
    status = refusal.status if refusal else 422 if problems else 200
    return render(request, "catalogue/draft_put_in.html", context, status=status)


class _Wrong(Exception):
    """A file that is JSON and no procedure."""

    def __init__(self, faults: list[Invalid]) -> None:
        super().__init__()
        self.faults = faults


def _said(wrong: Invalid) -> tuple[str, str]:
    return wrong.field, wrong.vi


def _document(request: HttpRequest, code: str, *, faults_before: Collection[tuple[str, str]]) -> Document:
    """The file's document. What the draft lacks already it may go on lacking: it can be put back unfinished."""
    received = request.FILES.get("file")
    if not isinstance(received, ReceivedFile) or not received.size:
        raise Invalid("Hãy chọn tệp JSON của bản soạn.", "Choose the draft's JSON file.", field="file")
    if received.too_large or received.size > LARGEST:
        raise Invalid(
            "Tệp lớn hơn 2 MB, không phải bản soạn của một thủ tục.",
            "The file is larger than 2 MB and no draft of one procedure.",
            field="file",
        )
    with received.read_opened() as opened:
        raw = opened.read()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(
            f"Tệp không phải UTF-8 (byte thứ {error.start + 1}). Hãy lưu lại bằng bảng mã UTF-8.",
            f"The file is no UTF-8 (byte {error.start + 1}). Save it again as UTF-8.",
            field="file",
        ) from error
    if "\x00" in text or "\\u0000" in text:
        raise Invalid(
            "Tệp có ký tự rỗng (NUL); hãy bỏ rồi đưa lại.",
            "The file holds a NUL character; remove it and send again.",
            field="file",
        )
    try:
        document = json.loads(text, object_pairs_hook=_no_doubles)
        json.dumps(document, ensure_ascii=False).encode()  # half a letter (a lone surrogate) is a ValueError
    except (ValueError, RecursionError) as error:
        why = str(error).encode(errors="backslashreplace").decode()
        raise Invalid(
            f"Tệp không phải JSON ({why}).", f"The file is no JSON ({why}).", field="file"
        ) from error
    if not isinstance(document, dict):
        raise Invalid(
            "Tệp phải là một đối tượng JSON {…}.", "The file must be a JSON object {…}.", field="file"
        )
    wrong: list[Invalid] = [one for one in faults(document) if _said(one) not in faults_before]
    if document.get("code") != code:
        wrong.append(fault("code", f"phải là {code}", f"must be {code}"))
    if wrong:
        raise _Wrong(wrong)
    return document


def _no_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _value in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ValueError(f"khóa “{twice}” xuất hiện hai lần / key “{twice}” stands twice")
    return found
