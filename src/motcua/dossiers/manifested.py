"""Reading manifests of paper dossiers: those of the viewer's agencies, the lines of one, what may go on the next."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.agencies.positions import WORKING
from motcua.dossiers.content import open_body
from motcua.dossiers.papers_at import signed_for_at, where_papers_are
from motcua.dossiers.policy import sees
from motcua.dossiers.record import as_row
from motcua.dossiers.row import Row
from motcua.dossiers.sight import NAME, eyes
from motcua.dossiers.travels import Place, went_with
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import Denied, NotFound
from motcua.kernel.say import Say
from motcua.kernel.text import clean

PAGE = 50
READERS = WORKING | {"inspector"}
DIFFERS = "t.outcome IN ('missing', 'damaged') AND t.settled = ''"
OPEN = "t.outcome = '' AND t.settled = ''"
# Which manifests a list shows; `mine`: those that came to the viewer's units, or left them.
LISTS: Mapping[str, tuple[str, str]] = {
    "to_sign": ("t.to_agency", f"{OPEN} AND t.to_unit = ANY(%(units)s)"),
    "sent": ("t.from_agency", f"{OPEN} AND t.from_unit = ANY(%(units)s)"),
    "differ": ("", DIFFERS),
    "all": ("", "true"),
}


@dataclass(frozen=True, slots=True)
class ManifestLine:
    """A manifest in a list: how many lines, how many nobody has signed for, how many differ."""

    number: str
    from_agency: str
    from_unit: UUID
    to_agency: str
    to_unit: UUID
    sent_at: datetime
    count: int
    open: int
    differ: int


def manifests(which: str, *, viewer: Viewer, after: str = "") -> tuple[tuple[ManifestLine, ...], str | None]:
    """A page of the list `which` (a key of LISTS) of the viewer's agencies, the highest number first, and the key of
    the next page. One statement. Raises Denied for seats that handle no papers and watch nobody who does."""
    agencies = _agencies(viewer)
    side, condition = LISTS[which]
    ours = f"{side} = ANY(%(agencies)s)" if side else _OURS
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT t.manifest, {_ENDS}, min(t.sent_at), count(*),"  # noqa: S608
            f" count(*) FILTER (WHERE {OPEN}), count(*) FILTER (WHERE {DIFFERS}) FROM dossiers_travel t"
            f" WHERE t.manifest IN (SELECT DISTINCT t.manifest FROM dossiers_travel t WHERE {ours} AND {condition}"
            " AND (%(after)s = '' OR t.manifest < %(after)s) ORDER BY t.manifest DESC LIMIT %(limit)s)"
            " GROUP BY t.manifest ORDER BY t.manifest DESC",
            {
                "agencies": agencies,
                "units": [c.unit for c in viewer.capacities if c.kind in WORKING],
                "after": clean(after)[:60],
                "limit": PAGE + 1,
            },
        )
        lines = [ManifestLine(*values) for values in cursor.fetchall()]
    return tuple(lines[:PAGE]), lines[PAGE - 1].number if len(lines) > PAGE else None


# Lines of one manifest go the same way; after a merger those that were over by then bear the name of before.
_ENDS = ", ".join(
    f"(array_agg(t.{name} ORDER BY t.last DESC, t.seq DESC))[1]"
    for name in ("from_agency", "from_unit", "to_agency", "to_unit")
)
_OURS = "(t.from_agency = ANY(%(agencies)s) OR t.to_agency = ANY(%(agencies)s))"


def _agencies(viewer: Viewer) -> list[str]:
    agencies = sorted(viewer.agencies(READERS))
    if not agencies:
        raise Denied("Vị trí của bạn không bàn giao hồ sơ giấy.", "Your position hands no paper dossiers on.")
    return agencies


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a manifest with the dossier it is of."""

    code: str
    procedure_version: UUID
    name: str
    result_number: str
    travel: Row
    note: str
    settle_note: str


