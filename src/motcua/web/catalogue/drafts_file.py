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
from motcua.kernel.errors import Invalid, Refusal
from motcua.web.catalogue.access import officer
from motcua.web.catalogue.json_file import document_of, received_file
from motcua.web.common.requests import now_of, staff, unit
from motcua.web.common.wording import say

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
    document = document_of(received_file(request.FILES.get("file")))
    wrong: list[Invalid] = [one for one in faults(document) if _said(one) not in faults_before]
    if document.get("code") != code:
        wrong.append(fault("code", f"phải là {code}", f"must be {code}"))
    if wrong:
        raise _Wrong(wrong)
    return document
