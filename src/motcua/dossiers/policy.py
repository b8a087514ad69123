"""Who may do which act: seats x acts as data, and the few rules that need the dossier's row."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motcua.agencies.positions import (
    HELPERS,
    LEADERS,
    LEADS,
    LOOKING,
    POSITION_KINDS,
    REPRESENTATIVE,
    STATE_ONLY,
)
from motcua.dossiers import recalls
from motcua.dossiers.at_desk import away
from motcua.dossiers.consulted import awaited, may_answer
from motcua.dossiers.countersign import PAIRS
from motcua.dossiers.mandated import at_other_hours, out_of_scope, reaching, sides
from motcua.dossiers.no_part import IN_SUBSTANCE, no_part
from motcua.dossiers.open_steps import open_hands
from motcua.dossiers.standing import Standing, why_not
from motcua.dossiers.states import ACTS, Act, Authority
from motcua.dossiers.whose_turn import not_ones_turn
from motcua.kernel.actor import Actor, Capacity, Viewer
from motcua.kernel.errors import Denied, NotAllowedNow, denied
from motcua.kernel.say import ForOthers, Say
from motcua.payments.policy import GATEWAY

# Design, section 4, "Positions of a commune". A step's own seats are named by the dossier's process.
SEATS: Mapping[Authority, frozenset[str]] = {
    Authority.DESK: frozenset({"reception_officer"}),
    Authority.LEADER: LEADERS,
    Authority.CASHIER: frozenset({"cashier"}),
    Authority.GATEWAY: frozenset(),  # no seat: what came in through the bank or the platform by itself
    Authority.POST: frozenset({"postal_officer"}),
    Authority.HELPER: HELPERS,
    Authority.MANAGER: frozenset({"desk_manager"}),
    Authority.LEAD: LEADS,
    Authority.CONSULTED: frozenset(),  # whoever was asked: dossiers.consulted
    Authority.STEP: frozenset(),
    Authority.HOLDER: frozenset(),  # of the step's seats, in whose name it is
    Authority.SENDER: frozenset(),  # who completed the step before the open one
    Authority.APPLICANT: frozenset(),
    Authority.TWO_PEOPLE: frozenset(),  # dossiers.countersign
    Authority.INTEROP: frozenset(),
}


# What a representative does of the desk's acts, with dossiers that come in there for the agency that posted them:
# they receive, check, ask for what is missing, send on to their agency, and give the result out (ADR 0026).
REPRESENTED = frozenset(
    {
        Act.RECEIVE,
        Act.REFUSE,
        Act.REQUEST_SUPPLEMENT,
        Act.SUPPLY,
        Act.TRANSFER,
        Act.MAKE_AVAILABLE,
        Act.NOTIFY_READY,
        Act.HAND_OVER,
    }
)
_AT_THE_DESK = frozenset({Authority.DESK, Authority.CASHIER, Authority.MANAGER})


# Whose dossier it is: who only collects the result, or is named in it, does nothing to it.
OWN_ROLES = frozenset({"applicant", "representative", "submitter"})
# Who ends it by their own account: who only handed it in does not (design, section 3).
ENDING_ROLES = OWN_ROLES - {"submitter"}


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


# A message that arrived tells as well as the desk does (ADR 0039).
BY_MESSAGE = frozenset({Act.NOTIFY_READY})


def may(actor: Actor, act: Act, row: Row) -> Say | None:
    """Why `actor` may not do `act` on the dossier `row`; None when they may. The state is not looked at.

    An act of two people is done by proposing it; `may_countersign` is its other end.
    """
    apart = no_part(actor, act, row)
    if act in PAIRS:
        pair = PAIRS[act]
        seat = actor.agency == row[pair.agency] and actor.position_kind in pair.propose
        proposes = actor.kind == "staff" and seat
        return apart or (out_of_scope(actor, act, row) if proposes else _no_right(act))
    if actor.kind == "system" and act in BY_MESSAGE:
        return None
    wanted = _authorities(act, row) - (IN_SUBSTANCE if apart else frozenset())
    if any(_holds(actor, authority, act, row) for authority in wanted):
        return out_of_scope(actor, act, row) or not_ones_turn(actor, act, row)
    if act is Act.WITHDRAW and _is_own(actor, row):
        return ENDED_BY_OTHERS
    if (
        act is Act.REQUEST_SUPPLEMENT
        and row["supplement_count"]
        and _holds(actor, _asks_first(row), act, row)
    ):
        return SECOND_BY_LEADERS
    return apart or _NOT_YOURS.get(act) or _no_right(act)


_NOT_YOURS: Mapping[Act, Say] = {
    Act.PUT_BACK: Say(
        "Bước đang mở không đứng tên bạn nên bạn không trả về danh sách chung được.",
        "The open step is not in your name, so you can't put it back.",
    ),
    Act.RECALL: Say(
        "Chỉ người vừa chuyển bước này đi rút lại được, khi bước ấy chưa có việc khác.",
        "Only who has just sent the step on may recall it, while nothing else has happened to it.",
    ),
}


ENDED_BY_OTHERS = Say(
    "Chỉ chủ hồ sơ hoặc người đại diện rút được hồ sơ: bằng tài khoản của chính họ, hoặc bằng đơn có chữ ký nộp tại "
    "Bộ phận Một cửa.",
    "Only the applicant or their representative withdraws it: by their own account, or by a signed paper at the "
    "one-stop desk.",
)


SECOND_BY_LEADERS = ForOthers(
    "Hồ sơ đã được yêu cầu bổ sung một lần. Yêu cầu lần hai do lãnh đạo cơ quan giải quyết thực hiện (NĐ 63/2010"
    " Đ20.4): hãy đưa mã hồ sơ cho lãnh đạo.",
    "Papers were asked for once. A second request is made by a leader of the agency that decides (Decree 63/2010"
    " art. 20.4): give them the dossier's code.",
)


def _no_right(act: Act) -> Say:
    return Say(
        f"Vị trí của bạn không có quyền “{ACTS[act].label.vi}” đối với hồ sơ này.",
        f"Your position does not allow “{ACTS[act].label.en}” on this dossier.",
    )


NOTHING_PROPOSED = Say(
    "Không có đề nghị nào đang chờ: đề nghị đã được trả lời, đã rút, hoặc hồ sơ đã có việc khác.",
    "Nothing is proposed: it was answered, taken back, or something else has happened to the dossier.",
)


def may_countersign(actor: Actor, row: Row) -> Say | None:
    """Why `actor` may not confirm or decline what is proposed on `row`; None when they may. Never both ends."""
    pending = row["pending"]
    if pending is None:
        return NOTHING_PROPOSED
    act = Act(pending["act"])
    seats = [POSITION_KINDS[kind].title for kind in sorted(PAIRS[act].confirm)]
    second = Say(" hoặc ".join(seat.vi for seat in seats), " or ".join(seat.en for seat in seats))
    if (
        actor.kind != "staff"
        or actor.agency != pending["agency"]
        or actor.position_kind not in PAIRS[act].confirm
    ):
        return ForOthers(
            f"Vị trí của bạn không xác nhận “{ACTS[act].label.vi}”; người xác nhận: {second.vi}.",
            f"Your position does not confirm “{ACTS[act].label.en}”; who does: {second.en}.",
        )
    if (reason := no_part(actor, act, row)) is not None:
        return reason
    if actor.people & sides(pending):
        return ForOthers(
            f"Người đề nghị không được tự xác nhận; cần người thứ hai: {second.vi}.",
            f"Who proposed may not confirm; a second person is needed: {second.en}.",
        )
    return out_of_scope(actor, act, row)


def countersigner(viewer: Viewer, row: Row) -> Capacity | None:
    """The seat in which `viewer` may confirm or decline what is proposed on `row`."""
    return next((c for c in viewer.able if may_countersign(viewer.actor(c), row) is None), None)


def proposer(viewer: Viewer, row: Row) -> Capacity | None:
    """The seat in which `viewer` proposed what waits on `row`, and may take it back."""
    pending = row["pending"]
    if pending is None or pending["by"] != str(viewer.account):
        return None
    held = [c for c in reaching(viewer, row, Act(pending["act"])) if c.agency == pending["agency"]]
    return next((c for c in held if c.kind == pending["position"]), held[0] if held else None)


def check_countersign(actor: Actor, row: Row) -> None:
    """Raise Denied unless `actor` may answer what is proposed on `row`; NotAllowedNow where nothing is."""
    reason = may_countersign(actor, row)
    if reason is NOTHING_PROPOSED and actor.agency in (row["desk_agency"], row["competent_agency"]):
        raise NotAllowedNow(reason.vi, reason.en)
    if reason is not None:
        raise denied(reason)


def check_takes_back(actor: Actor, row: Row) -> None:
    """Raise Denied unless `actor` has proposed what waits on `row`; NotAllowedNow where nothing does."""
    if row["pending"] is None and actor.agency in (row["desk_agency"], row["competent_agency"]):
        raise NotAllowedNow(NOTHING_PROPOSED.vi, NOTHING_PROPOSED.en)
    if row["pending"] is None or row["pending"]["by"] != actor.id:
        raise Denied("Chỉ người đề nghị được rút đề nghị.", "Only who proposed may take it back.")


def _authorities(act: Act, row: Row) -> frozenset[Authority]:
    if act is not Act.REQUEST_SUPPLEMENT:
        return ACTS[act].authority
    # Before acceptance the desk asks, after it the step; the second is a leader's (ND 63/2010 art. 20(4)).
    if row["supplement_count"] >= 1:
        return frozenset({Authority.LEADER})
    return frozenset({_asks_first(row)})


def _asks_first(row: Row) -> Authority:
    return Authority.DESK if row["received_at"] is None else Authority.STEP


def _holds(actor: Actor, authority: Authority, act: Act, row: Row) -> bool:
    if authority is Authority.APPLICANT:
        return _is_own(actor, row, ENDING_ROLES if act is Act.WITHDRAW else OWN_ROLES)
    if authority is Authority.GATEWAY:
        return actor == GATEWAY
    if actor.kind != "staff":
        return False
    if authority is Authority.CONSULTED:
        return any(may_answer(actor, row, one) for one in awaited(row))
    if authority is Authority.DESK and represents(actor, row):
        # What their agency has already is sent on by its own people.
        return act in REPRESENTED and (act is not Act.TRANSFER or _desk_of(act, row) == actor.agency)
    if authority is Authority.HELPER:
        return actor.agency == row["desk_agency"] and actor.position_kind in HELPERS
    if authority in _AT_THE_DESK:
        return actor.agency == _desk_of(act, row) and actor.position_kind in SEATS[authority]
    if authority is Authority.POST:
        in_the_post = row["manifest"] and actor.agency == row["desk_agency"]
        return bool(in_the_post) and actor.position_kind in SEATS[authority]
    if act is Act.TRANSFER and actor.agency != row["holder_agency"]:
        return False  # a leader hands on what their own agency has, and may not receive for another
    return actor.agency == row["competent_agency"] and _has_the_step(actor, authority, row)


def _has_the_step(actor: Actor, authority: Authority, row: Row) -> bool:
    if authority in (Authority.STEP, Authority.HOLDER):
        return any(
            actor.position_kind in kinds and (authority is Authority.STEP or account == actor.id)
            for kinds, account in open_hands(row)
        )
    if authority is Authority.SENDER:
        return bool(recalls.own(row, actor, actor.id))
    return actor.position_kind in SEATS[authority]


def represents(one: Actor | Capacity, row: Row) -> bool:
    """Whether this seat is that of a representative, at the dossier's desk, of the agency that decides on it."""
    kind = one.kind if isinstance(one, Capacity) else one.position_kind
    return kind == REPRESENTATIVE and (one.agency, one.posted_by) == (
        row["desk_agency"],
        row["competent_agency"],
    )


