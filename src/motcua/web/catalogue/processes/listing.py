"""The processes there are: the list, one with its versions and who runs them, a version's table, two compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.agencies.selectors import agency as agency_facts, called
from motcua.catalogue.policy import announces, officer_seats
from motcua.catalogue.selectors import named, offers
from motcua.dossiers.under_process import Under, how_many
from motcua.kernel.actor import Capacity
from motcua.kernel.say import Say
from motcua.kernel.time import local
from motcua.ledger.selectors import firsts
from motcua.processes import published
from motcua.processes.checks import findings
from motcua.processes.differences import differences
from motcua.processes.drafted import draft_of
from motcua.processes.finding_words import mended
from motcua.processes.impact.ordered import moves_to
from motcua.processes.published import Chosen, Run, VersionLine
from motcua.processes.selectors import version as parsed
from motcua.web.catalogue.access import names_of
from motcua.web.catalogue.drafting import compare_form
from motcua.web.catalogue.json_file import as_file
from motcua.web.catalogue.listing import listed
from motcua.web.catalogue.processes.tables import rows_of
from motcua.web.common.limits import limit_words
from motcua.web.common.paging import Trail
from motcua.web.common.requests import now_of, staff


@dataclass(frozen=True, slots=True)
class Running:
    """A run in words: `standing` is "now", "ahead" or "past"."""

    run: Run
    agency: Say
    label: Say
    standing: str


@require_safe
def processes(request: HttpRequest) -> HttpResponse:
    """Processes by code, a page at a time. One statement."""
    return listed(request, "catalogue/processes/processes.html", found=published.processes_of)


@require_safe
def process(request: HttpRequest, code: str) -> HttpResponse:
    """One process: its versions with who published them, who runs it since when. Five statements, and one for each
    version that an agency of the viewer's may move dossiers to."""
    viewer = staff(request)
    found = published.chosen(code.replace("\x00", ""), viewer=viewer)
    today = local(now_of(request)).date()
    opened = firsts([line.id for line in found.versions])
    draft = draft_of(found.code, viewer=viewer)
    people = [draft.begun_by] if draft is not None else []
    names = names_of([*people, *(str(each.actor.get("id", "")) for each in opened.values())])
    runs, labels = published.runs_of(found.code, viewer=viewer), variant_labels(found.procedure, today)
    seats = [seat for seat in officer_seats(viewer) if agency_facts(seat.agency).desk_unit]
    context = {
        "found": found,
        "shown": [(line, _who(line, opened, names)) for line in found.versions],
        "titles": {each.code: each.title for each in named([found.procedure])},
        "runs": [
            Running(
                run,
                called(run.agency),
                labels.get(run.variant, Say(run.variant, run.variant)),
                _standing(run, today),
            )
            for run in runs
        ],
        "seats": seats,
        "can_stop": {run.agency for run in runs if run.valid_to is None or run.valid_to > today},
        "moves_to": _moves_to(found, runs, seats, today),
        "announces": announces(viewer),
        "draft": draft,
        "names": names,
    }
    return render(request, "catalogue/processes/process.html", context)


def _moves_to(
    found: Chosen, runs: Sequence[Run], seats: Sequence[Capacity], today: date
) -> set[tuple[str, int]]:
    """The versions that agencies of `seats` run now, while dossiers of theirs run under another."""
    here = {seat.agency for seat in seats}
    now = {(run.agency, run.number) for run in runs if run.agency in here and _standing(run, today) == "now"}
    return {(agency, number) for agency, number in now if _others(found, agency, number)}


def _others(found: Chosen, agency: str, number: int) -> int:
    others = tuple(line.id for line in found.versions if line.number != number)
    which = Under(procedure=found.procedure, versions=others, since=None, agency=agency)
    return how_many(which) if others else 0


def _who(line: VersionLine, opened: Any, names: Any) -> str:
    return str(names.get(str(opened[line.id].actor.get("id", "")), "")) if line.id in opened else ""


def _standing(run: Run, today: date) -> str:
    if run.valid_from > today:
        return "ahead"
    return "past" if run.valid_to is not None and run.valid_to <= today else "now"


@require_safe
def process_version(request: HttpRequest, version: Any) -> HttpResponse:
    """The step table of a version, with what should be known of it, and the moves of running dossiers to it for who
    orders them. Two statements, three more and names for those."""
    found = published.published_version(version, viewer=staff(request))
    table = parsed(found.id)
    labels = variant_labels(found.procedure, local(now_of(request)).date())
    context = {
        "found": found,
        "table_of": table,
        "labels": labels,
        "limits": [(each, limit_words(each.limit.unit.value, each.limit.value)) for each in table.variants],
        "rows": rows_of(found.body),
        "orders": {step.code: step.order for step in table.steps},
        "findings": [mended(each) for each in findings(table, labels=labels)],
        "seats": [seat for seat in officer_seats(staff(request)) if agency_facts(seat.agency).desk_unit],
        "called": called,
    }
    return render(request, "catalogue/processes/version.html", context | _moves(request, found.id))


def _moves(request: HttpRequest, version: UUID) -> dict[str, Any]:
    trail = Trail.read(request.GET)
    moves, following = moves_to(version, viewer=staff(request), after=trail.after)
    back, forth = trail.back(), trail.forth(following)
    return {
        "moves": moves,
        "who": names_of(one.by for one in moves),
        "before": f"{request.path}{back.query() if back.after else ''}" if back else "",
        "after": forth.query() if forth else "",
    }


def variant_labels(procedure: str, on: date) -> dict[str, Say]:
    """What a procedure in force calls its variants; nothing where none is in force. One statement."""
    found = offers({procedure}, agency="", province=None, on=on).get(procedure)
    return {each.code: each.label for each in found.version.variants} if found is not None else {}


@require_safe
def process_version_file(request: HttpRequest, version: Any) -> HttpResponse:
    """A version as a file in our format. One statement."""
    found = published.published_version(version, viewer=staff(request))
    return as_file(found.body, f"{found.code}-{found.number}")


@require_safe
def process_compare(request: HttpRequest, code: str) -> HttpResponse:
    """Two versions of a process, what differs in sentences; by default the last two. Three statements. NotFound where
    there is but one."""
    viewer = staff(request)
    found = published.chosen(code.replace("\x00", ""), viewer=viewer)
    ids = {line.number: line.id for line in reversed(found.versions)}
    numbers = list(ids)
    only_one = Say(
        "Quy trình này mới có một phiên bản, chưa có gì để so sánh.",
        "This process has one version yet, there is nothing to compare.",
    )
    form = compare_form(request, numbers, only_one)
    earlier, later = form.cleaned_data["earlier"], form.cleaned_data["later"]
    before, after = (published.published_version(ids[n], viewer=viewer).body for n in (earlier, later))
    labels = variant_labels(found.procedure, local(now_of(request)).date())
    context = {"found": found, "form": form, "told": differences(before, after, labels)}
    return render(request, "catalogue/processes/compare.html", context)
