"""Reading dossiers: one, a list with filters. What the viewer's scope does not hold does not exist."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.agencies.positions import LOOKING
from motcua.calendars.calendar import WorkCalendar
from motcua.calendars.clock import Due
from motcua.dossiers import policy
from motcua.dossiers.answered import AnsweredForm, answered_form
from motcua.dossiers.attachments import Attachment, attachment_of, contents_of
from motcua.dossiers.due import clocks
from motcua.dossiers.entries import Entry, entries_of
from motcua.dossiers.handshakes import Handshake, handshakes
from motcua.dossiers.interests import OWN
from motcua.dossiers.numbering import normalise_code
from motcua.dossiers.policy import Allowed, Refused
from motcua.dossiers.projector import standing
from motcua.dossiers.record import as_row, counted, no_such
from motcua.dossiers.row import Row
from motcua.dossiers.sight import FORM, PAPERS, PEOPLE, SHOWN, TEXTS, eyes, hidden
from motcua.dossiers.states import ACTS, LABELS, RUNNING, Act, State
from motcua.dossiers.supplements import Asked, last_asked
from motcua.dossiers.tasks import within_task
from motcua.dossiers.thread import Said, thread
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import Denied, NotFound
from motcua.kernel.ids import before_id
from motcua.kernel.say import Say
from motcua.kernel.text import clean, fold
from motcua.ledger.selectors import history

PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A dossier as a list shows it. `supplied`: what was asked for came in, all of it."""

    id: UUID
    code: str
    procedure: str
    name: str
    state: State
    label: Say
    suspended: bool
    received_at: datetime | None
    due_at: datetime | None
    step_due_at: datetime | None
    decided_at: datetime | None
    holder_kind: str
    holder_account: UUID | None
    queue: str
    desk_agency: str
    procedure_version: UUID
    process_version: UUID | None
    step: int | None
    stop_ground: str
    result_revoked: bool
    channel: str
    assisted: bool
    apology_date: date | None
    supplied: bool

    def late(self, at: datetime) -> bool:
        """Whether it is past its due moment at `at`, or was decided after it."""
        return self.due_at is not None and (self.decided_at or at) > self.due_at


@dataclass(frozen=True, slots=True)
class Page:
    """One page of lines and the key of the next one (None: no more)."""

    lines: tuple[Line, ...]
    following: str | None


# What a Line is made of; a query that reads them is given `eyes`.
COLUMNS = (
    "d.id, d.code, d.procedure, d.state, d.suspended, d.received_at, d.due_at, d.step_due_at,"
    " d.decided_at, d.holder_kind, d.holder_account, d.queue, d.desk_agency, d.procedure_version,"
    " d.process_version, d.step, d.stop_ground, d.result_revoked, d.channel, d.assisted, d.apology_date,"
    f" d.supplement_count > 0 AND d.supplement IS NULL AS supplied, {SHOWN} AS shown"
)


def line_of(values: tuple[Any, ...]) -> Line:
    """A line out of COLUMNS and the name that it is listed by where its people are shown."""
    dossier, code, procedure, state, *rest, shown, name = values
    return Line(dossier, code, procedure, (shown and name) or "", State(state), LABELS[State(state)], *rest)


def _page(lines: list[Line], key: Any) -> Page:
    more = len(lines) > PAGE
    return Page(tuple(lines[:PAGE]), key(lines[PAGE - 1]) if more else None)


FILTERS: Mapping[str, str] = {
    "": "",
    "open": "d.ended_at IS NULL",
    "late": "d.decided_at IS NULL AND d.ended_at IS NULL AND d.due_at < %(at)s",
    "waiting": "d.state = 'supplement_requested'",
    "supplied_once": "d.supplement_count = 1 AND d.supplement IS NULL AND d.decided_at IS NULL AND d.ended_at IS NULL",
    "suspended": "d.suspended",
    "degraded": "d.degraded IS NOT NULL AND d.ended_at IS NULL",
    "ready": "d.state = 'decided'",
    "ended": "d.ended_at IS NOT NULL",
}

