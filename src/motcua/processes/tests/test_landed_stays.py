"""Stays of events of earlier versions, as they lie in the ledger: one step at a time."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from motcua.dossiers.projector import TYPES, Meta
from motcua.dossiers.tests.test_landed_events import RECEIVED_V1, TAKEN_V1
from motcua.kernel.codec import decode
from motcua.processes.projector import move


def test_what_was_taken_in_version_1_closes_the_one_step_and_opens_the_next() -> None:
    walked: list[dict[str, Any]] = []
    events = (("dossier_received", RECEIVED_V1), ("dossier_step_taken", TAKEN_V1))
    for seq, (kind, told) in enumerate(events, 1):
        meta = Meta(
            UUID(int=7), seq, b"h", datetime(2026, 8, 24, 2, 10, tzinfo=UTC), "live", {"id": "x", "for": None}
        )
        move(walked, decode(TYPES[kind], told), meta)
    assert [(stay["number"], stay["ended_at"] is None) for stay in walked] == [(2, False), (3, True)]
