"""What a catalogue officer looks at: findings of the national catalogue beside the words they are about."""

import csv
import io
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.catalogue import worklist
from motcua.catalogue.national.findings import FINDINGS, FindingKind
from motcua.web.common.requests import staff

COLUMNS = ("Mã thủ tục", "Tên thủ tục", "Cơ quan công bố", "Phát hiện", "Chỗ trong bản ghi", "Nguyên văn")
# What a spreadsheet would run as a formula.
_FORMULA = ("=", "+", "-", "@", "\t")


def _filters(request: HttpRequest) -> dict[str, str]:
    what, publisher = str(request.GET.get("what", "")), str(request.GET.get("publisher", ""))[:200]
    return {"what": what if what in set(FindingKind) else "", "publisher": publisher.replace("\x00", "")}


@require_safe
def findings(request: HttpRequest) -> HttpResponse:
    """How many of each kind, and the procedures they are in, a page at a time. Three statements."""
    viewer, chosen = staff(request), _filters(request)
    after = str(request.GET.get("after", ""))[:20].replace("\x00", "")
    page = worklist.work_list(viewer=viewer, after=after, **chosen)
    kept = {name: value for name, value in chosen.items() if value}
    context = {
        "counts": [(one, FINDINGS[one.kind]) for one in worklist.kind_counts(viewer=viewer)],
        "publishers": worklist.publishers(viewer=viewer),
        "lines": [(line, [FINDINGS[kind].label for kind in line.kinds]) for line in page.lines],
        "kinds": [(kind.value, row.label) for kind, row in FINDINGS.items()],
        **chosen,
        "query": f"?{urlencode(kept)}" if kept else "",
        "before": f"?{urlencode(kept)}" if after else "",
        "after": f"?{urlencode({**kept, 'after': page.following})}" if page.following else "",
    }
    return render(request, "catalogue/findings.html", context)


@require_safe
def findings_file(request: HttpRequest) -> HttpResponse:
    """The findings as a file to send back to who published."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for place in worklist.places(viewer=staff(request), **_filters(request)):
        label = FINDINGS[place.kind].label.vi
        cells = (place.code, place.title, place.publisher, label, place.where, place.text)
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    # Spreadsheets take a file for UTF-8 by its mark only.
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="findings.csv"'
    return response
