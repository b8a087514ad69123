"""Files of a dossier: the event holds their digests, content holds what people called them."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.dossiers.content import open_body
from motcua.dossiers.facts import ComponentFact, FilesFact
from motcua.files import operations as files
from motcua.files.operations import Taken
from motcua.kernel.actor import Actor
from motcua.kernel.errors import NotFound
from motcua.kernel.ids import uuid7
from motcua.kernel.seals import decrypt, encrypt

_PURPOSE = "attachment"
# What stands in the place of a component for files that are none's: what shows that papers were received, a sheet of
# a paper pad, and the sheet on which somebody agreed that another hands in for them.
PROOF, SHEET, CONSENT = "_proof", "_sheet", "_consent"
# What goes between the agency and those whose opinion it asks.
QUESTION, OPINION = "_question", "_opinion"
OF_NO_PAPER = frozenset({PROOF, SHEET, CONSENT, QUESTION, OPINION})
# Before the row of the process and the code of a paper that this step made.
MADE = "_step."
# Where an event names the one such file it has.
NAMED_BY = {PROOF: "proof_file", SHEET: "photo"}
Uploads = Mapping[str, Sequence[UUID]]


@dataclass(frozen=True, slots=True)
class NewAttachment:
    """A file about to be attached to a component."""

    id: UUID
    number: int
    component: str
    file: files.Taken

    def sealed(self) -> bytes:
        """What the table keeps beside the digest, bound to its id."""
        body = {
            "name": self.file.name,
            "size": self.file.size,
            "media_type": self.file.media_type,
            "pages": self.file.pages,
        }
        return encrypt(_PURPOSE, json.dumps(body, ensure_ascii=False).encode(), bound_to=self.id.bytes)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a dossier, as its pages show it."""

    id: UUID
    seq: int
    number: int
    component: str
    digest: bytes
    name: str
    size: int
    media_type: str
    pages: int | None


def made_in(number: int, code: str) -> str:
    """What stands in the place of a component for the paper `code` of step `number`."""
    return f"{MADE}{number}.{code}"


def is_of_the_applicant(component: str) -> bool:
    """Whether files of this component are the applicant's papers, not the agency's."""
    return component not in OF_NO_PAPER and not component.startswith(MADE)


def attach(uploads: Uploads, *, actor: Actor, at: datetime) -> tuple[NewAttachment, ...]:
    """Take over what was uploaded for each component; no statement when there is nothing. Raises Invalid."""
    if not any(uploads.values()):
        return ()
    taken = files.take([one for each in uploads.values() for one in each], actor=actor, at=at)
    wanted = [(component, one) for component, each in uploads.items() for one in dict.fromkeys(each)]
    return tuple(
        NewAttachment(uuid7(), number, component, taken[one])
        for number, (component, one) in enumerate(wanted, 1)
    )


def attach_named(
    what: str, digest: str | None, *, actor: Actor, at: datetime, after: int = 0
) -> tuple[NewAttachment, ...]:
    """Take over the one file that an event names itself, by its digest: PROOF or SHEET. No statement when there is
    none. Raises Invalid where the actor did not send it."""
    if digest is None:
        return ()
    taken = files.take_sent(digest, field=NAMED_BY[what], actor=actor, at=at)
    return (NewAttachment(uuid7(), after + 1, what, taken),)


def copies(of: Mapping[str, Sequence[Attachment]]) -> tuple[NewAttachment, ...]:
    """Files of another dossier once more, by component: one content lies there once."""
    wanted = [(component, one) for component, each in of.items() for one in each]
    return tuple(
        NewAttachment(
            uuid7(),
            number,
            component,
            Taken(
                upload=one.id,
                digest=one.digest,
                name=one.name,
                size=one.size,
                media_type=one.media_type,
                pages=one.pages,
            ),
        )
        for number, (component, one) in enumerate(wanted, 1)
    )


def with_sheet(
    attached: Sequence[NewAttachment], photo: str | None, *, actor: Actor, at: datetime
) -> tuple[NewAttachment, ...]:
    """The files of an act, and the photo of the sheet it was written on, named by its digest."""
    return (*attached, *attach_named(SHEET, photo, actor=actor, at=at, after=len(attached)))


def with_files(
    components: Iterable[ComponentFact], attached: Iterable[NewAttachment]
) -> tuple[ComponentFact, ...]:
    """The components of an event, each with the digests of its files."""
    digests = {each.component: each.file_digests for each in files_of(attached)}
    return tuple(replace(fact, file_digests=digests.get(fact.component, ())) for fact in components)


def files_of(attached: Iterable[NewAttachment]) -> tuple[FilesFact, ...]:
    """What an event that has no components says of its files."""
    digests: dict[str, list[str]] = {}
    for one in attached:
        digests.setdefault(one.component, []).append(one.file.digest.hex())
    return tuple(
        FilesFact(component=component, file_digests=tuple(dict.fromkeys(each)))
        for component, each in digests.items()
    )


def open_attachment(found: Sequence[Any]) -> Attachment | None:
    """A row (id, sealed, component, digest, seq, number) as it is shown; None once erased."""
    attachment, sealed, component, digest, seq, number = found
    if sealed is None:
        return None
    told = json.loads(decrypt(_PURPOSE, bytes(sealed), bound_to=attachment.bytes))
    return Attachment(
        id=attachment, seq=seq, number=number, component=component, digest=bytes(digest), **told
    )


def attachment_of(dossier: UUID, attachment: UUID) -> Attachment:
    """A file of `dossier`. One statement. Raises NotFound for another dossier's file and for an erased one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, sealed, component, file_id, seq, number FROM dossiers_attachment"
            " WHERE id = %s AND dossier = %s",
            [attachment, dossier],
        )
        found = cursor.fetchone()
    opened = open_attachment(found) if found else None
    if opened is None:
        raise NotFound("Hồ sơ không có tệp này.", "The dossier has no such file.")
    return opened


def made_since(dossier: UUID, *, seq: int) -> frozenset[str]:
    """Which papers of steps (`made_in`) a dossier has by events from `seq` on. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT component FROM dossiers_attachment"
            " WHERE dossier = %s AND seq >= %s AND starts_with(component, %s) AND sealed IS NOT NULL",
            [dossier, seq, MADE],
        )
        return frozenset(component for (component,) in cursor.fetchall())


_CONTENTS = """
SELECT id, sealed, NULL, NULL::bytea, 0, 0 FROM dossiers_content
 WHERE dossier = %(dossier)s AND split_part(what, ':', 1) <> ALL(%(without)s::text[])
UNION ALL
SELECT id, sealed, component, file_id, seq, number FROM dossiers_attachment WHERE dossier = %(dossier)s
"""


def contents_of(
    dossier: UUID, *, without: Collection[str] = ()
) -> tuple[dict[UUID, str], tuple[Attachment, ...]]:
    """The texts, but for the kinds `without` (sight.TEXTS), and the files of a dossier that were not erased. One
    statement."""
    with connection.cursor() as cursor:
        cursor.execute(_CONTENTS, {"dossier": dossier, "without": list(without)})
        rows = cursor.fetchall()
    bodies = {row[0]: open_body(row[0], row[1]) for row in rows if row[2] is None}
    files = [open_attachment(row) for row in rows if row[2] is not None]
    return (
        {content: body for content, body in bodies.items() if body is not None},
        tuple(sorted((f for f in files if f is not None), key=lambda f: (f.seq, f.number))),
    )