def represented(viewer: Viewer, row: Row) -> bool:
    """Whether the dossier came in at a desk at which `viewer` represents the agency that decides on it."""
    return any(represents(c, row) for c in viewer.capacities)


def _desk_of(act: Act, row: Row) -> str:
    """Whose desk does `act`: as a rule the one the dossier came in at; who holds it transfers it, and who it is
    transferred to answers."""
    if act is Act.TRANSFER:
        return str(row["holder_agency"])
    if act in (Act.ACCEPT_TRANSFER, Act.DECLINE_TRANSFER):
        return str(row["transfer"]["to"]) if row["transfer"] else ""
    return str(row["desk_agency"])


def allows(viewer: Viewer, act: Act, row: Row, standing: Standing) -> Allowed | Refused:
    """Whether `viewer` may do `act` now, and in which of the seats they hold (chosen for each act)."""
    if (reason := why_not(act, standing) or away(act, row)) is not None:
        return Refused(reason, state=True)
    refusal: Say | None = None
    for capacity in viewer.able:
        refused = may(viewer.actor(capacity), act, row)
        if refused is None:
            return Allowed(capacity)
        refusal = refused if capacity.is_limited or refusal is None else refusal
    return Refused(
        next((at_other_hours(c) for c in viewer.lapsed if may(viewer.actor(c), act, row) is None), None)
        or refusal
        or Say("Bạn không giữ vị trí nào nên chỉ được xem.", "You hold no position, so you may only look.")
    )


