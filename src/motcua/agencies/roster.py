"""Who sits at which counter on which day, and who stands in: set by the desk's manager, an event on the agency's
stream. It rules nobody's rights; seats do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection

from motcua.agencies.events import RosterCell, RosterSet
from motcua.agencies.models import Counter, Shift
from motcua.agencies.operations.stream import append_to, lock
from motcua.kernel.actor import Actor, Viewer
from motcua.kernel.errors import Denied, Invalid
from motcua.ledger.operations import claim

MANAGES = frozenset({"desk_manager"})
AT_THE_DESK = ("reception_officer", "cashier", "representative", "postal_officer")


@dataclass(frozen=True, slots=True)
class Window:
    """A counter of a desk."""

    id: UUID
    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Week:
    """A week's roster: the counters, the days from Monday, and (counter, day) -> (officer, back-up)."""

    windows: tuple[Window, ...]
    days: tuple[date, ...]
    cells: Mapping[tuple[UUID, date], tuple[UUID | None, UUID | None]]
    people: Mapping[UUID, str]


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def week(*, agency: str, of: date, viewer: Viewer, at: datetime) -> Week:
    """The roster of the week of `of`, six days from Monday, with who may sit at the desk then. Three statements.

    Raises Denied outside the viewer's agencies.
    """
    if agency not in {c.agency for c in viewer.capacities} | viewer.scope:
        raise Denied("Ngoài phạm vi của bạn.", "Outside your scope.")
    days = tuple(monday_of(of) + timedelta(days=n) for n in range(6))
    windows = tuple(
        Window(c.id, c.number, c.name)
        for c in Counter.objects.filter(unit__agency=agency, unit__is_desk=True).order_by("number")
    )
    shifts = Shift.objects.filter(counter__in=[w.id for w in windows], day__range=(days[0], days[-1]))
    return Week(
        windows=windows,
        days=days,
        cells={(s.counter_id, s.day): (s.officer, s.backup) for s in shifts},
        people=_people(agency, at),
    )


def _people(agency: str, at: datetime) -> Mapping[UUID, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT a.id, a.name FROM agencies_appointment t JOIN agencies_position p ON p.id = t.position_id"
            " JOIN agencies_unit u ON u.id = p.unit_id JOIN accounts_account a ON a.id = t.account_id"
            " AND a.is_active WHERE u.agency_id = %s AND p.position_kind = ANY(%s)"
            " AND (t.valid_to IS NULL OR t.valid_to > %s) ORDER BY a.name",
            [agency, list(AT_THE_DESK), at],
        )
        return dict(cursor.fetchall())


def set_roster(
    *, agency: str, of: date, cells: Sequence[RosterCell], actor: Actor, at: datetime, viewer: Viewer
) -> None:
    """Set the week's roster; what is not named stays empty.

    Raises Denied for everybody but the desk's manager; Invalid for a counter or day that is not the week's, for
    somebody who sits at no desk, for a back-up who is the officer, and for one officer at two counters.
    """
    if actor.agency != agency or actor.position_kind not in MANAGES:
        raise Denied(
            "Chỉ phụ trách Bộ phận Một cửa xếp lịch quầy.", "Only the desk's manager sets the roster."
        )
    known = week(agency=agency, of=of, viewer=viewer, at=at)
    _check_cells(known, cells)
    row = lock(agency)
    claim(stream=row.stream, seq=row.head_seq + 1, actor=actor, at=at)
    append_to(row, RosterSet(monday=known.days[0], cells=tuple(cells), occurred_at=at), actor, at)
    Shift.objects.filter(
        counter__in=[w.id for w in known.windows], day__range=(known.days[0], known.days[-1])
    ).delete()
    Shift.objects.bulk_create(
        [Shift(counter_id=c.counter, day=c.day, officer=c.officer, backup=c.backup) for c in cells]
    )


def _check_cells(known: Week, cells: Sequence[RosterCell]) -> None:
    windows = {w.id for w in known.windows}
    seen: set[tuple[date, UUID]] = set()
    for cell in cells:
        if cell.counter not in windows or cell.day not in known.days:
            raise Invalid(
                "Quầy hoặc ngày không thuộc tuần này.", "Not a counter or day of this week.", field="cells"
            )
        for person in (cell.officer, cell.backup):
            if person is not None and person not in known.people:
                raise Invalid(
                    "Người này không làm ở Bộ phận Một cửa.", "This person sits at no desk.", field="cells"
                )
        if cell.officer is not None and cell.officer == cell.backup:
            raise Invalid(
                f"Ngày {cell.day:%d/%m}: người dự phòng phải là người khác.",
                f"On {cell.day:%d/%m}: the back-up must be somebody else.",
                field="cells",
            )
        if cell.officer is not None:
            if (cell.day, cell.officer) in seen:
                raise Invalid(
                    f"Ngày {cell.day:%d/%m}: {known.people[cell.officer]} đứng ở hai quầy.",
                    f"On {cell.day:%d/%m}: {known.people[cell.officer]} stands at two counters.",
                    field="cells",
                )
            seen.add((cell.day, cell.officer))
