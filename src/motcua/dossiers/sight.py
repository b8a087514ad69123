"""Which parts of a dossier a viewer's seats show them, by what its process says of them; see ADR 0067.

One rule, twice: `hidden` for a dossier that was read, `SHOWN` for the database, which lists and searches by it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from uuid import UUID

from django.db import connection

from motcua.agencies.positions import LOOKING, STATE_ONLY
from motcua.dossiers.policy import SEATS
from motcua.dossiers.row import Row
from motcua.dossiers.states import Authority
from motcua.kernel.actor import Viewer
from motcua.kernel.kept import Kept

PEOPLE, FORM, PAPERS = "people", "form", "papers"
PARTS = frozenset({PEOPLE, FORM, PAPERS})
# The texts that each part holds, by what they are kept as; what officers write in their own words is of no part.
TEXTS: Mapping[str, frozenset[str]] = {
    PEOPLE: frozenset(
        {"party", "filing", "confirmed", "proposal", "evidence", "register_finding", "recipient", "authority"}
        | {"applicant_wrote", "objection", "supplement_reply"}
    ),
    FORM: frozenset({"form"}),
    PAPERS: frozenset(),
}
# Of a process version: position -> the only parts that it sees.
Limits = Mapping[str, frozenset[str]]

# Whether a seat of the viewer's (`_seats`) shows them the people of the dossier `d`: `hidden` for the database.
SHOWN = """(NOT EXISTS (SELECT FROM dossiers_sight g WHERE g.process_version = d.process_version)
 OR EXISTS (SELECT FROM unnest(%(eye_kinds)s::text[], %(eye_agencies)s::text[], %(eye_ways)s::text[])
     e(kind, agency, way)
     WHERE CASE e.way WHEN 'post' THEN d.manifest <> '' AND d.desk_agency = e.agency
         WHEN '' THEN e.agency IN (d.desk_agency, d.competent_agency, d.transfer ->> 'to')
             OR d.earlier @> jsonb_build_array(jsonb_build_object('agency', e.agency))
         ELSE d.desk_agency = e.agency AND d.competent_agency = e.way END
     AND NOT EXISTS (SELECT FROM dossiers_sight g WHERE g.process_version = d.process_version
         AND g.position = e.kind AND 'people' <> ALL(g.parts))))"""
# The name that the dossier `d` is listed by (`l`), to whom its people are shown.
NAME = f"CASE WHEN {SHOWN} THEN coalesce(l.name, '') ELSE '' END"


def eyes(viewer: Viewer) -> dict[str, list[str]]:
    """The seats of `viewer` as SHOWN asks for them."""
    seats = list(_seats(viewer))
    return {
        name: [seat[n] for seat in seats] for n, name in enumerate(("eye_kinds", "eye_agencies", "eye_ways"))
    }


def _seats(viewer: Viewer) -> Iterator[tuple[str, str, str]]:
    """Each seat by kind, agency, and the way by which it sees dossiers there, as `policy.sees` has it: "" looks at all,
    "post" at what it carries, a representative at those of the agency named. Who is told the state alone in one seat
    is shown nothing by it where they hold another that looks."""
    looks = {c.kind for c in viewer.capacities} & LOOKING
    for c in viewer.capacities:
        if c.kind in (looks - STATE_ONLY or looks):
            yield from ((c.kind, agency, "") for agency in sorted(c.scope))
        elif c.posted_by:
            yield c.kind, c.agency, c.posted_by
        elif c.kind in SEATS[Authority.POST]:
            yield c.kind, c.agency, "post"


def hidden(viewer: Viewer, row: Row) -> frozenset[str]:
    """The parts of the dossier that every seat which shows it to `viewer` hides from them. No statement once its
    process is known."""
    process = row["process_version"]
    limits = _limits.of([process])[process] if process is not None else None
    if not limits:
        return frozenset()
    return PARTS - frozenset().union(*(limits.get(kind, PARTS) for kind in _kinds(viewer, row)))


def unseen(codes: Collection[str], *, viewer: Viewer) -> frozenset[str]:
    """Which of the dossiers `codes` hide their people from `viewer`: for what names dossiers by their codes alone. One
    statement, none for no codes."""
    if not codes:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT d.code FROM dossiers_dossier d WHERE d.code = ANY(%(codes)s) AND NOT {SHOWN}",  # noqa: S608
            {"codes": list(codes), **eyes(viewer)},
        )
        return frozenset(code for (code,) in cursor.fetchall())


def keep_limits(process_version: UUID, limits: Limits) -> None:
    """Write down which parts the positions that a process version lists see of its dossiers: once, when it is
    published. One statement, none for a process that limits nobody."""
    if not limits:
        return
    values = [(process_version, position, sorted(parts)) for position, parts in limits.items()]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO dossiers_sight (process_version, position, parts) VALUES (%s, %s, %s)", values
        )


def _read_limits(processes: Iterable[UUID]) -> dict[UUID, dict[str, frozenset[str]]]:
    wanted = list(processes)
    found: dict[UUID, dict[str, frozenset[str]]] = {one: {} for one in wanted}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT process_version, position, parts FROM dossiers_sight WHERE process_version = ANY(%s)",
            [wanted],
        )
        for process, position, parts in cursor.fetchall():
            found[process][position] = frozenset(parts)
    return found


_limits: Kept[UUID, Limits] = Kept(_read_limits)


def _kinds(viewer: Viewer, row: Row) -> set[str]:
    """The kinds of seat by which `viewer` sees the dossier."""
    desk, decides = row["desk_agency"], row["competent_agency"]
    agencies = {desk, decides, *(left["agency"] for left in row["earlier"])}
    if row["transfer"]:
        agencies.add(row["transfer"]["to"])

    def shows(agency: str, way: str) -> bool:
        if way == "post":
            return bool(row["manifest"]) and agency == desk
        return agency in agencies if way == "" else (agency, way) == (desk, decides)

    return {kind for kind, agency, way in _seats(viewer) if shows(agency, way)}
