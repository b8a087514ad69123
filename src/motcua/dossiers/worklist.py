"""Work lists: what waits for a viewer's seats, the least slack first, narrowed to what is sought."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.agencies.positions import LEADERS, queue_of
from motcua.agencies.selectors import account_names
from motcua.calendars.calendar import WorkCalendar
from motcua.calendars.selectors import EDITIONS_OF, calendar_from
from motcua.dossiers.interests import KEPT_OUT
from motcua.dossiers.keyset import step_key
from motcua.dossiers.listed_beside import beside_source
from motcua.dossiers.mandated import lent, places
from motcua.dossiers.selectors import COLUMNS, PAGE, Line, like, line_of
from motcua.dossiers.sight import SHOWN, eyes
from motcua.dossiers.slack import ORDER, WAITS_HERE, Waits, is_stale, reasons
from motcua.dossiers.states import OPEN, Act
from motcua.kernel.actor import Viewer
from motcua.kernel.say import Say
from motcua.kernel.text import clean, fold
from motcua.kernel.time import local

WEEK = 7
# The kinds of work a dossier may wait for.
_SIGNS = (
    "(d.step_kinds ?| %(leaders)s OR (d.process_version, d.step) IN"
    " (SELECT * FROM unnest(%(sign_in)s::uuid[], %(sign_step)s::int[])))"
)
WORK: Mapping[str, str] = {
    "answer": "d.state IN ('submitted', 'transferred')",
    "take_up": "d.state = 'received'",
    "do": f"d.state = 'in_process' AND d.approval IS NULL AND NOT {_SIGNS}",
    "sign": f"d.state = 'in_process' AND d.approval IS NULL AND {_SIGNS}",
    "issue": "d.state = 'in_process' AND d.approval IS NOT NULL",
    "give_out": "d.state = 'decided'",
}
WINDOWS: Mapping[str, str] = {
    "late": f"{ORDER} < %(at)s",
    "today": f"{ORDER} < %(tomorrow)s",
    "week": f"{ORDER} < %(week)s",
    "ahead": "d.late_from < %(at)s",
}
# The signing room: whom somebody waits for at the desk, what is due today or was before, the rest; and the letters of
# apology, which lie on dossiers that others have.
_HERE = f"({WAITS_HERE} AND d.received_on = %(today)s)"
ROOMS: Mapping[str, str] = {
    "waiting": _HERE,
    "today": f"NOT {_HERE} AND {ORDER} < %(tomorrow)s",
    "rest": f"NOT {_HERE} AND {ORDER} >= %(tomorrow)s",
}
LETTERS = "letters"
_UNSIGNED = (
    "FROM dossiers_dossier d WHERE d.competent_agency = ANY(%(led)s) AND d.delay -> 'signed' = 'false'::jsonb"
    " AND EXISTS (SELECT FROM unnest(%(led)s::text[], %(led_for)s::text[], %(led_as)s::text[]) s(agency, procedure, of)"
    " WHERE s.agency = d.competent_agency AND s.procedure IN ('', d.procedure)"
    f" AND NOT ARRAY[%(me)s, s.of] && ({KEPT_OUT} || ARRAY[d.delay ->> 'by', d.delay ->> 'for']))"
)
_MINE: Mapping[str, str] = {
    "1": "d.holder_account = ANY(%(hands)s)",
    "0": "d.holder_account IS NULL",
    # one's own, and what somebody of one's seat is to sign that nobody has taken
    "plan": f"(d.holder_account = ANY(%(hands)s) OR (d.holder_account IS NULL AND {WORK['sign']}))",
}
STATES = frozenset(state.value for state in OPEN)


@dataclass(frozen=True, slots=True)
class Sought:
    """What of the lists is sought; empty is everything. `mine`: "1" held by oneself or by whom one stands
    in for, "0" by nobody yet, "plan" the first with what waits for one's signature; `procedures` None for all; `work`,
    `due` and `room` are keys of WORK, WINDOWS and ROOMS (or LETTERS); `words` with a figure in them are a code's
    beginning, others a name without accents; `signs`: rows of processes that are approvals, though not a leader's."""

    mine: str = ""
    procedures: frozenset[str] | None = None
    state: str = ""
    work: str = ""
    due: str = ""
    room: str = ""
    words: str = ""
    signs: frozenset[tuple[UUID, int]] = frozenset()

    def conditions(self) -> list[str]:
        """The same for the database, its values in `arguments`."""
        found = [
            _MINE.get(self.mine, ""),
            WORK.get("sign" if self.room in ROOMS else self.work, ""),
            ROOMS.get(self.room, ""),
            WINDOWS.get(self.due, ""),
            "d.state = %(state)s" if self.state in STATES else "",
            "" if self.procedures is None else "d.procedure = ANY(%(procedures)s)",
            self._for_words(),
        ]
        return [one for one in found if one]

    def _for_words(self) -> str:
        folded = fold(clean(self.words))
        if not folded:
            return ""
        if any(c.isdigit() for c in folded):
            return "d.code LIKE %(code)s"
        return (
            "EXISTS (SELECT 1 FROM dossiers_label n WHERE n.dossier = d.id AND n.name_folded LIKE %(name)s)"  # noqa: S608
            f" AND {SHOWN}"
        )

    def arguments(self, at: datetime) -> dict[str, Any]:
        """The values of `conditions` at `at`."""
        folded = fold(clean(self.words))[:100]
        midnight = local(at).replace(hour=0, minute=0, second=0, microsecond=0)
        return {
            "at": at,
            "today": midnight.date(),
            "tomorrow": midnight + timedelta(days=1),
            "week": midnight + timedelta(days=WEEK),
            "leaders": sorted(LEADERS),
            "sign_in": [version for version, _step in sorted(self.signs)],
            "sign_step": [step for _version, step in sorted(self.signs)],
            "state": self.state,
            "procedures": sorted(self.procedures or ()),
            "code": f"{like(folded.upper())}%",
            "name": f"%{like(folded)}%",
        }


