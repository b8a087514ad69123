"""What becomes of the work of who leaves a seat: in the record (biên bản bàn giao) a line for each piece."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from motcua.agencies.models import Handover
from motcua.agencies.policy import NOTES_ABSENCE
from motcua.agencies.selectors import account_names
from motcua.kernel.actor import Capacity, Viewer
from motcua.kernel.errors import Denied, NotFound
from motcua.kernel.ids import before_id
from motcua.kernel.say import Say

PAGE = 50
WHAT: Mapping[str, Say] = {
    "step": Say("Bước đang làm", "Step in hand"),
    "comes_back": Say("Bước sẽ quay lại khi hết chờ", "Step that comes back after a wait"),
    "opinion": Say("Việc trả lời ý kiến", "Opinion to give"),
    "proposal": Say("Đề nghị đang chờ người thứ hai", "Proposal that waits for a second person"),
    "statement": Say("Sao kê đang chờ người thứ hai", "Bank statement that waits for a second person"),
    "cash": Say("Sổ quỹ ngày đang mở", "Day's cash book that is open"),
}
# What is given to somebody; the others wait for whoever sits in a seat, and are listed only.
GIVEN = ("step", "comes_back", "opinion")


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of a record; `to` is "" for a shared list, and for what others answer without the leaver (`stays`)."""

    what: str
    code: str
    to: str
    stays: bool


@dataclass(frozen=True, slots=True)
class Record:
    """A record of a handing over, with the names of both sides."""

    id: UUID
    agency: str
    number: str
    leaver: str
    seat: str
    seat_en: str
    pieces: tuple[Piece, ...]
    recorded_at: datetime
    recorder: str

    @property
    def receivers(self) -> tuple[str, ...]:
        """Who got something, each once."""
        return tuple(dict.fromkeys(piece.to for piece in self.pieces if piece.to))


def leading(viewer: Viewer) -> Capacity:
    """The seat in which `viewer` sees to it that work is handed over. Raises Denied for who has none."""
    held = next((c for c in viewer.capacities if c.kind in NOTES_ABSENCE), None)
    if held is None:
        raise Denied(
            "Chỉ lãnh đạo hoặc quản trị kỹ thuật của cơ quan xem biên bản bàn giao.",
            "Only who leads the agency or its technical administrator reads records of handing over.",
        )
    return held


@dataclass(frozen=True, slots=True)
class Sat:
    """A seat in which a person sat last, or sits: the appointment, and the kinds of all in which they do sit."""

    appointment: UUID
    sits: frozenset[str]


def sat(account: UUID, *, agency: str, at: datetime) -> Sat:
    """Where a person of `agency` sat last, their own seat before one held by a mandate. One statement. Raises
    NotFound for who never had a seat there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.id, ARRAY(SELECT q.position_kind FROM agencies_sitting(%(at)s) s"
            "  JOIN agencies_position q ON q.id = s.position_id JOIN agencies_unit v ON v.id = q.unit_id"
            "  WHERE s.account_id = %(account)s AND s.limits IS NULL AND v.agency_id = %(agency)s)"
            " FROM agencies_appointment t JOIN agencies_position p ON p.id = t.position_id"
            " JOIN agencies_unit u ON u.id = p.unit_id"
            " WHERE t.account_id = %(account)s AND u.agency_id = %(agency)s AND t.valid_from <= %(at)s"
            " ORDER BY t.acting_for_id IS NOT NULL, t.valid_to DESC NULLS FIRST, t.id DESC LIMIT 1",
            {"account": account, "agency": agency, "at": at},
        )
        row = cursor.fetchone()
    if row is None:
        raise NotFound("Cơ quan không có người này.", "The agency has no such person.")
    return Sat(row[0], frozenset(row[1]))


def records(*, viewer: Viewer, after: str | None = None) -> tuple[list[Record], str | None]:
    """The records of the viewer's agency, the newest first, and the key of the next page. Two statements. Raises
    Denied."""
    found = list(
        Handover.objects.select_related("account", "position")
        .filter(agency=leading(viewer).agency, id__lt=before_id(after))
        .exclude(number="")
        .order_by("-id")[: PAGE + 1]
    )
    return _read(found[:PAGE]), str(found[PAGE - 1].id) if len(found) > PAGE else None


def record(handover: UUID, *, viewer: Viewer) -> Record:
    """One of them. Raises Denied, and NotFound for any other."""
    found = Handover.objects.select_related("account", "position").filter(
        id=handover, agency=leading(viewer).agency
    )
    lines = _read(list(found.exclude(number="")))
    if not lines:
        raise NotFound("Không có biên bản bàn giao này.", "There is no such record.")
    return lines[0]


def _read(rows: list[Handover]) -> list[Record]:
    people = {UUID(line["to"]) for row in rows for line in row.lines if line["to"]}
    names = account_names(people | {row.recorded_by for row in rows if row.recorded_by})
    return [
        Record(
            row.id,
            row.agency_id,
            row.number,
            row.account.name,
            row.position.name,
            row.position.name_en,
            tuple(
                Piece(
                    line["what"],
                    line["code"],
                    names[UUID(line["to"])] if line["to"] else "",
                    bool(line.get("stays")),
                )
                for line in row.lines
            ),
            row.recorded_at,
            names[row.recorded_by] if row.recorded_by else "",
        )
        for row in rows
        if row.recorded_at
    ]
