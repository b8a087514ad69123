"""What an agency has in hand that goes over to its successor, and a person to whom comes after them."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from motcua.agencies.positions import POSITION_KINDS, WORKING
from motcua.dossiers.consulted import Asked, awaited
from motcua.dossiers.interests import KEPT_OUT
from motcua.dossiers.open_steps import open_steps
from motcua.dossiers.record import as_row
from motcua.dossiers.row import Row
from motcua.dossiers.states import State
from motcua.kernel.codec import encode

# What a dossier waits for that keeps who has it again afterwards.
WAITS = ("supplement", "payment", "transfer", "consulting")
MOST = 500
# Open, closed with papers still to be given back, waiting for its opinion, or with papers that are on their way from or
# to it, lie with it, or came to it with a transfer; each part is an index range.
_NAMED = """
SELECT id FROM dossiers_dossier WHERE desk_agency = %(agency)s AND ended_at IS NULL
UNION SELECT id FROM dossiers_dossier WHERE competent_agency = %(agency)s AND ended_at IS NULL
UNION SELECT id FROM dossiers_dossier WHERE elsewhere = %(agency)s AND elsewhere <> '' AND ended_at IS NULL
UNION SELECT id FROM dossiers_dossier WHERE gave = %(agency)s AND gave <> '' AND ended_at IS NULL
UNION SELECT id FROM dossiers_dossier WHERE parent IS NOT NULL AND lead_agency = %(agency)s AND ended_at IS NULL
UNION SELECT id FROM dossiers_dossier WHERE desk_agency = %(agency)s AND papers_owed
UNION SELECT dossier FROM dossiers_consultation WHERE agency = %(agency)s AND awaited
UNION SELECT dossier FROM dossiers_travel WHERE %(agency)s IN (from_agency, to_agency) AND outcome = '' AND settled = ''
UNION SELECT dossier FROM dossiers_travel WHERE %(agency)s IN (from_agency, to_agency)
    AND outcome IN ('missing', 'damaged') AND settled = ''
UNION SELECT t.dossier FROM dossiers_travel t JOIN dossiers_dossier d ON d.id = t.dossier
    WHERE t.last AND %(agency)s = CASE t.settled WHEN 'returned' THEN t.from_agency ELSE t.to_agency END
    AND %(agency)s IN (t.from_agency, t.to_agency) AND (d.ended_at IS NULL OR d.papers_owed)
UNION SELECT t.dossier FROM dossiers_transfer t JOIN dossiers_dossier d ON d.id = t.dossier
    WHERE t."to" = %(agency)s AND t.delivered_at > t.sent_at AND (d.ended_at IS NULL OR d.papers_owed)
"""


def took_papers(dossier: UUID, agency: str) -> bool:
    """Whether papers of a dossier came to `agency` with a transfer, as far as the table names it. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT EXISTS (SELECT FROM dossiers_transfer WHERE dossier = %s AND "to" = %s AND delivered_at > sent_at)',
            [dossier, agency],
        )
        return bool(cursor.fetchone()[0])


@dataclass(frozen=True, slots=True)
class Held:
    """So many dossiers stand in one state and wait for one of these kinds of seat."""

    state: State
    kinds: tuple[str, ...]
    count: int


def held_by_agency(agency: str) -> list[Held]:
    """What `agency` has in hand, counted by state and by the seats of the open step. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT state, CASE WHEN competent_agency = %(agency)s THEN step_kinds ELSE '[]' END::text AS kinds, count(*)"  # noqa: S608, E501
            f" FROM dossiers_dossier WHERE id IN ({_NAMED}) GROUP BY 1, 2 ORDER BY 1, 2",
            {"agency": agency},
        )
        return [Held(State(state), tuple(json.loads(kinds)), n) for state, kinds, n in cursor.fetchall()]


def named_in(agency: str, *, after: UUID | None, limit: int) -> list[UUID]:
    """Ids of the dossiers that go over, in keyset order; for the duty. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM ({_NAMED}) d WHERE %(after)s::uuid IS NULL OR id > %(after)s"  # noqa: S608 - fixed text
            " ORDER BY id LIMIT %(limit)s",
            {"agency": agency, "after": after, "limit": limit},
        )
        return [row[0] for row in cursor.fetchall()]