EVERYTHING = Sought()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line of a work list: `why` it stands there, `key` its place, the calendar it is measured by, and whether its
    letter of apology can't be signed as it was prepared."""

    line: Line
    key: str
    why: tuple[Say, ...]
    calendar: WorkCalendar
    letter_is_stale: bool = False


@dataclass(frozen=True, slots=True)
class WorkPage:
    """One page and the key of the next one (None: no more)."""

    lines: tuple[Waiting, ...] = field(default=())
    following: str | None = None


def work_lists(viewer: Viewer) -> list[tuple[str, str, list[str]]]:
    """The lists that wait for `viewer`; of a representative's, which is the desk's, for which agency alone, and of one
    opened by a mandate for some procedures, for which."""
    own = sorted({queue_of(c.agency, c.kind) for c in viewer.capacities})
    desks = {(queue_of(c.agency, "reception_officer"), c.posted_by) for c in viewer.capacities if c.posted_by}
    lists: dict[str, set[str]] = {}
    for c in viewer.limited:
        # Of two mandates for one list both show their work.
        lists.setdefault(queue_of(c.agency, c.kind), set()).update(lent(c))
    return [
        *((queue, "", []) for queue in own),
        *((queue, agency, []) for queue, agency in sorted(desks) if queue not in own),
        *(
            (queue, "", [] if "" in procedures else sorted(procedures))
            for queue, procedures in sorted(lists.items())
            if procedures and queue not in own  # a sector without procedures opens nothing
        ),
    ]


def inbox(*, viewer: Viewer, at: datetime, sought: Sought = EVERYTHING, after: str | None = None) -> WorkPage:
    """What waits for `viewer`, the least slack first: dossiers on the lists of their seats, once for each step that is
    open there. Keyset paging by `after`; one statement, an index range for each list."""
    return page_of(_read(viewer, at, sought, after, limit=PAGE + 1))


