"""The tests of a drafted process: listed with what they come to, written by hand or recorded, mended, retired."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.access_log.operations import note
from motcua.dossiers.states import LABELS
from motcua.flows.processes import last_of, procedure_of
from motcua.kernel.drafting import Did, Drafted, Moved
from motcua.kernel.errors import Invalid, NotFound, Refusal
from motcua.kernel.say import Say, say_of
from motcua.kernel.text import clean
from motcua.kernel.time import local
from motcua.processes.drafted import draft, readable
from motcua.processes.drafting import keep
from motcua.processes.drafts import Document
from motcua.processes.selectors import published_body
from motcua.processes.shapes import ProcessVersion
from motcua.processes.testing import editing
from motcua.processes.testing.judging import results, with_tests
from motcua.processes.testing.needs import usual_seat
from motcua.processes.testing.recording import recordable, recorded
from motcua.processes.testing.running import TestResult
from motcua.processes.testing.shapes import Does
from motcua.processes.testing.wording import (
    expected_of,
)
from motcua.processes.testing.writing import document_of
from motcua.web.catalogue.access import names_of, officer
from motcua.web.catalogue.designer.controls import Drawing, Typed, one
from motcua.web.catalogue.drafting import number_of
from motcua.web.catalogue.processes.listing import variant_labels
from motcua.web.catalogue.processes.testing_form import (
    Names,
    Row,
    act_field,
    row_nodes,
    row_words,
    typed_of_row,
    written_row,
)
from motcua.web.catalogue.processes.testing_head import head_nodes, typed_of_head, written_head
from motcua.web.catalogue.processes.testing_shown import shown, wrong_with
from motcua.web.common.requests import held_fields, now_of, staff, typed_fields, unit
from motcua.web.common.wording import say

Errors = Mapping[str, tuple[Say, ...]]
Change = Callable[[Document], Document]
MOST_NOTES = 5
_ACT = Say("Việc", "What is done")
_NEW_ACT = Say("Việc của dòng mới", "What is done in the new row")
ARRANGES = ("up", "down", "copy", "remove")


@dataclass(frozen=True, slots=True)
class Bench:
    """A draft with what its tests come to: `body` with the tests it keeps of the last version, `process` where the
    table can be read, `ran` by the code of a test."""

    found: Drafted
    body: Document
    last: Mapping[str, Any] | None
    process: ProcessVersion | None
    names: Names
    variants: list[tuple[str, str]]
    ran: Mapping[str, TestResult]


def _bench(request: HttpRequest, draft_id: UUID) -> Bench:
    found = draft(draft_id, viewer=staff(request))
    last, on = last_of(found.body), local(now_of(request)).date()
    body = dict(with_tests(found.body, last))
    code = str(body.get("procedure", ""))
    procedure, labels = procedure_of(code, on=on), variant_labels(code, on)
    process, _wrong = readable(body, published_body)
    ran = results(process, procedure) if process is not None else ()
    codes = [str(each.get("code", "")) for each in body.get("variants", ())]
    return Bench(
        found,
        body,
        last,
        process,
        Names.of(body, process, procedure),
        [(each, say(labels.get(each, Say(each, each)))) for each in codes],
        {one.test.code: one for one in ran},
    )


def _typed(request: HttpRequest) -> dict[str, list[str]]:
    return {
        name.replace("\x00", ""): [value.replace("\x00", "") for value in given]
        for name, given in typed_fields(request).items()
    }


def _keep(request: HttpRequest, bench: Bench, typed: Typed, change: Change, label: str) -> None:
    """Keep a change of the draft's tests. Raises Moved, NotFound, Invalid."""
    actor = officer(request)
    with unit(request, actor):
        keep(
            draft=bench.found.id,
            revision=number_of(one(typed, "revision")),
            change=lambda body: change(dict(with_tests(body, bench.last))),
            did=Did(what="changed", label=label),
            actor=actor,
            at=now_of(request),
        )


# --- all tests ------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def process_draft_tests(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """GET lists the tests of a draft with what they come to; POST begins one: written by hand (`do` "write"), or
    recorded from an ended dossier ("record"). 422 for what can't be, 409 where somebody else was quicker."""
    bench = _bench(request, draft_id)
    if request.method != "POST":
        held = held_fields(request)
        given = {} if held is None else {name: [str(value) for value in held.getlist(name)] for name in held}
        return _tests_page(request, bench, given, held=held is not None)
    typed, made = _typed(request), [""]
    try:
        node, notes = _begun(request, bench, typed)

        def change(body: Document) -> Document:
            told_body, made[0] = editing.added(body, node)
            return told_body

        _keep(request, bench, typed, change, say(say_of(node["title"])))
    except (Invalid, NotFound, Moved) as refusal:
        return _tests_page(request, _bench(request, draft_id), typed, refusal=refusal)
    for each in notes[:MOST_NOTES]:
        messages.info(request, say(each))
    return HttpResponseRedirect(reverse("process_draft_test", args=[bench.found.id, made[0]]))


