"""Events of earlier versions, as they lie in the ledger, are read by the code of today."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from motcua.dossiers import events as e
from motcua.dossiers.projector import TYPES, Meta, project
from motcua.kernel.codec import decode

RECEIVED_V1 = {
    "code": "H99.01.01-260824-0001",
    "procedure": "1.004873",
    "procedure_version": "01990000-0000-7000-8000-000000000001",
    "variant": "no_verification",
    "channel": "counter",
    "desk_agency": "H99.01.01",
    "competent_agency": "H99.01.01",
    "process_version": "01990000-0000-7000-8000-000000000002",
    "limit": {"value": "3", "unit": "working_day", "rule": "vn-2026"},
    "promise": {"value": "3", "unit": "working_day", "rule": "vn-2026"},
    "calendar_edition": "vn-2026",
    "due_at": "2026-08-27T10:00:00Z",
    "limit_due_at": "2026-08-27T10:00:00Z",
    "provisional": False,
    "parties": [],
    "components": [],
    "fee_order": [],
    "visit": None,
    "assisted": False,
    "tracking_version": 1,
    "paper": None,
    "occurred_at": "2026-08-24T02:10:00Z",
    "holder": {
        "holder": "position",
        "agency": "H99.01.01",
        "unit": None,
        "account": None,
        "queue": "H99.01.01/justice_officer",
    },
    "step": {"number": 2, "kinds": ["justice_officer"], "due_at": None, "last": False},
}


def test_a_reception_of_version_1_is_read_and_projected():
    event = decode(TYPES["dossier_received"], RECEIVED_V1)
    meta = Meta(
        UUID(int=7), 1, b"h", datetime(2026, 8, 24, 2, 10, tzinfo=UTC), "live", {"id": "x", "for": None}
    )

    row = project(None, event, meta).row

    assert isinstance(event, e.DossierReceived)
    assert (event.answers, event.sets, event.return_way, event.expected_at) == ({}, 1, "desk", None)
    assert (row["state"], row["step"], row["due_at"]) == ("received", 2, event.due_at)
    assert row["clock_from"] == event.occurred_at


HELD = {
    "holder": "position",
    "agency": "H99.01.01",
    "unit": None,
    "account": None,
    "queue": "H99.01.01/leaders",
}
TAKEN_V1 = {
    "done": 2,
    "done_kind": "examine",
    "outcome": "granted",
    "note": None,
    "basis": "",
    "signed": False,
    "signer_position": "",
    "holder": HELD,
    "step": {"number": 3, "kinds": ["chair"], "due_at": None, "last": False},
    "occurred_at": "2026-08-24T03:10:00Z",
    "paper": None,
}
RESUMED_V1 = {
    "due": {
        "due_at": "2026-08-28T10:00:00Z",
        "limit_due_at": None,
        "provisional": False,
        "calendar_edition": "",
    },
    "step_due_at": "2026-08-27T10:00:00Z",
    "occurred_at": "2026-08-24T04:10:00Z",
    "paper": None,
}


def test_steps_of_earlier_versions_are_one_at_a_time():
    meta = Meta(
        UUID(int=7), 1, b"h", datetime(2026, 8, 24, 2, 10, tzinfo=UTC), "live", {"id": "x", "for": None}
    )
    row = project(None, decode(TYPES["dossier_received"], RECEIVED_V1), meta).row
    after = replace(meta, seq=2, actor={"id": "x", "position_kind": "", "mandate": None, "for": None})

    taken = decode(TYPES["dossier_step_taken"], TAKEN_V1)
    changes = project(row, taken, after)

    assert (taken.passed_over, taken.beside, taken.goes_on, taken.way) == ((), (), False, "")
    assert (changes.row["step"], changes.row["beside"], changes.row["queue"]) == (3, [], "H99.01.01/leaders")
    resumed = project(
        {**row, **changes.row}, decode(TYPES["dossier_resumed"], RESUMED_V1), replace(after, seq=3)
    )
    assert (resumed.row["step_due_at"].day, resumed.row["beside"]) == (27, [])
