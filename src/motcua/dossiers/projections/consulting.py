"""Others are asked for their opinion; whoever pauses the clock holds the dossier meanwhile (design, law 3)."""

from motcua.dossiers import events as e
from motcua.dossiers.consulted import changed
from motcua.dossiers.open_steps import due_beside
from motcua.dossiers.projections.base import Changes, Meta, Projections, due_columns, pause
from motcua.dossiers.row import Row, ended_pauses
from motcua.kernel.codec import encode

_HOLDER = ("holder_kind", "holder_agency", "holder_unit", "holder_account", "queue")
Ends = e.ConsultationAnswered | e.ConsultationLapsed | e.ConsultationTakenBack


def _asked(row: Row, event: e.ConsultationAsked, meta: Meta) -> Changes:
    shared = {
        "step": event.step,
        "plan": event.plan,
        "asked_by": row["competent_agency"],
        "asker": meta.actor["id"],
        "about": event.about,
        "parts": event.parts,
        "papers": event.papers,
        "seq": meta.seq,
        "asked_at": event.occurred_at,
        "limit": event.limit,
        "tacit": event.tacit,
        "pauses": event.pauses,
        "ground": event.ground,
        "ended_at": None,
        "awaited": True,
        "lapsed": "",
        "outcome": "",
        "answered_at": None,
        "answer": None,
        "used_minutes": None,
        "reminders": 0,
    }
    asked_for = {"asked_for": meta.actor["for"]} if meta.actor["for"] else {}
    # The answer of a body outside the system is written down by who asked.
    bodies = [
        encode(body) | encode(shared) | asked_for | {"account": meta.actor["id"] if body.letter else None}
        for body in event.bodies
    ]
    columns: Row = {"consultations": [*row["consultations"], *bodies]}
    if event.due is not None:
        columns |= {
            "consulting": {
                "since": encode(event.occurred_at),
                "until": encode(event.until),
                "back_to": {name: encode(row[name]) for name in _HOLDER},
            },
            **pause(row, event.occurred_at, "consultation", event.ground),
            **due_columns(event.due),
            "step_due_at": None,
            "beside": due_beside(row, None),
        }
    return Changes(columns, event.holder, event.occurred_at)


def _handed_on(row: Row, event: e.ConsultationHandedOn, meta: Meta) -> Changes:
    return _left_alone(row, changed(row, event.body.id, account=event.account))


def _reminded(row: Row, event: e.ConsultationReminded, meta: Meta) -> Changes:
    told = next(one for one in row["consultations"] if one["id"] == str(event.body.id))
    return _left_alone(row, changed(row, event.body.id, reminders=told["reminders"] + 1))


def _answered(row: Row, event: e.ConsultationAnswered, meta: Meta) -> Changes:
    told = next(one for one in row["consultations"] if one["id"] == str(event.body.id))
    columns = changed(
        row,
        event.body.id,
        awaited=False,
        outcome=event.outcome,
        answered_at=event.occurred_at,
        ended_at=told["ended_at"] or event.occurred_at,
        used_minutes=event.used_minutes,
        answer={
            "seq": meta.seq,
            "by": meta.actor["id"],
            "text": event.text,
            "signed": event.signed,
            "number": event.number,
            "late": event.late,
        },
    )
    return _goes_on(row, event, columns)


def _lapsed(row: Row, event: e.ConsultationLapsed, meta: Meta) -> Changes:
    columns = changed(
        row,
        event.body.id,
        lapsed="tacit" if event.tacit else "silent",
        ended_at=event.occurred_at,
        used_minutes=event.used_minutes,
    )
    return _goes_on(row, event, columns)


def _taken_back(row: Row, event: e.ConsultationTakenBack, meta: Meta) -> Changes:
    columns = changed(
        row,
        event.body.id,
        awaited=False,
        outcome="taken_back",
        ended_at=event.occurred_at,
        used_minutes=event.used_minutes,
    )
    return _goes_on(row, event, columns)


def _goes_on(row: Row, event: Ends, columns: Row) -> Changes:
    """With the last that paused it the clock goes on, and who had the dossier has it again."""
    if event.resumed_at is not None and event.due is not None:
        columns |= {
            "consulting": None,
            "paused": False,
            "pauses": ended_pauses(row["pauses"], event.resumed_at),
            "step_due_at": event.step_due_at,
            "beside": due_beside(row, event.beside_due),
            **due_columns(event.due),
        }
    changes = _left_alone(row, columns)
    return Changes(changes.row, event.holder, event.resumed_at or event.occurred_at)


def _left_alone(row: Row, columns: Row) -> Changes:
    """What others do with their opinion leaves a proposal standing."""
    return Changes({"pending": row["pending"], **columns})


PROJECT: Projections = {
    e.ConsultationAsked.TYPE: _asked,
    e.ConsultationHandedOn.TYPE: _handed_on,
    e.ConsultationReminded.TYPE: _reminded,
    e.ConsultationAnswered.TYPE: _answered,
    e.ConsultationLapsed.TYPE: _lapsed,
    e.ConsultationTakenBack.TYPE: _taken_back,
}