# An index range for each agency in scope, as desk and, where the two differ, as competent agency; and as the last
# that gave it on.
_LISTED = """
SELECT DISTINCT ON (q.id) q.* FROM unnest(%(scope)s::text[]) a(code) CROSS JOIN LATERAL (
    (SELECT {columns} FROM dossiers_dossier d WHERE d.desk_agency = a.code AND {filter} AND d.id < %(after)s
     ORDER BY d.id DESC LIMIT %(limit)s)
    UNION ALL
    (SELECT {columns} FROM dossiers_dossier d WHERE d.elsewhere = a.code AND d.elsewhere <> ''
     AND {filter} AND d.id < %(after)s
     ORDER BY d.id DESC LIMIT %(limit)s)
    UNION ALL
    (SELECT {columns} FROM dossiers_dossier d WHERE d.gave = a.code AND d.gave <> ''
     AND {filter} AND d.id < %(after)s
     ORDER BY d.id DESC LIMIT %(limit)s)
) q ORDER BY q.id DESC LIMIT %(limit)s
"""
_BY_CODE = """
SELECT {columns} FROM dossiers_dossier d WHERE d.code LIKE %(code)s AND {filter} AND d.id < %(after)s
 AND (d.desk_agency = ANY(%(scope)s) OR d.elsewhere = ANY(%(scope)s) OR d.gave = ANY(%(scope)s))
 ORDER BY d.id DESC LIMIT %(limit)s
"""
# Hundreds may bear a name: their dossiers are read one by one, the newest first, until the page is full. Whose people
# are hidden is not found by them.
_BY_NAME = f"""
SELECT d.* FROM (
    SELECT l.dossier FROM dossiers_label l
     WHERE l.agency = ANY(%(scope)s) AND l.name_folded LIKE %(name)s AND l.dossier < %(after)s
     ORDER BY l.dossier DESC
) n CROSS JOIN LATERAL (
    SELECT {{columns}} FROM dossiers_dossier d WHERE d.id = n.dossier AND {{filter}} AND {SHOWN} OFFSET 0
) d ORDER BY n.dossier DESC LIMIT %(limit)s
"""  # noqa: S608 - fixed parts
# Representatives: what came in at their desk for the agency that posted them.
_POSTED = "(d.desk_agency, d.competent_agency) IN (SELECT * FROM unnest(%(desks)s::text[], %(by)s::text[]))"


def dossiers(
    *, viewer: Viewer, at: datetime, words: str = "", show: str = "", after: str | None = None
) -> Page:
    """Dossiers of the agencies that the viewer looks into, newest first. Keyset paging; one statement.

    `words` with a figure in them match a code's beginning, others the applicant's name without accents; `show`
    is a key of FILTERS. Raises Denied for seats that see no dossiers.
    """
    scope = viewer.agencies(LOOKING)
    posted = [] if scope else [c for c in viewer.capacities if c.posted_by]
    if not scope and not posted:
        raise Denied("Vị trí của bạn không xem hồ sơ.", "Your position does not look at dossiers.")
    folded = fold(clean(words))[:100]
    query = _LISTED if not folded else _BY_CODE if any(c.isdigit() for c in folded) else _BY_NAME
    condition = " AND ".join(filter(None, (FILTERS.get(show, ""), _POSTED if posted else "")))
    arguments: dict[str, Any] = {
        "scope": sorted(scope or {c.agency for c in posted}),
        **viewer.posted(),
        **eyes(viewer),
        "at": at,
        "limit": PAGE + 1,
        "after": before_id(after),
        "code": f"{like(folded.upper())}%",
        "name": f"%{like(folded)}%",
    }
    listed = query.format(columns=COLUMNS, filter=condition or "true")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT d.*, l.name FROM ({listed}) d LEFT JOIN dossiers_label l ON l.dossier = d.id"  # noqa: S608
            " ORDER BY d.id DESC",
            arguments,
        )
        lines = [line_of(row) for row in cursor.fetchall()]
    return _page(lines, lambda line: str(line.id))


def like(text: str) -> str:
    """`text` as a LIKE pattern that matches itself."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


@dataclass(frozen=True, slots=True)
class PartyShown:
    """A party as the dossier kept it; empty once erased."""

    role: str
    party: UUID
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """One dossier, whole."""

    row: Row
    name: str
    parties: tuple[PartyShown, ...]
    entries: tuple[Entry, ...]
    texts: Mapping[UUID, str]
    attachments: tuple[Attachment, ...]
    acts: Mapping[Act, Allowed | Refused]
    within_task: bool
    form: AnsweredForm | None = None
    asked: tuple[Asked, ...] = ()
    handshakes: tuple[Handshake, ...] = ()
    hidden: frozenset[str] = frozenset()
    said: tuple[Said, ...] = ()

    @property
    def acted_for(self) -> Mapping[datetime, str]:
        """Who acted in another's seat, and for whom, by when."""
        return {entry.occurred_at: entry.signed_by for entry in self.entries if entry.acting_for}

    @property
    def state(self) -> State:
        """The derived state."""
        return State(self.row["state"])

    def explain(self, calendar: WorkCalendar) -> tuple[Due, Due] | None:
        """The clock's answers for promise and limit, line by line; None before reception."""
        return clocks(self.row, calendar) if self.row["clock_from"] is not None else None


_ROWS = (
    "SELECT l.name, d.*, ARRAY(SELECT o.seq FROM jsonb_array_elements(d.sent) s JOIN dossiers_opening o"  # noqa: S608
    f" ON o.dossier = d.id AND o.seq = (s->>'seq')::int) AS opened, {OWN} AS own FROM dossiers_dossier d"
    " LEFT JOIN dossiers_label l ON l.dossier = d.id"
)


def find_row(code: str, *, viewer: Viewer) -> tuple[Row, str]:
    """A dossier's row and its applicant's name; the row knows, too, what of what was sent on was opened
    since, by its event (`opened`). Raises NotFound outside the viewer's scope. One statement."""
    found = find_rows([code], viewer=viewer).get(code)
    if found is None:
        raise no_such(code)
    return found