def check(actor: Actor, act: Act, row: Row, standing: Standing) -> None:
    """Raise Denied or NotAllowedNow unless `actor` may do `act` on `row` as it stands. Person first: who may
    not act learns nothing of the state."""
    if (reason := may(actor, act, row)) is not None:
        raise denied(reason)
    if (reason := why_not(act, standing) or away(act, row)) is not None:
        raise NotAllowedNow(reason.vi, reason.en)


def check_sends(actor: Actor, row: Row, to: str) -> None:
    """Raise Denied where a representative would send a dossier to another agency than the one that posted them."""
    if represents(actor, row) and to != actor.posted_by:
        raise Denied(
            "Cán bộ được cử đến quầy chỉ chuyển hồ sơ về cơ quan cử mình.",
            "A representative sends dossiers to the agency that posted them, and to no other.",
        )


def check_by_message(actor: Actor, row: Row) -> None:
    """Raise Denied unless it is the machine that notes what became of its own message."""
    if actor.kind != "system":
        raise Denied("Việc này do hệ thống tự ghi.", "The system notes this by itself.")


def check_own(actor: Actor, row: Row) -> None:
    """Raise Denied unless `actor` applies in it, represents who does, or handed it in."""
    if not _is_own(actor, row):
        raise Denied("Chỉ người nộp hồ sơ làm được việc này.", "Only who handed in the dossier does this.")


