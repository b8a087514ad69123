"""Somebody leaves a seat, or can't do what stands in their name: to whom each piece goes, and the records of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, ngettext
from django.views.decorators.http import require_safe

from motcua.agencies import handovers as kept, operations, people as staff_people
from motcua.agencies.handovers import GIVEN, WHAT
from motcua.agencies.policy import StaffAct, on_oneself
from motcua.agencies.positions import WORKING
from motcua.agencies.selectors import account_names, seats
from motcua.dossiers.passing import Hanging, adrift
from motcua.flows import leaving as flows
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Denied, NotFound
from motcua.ledger.operations import AlreadyDone
from motcua.web.common.money_paper import head, pdf_file
from motcua.web.common.paging import Trail
from motcua.web.common.pdf.facts import SheetColumn, SheetFacts
from motcua.web.common.pdf.sheet import render_sheet
from motcua.web.common.requests import now_of, staff, unit
from motcua.web.common.wording import say
from motcua.web.setup.acts import act, act_page, warn_of_vacancies
from motcua.web.setup.forms import CHOOSE, StaffForm
from motcua.web.setup.words import ENDED

# So many dossiers have a choice of their own on the page; those beyond go as their kind does.
ONE_BY_ONE = 50
SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Successor:
    """Who may be given what is left, and the kinds of seats in which they sit."""

    account: UUID
    name: str
    sits: frozenset[str]

    def may_have(self, one: Hanging) -> bool:
        """Whether they sit where it is done; an opinion is given by whoever works."""
        return bool(self.sits & (one.kinds or WORKING))


class LeavingForm(StaffForm):
    """To whom what hangs on the seat goes: a choice for each kind, and for a dossier where it goes elsewhere. Only who
    sits where it is done is offered; a choice for all that somebody can't have is sent back, saying which."""

    def __init__(
        self, data: Any = None, *, left: Sequence[Hanging], people: Sequence[Successor], at: datetime
    ) -> None:
        super().__init__(data, at=at)
        self.left, self.people = left, people
        for what, count in Counter(one.what for one in left).items():
            offered = self._offered(*(one for one in left if one.what == what))
            self.fields[f"to_{what}"] = forms.ChoiceField(
                label=_("%(what)s (%(count)s): giao cho") % {"what": say(WHAT[what]), "count": count},
                choices=[("", "…"), (SHARED, _("Danh sách chung của vị trí")), *offered],
                error_messages=CHOOSE,
            )
        for n, one in enumerate(left[:ONE_BY_ONE] if len(left) > 1 else ()):
            self.fields[f"one_{n}"] = forms.ChoiceField(
                label=f"{one.code} ({say(WHAT[one.what]).lower()})",
                choices=[("", _("như trên")), (SHARED, _("Danh sách chung")), *self._offered(one)],
                required=False,
                error_messages=CHOOSE,
            )

    def _offered(self, *work: Hanging) -> list[tuple[str, str]]:
        return [(str(who.account), who.name) for who in self.people if any(map(who.may_have, work))]

    def clean(self) -> dict[str, Any]:
        """What goes as its kind does goes to who sits where it is done."""
        found = super().clean() or self.cleaned_data
        for what in dict.fromkeys(one.what for one in self.left):
            who = next((who for who in self.people if str(who.account) == found.get(f"to_{what}")), None)
            as_all = [
                one for n, one in enumerate(self.left) if one.what == what and not found.get(f"one_{n}")
            ]
            astray = [one.code for one in as_all if who is not None and not who.may_have(one)]
            if who is not None and astray:
                said = _(
                    "%(person)s không giữ vị trí làm %(n)s hồ sơ trong số này, ví dụ %(code)s: hãy chọn người khác cho"
                    " những hồ sơ ấy, hoặc “Danh sách chung của vị trí”."
                )
                self.add_error(
                    f"to_{what}", said % {"person": who.name, "n": len(astray), "code": ", ".join(astray[:3])}
                )
        return found

    @property
    def one_by_one(self) -> list[str]:
        """The names of the choices for a single dossier."""
        return [name for name in self.fields if name.startswith("one_")]

    @property
    def differs(self) -> bool:
        """Whether a dossier goes elsewhere than its kind, as it was sent."""
        return any(self.data.get(name) or name in self.errors for name in self.one_by_one)

    @property
    def chosen(self) -> list[tuple[str, UUID | None]]:
        """Each dossier with who gets it; None: the shared list."""
        found = []
        for n, one in enumerate(self.left):
            to = self.cleaned_data.get(f"one_{n}") or self.cleaned_data[f"to_{one.what}"]
            found.append((one.code, None if to == SHARED else UUID(to)))
        return found


