"""Taking in processes that others wrote: a version of what is new or changed, findings beside it, nothing deleted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.catalogue.differences import Difference, differences
from motcua.kernel.actor import Actor
from motcua.kernel.importing import Outcome, Source
from motcua.ledger.chain import Head
from motcua.ledger.operations import append
from motcua.processes.checks import findings, parse
from motcua.processes.events import ProcessImported
from motcua.processes.models import Version
from motcua.processes.operations import publish
from motcua.processes.shapes import Finding, ProcessVersion


@dataclass(frozen=True, slots=True)
class Imported:
    """A process of the file: its place there, the SHA-256 of what stands there, our document made of it."""

    place: str
    digest: bytes
    document: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a process, what is odd in it, and how it differs from the version there was."""

    code: str
    title: str
    outcome: Outcome
    findings: tuple[Finding, ...]
    differences: tuple[Difference, ...] = ()


def take_in(*, processes: Sequence[Imported], source: Source, actor: Actor, at: datetime) -> list[Taken]:
    """Publish `processes`, of different codes, as issued; returns what became of each, in order.

    One whose document is that of the last version makes no new one. A process whose last version was drafted here
    keeps it, and the differences are told. Who imports now is followed by the next. Raises kernel.errors.Invalid
    where a document is no process.
    """
    one_at_a_time()
    taken = foreseen(processes)
    for one, told in zip(processes, taken, strict=True):
        if told.outcome in (Outcome.NEW, Outcome.CHANGED):
            version_id = publish(document=one.document, actor=actor, at=at)
            _tell(version_id, one, source, told.findings, actor, at)
    return taken


def one_at_a_time() -> None:
    """Who imports now is followed by the next: what the one makes, the other finds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('processes'))")


def foreseen(processes: Sequence[Imported]) -> list[Taken]:
    """What `take_in` would do now, writing nothing. Raises kernel.errors.Invalid as it does."""
    codes = [one.document["code"] for one in processes]
    last = {row.code: row for row in Version.objects.filter(code__in=codes).order_by("code", "number")}
    return [_weighed(one, last.get(one.document["code"])) for one in processes]


def _weighed(one: Imported, last: Version | None) -> Taken:
    process = parse(one.document)
    outcome, changes = _against(one, process, last)
    return Taken(process.code, process.title.vi, outcome, findings(process), changes)


def _against(
    one: Imported, process: ProcessVersion, last: Version | None
) -> tuple[Outcome, tuple[Difference, ...]]:
    if last is None:
        return Outcome.NEW, ()
    if process == parse(last.body):
        return Outcome.SAME, ()
    outcome = Outcome.KEPT if last.imported_digest is None else Outcome.CHANGED
    return outcome, differences(last.body, one.document)


def _tell(
    version_id: UUID, one: Imported, source: Source, found: Sequence[Finding], actor: Actor, at: datetime
) -> None:
    row = Version.objects.get(id=version_id)
    event = ProcessImported(
        code=row.code,
        number=row.number,
        file=source.file,
        file_digest=source.digest,
        place=one.place,
        record_digest=one.digest,
        findings=tuple(sorted({finding.code for finding in found})),
    )
    head = Head(stream=row.id, seq=row.head_seq, hash=bytes(row.head_hash), at=row.head_at)
    new = append(head=head, event=event, agency=actor.agency, actor=actor, at=at).head
    Version.objects.filter(id=row.id).update(
        head_seq=new.seq, head_hash=new.hash, head_at=new.at, imported_digest=one.digest
    )