def manifest(number: str, *, viewer: Viewer) -> tuple[Line, ...]:
    """The lines of a manifest in the order of codes. One statement. Raises NotFound for who is of neither side."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT d.code, d.procedure_version, {NAME}, d.result_number, n.id, n.sealed, s.id, s.sealed,"  # noqa: S608
            " t.* FROM dossiers_travel t JOIN dossiers_dossier d ON d.id = t.dossier"
            " LEFT JOIN dossiers_label l ON l.dossier = t.dossier"
            " LEFT JOIN dossiers_content n ON n.id = t.note"
            " LEFT JOIN dossiers_content s ON s.id = t.settle_note"
            f" WHERE t.manifest = %(number)s AND {_OURS} ORDER BY d.code, t.what",
            {"number": number, "agencies": sorted(viewer.agencies(READERS)), **eyes(viewer)},
        )
        names = [c.name for c in cursor.description][8:]
        found = [
            Line(code, version, name, result, travel, _text(note, sealed), _text(settle_note, settled))
            for code, version, name, result, note, sealed, settle_note, settled, *rest in cursor.fetchall()
            for travel in (dict(zip(names, rest, strict=True)),)
        ]
    if not found:
        raise NotFound("Không có phiếu bàn giao này.", "There is no such manifest.")
    return tuple(found)


def _text(content: UUID | None, sealed: Any) -> str:
    return (open_body(content, sealed) or "") if content and sealed else ""


def is_awaited(number: str) -> bool:
    """Whether a line of a manifest is not signed for yet. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT EXISTS (SELECT FROM dossiers_travel t WHERE t.manifest = %s AND {OPEN})",  # noqa: S608
            [number],
        )
        return bool(cursor.fetchone()[0])


@dataclass(frozen=True, slots=True)
class Movable:
    """Papers that lie at the viewer's unit and whose dossier goes on elsewhere; `stays`: why its transfer takes them on
    no manifest of the system, unless somebody types its code."""

    what: str
    code: str
    procedure_version: UUID
    name: str
    stays: Say | None = None


MOST_LOOKED_AT = 200
# Where papers are after a travel, for the database: `arrived`, but for what nobody has.
_HERE = (
    "t.last AND (t.to_agency = %(agency)s AND t.to_unit = %(here)s AND t.settled <> 'returned'"
    " OR t.from_agency = %(agency)s AND t.from_unit = %(here)s AND t.settled = 'returned')"
)
# What lies at a unit, while the desk of its dossier has still to give it out, or it is another agency's dossier.
_AWAITED_THERE = (
    "SELECT t.dossier FROM dossiers_travel t JOIN dossiers_dossier w ON w.id = t.dossier"  # noqa: S608
    f" WHERE {_HERE} AND ((w.desk_agency = %(to)s"
    " AND (%(to)s <> %(agency)s OR %(unit)s = %(desk)s)"
    " AND CASE t.what WHEN 'result' THEN w.state = 'decided' ELSE w.papers_owed END)"
    " OR (t.what = 'papers' AND %(to)s <> %(agency)s AND w.competent_agency = %(to)s)) ORDER BY t.dossier DESC"
)
# What may have come to the desk with a transfer on a manifest of paper alone, and is another agency's by now.
_CAME_WITH_A_TRANSFER = (
    'SELECT t.dossier FROM dossiers_transfer t JOIN dossiers_dossier w ON w.id = t.dossier WHERE t."to" = %(agency)s'
    " AND t.delivered_at IS NOT NULL AND %(here)s = %(desk)s AND %(to)s <> %(agency)s"
    " AND (w.competent_agency = %(to)s OR (w.desk_agency = %(to)s AND w.papers_owed)) ORDER BY t.dossier DESC"
)