def _begun(request: HttpRequest, bench: Bench, typed: Typed) -> tuple[Row, tuple[Say, ...]]:
    """The test that is begun, and what has to be said of it. Raises Invalid, NotFound."""
    if one(typed, "do") == "record":
        viewer, code = staff(request), clean(one(typed, "dossier"))[:64].upper()
        if not code:
            raise Invalid("Ghi mã hồ sơ.", "Write the dossier's code.", field="dossier")
        made = recorded(code, process=bench.found.code, viewer=viewer)
        note(who=str(viewer.account), what="process_test_recorded", subject=code, at=now_of(request))
        return document_of(made.test), made.notes
    title = {"vi": clean(one(typed, "title-vi"))[:300], "en": clean(one(typed, "title-en"))[:300]}
    if not title["vi"]:
        raise Invalid("Ghi tên bài thử.", "Write the title of the test.", field="title-vi")
    return editing.blank(title, one(typed, "variant")), ()


def _tests_page(
    request: HttpRequest, bench: Bench, typed: Typed, *, refusal: Refusal | None = None, held: bool = False
) -> HttpResponse:
    field = refusal.field if refusal is not None else ""
    errors = {field: [Say(refusal.vi, refusal.en)]} if refusal is not None and field else {}
    drawing = Drawing(typed, errors)
    context = {
        "found": bench.found,
        "is_readable": bench.process is not None,
        "tests": [
            (node, say_of(node.get("title")), ran, wrong_with(ran))
            for node in editing.tests_of(bench.body)
            for ran in (bench.ran.get(str(node.get("code"))),)
        ],
        "variants": dict(bench.variants),
        "offered": recordable(bench.found.code, viewer=staff(request)),
        "states": LABELS,
        "dossier": drawing.text("dossier", _("Mã hồ sơ đã kết thúc"), css="w20"),
        "title_vi": drawing.text("title-vi", _("Tên bài thử"), lang="vi"),
        "title_en": drawing.text("title-en", _("Tên bài thử, tiếng Anh"), lang="en"),
        "variant": drawing.select(
            "variant", _("Trường hợp"), bench.variants, preset=bench.variants[0][0] if bench.variants else ""
        ),
        "general": drawing.left_over() or ([say(refusal)] if refusal is not None and not field else []),
        "linked": drawing.linked,
        "refusal": refusal,
        "held": held,
    }
    status = refusal.status if refusal is not None else 200
    return render(request, "catalogue/processes/tests.html", context, status=status)


# --- one test -------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def process_draft_test(request: HttpRequest, draft_id: UUID, code: str) -> HttpResponse:
    """GET shows a test, row by row with what came of it, and the form of the row `row` (0: the test itself). POST keeps
    the form, shows the controls of another act ("choose", keeps nothing), adds and arranges rows, takes over what came
    as what is expected, retires the test, says why it was changed, or drops it, as the pressed button says. 422 where
    something can't be so, 409 where somebody else was quicker; what was typed stays."""
    bench = _bench(request, draft_id)
    test = editing.found_at(bench.body, code)
    if request.method != "POST":
        held = held_fields(request)
        typed = None if held is None else {name: [str(v) for v in held.getlist(name)] for name in held}
        asked = one(typed, "row") if typed is not None else str(request.GET.get("row", ""))
        return _page(request, bench, test, _row_of(test, asked), typed=typed, held=held is not None)
    typed = _typed(request)
    does, row = one(typed, "do") or "keep", _row_of(test, one(typed, "row"))
    if does == "choose":
        return _page(request, bench, test, row, typed=typed)
    written, errors = _written(test, row, typed) if does == "keep" else (test, {})
    if errors:
        return _page(request, bench, test, row, typed=typed, errors=errors, status=422)
    try:
        made, at, change = _changed(bench, test, written, row, does, typed)
        _keep(request, bench, typed, change, say(say_of(test.get("title"))))
    except Invalid as refused:
        wrong = {refused.field or "general": (Say(refused.vi, refused.en),)}
        shown = typed if does == "keep" else None
        return _page(request, bench, test, row, typed=shown, errors=wrong, status=422)
    except (Moved, NotFound) as refusal:
        now = _bench(request, draft_id)
        kept = editing.found_at(now.body, code)
        return _page(request, now, kept, _row_of(kept, str(row)), typed=typed, refusal=refusal, status=409)
    if made is None:
        messages.success(request, _("Đã bỏ bài thử."))
        return HttpResponseRedirect(reverse("process_draft_tests", args=[bench.found.id]))
    return HttpResponseRedirect(f"{_here(bench, code)}?row={at}&did={does}#chosen")


def _here(bench: Bench, code: str) -> str:
    return reverse("process_draft_test", args=[bench.found.id, code])


def _row_of(test: Row, text: str) -> int:
    """The row that is meant, from 1; 0 for the test itself."""
    number = number_of(text)
    return number if number <= len(test.get("rows") or ()) else 0