@act_page
def appointment_end(request: HttpRequest, appointment: UUID) -> HttpResponse:
    """Take a seat back from who holds it, once each piece of their work has gone to somebody."""
    viewer, at = staff(request), now_of(request)
    lines = staff_people.agency_seats(viewer=viewer, at=at)
    found = next(
        ((seat, a) for seat in lines for _name, a, held in seat.holders if held.appointment == appointment),
        None,
    )
    if found is None:
        raise NotFound("Cơ quan không có lượt giữ vị trí này.", "The agency has no such appointment.")
    seat, account = found
    if account == viewer.account and (reason := on_oneself(StaffAct.END)) is not None:
        raise Denied(reason.vi, reason.en)
    shown = staff_people.person(account, viewer=viewer, at=at)
    leaving = flows.Leaving(
        agency=staff_people.administered(viewer).agency,
        appointment=appointment,
        account=account,
        kind=seat.kind,
        keeps=frozenset(s.kind for s in shown.seats if s.appointment != appointment and not s.acting_for),
    )
    by_mandate = held_by_mandate(seat, appointment)
    hanging = [] if by_mandate else flows.hanging(leaving)
    left = flows.given(hanging)
    form = LeavingForm(
        request.POST if request.method == "POST" else None,
        left=left,
        people=_successors(leaving, at),
        at=at,
    )
    astray: list[str] = []
    if request.method == "POST" and form.is_valid():
        with form.doing():
            astray = _hand_on(request, viewer.actor(staff_people.administered(viewer)), leaving, form.chosen)
            if by_mandate:
                act(request, viewer, operations.end_appointment, appointment=appointment)
            else:
                actor = viewer.actor(staff_people.administered(viewer))
                with unit(request, actor):
                    flows.end_appointment(leaving=leaving, actor=actor, at=now_of(request))
        if not form.errors:
            messages.success(request, say(ENDED))
            if left:
                _say_handed(request, left, astray)
            warn_of_vacancies(request, leaving.agency)
            return HttpResponseRedirect(
                reverse("person", args=[account]) if by_mandate else reverse("handovers")
            )
    context = {
        "form": form,
        "person": shown,
        "seat": seat,
        "stays": [(WHAT[one.what], one.code) for one in hanging if one.what not in GIVEN],
        "more": max(0, len(left) - ONE_BY_ONE),
    }
    return render(request, "setup/leaving.html", context, status=form.status)


@act_page
def handover_of(request: HttpRequest, account: UUID) -> HttpResponse:
    """Hand on what stands in the name of somebody who doesn't sit where it is done: their account is locked, or their
    time is over. 403 for who neither leads nor administers, 404 for who never had a seat here."""
    viewer, at = staff(request), now_of(request)
    seat = kept.leading(viewer)
    leaving = flows.gone(account, agency=seat.agency, at=at)
    left = flows.hanging(leaving)
    typed = request.POST if request.method == "POST" else None
    form = LeavingForm(typed, left=left, people=_successors(leaving, at), at=at)
    astray: list[str] = []
    if request.method == "POST" and form.is_valid():
        actor = viewer.actor(seat)
        with form.doing():
            astray = _hand_on(request, actor, leaving, form.chosen)
            with unit(request, actor):
                operations.record_handover(
                    agency=seat.agency, appointment=leaving.appointment, actor=actor, at=now_of(request)
                )
        if not form.errors:
            _say_handed(request, left, astray)
            return HttpResponseRedirect(reverse("handovers"))
    context = {
        "form": form,
        "name": account_names({account})[account],
        "left": left,
        "more": max(0, len(left) - ONE_BY_ONE),
    }
    return render(request, "setup/handover_of.html", context, status=form.status)


