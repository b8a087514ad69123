"""The forms there are: the list, one with its versions, two versions compared, a version as a file."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.catalogue.policy import announces
from motcua.catalogue.selectors import named
from motcua.eforms import drafted
from motcua.eforms.drafted import VersionLine
from motcua.kernel.say import Say
from motcua.kernel.time import local
from motcua.web.catalogue.access import names_of
from motcua.web.catalogue.designer.saying import compared
from motcua.web.catalogue.drafting import compare_form
from motcua.web.catalogue.json_file import as_file
from motcua.web.catalogue.listing import listed
from motcua.web.common.requests import now_of, staff


@dataclass(frozen=True, slots=True)
class Shown:
    """A version in a form's list: `standing` is "now", "coming" or "past"; `who` published it, "" where it is shipped;
    `origin`: what its draft began with."""

    line: VersionLine
    standing: str
    who: str
    origin: str


@require_safe
def eforms(request: HttpRequest) -> HttpResponse:
    """Forms by code, a page at a time. Two statements."""
    return listed(request, "catalogue/designer/forms.html", found=drafted.forms_of)


@require_safe
def eform(request: HttpRequest, code: str) -> HttpResponse:
    """One form: its versions with who published them, the procedures it serves, its draft. Four statements."""
    found = drafted.chosen(code, viewer=staff(request))
    today = local(now_of(request)).date()
    now = found.in_force(today)
    people = [line.published_by for line in found.versions if line.published_by]
    people += [found.draft.begun_by, found.draft.changed_by] if found.draft else []
    names = names_of(people)
    codes = sorted({each for line in found.versions for each in line.procedures})
    context = {
        "found": found,
        "shown": [
            Shown(
                line,
                _standing(line, now, today),
                names.get(line.published_by, ""),
                origin_words(line.came_from),
            )
            for line in found.versions
        ],
        "titles": {each.code: each.title for each in named(codes)},
        "names": names,
        "announces": announces(staff(request)),
        "url_json": "eform_version_file",
    }
    return render(request, "catalogue/designer/form.html", context)


def _standing(line: VersionLine, now: VersionLine | None, today: date) -> str:
    if now is not None and line.number == now.number:
        return "now"
    return "coming" if line.valid_from > today else "past"


def origin_words(came_from: Any) -> str:
    """What a draft began with, in words."""
    told = came_from or {}
    if told.get("form"):
        return _("Soạn từ %(form)s, phiên bản %(version)s") % {
            "form": told["form"],
            "version": told["version"],
        }
    if told.get("file"):
        return _("Đưa vào từ tệp %(file)s") % {"file": told["file"]}
    return _("Soạn mới") if told else _("Đi kèm phần mềm")


@require_safe
def eform_version_file(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A version as a file in our format. One statement."""
    return as_file(drafted.document(code, number, viewer=staff(request)), f"{code}-{number}")


@require_safe
def eform_compare(request: HttpRequest, code: str) -> HttpResponse:
    """Two versions of a form, what differs in words; by default the last two. Four statements. NotFound where there is
    but one."""
    viewer = staff(request)
    found = drafted.chosen(code, viewer=viewer)
    numbers = sorted(line.number for line in found.versions)
    only_one = Say(
        "Tờ khai này mới có một phiên bản, chưa có gì để so sánh.",
        "This form has one version yet, there is nothing to compare.",
    )
    form = compare_form(request, numbers, only_one)
    earlier, later = form.cleaned_data["earlier"], form.cleaned_data["later"]
    context = {
        "found": found,
        "form": form,
        "earlier": earlier,
        "later": later,
        "told": compared(
            drafted.document(code, earlier, viewer=viewer), drafted.document(code, later, viewer=viewer)
        ),
    }
    return render(request, "catalogue/designer/compare.html", context)