def _written(test: Row, row: int, typed: Typed) -> tuple[Row, dict[str, tuple[Say, ...]]]:
    """The test with what is typed into its head, or into one of its rows."""
    if not row:
        return written_head(test, typed)
    made, errors = written_row(typed)
    return editing.with_row(test, row, made), errors


def _changed(
    bench: Bench, test: Row, written: Row, row: int, does: str, typed: Typed
) -> tuple[Row | None, int, Change]:
    """The test as a button makes it (None: it is dropped), the row that is shown then, and the change of the draft.
    Raises Invalid."""
    code = str(test["code"])
    if does == "drop":
        if code in editing.names(bench.last or {}):
            raise Invalid(
                "Bài thử này có trong phiên bản đã công bố; hãy cho thôi dùng kèm lý do.",
                "This test stands in the published version; retire it with a reason.",
            )
        return None, 0, lambda body: editing.removed(body, code)
    made, at = written, row
    if does == "add":
        made, at = _with_new_row(bench, test, row, one(typed, "new-act"))
    elif does in ARRANGES:
        made, at = editing.arranged(test, max(row, 1), does)
    elif does == "take_over":
        made = _taken_over(bench, test, row)
    elif does == "retire":
        made = editing.retired(test, clean(one(typed, "retired"))[:500])
    elif does == "explain":
        made = editing.explained(test, _before(bench, code) or test, clean(one(typed, "changed"))[:500])
    elif does == "use":
        made = editing.used_again(test)
    made = editing.checked(made)
    return made, at, lambda body: editing.replaced(body, made)


def _before(bench: Bench, code: str) -> Row | None:
    """The test as it stands in the last version; None where it does not."""
    return next((each for each in editing.tests_of(bench.last or {}) if each.get("code") == code), None)


def _with_new_row(bench: Bench, test: Row, row: int, act: str) -> tuple[Row, int]:
    """The test with a row more behind `row` (0: behind the last): `act`, by who usually does it. Raises Invalid."""
    after = row or len(test["rows"])
    if act not in set(Does) - {Does.RECEIVE}:
        raise Invalid("Chọn việc của dòng mới.", "Choose what is done in the new row.", field="new-act")
    ran = bench.ran.get(str(test["code"]))
    came = ran.rows[after - 1].came.steps if ran is not None and len(ran.rows) >= after else ()
    seat = usual_seat(Does(act), bench.process, came)
    return editing.with_new_row(test, after, {"act": act} | ({"position": seat} if seat else {}))


def _taken_over(bench: Bench, test: Row, row: int) -> Row:
    """The test with what came of a row (0: of every row) as what is expected of it."""
    ran = bench.ran.get(str(test["code"]))
    if ran is None or not ran.rows:
        raise Invalid("Bài thử chưa chạy được.", "The test can't be run yet.")
    for n, each in enumerate(ran.rows, 1):
        if row in (0, n):
            expect = document_of(expected_of(each.came, each.row.expect))
            test = editing.with_row(test, n, {**test["rows"][n - 1], "expect": expect})
    return test


def _page(
    request: HttpRequest,
    bench: Bench,
    test: Row,
    row: int,
    *,
    typed: Typed | None = None,
    errors: Errors | None = None,
    refusal: Refusal | None = None,
    held: bool = False,
    status: int = 200,
) -> HttpResponse:
    ran = bench.ran.get(str(test["code"]))
    rows = [dict(each) for each in test.get("rows") or ()]
    stands = typed_of_row(rows[row - 1]) if row else typed_of_head(test)
    drawing = Drawing(typed if typed is not None else stands, errors or {})
    choice = act_field(drawing, label=_ACT, first=row == 1) if row else None
    nodes = row_nodes(drawing, bench.names) if row else head_nodes(drawing, bench.variants)
    retired = drawing.text("retired", _("Lý do thôi dùng"), css="wfull")
    changed = drawing.text("changed", _("Lý do sửa bài thử"), css="wfull")
    before = _before(bench, str(test["code"]))
    context = {
        "found": bench.found,
        "test": test,
        "title": say_of(test.get("title")),
        "here": _here(bench, str(test["code"])),
        "row": row,
        "words": row_words(rows[row - 1]) if row else "",
        "rows": [shown(n, each, ran, bench.process, is_chosen=n == row) for n, each in enumerate(rows, 1)],
        "own": [said for n, said in wrong_with(ran) if not n],
        "ran": ran,
        "is_readable": bench.process is not None,
        "is_kept": before is not None,
        "is_unexplained": bench.process is not None and editing.is_unexplained(test, before),
        "changed": changed,
        "choice": choice,
        "nodes": nodes,
        "new_act": act_field(drawing, name="new-act", label=_NEW_ACT),
        "behind": row or len(rows),
        "retired": retired,
        "general": drawing.left_over(),
        "linked": drawing.linked,
        "is_wrong": status == 422,
        "refusal": refusal,
        "who": names_of([bench.found.changed_by]),
        "held": held,
        "did": str(request.GET.get("did", ""))[:10],
    }
    return render(request, "catalogue/processes/test.html", context, status=status)
