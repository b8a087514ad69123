"""The work list, the ways to look at it, and from one dossier of it to the next."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.catalogue.listing import key_of, listing
from motcua.dossiers import selectors, worklist
from motcua.dossiers.awaiting import awaiting
from motcua.dossiers.likely_late import without_letter
from motcua.dossiers.waits import Waits, waits
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import NotFound, Refusal
from motcua.kernel.time import local
from motcua.payments import handed_up
from motcua.processes.running import has_adopted
from motcua.web.common.paging import Trail, is_key
from motcua.web.common.requests import held_fields, now_of, staff
from motcua.web.common.wording import say
from motcua.web.desk import bulk, seeking
from motcua.web.desk.forms.base import choices_of
from motcua.web.desk.lists import rows, work_rows
from motcua.web.desk.seeking import Place, asked, list_address, sought, stays, told
from motcua.workday import operations as workday
from motcua.workday.operations import LONGEST_NAME
from motcua.workday.selectors import Saved, filters_of

ALL = "all"


@require_http_methods(["GET", "HEAD", "POST"])
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits for the viewer, the least slack first, and what they are to confirm. Filters stand in the address,
    words are posted, as a name in an address would stay in logs. Two statements once names and titles are known; one
    more for who is at a desk, for who confirms acts, two for who leads, one for who confirms statements and for a
    sector."""
    viewer, at = staff(request), now_of(request)
    typed = request.POST if request.method == "POST" else held_fields(request) or request.GET
    words = "" if typed is request.GET else str(typed.get("words", "")).strip()
    saved = filters_of(viewer.account)
    fields = _opening(saved) if not request.GET and typed is request.GET else asked(typed)
    if request.method == "POST" and not words:
        return HttpResponseRedirect(list_address(fields))
    if words and (row := selectors.whole(words, viewer=viewer)) is not None:
        return HttpResponseRedirect(reverse("dossier", args=[row["code"]]))
    fields = {name: value for name, value in fields.items() if name not in seeking.OF_OTHER_LISTS}
    trail = Trail.read(typed)
    wanted = sought(fields, on=local(at).date(), words=words)
    page = worklist.inbox(viewer=viewer, at=at, sought=wanted, after=trail.after)
    back, forth = trail.back(), trail.forth(page.following)
    kept = {**fields, "words": words}
    listed = work_rows(page.lines, None if words else fields)
    here = Trail(trail.after, trail.passed).query(**{**(fields or {ALL: "1"}), "tick": "1"})
    context = {
        "rows": listed,
        "bulk": bulk.offered(listed, viewer),
        "tick_at": "" if words else here,
        "words": words,
        "fields": fields,
        "bulk_from": urlencode(fields),
        "is_ticked": request.GET.get("tick") == "1",
        "narrowed": told(fields, on=local(at).date()),
        "ways": _ways(fields, saved),
        "filters_at": f"{reverse('inbox_filters')}?{urlencode(fields)}",
        "is_first": not trail.after,
        "before": back.query(**(fields or {ALL: "1"})) if back else "",
        "after": forth.query(**fields) if forth else "",
        "back_fields": back.fields(**kept) if back and words else None,
        "forth_fields": forth.fields(**kept) if forth and words else None,
        **_beside_the_list(request, viewer, is_first=not trail.after),
    }
    return render(request, "desk/inbox.html", context)


def _beside_the_list(request: HttpRequest, viewer: Viewer, *, is_first: bool) -> dict[str, Any]:
    """What waits for the viewer otherwise; on the first page alone."""
    if not is_first:
        return {"awaiting": [], "waits": Waits(), "statements": 0, "without_letter": 0}
    confirms = any(c.kind in handed_up.READERS for c in viewer.capacities)
    return {
        "awaiting": rows(awaiting(viewer=viewer)),
        "waits": waits(viewer=viewer),
        "without_letter": without_letter(viewer=viewer, at=now_of(request)),
        "statements": handed_up.waiting(viewer=viewer, at=now_of(request)) if confirms else 0,
    }


def _opening(saved: tuple[Saved, ...]) -> dict[str, str]:
    """With which filters the list opens."""
    return next((asked(one.fields) for one in saved if one.is_default), {})


def _ways(fields: Mapping[str, str], saved: tuple[Saved, ...]) -> list[dict[str, object]]:
    """The ways to look at the list, one's own behind those that everybody has."""
    ways: list[tuple[object, dict[str, str]]] = [(_("Tất cả"), {})]
    ways += [(label, {"mine": code}) for code, label in seeking.MINE.items()]
    ways += [(one.name, asked(one.fields)) for one in saved]
    return [{"name": name, "href": list_address(way), "is_here": way == fields} for name, way in ways]