# What waits at an agency: for a step's seats, without who takes no part in the dossier or may not do the step, or at
# its desk.
_WAITING = f"""
WITH step AS (SELECT d.id, d.code, d.step, d.step_kinds, d.beside, {KEPT_OUT} AS without
    FROM dossiers_dossier d WHERE competent_agency = %(agency)s AND ended_at IS NULL AND step IS NOT NULL),
open AS (SELECT id, code, step AS number, step_kinds AS kinds, without FROM step
    UNION ALL SELECT id, code, (entry->>'number')::int, entry->'kinds', without
    FROM step, jsonb_array_elements(beside) entry)
SELECT kinds::text, without, count(*), min(code) FROM (
    SELECT kinds, without || coalesce(accounts, '{{}}') AS without, code FROM open
    LEFT JOIN jsonb_to_recordset(%(apart)s) a(id uuid, number int, accounts text[]) USING (id, number)
    UNION ALL SELECT %(desk)s::jsonb, '{{}}', code FROM dossiers_dossier
    WHERE holder_agency = %(agency)s AND holder_kind = 'desk' AND ended_at IS NULL
      AND (competent_agency = %(agency)s OR desk_agency = %(agency)s)
) waiting GROUP BY kinds, without ORDER BY 1, 2
"""  # noqa: S608 - fixed parts
DESK = tuple(kind for kind, each in POSITION_KINDS.items() if each.queue == "desk")


@dataclass(frozen=True, slots=True)
class Waiting:
    """So many open steps of an agency's dossiers, or dossiers at its desk, wait for one of these kinds of seat, and not
    for these people, who take no part; one of these dossiers."""

    kinds: tuple[str, ...]
    without: frozenset[UUID]
    count: int
    code: str


@dataclass(frozen=True, slots=True)
class Apart:
    """Who may not do the step `number` of a dossier, having done one that it stands apart from."""

    id: UUID
    number: int
    accounts: tuple[UUID, ...]


def waiting_at(agency: str, *, apart: Iterable[Apart] = ()) -> list[Waiting]:
    """For whom the running dossiers of `agency` wait, where `apart` says who may not do which step. One statement."""
    asked = {"agency": agency, "desk": json.dumps(DESK), "apart": json.dumps(encode(list(apart)))}
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, asked)
        return [
            Waiting(tuple(json.loads(kinds)), frozenset(map(UUID, without)), count, code)
            for kinds, without, count, code in cursor.fetchall()
        ]


# What stands in somebody's name though they sit in none of its seats: steps, steps that come back, opinions.
_ADRIFT = f"""
SELECT held.account::uuid, a.name, NOT a.is_active, count(*), min(held.code) FROM (
    SELECT holder_account::text AS account, step_kinds AS kinds, code FROM dossiers_dossier
    WHERE competent_agency = %(agency)s AND holder_agency = %(agency)s AND ended_at IS NULL AND step IS NOT NULL
    UNION ALL SELECT entry->>'account', entry->'kinds', code FROM dossiers_dossier, jsonb_array_elements(beside) entry
    WHERE competent_agency = %(agency)s AND ended_at IS NULL AND beside <> '[]'
    UNION ALL SELECT back->>'holder_account', step_kinds, code FROM dossiers_dossier, LATERAL (VALUES {
    ", ".join(f"({waits}->'back_to')" for waits in WAITS)
}) waits(back)
    WHERE competent_agency = %(agency)s AND ended_at IS NULL AND back->>'holder_agency' = %(agency)s
    UNION ALL SELECT c.account::text, %(working)s::jsonb, d.code
    FROM dossiers_consultation c JOIN dossiers_dossier d ON d.id = c.dossier WHERE c.awaited AND c.agency = %(agency)s
) held JOIN accounts_account a ON a.id::text = held.account WHERE NOT EXISTS (
    SELECT FROM agencies_sitting(%(at)s) t JOIN agencies_position p ON p.id = t.position_id
    JOIN agencies_unit u ON u.id = p.unit_id
    WHERE t.account_id = a.id AND t.limits IS NULL AND u.agency_id = %(agency)s AND held.kinds ? p.position_kind)
GROUP BY 1, 2, 3 ORDER BY 2, 1
"""  # noqa: S608 - fixed parts