def movable(
    *, viewer: Viewer, agency: str, unit: UUID, to_agency: str, to_unit: UUID, desk: UUID | None
) -> list[Movable]:
    """What lies at a unit of the viewer's and belongs to dossiers that `to_unit` holds now, or that were transferred or
    have a result for its desk, or that wait at `to_unit`, their desk, for what was signed for here, or are
    `to_agency`'s while their papers lie here: the newest MOST_LOOKED_AT are looked at. Two statements. `desk`: the
    agency's own."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {NAME}, d.* FROM dossiers_dossier d LEFT JOIN dossiers_label l ON l.dossier = d.id"  # noqa: S608
            " WHERE d.id IN ((SELECT id FROM dossiers_dossier WHERE competent_agency = %(agency)s AND ended_at IS NULL"
            "   AND (holder_unit = %(unit)s OR (state = 'decided' AND available_at IS NULL AND desk_agency = %(to)s))"
            "   ORDER BY id DESC LIMIT %(most)s) UNION"
            " (SELECT id FROM dossiers_dossier WHERE state = 'transferred' AND transfer ->> 'to' = %(to)s"
            "   ORDER BY id DESC LIMIT %(most)s) UNION"
            " (SELECT id FROM dossiers_dossier WHERE competent_agency = %(to)s AND ended_at IS NULL"
            "   AND desk_agency = %(agency)s AND elsewhere = %(to)s ORDER BY id DESC LIMIT %(most)s) UNION"
            f" ({_AWAITED_THERE} LIMIT %(most)s) UNION ({_CAME_WITH_A_TRANSFER} LIMIT %(most)s))"
            " ORDER BY d.id DESC LIMIT %(most)s",
            {
                "agency": agency,
                "to": to_agency,
                "unit": to_unit,
                "here": unit,
                "desk": desk,
                "most": MOST_LOOKED_AT,
                **eyes(viewer),
            },
        )
        names = [c.name for c in cursor.description[1:]]
        rows = [(values[0], as_row(names, values[1:])) for values in cursor.fetchall()]
    places = where_papers_are(row for _name, row in rows)
    return [
        Movable(
            what, row["code"], row["procedure_version"], name, _stays(row, what, places[row["id"]], to_agency)
        )
        for name, row in rows
        if sees(viewer, row) or signed_for_at(row, places[row["id"]], Place(agency, unit))
        for what in at_unit(places[row["id"]], agency=agency, unit=unit)
        if what == "papers" or to_agency != agency or to_unit == desk
    ]


def _stays(row: Row, what: str, places: Mapping[str, Place | None], to_agency: str) -> Say | None:
    transfer = row["transfer"]
    if transfer is None or what != "papers":
        return None
    if went_with(row, places["papers"]):
        number = transfer["manifest"]
        return Say(f"đã ghi trên phiếu giấy {number}", f"on paper manifest {number} already")
    if transfer["way"] == "electronic" and transfer["to"] == to_agency:
        return Say("chuyển điện tử, không kèm giấy tờ", "sent electronically, without papers")
    return None


def known(codes: Collection[str], *, viewer: Viewer, agency: str, unit: UUID) -> frozenset[str]:
    """Which of the dossiers `codes` the viewer may put on a manifest of their unit by name: those they see, and those
    whose papers lie there. Two statements."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT d.* FROM dossiers_dossier d WHERE d.code = ANY(%s)", [list(codes)])
        names = [c.name for c in cursor.description]
        rows = [as_row(names, values) for values in cursor.fetchall()]
    places, here = where_papers_are(rows), Place(agency, unit)
    return frozenset(
        row["code"] for row in rows if sees(viewer, row) or signed_for_at(row, places[row["id"]], here)
    )


def at_unit(places: Mapping[str, Place | None], *, agency: str, unit: UUID) -> list[str]:
    """Which papers, that are at `places`, lie at a unit of `agency`."""
    return [
        what
        for what, place in places.items()
        if place
        and place.agency == agency
        and (place.unit == unit or (place.unit is None and what == "result"))
    ]
