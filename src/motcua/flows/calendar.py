"""Publishing a calendar edition, and seeing first what it would move."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.agencies.selectors import agency as agency_facts
from motcua.calendars import operations as calendars
from motcua.calendars.selectors import calendar_of, calendar_with, editions_of
from motcua.dossiers.moves import Move, moves
from motcua.kernel.actor import Actor
from motcua.kernel.errors import NotAllowedNow
from motcua.ledger.chain import document_digest
from motcua.ledger.selectors import count_claimed, is_done, position_of


@dataclass(frozen=True, slots=True)
class Preview:
    """What an edition would move, the editions it was reckoned upon, and the digest of what it says."""

    moves: tuple[Move, ...]
    upon: tuple[UUID, ...]
    said: str

    @property
    def later(self) -> int:
        """How many dossiers are due later: their applicants are told."""
        return sum(move.is_later for move in self.moves)

    @property
    def earlier(self) -> int:
        """How many are due earlier."""
        return sum(bool(move.old and move.new and move.new < move.old) for move in self.moves)

    @property
    def mark(self) -> str:
        """What two previews that say the same have in common."""
        told = [self.said, *(str(edition) for edition in self.upon)]
        told += sorted(f"{move.id} {move.old} {move.new}" for move in self.moves)
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


class Stale(NotAllowedNow):
    """What was shown is not what publishing would do now."""


def publish_calendar(
    *,
    document: Mapping[str, Any],
    agency: str,
    basis: str,
    actor: Actor,
    at: datetime,
    mark: str = "",
    found: Preview | None = None,
) -> UUID:
    """Publish an edition for the nation (agency "") or one agency; a reaction then moves the open dossiers.

    `mark`: of the preview that was agreed to; `found`: what a preview finds now. Raises NotFound for an unknown agency,
    Denied for who may not, Invalid where the document is wrong, Stale where the two differ or somebody published
    in between, AlreadyDone for the same request.
    """
    if agency:
        agency_facts(agency)
    edition = calendars.begin(actor=actor, at=at)
    if found is not None and (found.mark != mark or found.upon != editions_of(agency)):
        raise Stale(
            "Các hồ sơ bị dời hạn vừa thay đổi. Hãy xem lại danh sách bên dưới rồi công bố.",
            "What moves has just changed. Look at the list below again, then publish.",
        )
    return calendars.publish(
        edition=edition, document=document, agency=agency, basis=basis, actor=actor, at=at
    )


def preview(*, document: Mapping[str, Any], agency: str) -> Preview:
    """What publishing `document` for `agency` would do now. Writes nothing. Raises as `foresee`."""
    upon = editions_of(agency)
    said = document_digest({name: value for name, value in document.items() if name != "code"}).hex()
    return Preview(tuple(foresee(document=document, agency=agency)), upon, said)


def foresee(*, document: Mapping[str, Any], agency: str) -> list[Move]:
    """Which open dossiers `document` would move, published for the nation (agency "") or one agency. Writes
    nothing. Raises as `publish_calendar`."""
    if agency:
        agency_facts(agency)
    return moves(agency=agency, calendar=lambda a: calendar_with(a, document=document, publisher=agency))


def not_moved_yet(*, agency: str) -> list[Move]:
    """Open dossiers that do not stand yet where the calendar in force says: the reaction is still to come."""
    return moves(agency=agency, calendar=calendar_of)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reaction to an edition is: dossiers moved by it, those still to move, whether it is done."""

    moved: int
    left: int
    is_done: bool

    @property
    def total(self) -> int:
        """All that move."""
        return self.moved + self.left


def progress(*, edition: UUID, agency: str) -> Progress:
    """How far the dossiers of `agency` ("" for all) have followed `edition`. Reckons only while it is under way."""
    position = position_of(edition, 1)
    moved = 0 if position is None else count_claimed(move_key(position))
    if position is not None and is_done(position, MOVING):
        return Progress(moved, 0, is_done=True)
    return Progress(moved, len(not_moved_yet(agency=agency)), is_done=False)


MOVING = "move_open_dossiers"


def move_key(position: int, dossier: UUID | None = None) -> str:
    """The request key under which the edition published at `position` moves a dossier; what all of them begin with."""
    return f"{position}/calendar/{dossier or ''}"
