"""Who acts for another: how far their mandate reaches, and that the two are one person."""

from collections.abc import Container, Mapping
from datetime import datetime
from typing import Any

from motcua.catalogue.selectors import codes_in, version as procedure_version
from motcua.dossiers.states import ACTS, Act
from motcua.kernel.actor import Actor, Capacity, Viewer
from motcua.kernel.errors import Invalid
from motcua.kernel.say import Say
from motcua.kernel.time import local


def reaching(viewer: Viewer, row: Mapping[str, Any], act: Act | None = None) -> list[Capacity]:
    """The seats of `viewer` that reach to `act` on the dossier `row` (None: to the dossier, whatever is done): those
    held, then mandates within whose scope it is."""
    return [c for c in viewer.able if not c.is_limited or out_of_scope(viewer.actor(c), act, row) is None]


def lent(seat: Capacity) -> list[str]:
    """The procedures that `seat` is for alone, "" for all of them. A sector without procedures opens none. A statement
    where it names sectors."""
    if not (seat.procedures or seat.sectors):
        return [""]
    return sorted(seat.procedures | codes_in(seat.sectors))


def places(viewer: Viewer, kinds: Container[str], act: Act) -> dict[str, list[Any]]:
    """The seats of `kinds` in which `viewer` does `act`, as columns that go together, once for each procedure they are
    for ("": all): what a list of dossiers that wait for it holds its lines against."""
    held = [c for c in viewer.able if c.kind in kinds and (not c.acts or act.value in c.acts)]
    each = [(c, procedure) for c in held for procedure in lent(c)]
    return {
        "agencies": [c.agency for c, _ in each],
        "kinds": [c.kind for c, _ in each],
        "units": [c.unit for c, _ in each],
        "procedures": [procedure for _, procedure in each],
        "acting_for": [c.acting_for for c, _ in each],
    }


def out_of_scope(actor: Actor, act: Act | None, row: Mapping[str, Any]) -> Say | None:
    """Why the mandate that `actor` acts under does not reach to `act` on the dossier `row` (None: to the dossier,
    whatever is done); None where it does, or there is none."""
    if act and actor.acts and act.value not in actor.acts:
        return Say(
            f"Văn bản {actor.mandate} không giao việc “{ACTS[act].label.vi}”.",
            f"Document {actor.mandate} does not give “{ACTS[act].label.en}”.",
        )
    if actor.sectors and sector_of(row) in actor.sectors:
        return None
    if actor.sectors and row["procedure"] not in actor.procedures:
        return Say(
            f"Văn bản {actor.mandate} chỉ giao lĩnh vực {', '.join(sorted(actor.sectors))}; "
            f"hồ sơ này thuộc lĩnh vực {sector_of(row)}.",
            f"Document {actor.mandate} gives the sector {', '.join(sorted(actor.sectors))} only; "
            f"this dossier is of {sector_of(row)}.",
        )
    if actor.procedures and row["procedure"] not in actor.procedures:
        return Say(
            f"Văn bản {actor.mandate} không giao thủ tục {row['procedure']}.",
            f"Document {actor.mandate} does not give procedure {row['procedure']}.",
        )
    return None


def sector_of(row: Mapping[str, Any]) -> str:
    """The sector of a dossier's procedure, by its name in the pinned version."""
    return procedure_version(row["procedure_version"]).sector.name.vi


def sides(said: Mapping[str, Any]) -> frozenset[str]:
    """Who said it and for whom, out of what a dossier's row keeps of it, with those of the steps before it: of an act
    of two people they are one."""
    own = frozenset(one for one in (said["by"], said.get("for")) if one)
    return own.union(*map(sides, said.get("earlier", ())))


def check_hours(actor: Actor, on_paper: datetime) -> None:
    """Raise Invalid where who acts for another enters what was done on paper before they did, or after."""
    if actor.since is None or actor.until is None or actor.since <= on_paper < actor.until:
        return
    since, until = (f"{local(moment):%H:%M %d/%m/%Y}" for moment in (actor.since, actor.until))
    raise Invalid(
        f"Văn bản {actor.mandate} giao việc cho bạn từ {since} đến {until}; giờ ghi trên giấy phải trong thời gian ấy. "
        "Việc làm lúc khác do người giữ vị trí lúc ấy nhập.",
        f"Document {actor.mandate} has you act from {since} to {until}; the time on the paper must be within it. What "
        "was done at another time is entered by who held the seat then.",
        field="occurred_at",
    )


def at_other_hours(mandate: Capacity) -> Say:
    """What is said to who would use a mandate that is over, or has not begun."""
    since, until = (f"{local(moment):%H:%M %d/%m/%Y}" for moment in (mandate.since, mandate.until) if moment)
    return Say(
        f"Văn bản {mandate.mandate} giao việc này cho bạn từ {since} đến {until}; "
        "ngoài thời gian ấy bạn không làm được.",
        f"Document {mandate.mandate} gives you this from {since} to {until}; at other times you may not.",
    )
