"""Papers on their way between two units, as the dossier's row and a table keep them, and the rules that read it. Pure
but for the last function."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.dossiers.consulted import awaited
from motcua.dossiers.row import Row
from motcua.dossiers.states import State
from motcua.kernel.actor import Actor
from motcua.kernel.codec import encode
from motcua.kernel.say import Say
from motcua.kernel.time import parse_utc

WHAT: Mapping[str, Say] = {
    "papers": Say("Hồ sơ giấy", "Paper dossier"),
    "result": Say("Kết quả", "Result"),
}
OUTCOMES: Mapping[str, Say] = {
    "received": Say("đã nhận đủ", "received"),
    "missing": Say("thiếu, không thấy", "missing"),
    "damaged": Say("hư hỏng, rách, mờ", "damaged"),
}
SETTLED: Mapping[str, Say] = {
    "found": Say("đã thấy, đã nhận", "found, received"),
    "returned": Say("về lại bên giao", "back with the giver"),
    "recorded": Say("đã lập biên bản", "put on record by both"),
}
Travel = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Whose papers are: a unit of an agency (None: any of it)."""

    agency: str
    unit: UUID | None


def last_of(row: Row, what: str) -> Travel | None:
    """The last travel of a dossier's papers or result; None before the first."""
    found: list[Travel] = [one for one in row["travels"] if one["what"] == what]
    return found[-1] if found else None


def travel_of(row: Row, manifest: str, what: str) -> Travel | None:
    """The travel of a dossier's papers or result on a manifest."""
    return next((one for one in row["travels"] if (one["manifest"], one["what"]) == (manifest, what)), None)


def with_transfer(row: Row) -> Travel | None:
    """The travel of a dossier's papers to the receiver, on a manifest of the system that goes with its open transfer:
    made for it beforehand, or since; None where there is none (yet)."""
    last, open_one = last_of(row, "papers"), row["transfer"]
    if last is None or last["to_agency"] != open_one["to"]:
        return None
    since = parse_utc(last["sent_at"]) >= parse_utc(open_one["since"])
    return last if since or last["manifest"] == open_one["manifest"] else None


def came_to(row: Row, place: Place | None) -> bool:
    """Whether nothing on paper is to come any more with the open transfer: the papers, now at `place`, are with the
    receiver, or both sides put on record that they are lost."""
    if place is not None:
        return bool(place.agency == row["transfer"]["to"])
    last = last_of(row, "papers")
    return last is not None and last["settled"] == "recorded"


def went_with(row: Row, place: Place | None) -> bool:
    """Whether the papers, now at `place`, have left with the open transfer: on a manifest of the system, or by the
    number of one of paper alone, where nobody signed or noted that they lie elsewhere."""
    travel = with_transfer(row)
    if travel is not None:
        return is_open(travel)
    unsigned = last_of(row, "papers") is None and (place is None or place.agency == row["desk_agency"])
    return bool(row["transfer"]["manifest"]) and unsigned


def concerned(row: Row) -> frozenset[str]:
    """The agencies that a dossier's papers may go to: whose it is or was handed in at, who has it or is to, settles a
    part of it, or is asked for an opinion."""
    named = {row[name] for name in ("desk_agency", "competent_agency", "holder_agency", "lead_agency")}
    moving = {row["transfer"][side] for side in ("giver", "to")} if row["transfer"] else set()
    beside = {one["agency"] for one in (*row["children"], *awaited(row))}
    return frozenset(named | moving | beside)


def is_open(one: Travel) -> bool:
    """Whether nobody has signed for it yet."""
    return not one["outcome"] and not one["settled"]


def differs(one: Travel) -> bool:
    """Whether the receiver said otherwise than the giver, and it is not settled."""
    return one["outcome"] in ("missing", "damaged") and not one["settled"]


def is_live(one: Travel) -> bool:
    """Whether it is open or differs, or says where the papers are now."""
    return is_open(one) or differs(one) or bool(one["last"])


def awaits(row: Row, agency: str) -> bool:
    """Whether papers of a dossier are on their way from or to `agency`, or a difference with it is not settled."""
    return any(
        (is_open(one) or differs(one)) and agency in (one["from_agency"], one["to_agency"])
        for one in row["travels"]
    )


