"""Taking in records of the national catalogue: a version of what changed, the findings beside it, nothing deleted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from motcua.catalogue.decisions import standing_decisions
from motcua.catalogue.differences import Difference, differences
from motcua.catalogue.events import ProcedureClosed, ProcedureImported, ProcedureReopened
from motcua.catalogue.models import Announcement, Procedure, Version
from motcua.catalogue.national.decisions import Decision
from motcua.catalogue.national.findings import Finding as Found, FindingKind
from motcua.catalogue.national.fitting import fitted
from motcua.catalogue.national.record import Record as Told, raw_record, read_record
from motcua.catalogue.national.structure import Structured
from motcua.catalogue.operations.found import decided_of, keep_findings
from motcua.catalogue.operations.publishing import Publication, one_at_a_time, publish_all
from motcua.catalogue.shapes import ProcedureVersion
from motcua.kernel.actor import Actor
from motcua.kernel.errors import NotFound
from motcua.kernel.ids import uuid7
from motcua.kernel.importing import Outcome as Outcome, Source as Source
from motcua.ledger.chain import Head, document_digest
from motcua.ledger.operations import EventData, append

# What is read by earlier rules than these is read again, also where its line is the same.
RULES = 2


@dataclass(frozen=True, slots=True)
class Record:
    """A line of the file with its SHA-256, what it tells, what was made of it with which decisions, and what that says
    (catalogue.checking.parse)."""

    line: int
    text: str
    digest: bytes
    told: Told
    decisions: tuple[Decision, ...]
    made: Structured
    version: ProcedureVersion

    @property
    def code(self) -> str:
        return self.version.code


def record_of(
    *, line: int, text: str, digest: bytes, decisions: Mapping[str, tuple[Decision, ...]]
) -> Record:
    """A line as a record, with the `decisions` about its procedure. Raises kernel.errors.Invalid with the place."""
    told = read_record(raw_record(text))
    of_it = decisions.get(told.code, ())
    return Record(line, text, digest, told, of_it, *fitted(told, of_it))


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a record, all that was found in it, what of that nobody decided, and how it differs from the
    version there was."""

    outcome: Outcome
    findings: tuple[Found, ...]
    open: tuple[Found, ...]
    differences: tuple[Difference, ...] = ()


def take_in(
    *, records: Sequence[Record], source: Source, effective_from: date, actor: Actor, at: datetime
) -> list[Taken]:
    """Keep `records`, of different procedures, and publish what was made of them, as announced, in force from
    `effective_from`. Returns what became of each, in order. What somebody decided while the file was read counts too.

    A record that makes the document of the last version makes no new one. A procedure whose last version was drafted
    here keeps it, and a finding says that the announcement differs. Findings of the record before are replaced.
    """
    codes = [record.code for record in records]
    one_at_a_time()
    decisions = standing_decisions(codes)
    records = [_as_decided(record, decisions.get(record.code, ())) for record in records]
    last = _last_versions(codes)
    taken = [_weighed(record, last.get(record.code)) for record in records]
    publish_all(
        publications=[
            Publication(record.made.document, record.version, effective_from, (_imported(record, source),))
            for record, one in zip(records, taken, strict=True)
            if one.outcome in (Outcome.NEW, Outcome.CHANGED)
        ],
        actor=actor,
        at=at,
    )
    closed = Procedure.objects.filter(code__in=codes).exclude(closed_on=None).values_list("code", flat=True)
    for code in list(closed):
        _tell(code, ProcedureReopened(procedure=code, file=source.file, file_digest=source.digest), actor, at)
    _keep(records, taken, source, at=at)
    return taken


def _as_decided(record: Record, decisions: tuple[Decision, ...]) -> Record:
    if decisions == record.decisions:
        return record
    made, version = fitted(record.told, decisions)
    return replace(record, decisions=decisions, made=made, version=version)


def _last_versions(codes: Sequence[str]) -> Mapping[str, Version]:
    rows = Version.objects.filter(procedure_id__in=codes, withdrawn_at=None).order_by(
        "procedure_id", "number"
    )
    return {row.procedure_id: row for row in rows}


def _weighed(record: Record, last: Version | None) -> Taken:
    document, findings, undecided = record.made.document, record.made.findings, record.made.open
    if last is None:
        return Taken(Outcome.NEW, findings, undecided)
    if "announced" not in last.body:
        changes = differences(last.body, document)
        found = (Found(FindingKind.DRAFTED_HERE, "", last.decision),) if changes else ()
        noted = (
            ()
            if (FindingKind.DRAFTED_HERE, "") in decided_of(record.made, record.told, record.decisions)
            else found
        )
        return Taken(Outcome.KEPT, findings + found, undecided + noted, changes)
    if bytes(last.body_digest) == document_digest(document):
        return Taken(Outcome.SAME, findings, undecided)
    return Taken(Outcome.CHANGED, findings, undecided, differences(last.body, document))


def _imported(record: Record, source: Source) -> ProcedureImported:
    return ProcedureImported(
        procedure=record.code,
        file=source.file,
        file_digest=source.digest,
        line=record.line,
        record_digest=record.digest,
        findings=tuple(sorted({found.kind.value for found in record.made.findings})),
    )


def _keep(records: Sequence[Record], taken: Sequence[Taken], source: Source, *, at: datetime) -> None:
    kept = {
        record.code: Announcement(
            id=uuid7(),
            procedure_id=record.code,
            digest=record.digest,
            body=record.text,
            publisher=record.made.document["announced"].get("publisher", ""),
            file=source.file,
            file_digest=source.digest,
            line=record.line,
            imported_at=at,
            rules=RULES,
        )
        for record in records
    }
    Announcement.objects.bulk_create(kept.values())
    keep_findings(
        {
            record.code: (
                kept[record.code].id,
                record.told,
                decided_of(record.made, record.told, record.decisions),
                one.findings,
            )
            for record, one in zip(records, taken, strict=True)
        }
    )
    Procedure.objects.bulk_update(
        [Procedure(code=code, announcement=one.id, closed_on=None) for code, one in kept.items()],
        ["announcement", "closed_on"],
    )


def close(*, code: str, on: date, source: Source, actor: Actor, at: datetime) -> None:
    """The catalogue names `code` no more: from `on` nothing is received for it, what runs goes on. Raises NotFound."""
    event = ProcedureClosed(procedure=code, closed_on=on, file=source.file, file_digest=source.digest)
    _tell(code, event, actor, at)
    Procedure.objects.filter(code=code).update(closed_on=on)


def _tell(code: str, event: EventData, actor: Actor, at: datetime) -> None:
    """Write what befell a procedure on the stream of its newest version. Raises NotFound."""
    last = Version.objects.select_for_update().filter(procedure_id=code).order_by("-number").first()
    if last is None:
        raise NotFound(f"Không có thủ tục {code}.", f"There is no procedure {code}.")
    head = Head(stream=last.id, seq=last.head_seq, hash=bytes(last.head_hash), at=last.head_at)
    new = append(head=head, event=event, agency=actor.agency, actor=actor, at=at).head
    Version.objects.filter(id=last.id).update(head_seq=new.seq, head_hash=new.hash, head_at=new.at)