def find_rows(codes: Collection[str], *, viewer: Viewer) -> dict[str, tuple[Row, str]]:
    """The same for several, by code; what lies outside the viewer's scope is left out. One statement, none for what is
    no code."""
    wanted = [code for code in codes if normalise_code(code) == code]
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"{_ROWS} WHERE d.code = ANY(%s)", [wanted])
        columns = [c.name for c in cursor.description[1:]]
        found = [(as_row(columns, values[1:]), values[0] or "") for values in cursor.fetchall()]
    return {
        row["code"]: (counted(row), "" if PEOPLE in hidden(viewer, row) else name)
        for row, name in found
        if policy.sees(viewer, row)
    }


def whole(words: str, *, viewer: Viewer) -> Row | None:
    """The dossier whose whole code `words` are, as typed or scanned; None for other words, and outside the viewer's
    scope. At most one statement."""
    code = normalise_code(words)
    if code is None or not any(c.isdigit() for c in code):
        return None
    try:
        return find_row(code, viewer=viewer)[0]
    except NotFound:
        return None


def dossier(code: str, *, viewer: Viewer) -> Shown:
    """One dossier with its people, papers, history and the acts open to `viewer`. Four statements, and
    one more where something was written on paper.

    Raises NotFound outside the viewer's scope: whether it exists is not told.
    """
    row, name = find_row(code, viewer=viewer)
    return in_full(row, name, viewer=viewer)


def in_full(row: Row, name: str, *, viewer: Viewer) -> Shown:
    """What `find_row` gave to `viewer`, with all that belongs to it: `dossier` but for its first statement. Parts that
    its process hides from their seats are left out (`hidden`)."""
    unseen = hidden(viewer, row)
    texts, attachments = contents_of(row["id"], without=[what for part in unseen for what in TEXTS[part]])
    envelopes = history(row["id"])
    now = standing(row)
    return Shown(
        row=row,
        name=name,
        parties=tuple(
            PartyShown(p["role"], UUID(p["party"]), _fields(texts.get(UUID(p["snapshot"]))))
            for p in row["parties"]
        ),
        entries=entries_of(row["code"], envelopes, texts, nameless=PEOPLE in unseen),
        texts=texts,
        attachments=() if PAPERS in unseen else attachments,
        acts={
            act: policy.allows(viewer, act, row, now)
            for act, r in ACTS.items()
            if not r.from_draft or r.sources
        },
        within_task=within_task(viewer, row),
        form=None if FORM in unseen else answered_form(envelopes, texts),
        asked=last_asked(envelopes, texts),
        handshakes=handshakes(envelopes),
        hidden=unseen,
        said=thread(row["id"], envelopes, texts, viewer=viewer),
    )


def attachment(code: str, attachment_id: UUID, *, viewer: Viewer) -> tuple[Row, Attachment]:
    """A dossier's row and one of its files. Two statements. Raises NotFound outside the viewer's scope, for another
    dossier's file, for an erased one, and where its process hides papers from the viewer's seats."""
    row, _name = find_row(code, viewer=viewer)
    if PAPERS in hidden(viewer, row):
        raise no_such(code)
    return row, attachment_of(row["id"], attachment_id)


def _fields(body: str | None) -> Mapping[str, Any]:
    fields: Mapping[str, Any] = json.loads(body) if body else {}
    return fields


def running_after(*, agency: str, after: UUID | None, limit: int) -> list[UUID]:
    """Ids of dossiers whose clock may move, of one competent agency ("" for all), in keyset order; for reactions."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM dossiers_dossier WHERE state = ANY(%(states)s) AND clock_from IS NOT NULL"
            " AND reopened IS NULL"  # the due moment of a result that is mended stays as it was
            " AND (%(agency)s = '' OR competent_agency = %(agency)s)"
            " AND (%(after)s::uuid IS NULL OR id > %(after)s) ORDER BY id LIMIT %(limit)s",
            {
                "states": sorted(s.value for s in RUNNING),
                "agency": agency,
                "after": after,
                "limit": limit,
            },
        )
        return [row[0] for row in cursor.fetchall()]


def running_under(*, procedure: str, versions: Collection[UUID], after: UUID | None, limit: int) -> list[Row]:
    """Rows of the running dossiers pinned to one of `versions` of `procedure`, in keyset order; for the rule that
    moves them. `reopened` ones keep what their first decision left them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM dossiers_dossier WHERE procedure = %(procedure)s AND ended_at IS NULL"
            " AND state = ANY(%(states)s) AND decided_at IS NULL AND procedure_version = ANY(%(versions)s)"
            " AND reopened IS NULL AND (%(after)s::uuid IS NULL OR id > %(after)s) ORDER BY id LIMIT %(limit)s",
            {
                "procedure": procedure,
                "states": sorted(s.value for s in RUNNING),
                "versions": list(versions),
                "after": after,
                "limit": limit,
            },
        )
        names = [c.name for c in cursor.description]
        return [as_row(names, values) for values in cursor.fetchall()]