def to_plan(
    *, viewer: Viewer, at: datetime, most: int, signs: frozenset[tuple[UUID, int]] = frozenset()
) -> tuple[list[tuple[Waiting, str, bool]], list[Waiting]]:
    """What waits for the viewer themselves, the least slack first: the open steps in their name, or of whom they stand
    in for, and what waits for their signature (`signs` as in Sought), with the variant of each and whether its step
    waits for an opinion; and the letters of apology to be signed. One more than `most` of each where there are more.
    Two statements, three for leaders."""
    found = _read(viewer, at, Sought(mine="plan", signs=signs), None, limit=most + 1)
    leads = any(c.kind in LEADERS for c in viewer.able)
    letters = _read(viewer, at, Sought(room=LETTERS), None, limit=most + 1) if leads else []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, variant, ARRAY(SELECT (c->>'step')::int FROM jsonb_array_elements(consultations) c"
            " WHERE c->>'ended_at' IS NULL) FROM dossiers_dossier WHERE id = ANY(%s)",
            [[one.line.id for one in found]],
        )
        told = {dossier: (variant, asks) for dossier, variant, asks in cursor.fetchall()}
    steps = ((one, *told[one.line.id]) for one in found)
    return [(one, variant, one.line.step in asks) for one, variant, asks in steps], letters


def page_of(found: Sequence[Waiting]) -> WorkPage:
    """A page of `found`, which holds one line more where there is another page."""
    return WorkPage(tuple(found[:PAGE]), found[PAGE - 1].key if len(found) > PAGE else None)


def beside(*, viewer: Viewer, at: datetime, sought: Sought, key: str, back: bool = False) -> Waiting | None:
    """The line that follows the place `key` in the list of `inbox`, or with `back` the one before it; None at its
    end. One statement."""
    found = _read(viewer, at, sought, key, limit=1, back=back)
    return found[0] if found else None


def rooms(
    *, viewer: Viewer, at: datetime, signs: frozenset[tuple[UUID, int]] = frozenset()
) -> dict[str, int]:
    """How much waits for `viewer` in each part of the signing room. One statement over their lists, and the letters of
    apology in their agencies."""
    counts = ", ".join(f"count(*) FILTER (WHERE {condition}) AS {room}" for room, condition in ROOMS.items())
    sums = ", ".join(f"sum({room})::int" for room in (*ROOMS, LETTERS))
    sources, arguments = _sources(viewer, Sought(work="sign", signs=signs), at)
    parts = [f"SELECT {counts}, 0 AS {LETTERS} {source}" for source in sources]
    parts.append(f"SELECT {'0, ' * len(ROOMS)} count(*) {_UNSIGNED}")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sums} FROM ({' UNION ALL '.join(parts)}) q", arguments)  # noqa: S608 - fixed parts
        return dict(zip((*ROOMS, LETTERS), cursor.fetchone(), strict=True))


def _sources(viewer: Viewer, sought: Sought, at: datetime) -> tuple[list[str], dict[str, Any]]:
    """The FROM and WHERE of each list that waits for `viewer`, and their values."""
    hands = [viewer.account, *map(UUID, viewer.standing_in)]
    led = places(viewer, LEADERS, Act.NOTIFY_DELAY)
    arguments = {
        "hands": hands,
        "led": led["agencies"],
        "led_for": led["procedures"],
        "led_as": led["acting_for"],
        "me": str(viewer.account),
        **sought.arguments(at),
    }
    if sought.room == LETTERS:
        return [_UNSIGNED], arguments
    sources = []
    for n, (queue, competent, procedures) in enumerate(work_lists(viewer)):
        arguments |= {f"queue{n}": queue, f"competent{n}": competent, f"lent{n}": procedures}
        conditions = [f"d.queue = %(queue{n})s", *sought.conditions()]
        if competent:
            conditions.append(f"d.competent_agency = %(competent{n})s")
        if procedures:
            conditions.append(f"d.procedure = ANY(%(lent{n})s)")
        tables = ["dossiers_dossier d"]
        if not competent:  # a representative's list is the desk's, where no steps wait
            tables.append(beside_source(n, queue, arguments))
        sources += [f"FROM {table} WHERE {' AND '.join(conditions)}" for table in tables]
    return sources, arguments