def _say_handed(request: HttpRequest, left: Sequence[Hanging], astray: Sequence[str]) -> None:
    handed = ngettext("Đã bàn giao %(n)s hồ sơ.", "Đã bàn giao %(n)s hồ sơ.", len(left))
    messages.success(request, handed % {"n": len(left)})
    if astray:
        said = _(
            "Không giao được cho người đã chọn, vì người ấy không tham gia hồ sơ; xem người nhận ở biên bản: %(codes)s."
        )
        messages.warning(request, said % {"codes": ", ".join(astray)})


def _successors(leaving: flows.Leaving, at: datetime) -> list[Successor]:
    """Who sits in the agency now and where, in the order of names."""
    sits: dict[UUID, set[str]] = {}
    for seat in seats(leaving.agency, at=at):
        for account in seat.accounts:
            sits.setdefault(account, set()).add(seat.kind)
    sits.pop(leaving.account, None)
    names = account_names(set(sits))
    found = (Successor(account, names[account], frozenset(kinds)) for account, kinds in sits.items())
    return sorted(found, key=lambda who: who.name)


def held_by_mandate(seat: staff_people.SeatLine, appointment: UUID) -> bool:
    """Whether the appointment is a back-up or a mandate: what it did stays with whom it was for."""
    return any(held.acting_for for _name, _account, held in seat.holders if held.appointment == appointment)


def _hand_on(
    request: HttpRequest, actor: Actor, leaving: flows.Leaving, chosen: Sequence[tuple[str, UUID | None]]
) -> list[str]:
    """Hand on what hangs, a dossier in each unit of work: sent again, it goes on where it stopped. Returns those of
    which a piece could not go to whom it was for."""
    astray = []
    for code, to in dict(chosen).items():
        try:
            with unit(request, actor, part=code):
                gone = flows.hand_on(code=code, leaving=leaving, to=to, actor=actor, at=now_of(request))
        except AlreadyDone:
            continue
        if to is not None and any(account != to for account in gone):
            astray.append(code)
    return astray


@require_safe
def handovers(request: HttpRequest) -> HttpResponse:
    """The records of handing over, the newest first; and what has to be handed over still. Four statements."""
    trail = Trail.read(request.GET)
    viewer = staff(request)
    lines, following = kept.records(viewer=viewer, after=trail.after)
    back, forth = trail.back(), trail.forth(following)
    context = {
        "lines": lines,
        "adrift": adrift(kept.leading(viewer).agency, at=now_of(request)),
        "before": back.query() if back else "",
        "after": forth.query() if forth else "",
    }
    return render(request, "setup/handovers.html", context)


COLUMNS = (
    SheetColumn("STT", 1, "right"),
    SheetColumn("Nội dung bàn giao", 5),
    SheetColumn("Hồ sơ, số", 4),
    SheetColumn("Người nhận", 5),
)


@require_safe
def handover_paper(request: HttpRequest, handover: UUID) -> HttpResponse:
    """The record on paper: every piece by its kind, both sides by name, number and date; to be signed by both."""
    shown = kept.record(handover, viewer=staff(request))
    pieces = sorted(shown.pieces, key=lambda piece: list(WHAT).index(piece.what))
    facts = SheetFacts(
        head=head(shown.agency, shown.number),
        title="Biên bản bàn giao công việc",
        subtitle=f"Số {shown.number}",
        columns=COLUMNS,
        rows=tuple(
            (str(n), WHAT[piece.what].vi, piece.code, _receiver(piece)) for n, piece in enumerate(pieces, 1)
        ),
        notes=(
            f"Người giao: {shown.leaver}, vị trí {shown.seat}.",
            f"Người nhận: {'; '.join(shown.receivers) or 'không có'}.",
            f"Người lập: {shown.recorder}. Cộng: {len(pieces)} việc."
            + ("" if pieces else " Không còn việc nào đứng tên người giao."),
        ),
        signers=("NGƯỜI GIAO", *(f"NGƯỜI NHẬN\n{name}" for name in shown.receivers[:3]), "NGƯỜI LẬP"),
        issued_at=shown.recorded_at,
        landscape=False,
    )
    return pdf_file(render_sheet(facts), f"ban-giao-{shown.number.replace('/', '-')}.pdf")


def _receiver(piece: kept.Piece) -> str:
    if piece.stays:
        return "Người giữ vị trí tiếp tục giải quyết"
    return piece.to or "Danh sách chung của vị trí"
