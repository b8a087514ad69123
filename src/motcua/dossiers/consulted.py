"""A consultation as the dossier's row keeps it, and the rules that read it. Pure but for the last function."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg.types.json import Jsonb

from motcua.agencies.positions import LEADS, WORKING
from motcua.dossiers.events.consulting import BodyFact
from motcua.dossiers.interests import kept_out
from motcua.dossiers.open_steps import open_hands
from motcua.dossiers.row import Row
from motcua.dossiers.states import State
from motcua.kernel.actor import Actor, Capacity
from motcua.kernel.codec import encode
from motcua.kernel.errors import NotFound
from motcua.kernel.say import Say
from motcua.kernel.time import parse_utc

# While a dossier is here, those who were asked may answer.
ASKED_IN = frozenset({State.IN_PROCESS, State.SUPPLEMENT_REQUESTED, State.PAYMENT_REQUESTED})
PARTS = ("people", "form")
# Of an agency: who receives what it is asked, and says who answers.
RECEIVING = tuple(sorted(LEADS))
ANSWERS: Mapping[str, Say] = {
    "agree": Say("Đồng ý", "Agrees"),
    "conditions": Say("Đồng ý, có điều kiện", "Agrees with conditions"),
    "object": Say("Không đồng ý", "Objects"),
    "not_competent": Say("Không thuộc thẩm quyền", "Not competent"),
}
Asked = Mapping[str, Any]


def open_ones(row: Asked) -> list[Asked]:
    """Those whose time still runs, the first asked first."""
    return [one for one in row["consultations"] if one["ended_at"] is None]


def awaited(row: Asked) -> list[Asked]:
    """Those that may still be answered, also late."""
    return [one for one in row["consultations"] if one["awaited"]]


def overdue(row: Row, at: datetime) -> list[Asked]:
    """Those whose time is over at `at` and that nobody has noted yet, in the order in which it was."""
    found = [one for one in open_ones(row) if parse_utc(one["due_at"]) <= at]
    return sorted(found, key=lambda one: one["due_at"])


def one_of(row: Row, consultation: UUID | str) -> Asked:
    """The consultation of the dossier by its id. Raises NotFound."""
    for one in row["consultations"]:
        if one["id"] == str(consultation):
            return dict(one)
    raise NotFound("Không có lượt lấy ý kiến này.", "There is no such consultation.")


def shares(one: Asked) -> bool:
    """Whether those asked see what was shared: while they may answer, and once they have. Not of one that was taken
    back, nor where the dossier ended or went elsewhere before they answered."""
    return bool(one["awaited"] or one["answer"])


def is_asked(seat: Actor | Capacity, one: Asked, account: str) -> bool:
    """Whether somebody in this seat may answer: who was asked, or who it was handed on to."""
    kind = seat.kind if isinstance(seat, Capacity) else seat.position_kind
    if seat.agency != one["agency"] or kind not in WORKING:
        return False
    return account == one["account"] or kind in one["kinds"] or (one["unit"] or "") == str(seat.unit)


def is_inside(one: Asked) -> bool:
    """Whether the agency asks its own: a unit or a kind of seat, which answers without a letter."""
    return bool(one["agency"] == one["asked_by"]) and not one.get("letter")


def own_question(one: Asked) -> frozenset[str]:
    """Who asked it, and for whom: none of them answers. What a body outside the system says is written down by who
    asked."""
    return (
        frozenset() if one.get("letter") else frozenset(x for x in (one["asker"], one.get("asked_for")) if x)
    )


def not_given_to(row: Mapping[str, Any], one: Asked) -> frozenset[str]:
    """To whom an opinion is not handed on: who asked for it, and who gives none."""
    return own_question(one) | gives_none(row)


def gives_none(row: Mapping[str, Any]) -> frozenset[str]:
    """Who gives no opinion on the dossier: who takes no part in it, who has an open step of it, and who has it again
    once its clock goes on."""
    back = row["consulting"]["back_to"]["holder_account"] if row["consulting"] else None
    return kept_out(row) | frozenset(x for x in (back, *(account for _, account in open_hands(row))) if x)


def not_answered_by(row: Mapping[str, Any], one: Asked) -> frozenset[str]:
    """Who does not answer, though asked. Who has the dossier writes down what a body outside says."""
    return kept_out(row) if one.get("letter") else not_given_to(row, one)


def may_answer(actor: Actor, row: Mapping[str, Any], one: Asked) -> bool:
    """Whether `actor` was asked, and may give an opinion."""
    return is_asked(actor, one, actor.id) and not actor.people & not_answered_by(row, one)


def body_fact(one: Asked) -> BodyFact:
    """Whose consultation an event is about."""
    return BodyFact(id=UUID(one["id"]), agency=one["agency"], name=one["name"], name_en=one["name_en"])


def changed(row: Row, consultation: UUID, **news: Any) -> Row:
    """The row's consultations with news of one."""
    wanted, encoded = str(consultation), encode(news)
    return {
        "consultations": [{**one, **encoded} if one["id"] == wanted else one for one in row["consultations"]]
    }


def over(row: Row, at: datetime) -> Row:
    """The columns of a dossier that goes where nobody answers any more: what was open ends unanswered."""
    ended = [
        {**one, "awaited": False, "ended_at": one["ended_at"] or encode(at)} if one["awaited"] else one
        for one in row["consultations"]
    ]
    return {"consultations": ended, "consulting": None}


def asked_fully(row: Row, step: int, plan: str) -> bool:
    """Whether the consultation `plan` of a step was asked for, and all its time is over or used."""
    mine = [
        one
        for one in row["consultations"]
        if (one["step"], one["plan"]) == (step, plan) and one["outcome"] != "taken_back"
    ]
    return bool(mine) and all(one["ended_at"] for one in mine)


_COLUMNS = (
    "id", "dossier", "asked_by", "name", "name_en", "agency", "unit", "kinds", "account", "asked_at", "due_at",
    "pauses", "ended_at", "awaited", "lapsed", "outcome", "answered_at", "used_minutes", "reminders",
)  # fmt: skip
_MOMENTS = ("asked_at", "due_at", "ended_at", "answered_at")
_IDS = ("id", "unit", "account")


def table_row(dossier: UUID, one: Asked) -> Row:
    """A consultation as its table keeps it."""
    told: Row = {name: one[name] for name in _COLUMNS if name != "dossier"}
    told |= {name: parse_utc(told[name]) for name in _MOMENTS if told[name]}
    told |= {name: UUID(told[name]) for name in _IDS if told[name]}
    return {**told, "dossier": dossier}


def keep(dossier: UUID, before: Sequence[Asked], after: Iterable[Asked]) -> None:
    """Bring the table up to date with the row: one statement, none where nothing changed."""
    rows = [table_row(dossier, one) for one in after if one not in before]
    if not rows:
        return
    values = ", ".join([f"({', '.join(['%s'] * len(_COLUMNS))})"] * len(rows))
    news = ", ".join(f"{name} = EXCLUDED.{name}" for name in _COLUMNS if name not in ("id", "dossier"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO dossiers_consultation ({', '.join(_COLUMNS)}) VALUES {values}"  # noqa: S608 - fixed names
            f" ON CONFLICT (id) DO UPDATE SET {news}",
            [_adapted(name, row[name]) for row in rows for name in _COLUMNS],
        )


def _adapted(name: str, value: Any) -> Any:
    return Jsonb(value) if name == "kinds" else value