def _read(
    viewer: Viewer, at: datetime, sought: Sought, after: str | None, *, limit: int, back: bool = False
) -> list[Waiting]:
    sources, arguments = _sources(viewer, sought, at)
    found = read_lines(sources, arguments, viewer=viewer, at=at, after=after, limit=limit, back=back)
    instead = account_names({UUID(one) for one in viewer.standing_in})
    return [_instead_of(one, instead) for one in found]


def _instead_of(one: Waiting, names: Mapping[UUID, str]) -> Waiting:
    held = one.line.holder_account
    if held is None or held not in names:
        return one
    return replace(one, why=(*one.why, Say(f"thay {names[held]}", f"in the place of {names[held]}")))


def read_lines(
    sources: Sequence[str],
    arguments: Mapping[str, Any],
    *,
    viewer: Viewer,
    at: datetime,
    after: str | None,
    limit: int,
    back: bool = False,
    order: str = ORDER,
) -> list[Waiting]:
    """The first lines beyond the place `after` of `sources` (each a FROM and WHERE that reads dossiers as `d`), in the
    order of a work list, or of another moment (`order`) of dossiers that stand there once. One statement, none without
    a source."""
    key, last, number = step_key(after)
    beyond, way, last_come = ("<", "DESC", "FIRST") if back else (">", "ASC", "LAST")
    place, at_place = [order, "d.id"], ["%(key)s::timestamptz", "%(last)s::uuid"]
    if order == ORDER:
        place, at_place = [*place, _STEP], [*at_place, "%(number)s"]
    sorted_by = ", ".join(f"{one} {way}" for one in place)
    parts = [
        f"(SELECT {_COLUMNS}, nullif({order}, 'infinity') AS due {source}"
        f" AND ({', '.join(place)}) {beyond} ({', '.join(at_place)}) ORDER BY {sorted_by} LIMIT %(limit)s)"
        for source in sources
    ]
    if not parts:
        return []
    editions = EDITIONS_OF.replace("%(agency)s", "q.competent_agency")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT q.*, ({editions}), l.name FROM ({' UNION ALL '.join(parts)}) q"  # noqa: S608 - fixed parts
            " LEFT JOIN dossiers_label l ON l.dossier = q.id"
            f" ORDER BY q.due {way} NULLS {last_come}, q.id {way}, coalesce(q.step, 0) {way} LIMIT %(limit)s",
            {**arguments, **eyes(viewer), "key": key, "last": last, "number": number, "limit": limit},
        )
        return [_waiting(row, at) for row in cursor.fetchall()]


_COLUMNS = (
    f"{COLUMNS}, d.competent_agency, d.available_at IS NOT NULL AS available, {WAITS_HERE} AS same_day,"
    " d.returned, d.late_from,"
    " CASE WHEN d.delay -> 'signed' = 'false'::jsonb THEN (d.delay ->> 'apology_date')::date END AS letter_day"
)
_EXTRA = 8
# Two steps of one dossier may wait on one list with one due moment.
_STEP = "coalesce(d.step, 0)"


def _waiting(values: tuple[Any, ...], at: datetime) -> Waiting:
    *columns, name = values
    _agency, available, same_day, returned, late_from, letter_day, due, editions = columns[-_EXTRA:]
    line = line_of((*columns[:-_EXTRA], name))
    waits = Waits(
        id=line.id,
        state=line.state,
        step_due_at=line.step_due_at,
        due_at=line.due_at,
        received_at=line.received_at,
        suspended=line.suspended,
        available=available,
        same_day=same_day,
        returned=returned,
        late_from=late_from,
        letter_day=letter_day,
    )
    calendar = calendar_from(editions)
    why = reasons(waits, at=at, calendar=calendar)
    stale = letter_day is not None and is_stale(letter_day, line.due_at, at)
    return Waiting(line, _key(due, line), why, calendar, stale)


def _key(due: datetime | None, line: Line) -> str:
    return f"{due.isoformat() if due else 'infinity'}_{line.id}_{line.step or 0}"