def _is_own(actor: Actor, row: Row, roles: frozenset[str] = OWN_ROLES) -> bool:
    return actor.kind == "citizen" and actor.party in {
        p["party"] for p in row["parties"] if p["role"] in roles
    }


def may_object(row: Row) -> bool:
    """Whether an applicant may still say that they asked nobody to hand it in."""
    return row["filing"] is not None and row["filing"]["objected"] is None and row["ended_at"] is None


def applies(party: str, row: Row) -> bool:
    """Whether `party` is an applicant in it."""
    return any(p["party"] == party and p["role"] == "applicant" for p in row["parties"])


def check_applicant(actor: Actor, row: Row) -> None:
    """Raise Denied unless `actor` applies in it themselves."""
    if actor.kind != "citizen" or not applies(actor.id, row):
        raise Denied("Chỉ chủ hồ sơ làm được việc này.", "Only the applicant does this.")


def check_at_desk(actor: Actor, row: Row) -> None:
    """Raise Denied unless `actor` sits at the desk the dossier came in at."""
    if actor.agency != row["desk_agency"] or actor.position_kind not in SEATS[Authority.DESK]:
        raise Denied(
            "Chỉ Bộ phận Một cửa nơi nộp hồ sơ được ghi việc này.",
            "Only the desk where the dossier came in notes this.",
        )


def sees(viewer: Viewer, row: Row, *, without: frozenset[str] = frozenset()) -> bool:
    """Whether the dossier exists for `viewer`: a seat that looks at dossiers, none of `without`, looks into one of
    its agencies.
    The post sees what it has, a representative what came in at their desk for their own agency. Both sides of a
    transfer see it from then on, and who gave it on keeps reading.
    """
    agencies = {row["desk_agency"], row["competent_agency"], *(left["agency"] for left in row["earlier"])}
    if row["transfer"]:
        agencies.add(row["transfer"]["to"])
    if viewer.agencies(LOOKING - without) & agencies or represented(viewer, row):
        return True
    return bool(row["manifest"]) and viewer.sees(row["desk_agency"], SEATS[Authority.POST])


def sees_people(viewer: Viewer, row: Row) -> bool:
    """Whether `viewer` holds a seat that may read who the dossier is about."""
    return sees(viewer, row, without=STATE_ONLY)
