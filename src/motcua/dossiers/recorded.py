"""What an act left, and acts on a dossier that is only thought of. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.dossiers.projector import Meta, project
from motcua.dossiers.row import Row
from motcua.kernel.actor import Actor
from motcua.kernel.ids import uuid7


@dataclass(frozen=True, slots=True)
class Recorded:
    """What an act left: the dossier's row after it, the typed event and where it stands in the stream."""

    row: Row
    event: Any
    meta: Meta


class Imagined(dict[str, Any]):
    """The row of a dossier that is only thought of (ADR 0063): the acts on it are those on any other, but
    `dossiers.record` writes nothing."""


def imagine(event: Any, *, row: Imagined | None, actor: Actor, at: datetime) -> Recorded:
    """What `event` makes of a dossier that is only thought of; with `row` None it begins one."""
    meta = Meta(
        stream=row["id"] if row else uuid7(),
        seq=row["head_seq"] + 1 if row else 1,
        hash=b"",
        at=at,
        origin="simulated",
        actor=who(actor),
    )
    changes = project(row, event, meta)
    return Recorded(row=Imagined({**(row or {}), **changes.row}), event=event, meta=meta)


def who(actor: Actor) -> Mapping[str, Any]:
    """Who acts, as projections read it."""
    return {
        "id": actor.id,
        "position_kind": actor.position_kind,
        "for": actor.acting_for,
        "mandate": actor.mandate,
    }
