"""A merger that waits for its second person, an absence to come, somebody locked out; and who may look at them."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from motcua.agencies.models import Handover, Position
from motcua.agencies.operations import (
    add_person,
    appoint_person,
    lock_account,
    note_absence,
    note_handed_over,
    propose_merger,
    record_handover,
)
from motcua.flows.assignment import assign
from motcua.kernel.time import local
from motcua.kernel.unit_of_work import Request, unit_of_work
from tests.support.acts import act
from tests.support.lives import opened
from tests.support.matrix_people import ABSENT, ADMINISTRATORS, BLIND, EVERYBODY, HOTLINE, LEADERS, PRINTERS
from tests.support.scene import Scene
from tests.support.world import COMMUNE, OTHER_COMMUNE, actor, logins

_LOOK = ADMINISTRATORS | LEADERS | {"inspector", "director", "deputy_director", "next commune: chair"}
_HEADS = ADMINISTRATORS | LEADERS | {"section_head", "director", "deputy_director", "next commune: chair"}
_ELSEWHERE = _HEADS - LEADERS - {"technical_administrator"}
_SEES = frozenset({"inspector", "province: technical_administrator"})
MERGER_PAGES: Mapping[str, tuple[frozenset[str], int, frozenset[str]]] = {
    "absences": (EVERYBODY - BLIND - HOTLINE - {"inspector"} | ADMINISTRATORS, 403, frozenset()),
    "consultation_letter": (PRINTERS, ABSENT, frozenset()),
    "handovers": (_HEADS, 403, frozenset()),
    "handover_of": (_HEADS - _ELSEWHERE, 403, _HEADS & _ELSEWHERE),
    "handover_paper": (_HEADS - _ELSEWHERE, 403, _HEADS & _ELSEWHERE),
    "mergers": (_LOOK, 403, frozenset()),
    "merger": (_SEES, 403, _LOOK - _SEES),
    "merger_propose": (ADMINISTRATORS, 403, frozenset()),
}
MERGER_PATHS: Mapping[str, str] = {
    "absences": "/absences",
    "consultation_letter": "/dossiers/{consulting}/consultations/{outside}.pdf",
    "handovers": "/handovers",
    "handover_of": "/handovers/people/{locked}",
    "handover_paper": "/handovers/{handover}.pdf",
    "mergers": "/mergers",
    "merger": "/mergers/{merger}",
    "merger_propose": "/mergers/propose",
}
MERGERS = (
    Scene("absences", "empty", "/absences", "tuphap2"),
    Scene("absences", "filled", "/absences", "chutich"),
    Scene("absences", "error", "/absences", "chutich", {"reason": "leave"}, sends=True, status=422),
    Scene("handovers", "empty", "/handovers", "quantritinh"),
    Scene("handovers", "filled", "/handovers", "chutich"),
    Scene("handovers", "error", "/handovers", "tiepnhan1", status=403),
    Scene("handover_of", "empty", "/handovers/people/{person}", "chutich"),
    Scene("handover_of", "filled", "/handovers/people/{locked}", "chutich"),
    Scene(
        "handover_of",
        "error",
        "/handovers/people/{locked}",
        "chutich",
        {"to_step": ""},
        sends=True,
        status=422,
    ),
    Scene("mergers", "empty", "/mergers", "kythuat"),
    Scene("mergers", "filled", "/mergers", "quantritinh"),
    Scene("mergers", "error", "/mergers", "tiepnhan1", status=403),
    Scene("merger_propose", "empty", "/mergers/propose", "quantritinh"),
    Scene(
        "merger_propose",
        "filled",
        "/mergers/propose",
        "quantritinh",
        fill={"basis": "1656/NQ-UBTVQH15", "takes_effect_0": "01", "takes_effect_1": "01"},
    ),
    Scene(
        "merger_propose", "error", "/mergers/propose", "quantritinh", {"basis": ""}, sends=True, status=422
    ),
    Scene("merger", "filled", "/mergers/{merger}", "thanhtra"),
    Scene("merger", "filled", "/mergers/{merger}", "quantritinh"),
    Scene("merger", "error", "/mergers/{merger}", "chutich", status=404),
)
# Papers, which no scene opens.
OFFICE_PAPERS = frozenset({"handover_paper", "consultation_letter", "form_letter"})
WITHOUT_MERGERS = {("merger", "empty"): "a merger is of two agencies"}


def merging(at: datetime) -> dict[str, str]:
    """Xã Mẫu Hai is to be merged into Xã Mẫu in a month, nobody has confirmed it; somebody is away, somebody
    locked out."""
    chair = actor("chutich", at=at)
    with unit_of_work(actor=chair, at=at, request=Request.fresh(), origin="simulated"):
        note_absence(
            agency=COMMUNE,
            account=logins()["vanhoa"],
            reason="mission",
            valid_from=at + timedelta(days=20),
            valid_to=at + timedelta(days=22),
            actor=chair,
            at=at,
        )
    who = actor("quantritinh", at=at)
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        made = propose_merger(
            predecessor=OTHER_COMMUNE,
            successor=COMMUNE,
            takes_effect=local(at).date() + timedelta(days=30),
            basis="1656/NQ-UBTVQH15",
            actor=who,
            at=at,
        )
    locked, handover = _locked(at)
    return {"merger": str(made), "locked": str(locked), "handover": str(handover)}


def _locked(at: datetime) -> tuple[UUID, UUID]:
    """Somebody whose account is locked, a dossier still being in their name; and the record of what was handed on."""
    who = actor("kythuat", at=at)

    def do(operation: Callable[..., Any], **arguments: Any) -> Any:
        with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
            return operation(agency=COMMUNE, actor=who, at=at, **arguments)

    seat = Position.objects.filter(unit__agency=COMMUNE, position_kind="justice_officer").order_by("id")[0]
    account = do(add_person, login="bikhoa", name="Đỗ Thị Bị Khóa", password="Mat-Khau-Tam-2026")
    held = do(appoint_person, account=account, position=seat.id, valid_from=at, valid_to=None)
    act("chutich", at, assign, code=opened(at), to=str(account), reason="Đúng việc.")
    do(lock_account, account=account)
    piece = {"what": "step", "code": "H99.01.01-260820-0001", "to": logins()["vanthu"]}
    do(note_handed_over, appointment=held, **piece)
    do(record_handover, appointment=held)
    return account, Handover.objects.get(appointment=held).id
