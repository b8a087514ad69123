"""Who may do which act: seats x acts as data, and the few rules that need the dossier's row."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motcua.agencies.positions import BLIND, LEADERS
from motcua.dossiers.states import ACTS, Act, Authority, Standing, why_not
from motcua.kernel.actor import Actor, Capacity, Viewer
from motcua.kernel.errors import Denied, NotAllowedNow
from motcua.kernel.say import Say

# Design, section 4, "Positions of a commune". A step's own seats are named by the dossier's process.
SEATS: Mapping[Authority, frozenset[str]] = {
    Authority.DESK: frozenset({"reception_officer"}),
    Authority.LEADER: LEADERS,
    Authority.CASHIER: frozenset({"cashier"}),
    Authority.POST: frozenset({"postal_officer"}),
    Authority.LEAD: LEADERS,
    Authority.STEP: frozenset(),
    Authority.APPLICANT: frozenset(),
    Authority.TWO_PEOPLE: frozenset({"desk_manager", "reception_officer", "chair", "vice_chair"}),
    Authority.INTEROP: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Allowed:
    """Yes, in this capacity."""

    capacity: Capacity | None


@dataclass(frozen=True, slots=True)
class Refused:
    """No, and why. `state` tells a state's no from a person's."""

    reason: Say
    state: bool = False


Row = Mapping[str, Any]


def may(actor: Actor, act: Act, row: Row) -> Say | None:
    """Why `actor` may not do `act` on the dossier `row`; None when they may. The state is not looked at."""
    wanted = _authorities(act, row)
    if any(_holds(actor, authority, row) for authority in wanted):
        return _two_person(actor, act, row)
    return Say(
        f"Vị trí của bạn không có quyền “{ACTS[act].label.vi}” đối với hồ sơ này.",
        f"Your position does not allow “{ACTS[act].label.en}” on this dossier.",
    )


def _authorities(act: Act, row: Row) -> frozenset[Authority]:
    if act is not Act.REQUEST_SUPPLEMENT:
        return ACTS[act].authority
    # Before acceptance the desk asks, after it the step; the second is a leader's (ND 63/2010 art. 20(4)).
    if row["supplement_count"] >= 1:
        return frozenset({Authority.LEADER})
    return frozenset({Authority.DESK if row["received_at"] is None else Authority.STEP})


def _holds(actor: Actor, authority: Authority, row: Row) -> bool:
    if authority is Authority.APPLICANT:
        return actor.kind == "citizen" and actor.id in {p["party"] for p in row["parties"]}
    if actor.kind != "staff":
        return False
    if authority is Authority.DESK:
        return actor.agency == row["desk_agency"] and actor.position_kind in SEATS[authority]
    if authority is Authority.POST:
        in_the_post = row["manifest"] and actor.agency == row["desk_agency"]
        return bool(in_the_post) and actor.position_kind in SEATS[authority]
    if actor.agency != row["competent_agency"]:
        return False
    if authority is Authority.STEP:
        return actor.position_kind in row["step_kinds"]
    return actor.position_kind in SEATS[authority]


def _two_person(actor: Actor, act: Act, row: Row) -> Say | None:
    # Who drafted the result does not approve it: never both ends of a two-person act.
    approving = act is Act.STEP and row["step_kinds"] and set(row["step_kinds"]) <= LEADERS
    if approving and row["proposal"] and row["proposal"]["by"] == actor.id:
        return Say(
            "Người trình không được tự duyệt; cần một lãnh đạo khác.",
            "Who proposed may not approve; another leader is needed.",
        )
    return None


def allows(viewer: Viewer, act: Act, row: Row, standing: Standing) -> Allowed | Refused:
    """Whether `viewer` may do `act` now, and in which of the seats they hold (chosen for each act)."""
    if (reason := why_not(act, standing)) is not None:
        return Refused(reason, state=True)
    refusal: Say | None = None
    for capacity in viewer.capacities:
        refusal = may(viewer.actor(capacity), act, row)
        if refusal is None:
            return Allowed(capacity)
    return Refused(
        refusal
        or Say("Bạn không giữ vị trí nào nên chỉ được xem.", "You hold no position, so you may only look.")
    )


def check(actor: Actor, act: Act, row: Row, standing: Standing) -> None:
    """Raise Denied or NotAllowedNow unless `actor` may do `act` on `row` as it stands. Person first: who may
    not act learns nothing of the state."""
    if (denied := may(actor, act, row)) is not None:
        raise Denied(denied.vi, denied.en)
    if (reason := why_not(act, standing)) is not None:
        raise NotAllowedNow(reason.vi, reason.en)


def sees(viewer: Viewer, row: Row) -> bool:
    """Whether the dossier exists for `viewer`: one of its agencies is in scope, and a seat lets them look.
    The post sees what it has."""
    if not {row["desk_agency"], row["competent_agency"]} & viewer.scope:
        return False
    posted = SEATS[Authority.POST] if row["manifest"] else frozenset()
    return any(
        c.kind not in BLIND or (c.kind in posted and c.agency == row["desk_agency"])
        for c in viewer.capacities
    )


def within_task(viewer: Viewer, row: Row) -> bool:
    """Whether the dossier is on a work list of `viewer`; a look at any other leaves a line (design, law 7)."""
    for capacity in viewer.capacities:
        if capacity.agency == row["competent_agency"] and (
            capacity.kind in row["step_kinds"] or capacity.kind in LEADERS
        ):
            return True
        if capacity.agency == row["desk_agency"] and capacity.kind == "reception_officer":
            return True
    return False