def units_of(row: Row, agency: str) -> list[UUID]:
    """The units of `agency` that papers of a dossier lie at, go to or came from, as far as that still matters."""
    named = [
        one[f"{side}_unit"]
        for one in row["travels"]
        if is_live(one)
        for side in ("from", "to")
        if one[f"{side}_agency"] == agency
    ]
    return [UUID(unit) for unit in dict.fromkeys(named)]


def arrived(one: Travel) -> Place | None:
    """Where papers are after a travel; None while they are on their way, or nobody has them."""
    if one["settled"] == "returned":
        return Place(one["from_agency"], UUID(str(one["from_unit"])))
    if one["settled"] == "found" or one["outcome"] in ("received", "damaged"):
        return Place(one["to_agency"], UUID(str(one["to_unit"])))
    return None


def lies_with(one: Travel) -> str:
    """The agency that has to answer for papers after a travel."""
    return str(one["from_agency"] if one["settled"] == "returned" else one["to_agency"])


def is_other_hand(actor: Actor, one: Travel, end: str) -> bool:
    """Whether `actor` stands for nobody of one end of a travel, "sent" or "signed"."""
    return not actor.people & {one[f"{end}_by"], one[f"{end}_for"]}


def counts(row: Row) -> tuple[int, int]:
    """How many originals and copies were handed in on paper."""
    papers = row["components"]
    return sum(c["originals"] for c in papers), sum(c["copies"] for c in papers)


def is_given_out(row: Row, what: str) -> bool:
    """Whether the desk has given the result to the applicant, or the originals back. A child's papers are its
    parent's."""
    if what == "result":
        return bool(row["stage"] == State.RETURNED)
    owed_back = row["stage"] in (State.REFUSED, State.WITHDRAWN, State.STOPPED) and row["parent"] is None
    return owed_back and counts(row)[0] > 0 and not row["papers_owed"]


def place_of(row: Row, what: str, desk: UUID | None) -> Place | None:
    """Where the papers or the result of a dossier are now, as far as anybody signed: before the first travel papers at
    the `desk` they were handed in at, a result with who decided. None: on their way, lost,
    given out, or there are none; a child's that never travelled are its parent's."""
    if is_given_out(row, what):
        return None
    last = last_of(row, what)
    if last is not None:
        return arrived(last)
    if what == "papers":
        return Place(row["desk_agency"], desk) if any(counts(row)) and row["parent"] is None else None
    waits = row["decided_at"] is not None and row["available_at"] is None and row["ended_at"] is None
    return Place(row["competent_agency"], None) if waits else None


_COLUMNS = (
    "dossier", "seq", "what", "manifest", "from_agency", "from_unit", "to_agency", "to_unit", "originals", "copies",
    "carrier", "tracking_number", "sent_at", "sent_by", "sent_for", "outcome", "note", "signed_at", "signed_by",
    "signed_for", "settled", "settle_note", "settled_at", "settled_by", "last",
)  # fmt: skip
_MOMENTS = ("sent_at", "signed_at", "settled_at")
_IDS = ("from_unit", "to_unit", "note", "settle_note")


def table_row(dossier: UUID, one: Travel) -> Row:
    """A travel as its table keeps it."""
    told: Row = {name: one[name] for name in _COLUMNS if name != "dossier"}
    told |= {name: parse_utc(told[name]) for name in _MOMENTS if told[name]}
    told |= {name: UUID(told[name]) for name in _IDS if told[name]}
    return {**told, "dossier": dossier}


def changed(row: Row, seq: int, **news: Any) -> Row:
    """The row's travels with news of the one that the event `seq` began."""
    encoded = encode(news)
    return {"travels": [{**one, **encoded} if one["seq"] == seq else one for one in row["travels"]]}


def keep(dossier: UUID, before: Sequence[Travel], after: Iterable[Travel]) -> None:
    """Bring the table up to date with the row: one statement, none where nothing changed."""
    rows = [table_row(dossier, one) for one in after if one not in before]
    if not rows:
        return
    values = ", ".join([f"({', '.join(['%s'] * len(_COLUMNS))})"] * len(rows))
    news = ", ".join(f"{name} = EXCLUDED.{name}" for name in _COLUMNS if name not in ("dossier", "seq"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO dossiers_travel ({', '.join(_COLUMNS)}) VALUES {values}"  # noqa: S608 - fixed names
            f" ON CONFLICT (dossier, seq) DO UPDATE SET {news}",
            [row[name] for row in rows for name in _COLUMNS],
        )
