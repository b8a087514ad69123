"""A dossier's row as plain data, as the projector builds it before its first event."""

from datetime import datetime
from typing import Any

from motcua.kernel.codec import encode

Row = dict[str, Any]

EMPTY: Row = {
    "process_version": None,
    "assisted": False,
    "filing": None,
    "express": False,
    "visit": None,
    "parent": None,
    "child": "",
    "lead_agency": "",
    "children": [],
    "suspended": False,
    "paused": False,
    "submitted_at": None,
    "answer_due_at": None,
    "received_at": None,
    "received_on": None,
    "clock_from": None,
    "limit_value": "",
    "limit_unit": "none",
    "promise_value": "",
    "promise_unit": "none",
    "calendar_edition": "",
    "pauses": [],
    "extensions": [],
    "due_at": None,
    "due_on": None,
    "limit_due_at": None,
    "provisional": False,
    "apology_date": None,
    "holder_kind": "none",
    "holder_agency": "",
    "holder_unit": None,
    "holder_account": None,
    "holder_since": None,
    "queue": "",
    "held_seq": None,
    "sent": None,
    "barred": [],
    "step": None,
    "step_kinds": [],
    "step_due_at": None,
    "last_step": False,
    "returned": False,
    "beside": [],
    "expected_at": None,
    "transfer": None,
    "earlier": [],
    "gave": "",
    "numbered_by": "",
    "to_tell": None,
    "supplement_count": 0,
    "supplement": None,
    "suspension": None,
    "proposal": None,
    "approval": None,
    "decided_at": None,
    "decided_on": None,
    "outcome": "",
    "result_number": "",
    "available_at": None,
    "ended_at": None,
    "ended_on": None,
    "return_way": "desk",
    "sets": 1,
    "shelf": "",
    "manifest": "",
    "notified_at": None,
    "reminders": 0,
    "originals_at": "",
    "papers_owed": False,
    "pending": None,
    "untouched": False,
    "answers": {},
    "quantities": {},
    "corrections": 0,
    "stop_ground": "",
    "reopened": None,
    "result_revoked": False,
    "fee_total": None,
    "fees": [],
    "fee_open": False,
    "payment": None,
    "components": [],
    "parties": [],
    "degraded": None,
    "filled": [],
    "claims": [],
    "consultations": [],
    "consulting": None,
}


def paused(pauses: list[Row], at: datetime, kind: str, ground: str = "") -> list[Row]:
    """`pauses` with one more, open from `at`."""
    return [*pauses, {"from": encode(at), "to": None, "kind": kind, "ground": ground}]


def ended_pauses(pauses: list[Row], at: datetime) -> list[Row]:
    """`pauses` with the open one ended at `at`."""
    return [p if p["to"] is not None else {**p, "to": encode(at)} for p in pauses]
