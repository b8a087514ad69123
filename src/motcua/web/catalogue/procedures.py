"""The procedures as the catalogue office keeps them: the list, one with its versions, two versions compared."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.catalogue import drafted
from motcua.catalogue.checking import gaps
from motcua.catalogue.drafted import VersionLine
from motcua.catalogue.lacks import Gap
from motcua.catalogue.selectors import versions
from motcua.kernel.errors import NotFound
from motcua.kernel.time import local
from motcua.ledger.selectors import firsts
from motcua.web.catalogue.access import names_of
from motcua.web.catalogue.saying import compared
from motcua.web.common.requests import now_of, staff


@dataclass(frozen=True, slots=True)
class Shown:
    """A version in a procedure's list: `standing` is "now", "coming", "past" or "withdrawn"; `who` published it."""

    line: VersionLine
    standing: str
    who: str
    gaps: tuple[Gap, ...]


@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """Procedures by code, a page at a time. One statement."""
    words = str(request.GET.get("q", ""))[:200].replace("\x00", "")
    after = str(request.GET.get("after", ""))[:20].replace("\x00", "")
    drafts_only = request.GET.get("drafts") == "yes"
    page = drafted.procedures_of(
        viewer=staff(request),
        on=local(now_of(request)).date(),
        words=words,
        drafts_only=drafts_only,
        after=after,
    )
    kept = {name: value for name, value in (("q", words), ("drafts", "yes" if drafts_only else "")) if value}
    context = {
        "lines": page.lines,
        "words": words,
        "drafts_only": drafts_only,
        "before": f"?{urlencode(kept)}" if after else "",
        "after": f"?{urlencode({**kept, 'after': page.following})}" if page.following else "",
    }
    return render(request, "catalogue/procedures.html", context)


@require_safe
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """One procedure: its versions with who published them, what they lack, and the open draft. Six statements."""
    found = drafted.chosen(code.replace("\x00", ""), viewer=staff(request))
    today = local(now_of(request)).date()
    now = max(
        (line for line in found.versions if line.effective_from <= today and line.withdrawn_at is None),
        key=lambda line: (line.effective_from, line.number),
        default=None,
    )
    read = versions(line.id for line in found.versions)
    opened = firsts([line.id for line in found.versions])
    names = names_of(
        [str(each.actor.get("id", "")) for each in opened.values()]
        + ([found.draft.begun_by, found.draft.changed_by] if found.draft else [])
    )
    shown = [
        Shown(
            line,
            _standing(line, now, today),
            names.get(str(opened[line.id].actor.get("id", "")), "") if line.id in opened else "",
            gaps(read[line.id]),
        )
        for line in found.versions
    ]
    return render(request, "catalogue/procedure.html", {"found": found, "shown": shown, "names": names})


def _standing(line: VersionLine, now: VersionLine | None, today: date) -> str:
    if line.withdrawn_at is not None:
        return "withdrawn"
    if line.effective_from > today:
        return "coming"
    return "now" if line is now else "past"


@require_safe
def compare(request: HttpRequest, code: str) -> HttpResponse:
    """Two versions of a procedure, in people's words; by default the two newest. Three statements."""
    viewer = staff(request)
    found = drafted.chosen(code.replace("\x00", ""), viewer=viewer)
    by_id = {str(line.id): line for line in found.versions}
    if len(by_id) < 2:
        raise NotFound(
            "Thủ tục này mới có một phiên bản, chưa có gì để so sánh.",
            "This procedure has one version only; there is nothing to compare.",
        )
    newest, older = found.versions[:2]
    after = by_id.get(str(request.GET.get("to", "")), newest)
    before = by_id.get(str(request.GET.get("from", "")), older)
    documents = [drafted.body_of(UUID(str(line.id)), viewer=viewer)[2] for line in (before, after)]
    context = {
        "found": found,
        "before": before,
        "after": after,
        "told": compared(documents[0], documents[1]),
    }
    return render(request, "catalogue/compare.html", context)
