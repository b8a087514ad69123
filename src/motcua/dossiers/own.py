"""A citizen's own dossiers: those of which they are applicant, representative or submitter. Others don't exist here."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.agencies.selectors import called
from motcua.dossiers.answered import AnsweredForm, answered_form
from motcua.dossiers.attachments import Attachment, attachment_of, contents_of, is_of_the_applicant
from motcua.dossiers.entries import mandate_papers
from motcua.dossiers.events import ApplicantWrote
from motcua.dossiers.heard import told_to_people
from motcua.dossiers.numbering import normalise_code
from motcua.dossiers.policy import OWN_ROLES
from motcua.dossiers.projector import TYPES
from motcua.dossiers.record import as_row, no_such, opened_texts
from motcua.dossiers.row import Row
from motcua.dossiers.states import LABELS, State
from motcua.kernel.codec import decode
from motcua.kernel.errors import NotFound
from motcua.kernel.ids import before_id
from motcua.kernel.say import Say
from motcua.ledger.selectors import history

PAGE = 30
# One index range for each role: the parties of a dossier stand in its row.
_MINE = " OR ".join(f"parties @> %({role})s::jsonb" for role in sorted(OWN_ROLES))


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A dossier as its owner's list shows it."""

    id: UUID
    code: str
    procedure_version: UUID
    state: State
    agency: str
    submitted_at: datetime | None
    received_at: datetime | None
    answer_due_at: datetime | None
    due_at: datetime | None
    apology_date: date | None
    decided_at: datetime | None

    @property
    def label(self) -> Say:
        """The state in words."""
        return LABELS[self.state]


def _roles(party: UUID) -> dict[str, str]:
    return {role: json.dumps([{"role": role, "party": str(party)}]) for role in OWN_ROLES}


def own_dossiers(
    party: UUID, *, after: str | None = None, procedures: Collection[str] | None = None
) -> tuple[list[OwnLine], str | None]:
    """The dossiers of `party`, newest first, and the key of the page that follows; of `procedures` where some are
    named. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, code, procedure_version, state, competent_agency, submitted_at, received_at, answer_due_at,"  # noqa: S608
            " due_at, apology_date, decided_at FROM dossiers_dossier"
            f" WHERE ({_MINE}) AND parent IS NULL AND id < %(after)s"
            " AND (%(procedures)s::text[] IS NULL OR procedure = ANY(%(procedures)s))"
            " ORDER BY id DESC LIMIT %(limit)s",
            {
                **_roles(party),
                "after": before_id(after),
                "procedures": None if procedures is None else sorted(procedures),
                "limit": PAGE + 1,
            },
        )
        lines = [_line(*row) for row in cursor.fetchall()]
    return lines[:PAGE], str(lines[PAGE - 1].id) if len(lines) > PAGE else None


def _line(dossier: UUID, code: str, version: UUID, state: str, *rest: Any) -> OwnLine:
    return OwnLine(dossier, code, version, State(state), *rest)


def own_dossier(code: str, *, party: UUID) -> Row:
    """The row of a dossier of `party`. One statement. Raises NotFound for anybody else's."""
    if normalise_code(code) != code:
        raise no_such(code)
    row = whole_row(code)
    if row["parent"] is not None or not is_own(row, party):
        raise no_such(code)
    return row


@dataclass(frozen=True, slots=True)
class Stands:
    """A dossier's state for who handed it in for somebody else: nothing of the people in it."""

    procedure_version: UUID
    state: State
    submitted_at: datetime | None
    answer_due_at: datetime | None

    @property
    def label(self) -> Say:
        """The state in words."""
        return LABELS[self.state]


def states_of(codes: Collection[str]) -> dict[str, Stands]:
    """How the dossiers with these codes stand. One statement, none for no codes."""
    if not codes:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code, procedure_version, state, submitted_at, answer_due_at FROM dossiers_dossier"
            " WHERE code = ANY(%s)",
            [list(codes)],
        )
        return {
            code: Stands(version, State(state), *rest) for code, version, state, *rest in cursor.fetchall()
        }


def whole_row(code: str) -> Row:
    """The row of the dossier `code`, for who has just handed it in. One statement. Raises NotFound."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM dossiers_dossier WHERE code = %s", [code])
        found = cursor.fetchone()
        if found is None:
            raise no_such(code)
        return as_row([c.name for c in cursor.description], found)


@dataclass(frozen=True, slots=True)
class Written:
    """What the person wrote to the agency; "" once erased."""

    at: datetime
    text: str


def written(row: Row) -> tuple[Written, ...]:
    """What was written to the agency of a dossier of one's own, newest first. Two statements."""
    found = [x for x in history(row["id"]) if x.type == ApplicantWrote.TYPE]
    if not found:
        return ()
    texts = opened_texts(*(UUID(x.data["text"]["content"]) for x in found))
    return tuple(Written(x.at, text) for x, text in reversed([*zip(found, texts, strict=True)]))


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What was handed in: the form, where there was one, the files of papers, and what whoever looks said of
    themselves; nothing of what was erased."""

    form: AnsweredForm | None
    files: tuple[Attachment, ...]
    said: Mapping[str, Any]


def handed_in(row: Row, *, party: UUID) -> HandedIn:
    """What came with a dossier of one's own, as `party` may see it. Two statements. The caller has checked that it is
    theirs."""
    texts, files = contents_of(row["id"])
    mine = next((p for p in row["parties"] if p["party"] == str(party)), None)
    body = texts.get(UUID(mine["snapshot"])) if mine else None
    return HandedIn(
        form=answered_form(history(row["id"]), texts),
        files=tuple(one for one in files if is_of_the_applicant(one.component)),
        said=json.loads(body) if body else {},
    )


def own_file(row: Row, attachment: UUID) -> Attachment:
    """A file of a paper of a dossier of one's own. One statement. Raises NotFound for any other file. The caller has
    checked that the dossier is theirs."""
    found = attachment_of(row["id"], attachment)
    if not is_of_the_applicant(found.component):
        raise NotFound("Hồ sơ không có tệp này.", "The dossier has no such file.")
    return found


def is_own(row: Row, party: UUID) -> bool:
    """Whether `party` applies in it, represents who does, or handed it in."""
    return any(p["party"] == str(party) and p["role"] in OWN_ROLES for p in row["parties"])


@dataclass(frozen=True, slots=True)
class StaffAct:
    """What somebody did for a business: who, and by which document."""

    at: datetime
    sentence: Say
    person: UUID
    document: str


def acts_for(dossier: UUID, *, business: UUID) -> list[StaffAct]:
    """What those whom `business` gave a mandate did to a dossier of its own, oldest first. Two statements. The
    caller has checked that it is theirs."""
    done = [x for x in history(dossier) if x.actor["kind"] == "citizen" and x.actor["for"] == str(business)]
    papers = mandate_papers(done)
    return [
        StaffAct(
            x.at,
            told_to_people(decode(TYPES[x.type], x.data), called),
            UUID(x.actor["id"]),
            papers.get(x.actor["mandate"] or "", ""),
        )
        for x in done
    ]
