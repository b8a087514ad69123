"""What an administrator does for a person: GET shows the form, POST does it in one unit of work."""

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

from motcua.accounts.operations import initial_password
from motcua.agencies import operations, people as staff_people, selectors
from motcua.agencies.policy import StaffAct, on_oneself
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import Denied, NotAllowedNow, NotFound, Refusal
from motcua.ledger.operations import AlreadyDone
from motcua.processes.published import unmanned
from motcua.web.common.requests import now_of, staff, unit
from motcua.web.common.wording import say
from motcua.web.setup.forms import AppointForm, PersonForm, ScreenLockForm, StaffForm
from motcua.web.setup.mandate_form import StandInForm
from motcua.web.setup.words import PERSON_ACTS, fits

act_page = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class Does:
    """The form of an act and what does it."""

    operation: Callable[..., Any]
    form: type[StaffForm] = StaffForm


DOES: Mapping[StaffAct, Does] = {
    StaffAct.APPOINT: Does(operations.appoint_person, AppointForm),
    StaffAct.STAND_IN: Does(operations.appoint_stand_in, StandInForm),
    StaffAct.RESET_FACTORS: Does(operations.reset_factors),
    StaffAct.RESET_PASSWORD: Does(operations.reset_password),
    StaffAct.LOCK: Does(operations.lock_account),
    StaffAct.UNLOCK: Does(operations.unlock_account),
}


@act_page
def person_act(request: HttpRequest, account: UUID, what: str) -> HttpResponse:
    """One act for one person. Refusals: 403 no administrator or oneself, 404 not of the agency or no act, 409 not
    as the account stands, 422 the input."""
    viewer, at = staff(request), now_of(request)
    shown = staff_people.person(account, viewer=viewer, at=at)
    wanted = _known(what)
    if account == viewer.account and (reason := on_oneself(wanted)) is not None:
        raise Denied(reason.vi, reason.en)
    words, does = PERSON_ACTS[wanted], DOES[wanted]
    if request.method != "POST" and not fits(wanted, shown):
        raise NotAllowedNow("Tài khoản đã ở trạng thái này rồi.", "The account stands like that already.")
    seats = staff_people.agency_seats(viewer=viewer, at=at) if does.form is not StaffForm else ()
    form = does.form(request.POST if request.method == "POST" else None, seats=seats, at=at)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            more = form.arguments()
            if wanted is StaffAct.RESET_PASSWORD:
                more["password"] = initial_password()
            try:
                act(request, viewer, does.operation, account=account, **more)
            except AlreadyDone:
                pass
            except Refusal as refusal:
                form.refuse(refusal)
                status = refusal.status
            else:
                if "password" in more:
                    return _once(request, shown.login, shown.name, more["password"])
            if not form.errors:
                messages.success(request, say(words.done))
                if wanted is StaffAct.LOCK:
                    warn_of_vacancies(request, staff_people.administered(viewer).agency)
                return HttpResponseRedirect(reverse("person", args=[account]))
    context = {"form": form, "words": words, "person": shown}
    return render(request, "setup/act.html", context, status=status)


def warn_of_vacancies(request: HttpRequest, agency: str) -> None:
    """Say that a process the agency runs has a row nobody can do, where that is so now."""
    if unmanned(agency, at=now_of(request)):
        messages.warning(
            request, _("Còn bước của quy trình đang áp dụng chưa có người làm; xem trang “Các vị trí”.")
        )


def _known(what: str) -> StaffAct:
    if what not in PERSON_ACTS:
        raise NotFound("Không có việc này.", "There is no such act.")
    return StaffAct(what)


def act(request: HttpRequest, viewer: Viewer, operation: Callable[..., Any], **arguments: Any) -> Any:
    """Do `operation` in the administrator's seat, for their agency, in one unit of work."""
    seat = staff_people.administered(viewer)
    actor = viewer.actor(seat)
    with unit(request, actor):
        return operation(agency=seat.agency, actor=actor, at=now_of(request), **arguments)


def _once(request: HttpRequest, login: str, name: str, password: str) -> HttpResponse:
    """A password on paper: shown in this answer and never again."""
    context = {"login": login, "name": name, "password": password}
    return render(request, "setup/password.html", context)


@act_page
def person_add(request: HttpRequest) -> HttpResponse:
    """A new person with an account; the first password is shown once."""
    viewer, at = staff(request), now_of(request)
    staff_people.administered(viewer)
    form = PersonForm(request.POST if request.method == "POST" else None, at=at)
    if request.method == "POST" and form.is_valid():
        password, told = initial_password(), form.arguments()
        try:
            act(request, viewer, operations.add_person, password=password, **told)
        except AlreadyDone:
            return HttpResponseRedirect(reverse("people"))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return _once(request, told["login"], told["name"], password)
    return render(request, "setup/person_add.html", {"form": form}, status=422 if form.errors else 200)


@act_page
def screen_lock(request: HttpRequest) -> HttpResponse:
    """After how many idle minutes the agency's screens lock themselves."""
    viewer, at = staff(request), now_of(request)
    minutes = selectors.idle_minutes(staff_people.administered(viewer).agency)
    typed = request.POST if request.method == "POST" else None
    form = ScreenLockForm(typed, at=at, minutes=minutes)
    if request.method == "POST" and form.is_valid():
        with form.doing():
            act(request, viewer, operations.set_screen_lock, **form.arguments())
        if not form.errors:
            messages.success(request, _("Đã lưu thời gian tự khóa màn hình."))
            return HttpResponseRedirect(reverse("people"))
    return render(request, "setup/screen_lock.html", {"form": form}, status=form.status)
