"""Publishing processes, adopting them, and keeping the stays of running dossiers."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max
from psycopg import sql
from psycopg.types.json import Jsonb

from motcua.agencies.events import ProcessAdopted, ProcessStopped
from motcua.agencies.operations import decide_on_stream
from motcua.catalogue.reading import Fault
from motcua.dossiers.record import Recorded
from motcua.dossiers.sight import keep_limits
from motcua.dossiers.under_process import is_pinned
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.ids import uuid7
from motcua.kernel.say import Say
from motcua.kernel.time import local
from motcua.ledger.chain import GENESIS, Head, document_digest
from motcua.ledger.operations import append
from motcua.processes.checks import findings, parse
from motcua.processes.events import ProcessVersionPublished
from motcua.processes.finding_words import mended
from motcua.processes.includes import spliced
from motcua.processes.judging import problems
from motcua.processes.models import Adoption, Version
from motcua.processes.projector import RECALLED, project
from motcua.processes.published import offices
from motcua.processes.selectors import published_body, version
from motcua.processes.shapes import ProcessVersion
from motcua.processes.staffing import vacancies
from motcua.processes.testing.judging import changed, refuse_red, unkept, with_tests


def publishable(document: Mapping[str, Any], *, on: date) -> tuple[Mapping[str, Any], ProcessVersion]:
    """`document` (our JSON format, processes.shapes) with what it includes written into it and, where it says nothing
    of tests, with those of the last version; and the process it tells.

    Raises Invalid where the table is wrong or could not be published, and where a test of it is red on the day `on`,
    gone, or changed without a reason.
    """
    last = published_body(str(document.get("code", "")))
    document = spliced(with_tests(document, last), published_body)
    process = parse(document)
    for problem in problems(process):
        if problem.blocks:
            raise Fault(problem.where, mended(problem.finding))
    refuse_red(process, on=on)
    for place, said in unkept(document, last):
        raise Fault(place, said)
    return document, process


UNCHANGED = Say(
    "Bản này không khác phiên bản mới nhất nên không có gì để công bố. Hãy sửa trước, hoặc bỏ bản soạn.",
    "This is the same as the newest version, so there is nothing to publish. Change something first, or discard the"
    " draft.",
)


def is_unchanged(process: ProcessVersion, last: Mapping[str, Any] | None) -> bool:
    """Whether a process says nothing else than the `last` version of it."""
    return last is not None and process == parse(last)


def publish(*, document: Mapping[str, Any], actor: Actor, at: datetime) -> UUID:
    """Publish `document` as the next version of its process, as `publishable` has it; returns its id.

    Raises Invalid as `publishable`, and where it says nothing else than the last version; what is only odd is listed as
    findings.
    """
    document, process = publishable(document, on=local(at).date())
    before = published_body(process.code)
    if is_unchanged(process, before):
        raise Invalid(UNCHANGED.vi, UNCHANGED.en)
    last = Version.objects.filter(code=process.code).aggregate(Max("number"))["number__max"] or 0
    digest = document_digest(document)
    row = Version(
        id=uuid7(),
        code=process.code,
        procedure=process.procedure,
        number=last + 1,
        body=dict(document),
        body_digest=digest,
        published_at=at,
        head_hash=GENESIS,
    )
    event = ProcessVersionPublished(
        code=process.code,
        procedure=process.procedure,
        number=row.number,
        body_digest=digest,
        findings=tuple(f.code for f in findings(process)),
        changed_tests=changed(document, before),
    )
    head = append(head=Head(stream=row.id), event=event, agency=actor.agency, actor=actor, at=at).head
    row.head_seq, row.head_hash, row.head_at = head.seq, head.hash, head.at
    row.save(force_insert=True)
    keep_limits(row.id, {one.position: frozenset(one.parts) for one in process.sees})
    return row.id


def adopt(
    *, agency: str, process_version: UUID, variant: str, valid_from: date, actor: Actor, at: datetime
) -> None:
    """Let `agency` run a published version for one variant from a day on.

    Only when every step's seat is held (design, section 6), two people are there where two must act, and somebody where
    opinions are asked and delays told: raises NotAllowedNow naming what is missing; Invalid for a variant the process
    does not serve. What was adopted for that very day by mistake is replaced while no dossier was received under it;
    afterwards, and for the same version again, it raises Invalid. The ledger keeps both.
    """
    process = version(process_version)
    if variant not in {v.code for v in process.variants}:
        raise Invalid(
            "Quy trình không có trường hợp này.", "The process does not serve this variant.", field="variant"
        )
    for vacancy in vacancies(process, offices([process], agency=agency, at=at)):
        said = vacancy.said
        raise NotAllowedNow(f"Chưa áp dụng được: {said.vi}.", f"It can't be adopted yet: {said.en}.")
    same = Adoption.objects.filter(agency=agency, procedure=process.procedure, variant=variant)
    adoption = same.filter(valid_from=valid_from).first()
    if adoption is not None:
        _check_unused(adoption, process_version)
        adoption.version_id = process_version
        adoption.save(update_fields=["version"])
    else:
        same.filter(valid_to=None).exclude(valid_from__gte=valid_from).update(valid_to=valid_from)
        adoption = Adoption(
            id=uuid7(),
            agency=agency,
            procedure=process.procedure,
            variant=variant,
            version_id=process_version,
            valid_from=valid_from,
        )
        adoption.save(force_insert=True)
    event = ProcessAdopted(
        adoption=adoption.id,
        procedure=process.procedure,
        variant=variant,
        process_version=process_version,
        valid_from=valid_from,
    )
    decide_on_stream(agency=agency, event=event, actor=actor, at=at)


def _check_unused(adoption: Adoption, process_version: UUID) -> None:
    """Raise Invalid where what is adopted is that version already, or a dossier was received under it."""
    if adoption.version_id == process_version:
        raise Invalid(
            "Trường hợp này đã áp dụng chính phiên bản này từ đúng ngày ấy.",
            "This very version is adopted for this variant from that very day.",
            field="valid_from",
        )
    if is_pinned(
        adoption.version_id, agency=adoption.agency, variant=adoption.variant, since=adoption.valid_from
    ):
        raise Invalid(
            "Trường hợp này đã có quy trình áp dụng từ đúng ngày ấy, và đã nhận hồ sơ theo quy trình đó; hãy chọn"
            " ngày sau. Hồ sơ đã nhận thì xem trước rồi chuyển, từ trang của phiên bản mới.",
            "A process is adopted for this variant from that very day, and a dossier was received under it; choose a"
            " later day. What was received is previewed and moved from the page of the new version.",
            field="valid_from",
        )


def stop(
    *, agency: str, procedure: str, variants: Sequence[str], valid_to: date, actor: Actor, at: datetime
) -> None:
    """Let `agency` run no process for `variants` of `procedure` from the day `valid_to` on; what runs keeps its own,
    and an adoption from a later day stands.

    Raises Invalid naming a variant for which nothing runs the day before.
    """
    runs = Adoption.objects.filter(agency=agency, procedure=procedure, valid_from__lt=valid_to)
    runs = runs.exclude(valid_to__lte=valid_to)
    for variant in variants:
        if not runs.filter(variant=variant).update(valid_to=valid_to):
            raise Invalid(
                f"Trước ngày ấy cơ quan không áp dụng quy trình nào cho trường hợp “{variant}”.",
                f"The agency runs no process for the variant “{variant}” before that day.",
                field="variants",
            )
    event = ProcessStopped(procedure=procedure, variants=tuple(variants), valid_to=valid_to)
    decide_on_stream(agency=agency, event=event, actor=actor, at=at)


_COLUMNS = (
    "dossier", "seq", "number", "agency", "kinds", "account", "opened_at", "started_at", "due_at", "ended_at",
    "ended_by", "ended_for", "outcome",
)  # fmt: skip


_NAMES = sql.SQL(", ").join(map(sql.Identifier, _COLUMNS))
_PLACES = sql.SQL(", ").join([sql.Placeholder()] * len(_COLUMNS))
_INSERT = sql.SQL("INSERT INTO processes_runningstep ({}) SELECT {}").format(_NAMES, _PLACES)
_DUES = (
    "UPDATE processes_runningstep s SET due_at = d.due_at FROM unnest(%s::int[], %s::timestamptz[]) d(number, due_at)"
    " WHERE s.dossier = %s AND s.ended_at IS NULL AND s.number = d.number"
)

_UNDONE = sql.SQL(
    "UPDATE processes_runningstep SET outcome = %s WHERE dossier = %s AND number = %s AND seq = (SELECT max(seq)"
    " FROM processes_runningstep WHERE dossier = %s AND number = %s AND ended_at IS NOT NULL)"
)


def follow(recorded: Recorded) -> None:
    """Bring the stays of a dossier up to date with an act just recorded; one statement, or none."""
    dossier = recorded.meta.stream
    changes = project(recorded.event, recorded.meta, recorded.row["step"] or 0)
    if changes is None:
        return
    with connection.cursor() as cursor:
        if changes.dues:
            cursor.execute(_DUES, [list(changes.dues), list(changes.dues.values()), dossier])
            return
        touched = (changes.close or {}) | (changes.update or {})
        parts: list[sql.Composable] = []
        arguments: list[Any] = []
        if touched:
            parts.append(_update(touched, named=bool(changes.of)))
            arguments += [*touched.values(), dossier, *([list(changes.of)] if changes.of else [])]
        if changes.undone is not None:
            parts.append(_UNDONE)
            arguments += [RECALLED, dossier, changes.undone, dossier, changes.undone]
        for opened in changes.open:
            # What is inserted reads what the update returns, so the old stay is closed before the new one opens.
            parts.append(
                _INSERT + sql.SQL(" FROM (SELECT count(*) FROM part0) closed") if touched else _INSERT
            )
            arguments += [Jsonb(opened[n]) if n == "kinds" else opened[n] for n in _COLUMNS]
        *before, last = parts
        beside = [sql.SQL(f"part{i} AS ({{}} RETURNING 1)").format(part) for i, part in enumerate(before)]
        command = sql.SQL("WITH {} {}").format(sql.SQL(", ").join(beside), last) if beside else last
        cursor.execute(command, arguments)


def _update(touched: Mapping[str, Any], *, named: bool) -> sql.Composable:
    """The command that gives the open stays of a dossier, or of its steps that are named, new values."""
    return sql.SQL("UPDATE processes_runningstep SET {} WHERE dossier = %s AND ended_at IS NULL{}").format(
        sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(n)) for n in touched),
        sql.SQL(" AND number = ANY(%s)" if named else ""),
    )
