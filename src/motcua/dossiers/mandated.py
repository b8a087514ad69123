"""Who acts for another: how far their mandate reaches, and that the two are one person."""

from collections.abc import Mapping
from typing import Any

from motcua.catalogue.selectors import version as procedure_version
from motcua.dossiers.states import ACTS, Act
from motcua.kernel.actor import Actor, Capacity
from motcua.kernel.say import Say
from motcua.kernel.time import local


def out_of_scope(actor: Actor, act: Act, row: Mapping[str, Any]) -> Say | None:
    """Why the mandate that `actor` acts under does not reach to `act` on the dossier `row`; None where it does, or
    there is none."""
    if actor.acts and act.value not in actor.acts:
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
    """Who said it and for whom, out of what a dossier's row keeps of it: of an act of two people they are one."""
    return frozenset(one for one in (said["by"], said.get("for")) if one)


def at_other_hours(mandate: Capacity) -> Say:
    """What is said to who would use a mandate that is over, or has not begun."""
    since, until = (f"{local(moment):%H:%M %d/%m/%Y}" for moment in (mandate.since, mandate.until) if moment)
    return Say(
        f"Văn bản {mandate.mandate} giao việc này cho bạn từ {since} đến {until}; "
        "ngoài thời gian ấy bạn không làm được.",
        f"Document {mandate.mandate} gives you this from {since} to {until}; at other times you may not.",
    )
