"""Reading consultations: what waits for the opinion of the viewer's seats, one of them with just what was shared, what
is past its time, and how long each body takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.agencies.positions import WORKING
from motcua.agencies.selectors import called
from motcua.dossiers.answered import AnsweredForm, form_of
from motcua.dossiers.attachments import OPINION, QUESTION, Attachment, contents_of
from motcua.dossiers.consulted import Asked, is_asked, one_of, shares
from motcua.dossiers.interests import KEPT_OUT, OWN
from motcua.dossiers.keyset import moment_key
from motcua.dossiers.mandated import places, reaching
from motcua.dossiers.overview import READERS as WATCHING
from motcua.dossiers.record import as_row
from motcua.dossiers.row import Row
from motcua.dossiers.states import Act
from motcua.kernel.actor import Capacity, Viewer
from motcua.kernel.errors import Denied, NotFound
from motcua.kernel.say import Say

PAGE = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """A consultation on the list of those it waits for."""

    id: UUID
    code: str
    procedure_version: UUID
    asked_by: str
    asked_at: datetime
    due_at: datetime
    account: UUID | None
    lapsed: str
    reminders: int


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """One page and the key of the next one (None: no more)."""

    lines: tuple[Waiting, ...]
    following: str | None


# Who was asked: an agency's receiving seats, a unit's, a kind's; or who it was handed on to.
_MINE = (
    "c.agency = s.agency AND (c.account = %(account)s OR c.unit = s.unit OR c.kinds @> to_jsonb(s.kind))"
    " AND s.procedure IN ('', d.procedure)"
)
# Who gives no opinion on it: `consulted.may_answer` for a statement.
_NOT_THESE = f"""
SELECT {KEPT_OUT} || CASE WHEN coalesce(one->>'letter', '') <> '' THEN '{{}}' ELSE
    ARRAY[one->>'asker', one->>'asked_for', d.holder_account::text, d.consulting#>>'{{back_to,holder_account}}']
    || ARRAY(SELECT entry->>'account' FROM jsonb_array_elements(d.beside) entry) END
FROM jsonb_array_elements(d.consultations) one WHERE one->>'id' = c.id::text
"""  # noqa: S608 - fixed parts
_SEATS = (
    "unnest(%(agencies)s::text[], %(kinds)s::text[], %(units)s::uuid[], %(procedures)s::text[], %(acting_for)s::text[])"
    " s(agency, kind, unit, procedure, acting_for)"
)


def waiting(*, viewer: Viewer, after: str = "") -> WaitingPage:
    """What waits for an opinion that the viewer may give, the least time left first, also what is past its time. Keyset
    paging; one statement, an index range for each agency. Raises Denied for seats that do not work on dossiers."""
    seats = places(viewer, WORKING, Act.ANSWER_CONSULTATION)
    if not seats["agencies"]:
        raise Denied("Vị trí của bạn không trả lời ý kiến.", "Your position answers no consultations.")
    moment, last = moment_key(after)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.id, d.code, d.procedure_version, c.asked_by, c.asked_at, c.due_at, c.account, c.lapsed,"  # noqa: S608
            " c.reminders FROM dossiers_consultation c JOIN dossiers_dossier d ON d.id = c.dossier"
            " WHERE c.awaited AND c.agency = ANY(%(agencies)s)"
            f" AND EXISTS (SELECT FROM {_SEATS} WHERE {_MINE}"
            f" AND NOT ARRAY[%(account)s::text, s.acting_for] && ({_NOT_THESE}))"
            " AND (c.due_at, c.id) > (%(moment)s::timestamptz, %(last)s::uuid)"
            " ORDER BY c.due_at, c.id LIMIT %(limit)s",
            {**seats, "account": viewer.account, "moment": moment, "last": last, "limit": PAGE + 1},
        )
        lines = [Waiting(*values) for values in cursor.fetchall()]
    end = lines[PAGE - 1] if len(lines) > PAGE else None
    return WaitingPage(tuple(lines[:PAGE]), f"{end.due_at.isoformat()}_{end.id}" if end else None)


@dataclass(frozen=True, slots=True)
class Shared:
    """A consultation with what those asked may see of its dossier, and nothing else: where not shared, `form` is None
    and the parties' snapshots are missing; `files` are those of the shared papers and of the question, `opinion`
    those of the answer. `row` is for the act's own rules, and no page shows it."""

    row: Row
    one: Asked
    capacity: Capacity
    texts: Mapping[UUID, str]
    files: tuple[Attachment, ...]
    opinion: tuple[Attachment, ...]
    form: AnsweredForm | None

    def text(self, ref: Mapping[str, Any] | None) -> str:
        """A text kept as content; "" where there is none, or it was erased."""
        return self.texts.get(UUID(ref["content"]), "") if ref else ""


def shared(consultation: UUID, *, viewer: Viewer) -> Shared:
    """What those asked see; of one that shares nothing any more (`consulted.shares`) the question and that it was. Two
    statements, two more for the form. Raises NotFound for everybody else: whether it exists is not told."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT d.*, {OWN} AS own FROM dossiers_consultation c JOIN dossiers_dossier d ON d.id = c.dossier"  # noqa: S608
            " WHERE c.id = %s",
            [consultation],
        )
        found = cursor.fetchone()
        row = as_row([c.name for c in cursor.description], found) if found else None
    if row is None:
        raise NotFound("Không có lượt lấy ý kiến này.", "There is no such consultation.")
    one = one_of(row, consultation)
    account = str(viewer.account)
    seats = reaching(viewer, row, Act.ANSWER_CONSULTATION)
    capacity = next((c for c in seats if is_asked(c, one, account)), None)
    if capacity is None:
        raise NotFound("Không có lượt lấy ý kiến này.", "There is no such consultation.")
    texts, attachments = contents_of(row["id"])
    if not shares(one):
        one, attachments = {**one, "parts": [], "papers": []}, ()
    return Shared(
        row=row,
        one=one,
        capacity=capacity,
        texts=_allowed(texts, row, one),
        files=tuple(file for file in attachments if is_shared(file, one)),
        opinion=tuple(file for file in attachments if _is_opinion(file, one)),
        form=form_of(row) if "form" in one["parts"] else None,
    )


def is_shared(file: Attachment, one: Asked) -> bool:
    """Whether those asked see this file: of a paper that was shared, or sent with the question."""
    asked_with = file.component == QUESTION and file.seq == one["seq"]
    return asked_with or file.component in one["papers"]


def _is_opinion(file: Attachment, one: Asked) -> bool:
    return file.component == OPINION and bool(one["answer"]) and file.seq == one["answer"]["seq"]


def _allowed(texts: Mapping[UUID, str], row: Row, one: Asked) -> dict[UUID, str]:
    """The texts they may read: the question, their own answer, and of the parts those that were shared."""
    refs = [one["about"], *((one["answer"][name] for name in ("text", "signed")) if one["answer"] else ())]
    wanted = {UUID(ref["content"]) for ref in refs}
    if "people" in one["parts"]:
        wanted |= {UUID(party["snapshot"]) for party in row["parties"]}
    return {content: body for content, body in texts.items() if content in wanted}


def past_due(*, at: datetime, after: UUID | None, limit: int) -> list[tuple[UUID, int]]:
    """Ids and heads of dossiers with a consultation whose time was over at `at` and is not noted yet, in keyset order;
    for the worker. The few open ones have an index of their own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT d.id, d.head_seq FROM dossiers_consultation c JOIN dossiers_dossier d ON d.id = c.dossier"
            " WHERE c.ended_at IS NULL AND c.due_at <= %(at)s"
            " AND (%(after)s::uuid IS NULL OR d.id > %(after)s) ORDER BY d.id LIMIT %(limit)s",
            {"at": at, "after": after, "limit": limit},
        )
        return [(dossier, seq) for dossier, seq in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Spent:
    """How one body does with what it is asked, or (`given`) how the agency does with what that one asks: how many,
    answered in time, late, silent (the time is over and nobody has answered), under way; `minutes` of the office hours
    of whom is asked that the ended ones took."""

    given: bool
    name: Say
    count: int
    in_time: int
    late: int
    silent: int
    open: int
    minutes: int

    @property
    def ended(self) -> int:
        """How many have ended, so that a mean can be told."""
        return self.count - self.open


_FIGURES = (
    "count(*), count(*) FILTER (WHERE answered_at <= due_at), count(*) FILTER (WHERE answered_at > due_at),"
    " count(*) FILTER (WHERE answered_at IS NULL AND lapsed <> ''), count(*) FILTER (WHERE ended_at IS NULL),"
    " coalesce(sum(used_minutes), 0) FROM dossiers_consultation"
)
_PERIOD = "asked_at >= %(since)s AND asked_at < %(until)s AND outcome <> 'taken_back'"


def spent(*, agency: str, viewer: Viewer, since: datetime, until: datetime) -> list[Spent]:
    """What `agency` asked in a period, by whom; and what others asked of it, by who; the longest first. One statement,
    two index ranges. Raises Denied for who does not watch over it."""
    _check_watches(agency, viewer)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT false, name, name_en, {_FIGURES} WHERE asked_by = %(agency)s AND {_PERIOD} GROUP BY name, name_en"
            f" UNION ALL SELECT true, asked_by, '', {_FIGURES} WHERE agency = %(agency)s AND asked_by <> %(agency)s"
            f" AND {_PERIOD} GROUP BY asked_by ORDER BY 1, 9 DESC, 2",
            {"agency": agency, "since": since, "until": until},
        )
        return [
            Spent(given, called(name) if given else Say(name, name_en), *figures)
            for given, name, name_en, *figures in cursor.fetchall()
        ]


def _check_watches(agency: str, viewer: Viewer) -> None:
    if agency not in viewer.agencies(WATCHING):
        raise Denied("Ngoài phạm vi của bạn.", "Outside your scope.")


@dataclass(frozen=True, slots=True)
class Overdue:
    """An opinion that the agency waits for past its time, with the dossier it is about."""

    code: str
    name: Say
    asked_at: datetime
    due_at: datetime


def overdue_opinions(*, agency: str, viewer: Viewer, at: datetime) -> list[Overdue]:
    """The first PAGE opinions that `agency` waits for past their time at `at`, the longest first. One statement. Raises
    Denied for who does not watch over it."""
    _check_watches(agency, viewer)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT d.code, c.name, c.name_en, c.asked_at, c.due_at FROM dossiers_consultation c"
            " JOIN dossiers_dossier d ON d.id = c.dossier"
            " WHERE c.asked_by = %s AND c.awaited AND c.due_at < %s ORDER BY c.due_at, c.id LIMIT %s",
            [agency, at, PAGE],
        )
        return [
            Overdue(code, Say(name, name_en), asked_at, due_at)
            for code, name, name_en, asked_at, due_at in cursor.fetchall()
        ]
