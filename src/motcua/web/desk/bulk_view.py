"""The page on which one act is done on many dossiers: first what it would be done on, then what came of each."""

import time
from collections.abc import Sequence
from urllib.parse import parse_qsl

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.kernel.actor import Viewer
from motcua.kernel.errors import Invalid, NotFound
from motcua.web.common.requests import LONGEST_KEY, held_fields, now_of, staff
from motcua.web.desk import bulk, seeking, words
from motcua.web.desk.bulk import KINDS, MOST, BulkForm, Item, Kind

PATIENCE = 8.0  # seconds after which a page answers, whatever is left


@require_http_methods(["GET", "HEAD", "POST"])
def bulk_act(request: HttpRequest) -> HttpResponse:
    """Choose, look at the list, confirm; then each dossier is done by itself, and the page tells of each. The same
    POST again does nothing twice and goes on with what is left. Refusals: 404 no such act, 422 the input."""
    viewer = staff(request)
    held = held_fields(request)
    typed = request.POST if request.method == "POST" else held or request.GET
    if not typed:
        return HttpResponseRedirect(_back({}))
    kind = _kind(str(typed.get("do", "")))
    codes = list(dict.fromkeys(str(code) for code in typed.getlist("codes")))
    if not codes:
        messages.error(request, gettext("Hãy chọn ít nhất một hồ sơ."))
        return HttpResponseRedirect(_back(typed))
    if len(codes) > MOST:
        raise Invalid(
            f"Mỗi lần làm nhiều nhất {MOST} hồ sơ; bạn đã chọn {len(codes)}.",
            f"At most {MOST} dossiers go at once; you chose {len(codes)}.",
        )
    items = bulk.chosen(codes, kind, viewer=viewer, at=now_of(request))
    confirmed = request.method == "POST" and "confirmed" in typed
    form = kind.form(typed if confirmed or held else None, items=items, at=now_of(request))
    if not confirmed or not form.is_valid():
        return _ask(request, kind, items, form, typed)
    return _do(request, viewer, kind, items, form)


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise NotFound("Không có việc này với nhiều hồ sơ.", "There is no such act on many dossiers.")
    return KINDS[name]


def _back(typed: QueryDict | dict[str, str]) -> str:
    """The list somebody came from."""
    fields = seeking.asked(dict(parse_qsl(str(typed.get("from", ""))[:1000])))
    return seeking.list_address(fields)


def _ask(
    request: HttpRequest, kind: Kind, items: Sequence[Item], form: BulkForm, typed: QueryDict
) -> HttpResponse:
    context = {
        "kind": kind,
        "do": typed["do"],
        "outcomes": words.OUTCOMES,
        "form": form,
        "open": [item for item in items if item.bar is None],
        "barred": [item for item in items if item.bar is not None],
        "from": str(typed.get("from", "")),
        "back": _back(typed),
    }
    return render(request, "desk/bulk.html", context, status=422 if form.errors else 200)


def _do(
    request: HttpRequest, viewer: Viewer, kind: Kind, items: Sequence[Item], form: BulkForm
) -> HttpResponse:
    at = now_of(request)
    typed = {name: value for name, value in form.cleaned_data.items() if name != "sure"}
    for item in bulk.within(items, time.monotonic, PATIENCE):
        bulk.carry_out(request, item, kind, viewer=viewer, at=at, typed=typed)
    again = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "idempotency_key")
        for value in values
    ]
    context = {
        "kind": kind,
        "done": [item for item in items if item.done],
        "refused": [item for item in items if item.said is not None],
        "left": [item for item in items if not item.done and item.said is None],
        "count": len(items),
        "again": again,
        "idempotency_key": str(request.POST.get("idempotency_key", ""))[:LONGEST_KEY],
        "back": _back(request.POST),
    }
    return render(request, "desk/bulk_done.html", context)