@require_safe
def beside(request: HttpRequest, way: str) -> HttpResponse:
    """On to the dossier before or after a place in the list, as the list stands now; past its end, back to the dossier
    one came from, or to the list."""
    viewer, at = staff(request), now_of(request)
    fields, key = asked(request.GET), str(request.GET.get("at", ""))
    if way not in ("next", "previous") or not is_key(key):
        raise NotFound("Không có trang này.", "There is no such page.")
    wanted = sought(fields, on=local(at).date())
    found = worklist.beside(viewer=viewer, at=at, sought=wanted, key=key, back=way == "previous")
    if found is None:
        ends = gettext("Đã hết danh sách.") if way == "next" else gettext("Đây là hồ sơ đầu danh sách.")
        messages.info(request, ends)
        code = stays(request.GET)
        here = reverse("dossier", args=[code]) + Place(fields, key).query if code else list_address(fields)
        return HttpResponseRedirect(here)
    there = reverse("dossier", args=[found.line.code])
    return HttpResponseRedirect(f"{there}{seeking.place_of(found, fields)}")


class FilterForm(forms.Form):
    """The ways in which a work list can be narrowed, and a name under which that is kept."""

    mine = forms.ChoiceField(label=_("Ai giữ"), required=False)
    work = forms.ChoiceField(label=_("Loại công việc"), required=False)
    state = forms.ChoiceField(label=_("Trạng thái"), required=False)
    due = forms.ChoiceField(label=_("Hạn"), required=False)
    sector = forms.ChoiceField(label=_("Lĩnh vực"), required=False)
    procedure = forms.ChoiceField(label=_("Thủ tục"), required=False)
    name = forms.CharField(
        label=_("Tên bộ lọc"),
        required=False,
        validators=[MaxLengthValidator(LONGEST_NAME, _("Tên bộ lọc dài nhất %(limit_value)s ký tự."))],
        help_text=_("Chỉ cần khi lưu. Ví dụ: Hộ tịch quá hạn"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "w20"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = [("", gettext("Tất cả"))]
        tables = {
            "mine": seeking.MINE,
            "work": seeking.WORKS,
            "state": seeking.STATE_NAMES,
            "due": seeking.DUES,
        }
        offered = {name: choices_of(table) for name, table in tables.items()} | _of_catalogue(request)
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - our own form, not input
            field.choices = [*everything, *choices]


def _of_catalogue(request: HttpRequest) -> dict[str, list[tuple[str, str]]]:
    """The sectors and procedures that the viewer's agencies run."""
    run: set[str] = set().union(*(has_adopted(agency) for agency in sorted(_agencies(staff(request)))))
    found = [one for one in listing(on=local(now_of(request)).date()).all if one.code in run]
    sectors = {key_of(one.sector): say(one.sector) for one in found}
    return {
        "sector": list(sectors.items()),
        "procedure": [(one.code, f"{one.code} {say(one.title)}") for one in found],
    }


def _agencies(viewer: Viewer) -> set[str]:
    return {c.posted_by or c.agency for c in viewer.capacities}


@require_http_methods(["GET", "HEAD", "POST"])
def filters(request: HttpRequest) -> HttpResponse:
    """Narrow the work list by anything it can be narrowed by, and keep one's own ways to look at it."""
    viewer = staff(request)
    form = FilterForm(request.POST or None, request=request, initial=asked(request.GET))
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            answer = _filed(request, viewer, form)
        except Refusal as said:
            refusal, answer = said, None
        if answer is not None:
            return answer
        if refusal is not None and form.is_bound:
            form.add_error("name" if refusal.field else None, refusal.say(str(request.locale)))  # type: ignore[attr-defined]
    saved = [
        {
            "saved": one,
            "told": told(asked(one.fields), on=local(now_of(request)).date()),
            "href": list_address(asked(one.fields)),
        }
        for one in filters_of(viewer.account)
    ]
    context = {"form": form, "saved": saved}
    return render(
        request,
        "desk/inbox_filters.html",
        context,
        status=refusal.status if refusal else 422 if form.errors else 200,
    )


def _filed(request: HttpRequest, viewer: Viewer, form: FilterForm) -> HttpResponse | None:
    """What the button does. None where the form is to be shown again."""
    here, do = HttpResponseRedirect(reverse("inbox_filters")), str(request.POST.get("do", ""))
    if do == "open_without":
        workday.open_with(account=viewer.account, filter_id=None)
        return here
    if do in ("rename", "drop", "open"):
        one = _uuid(request.POST.get("filter"))
        if do == "rename":
            workday.rename_filter(
                account=viewer.account, filter_id=one, name=str(request.POST.get("name", ""))
            )
        elif do == "drop":
            workday.drop_filter(account=viewer.account, filter_id=one)
        else:
            workday.open_with(account=viewer.account, filter_id=one)
        return here
    if not form.is_valid():
        return None
    fields = asked(form.cleaned_data)
    if do == "save":
        workday.save_filter(account=viewer.account, name=form.cleaned_data["name"], fields=fields)
        messages.success(request, gettext("Đã lưu bộ lọc."))
    return HttpResponseRedirect(list_address(fields))


def _uuid(text: object) -> UUID:
    try:
        return UUID(str(text))
    except ValueError:
        raise NotFound(
            "Không có bộ lọc này; có thể đã xóa.", "There is no such filter; it may be deleted."
        ) from None