@dataclass(frozen=True, slots=True)
class Adrift:
    """So much work stands in the name of a person who sits in none of its seats: their account is locked, or their time
    is over; one of the dossiers."""

    account: UUID
    name: str
    is_locked: bool
    count: int
    code: str


def adrift(agency: str, *, at: datetime) -> list[Adrift]:
    """Whose work at `agency` has to be handed on, by name. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_ADRIFT, {"agency": agency, "at": at, "working": json.dumps(sorted(WORKING))})
        return [Adrift(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Hanging:
    """What hangs on a person (`what` of agencies.handovers.WHAT): of which dossier, for which seats."""

    what: str
    code: str
    kinds: frozenset[str]


_HANGING = """
SELECT d.* FROM dossiers_dossier d WHERE ended_at IS NULL AND (holder_account = %(account)s
   OR (beside <> '[]' AND beside @> %(entry)s::jsonb))
UNION ALL SELECT d.* FROM dossiers_dossier d WHERE ended_at IS NULL AND competent_agency = %(agency)s
   AND holder_account IS DISTINCT FROM %(account)s
   AND (coalesce(supplement, payment, transfer, consulting) IS NOT NULL OR pending IS NOT NULL)
   AND (pending->>'by' = %(account)s::text OR %(account)s::text IN (supplement#>>'{back_to,holder_account}',
        payment#>>'{back_to,holder_account}', transfer#>>'{back_to,holder_account}',
        consulting#>>'{back_to,holder_account}'))
UNION ALL SELECT d.* FROM dossiers_consultation c JOIN dossiers_dossier d ON d.id = c.dossier
   WHERE c.awaited AND c.agency = %(agency)s AND c.account = %(account)s
ORDER BY id LIMIT %(limit)s
"""


def hanging_on(account: UUID, *, agency: str, limit: int = MOST) -> list[Hanging]:
    """What a person of `agency` has in their name: open steps, steps that come back to them after a wait, opinions they
    are to give; and what they have proposed. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            _HANGING,
            {
                "account": account,
                "agency": agency,
                "entry": json.dumps([{"account": str(account)}]),
                "limit": limit,
            },
        )
        names = [c.name for c in cursor.description]
        rows = [as_row(names, values) for values in cursor.fetchall()]
    found = (one for row in rows for one in _of(row, account, agency))
    return list(dict.fromkeys(found))


def _of(row: Row, account: UUID, agency: str) -> Iterator[Hanging]:
    own = [s for s in open_steps(row) if s.holder.account == account and s.holder.agency == agency]
    yield from (Hanging("step", row["code"], frozenset(step.kinds)) for step in own)
    if backs_to(row, account, agency):
        yield Hanging("comes_back", row["code"], frozenset(row["step_kinds"]))
    if opinions_of(row, account, agency):
        yield Hanging("opinion", row["code"], frozenset())
    if row["pending"] and row["pending"]["by"] == str(account) and row["pending"]["agency"] == agency:
        yield Hanging("proposal", row["code"], frozenset({row["pending"]["position"]}))


def backs_to(row: Row, account: UUID, agency: str) -> list[str]:
    """What the dossier waits for (of WAITS) before its step comes back to a person of `agency`."""
    kept = {waits: (row[waits] or {}).get("back_to") or {} for waits in WAITS}
    return [
        waits
        for waits, back in kept.items()
        if (back.get("holder_account"), back.get("holder_agency")) == (str(account), agency)
    ]


def opinions_of(row: Row, account: UUID, agency: str) -> list[Asked]:
    """The opinions that a person of `agency` is to give, as it was handed on to them."""
    return [one for one in awaited(row) if (one["account"], one["agency"]) == (str(account), agency)]
