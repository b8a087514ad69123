"""Forms in the making: begun, changed step by step, brought back to what they were, discarded, published."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.eforms.definition import KEY, parse
from motcua.eforms.drafted import MOST_REVISIONS, gone
from motcua.eforms.events import EformPublished
from motcua.eforms.models import Draft, Revision, Version
from motcua.eforms.policy import check_publisher
from motcua.eforms.selectors import forms, library
from motcua.eforms.shapes import Form
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotAllowedNow, NotFound
from motcua.kernel.ids import uuid7
from motcua.kernel.time import local
from motcua.ledger.chain import Head, document_digest
from motcua.ledger.operations import append, claim

Document = dict[str, Any]


class Moved(NotAllowedNow):
    """Somebody kept something in the draft since it was shown."""


class Overtaken(NotAllowedNow):
    """Somebody published a version of the form since the comparison was shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a draft began with: a version of a form (this one, or another that was copied), a file, or nothing."""

    form: str = ""
    version: int = 0
    file: str = ""
    digest: str = ""

    @property
    def said(self) -> str:
        """The same in a word, as the event tells it."""
        return f"{self.form} {self.version}" if self.form else self.file


@dataclass(frozen=True, slots=True, kw_only=True)
class Did:
    """What was done to a draft: `what` (begun, put_in, changed, added, copied, removed, moved, brought_back), and to
    what: its label in the language of forms, or the number of a revision."""

    what: str
    label: str = ""


def begin(*, document: Mapping[str, Any], origin: Origin, actor: Actor, at: datetime) -> UUID:
    """Begin a draft with `document`, which names its form by `code`; returns its id. A form has one open draft: where
    there is one, that is the answer, but for a file, which is refused. Raises Denied, and Invalid for a code that is
    none, or one that is taken by a form it is no version of."""
    check_publisher(actor)
    code = _code(document.get("code"), origin)
    found = Draft.objects.filter(code=code).values_list("id", flat=True).first()
    if found is not None and (origin.file or not origin.form or origin.form != code):
        raise Invalid(
            f"Tờ khai {code} đang có bản soạn. Hãy mở bản soạn ấy.",
            f"The form {code} has a draft already. Open that one.",
            field="code",
        )
    rows = Draft.objects.bulk_create(
        [
            Draft(
                id=uuid7(),
                code=code,
                came_from=asdict(origin),
                body=dict(document),
                begun_by=actor.id,
                begun_at=at,
                changed_by=actor.id,
                changed_at=at,
            )
        ],
        ignore_conflicts=True,
    )
    made = Draft.objects.get(code=code)
    if made.id == rows[0].id:
        _remember(made, Did(what="begun"))
    return made.id


def _code(code: object, origin: Origin) -> str:
    if not (isinstance(code, str) and KEY.fullmatch(code)):
        raise Invalid(
            "Mã tờ khai gồm chữ thường không dấu, số, gạch dưới, bắt đầu bằng chữ; ví dụ dang_ky_nuoi_con.",
            "A form's code is of small letters, figures, underscores, and begins with a letter; such as adoption.",
            field="code",
        )
    if not origin.file and origin.form != code and last_number(code):
        raise taken(code)
    return code


def taken(code: str) -> Invalid:
    """There is a form of this code already."""
    return Invalid(
        f"Đã có tờ khai {code}. Hãy mở tờ khai ấy rồi soạn bản mới từ phiên bản của nó.",
        f"There is a form {code} already. Open it and begin a draft from one of its versions.",
        field="code",
    )


def last_number(code: str) -> int:
    """The number of the last version of a form, shipped or published here; 0 for none. One statement."""
    numbers = Version.objects.filter(code=code).values_list("number", flat=True)
    return max([0, *numbers, *(number for known, number in forms() if known == code)])


def keep(
    *,
    draft: UUID,
    revision: int,
    change: Callable[[Document], Document],
    did: Did,
    actor: Actor,
    at: datetime,
) -> int:
    """Let `change` make a new body of that of `draft`, as it stood at `revision`; returns the new revision, or the same
    where nothing changed. Raises Denied, NotFound, what `change` raises, and Moved where somebody else kept something
    since."""
    row = _row(draft, actor)
    if row.revision == revision + 1 and row.changed_by == actor.id and _sent_twice(row, revision, change):
        return row.revision
    _check_revision(row, revision)
    return _kept(row, change(row.body), did, actor, at)


def _sent_twice(row: Draft, revision: int, change: Callable[[Document], Document]) -> bool:
    """Whether the last revision is what `change` made of the one it was shown."""
    before = Revision.objects.filter(draft=row, number=revision).values_list("body", flat=True).first()
    return before is not None and dict(change(before), code=row.code) == row.body


def bring_back(*, draft: UUID, revision: int, number: int, actor: Actor, at: datetime) -> int:
    """Make `draft`, as it stood at `revision`, what it was at revision `number`; returns the new revision. Raises as
    `keep`, and NotFound for a revision that is not kept."""
    row = _row(draft, actor)
    _check_revision(row, revision)
    body = Revision.objects.filter(draft=row, number=number).values_list("body", flat=True).first()
    if body is None:
        raise NotFound("Không còn giữ bản sửa này.", "This revision is not kept any more.")
    return _kept(row, body, Did(what="brought_back", label=str(number)), actor, at)


def _kept(row: Draft, body: Document, did: Did, actor: Actor, at: datetime) -> int:
    body = dict(body, code=row.code)
    if body == row.body:
        return row.revision
    row.body = body
    row.revision += 1
    row.changed_by, row.changed_at = actor.id, at
    row.save(update_fields=["body", "revision", "changed_by", "changed_at"])
    _remember(row, did)
    return row.revision


def _remember(row: Draft, did: Did) -> None:
    Revision.objects.create(
        draft=row,
        number=row.revision,
        body=row.body,
        did=asdict(did),
        changed_by=row.changed_by,
        changed_at=row.changed_at,
    )
    Revision.objects.filter(draft=row, number__lte=row.revision - MOST_REVISIONS).delete()


def discard(*, draft: UUID, revision: int, actor: Actor) -> None:
    """Forget `draft` as it stood at `revision`. Raises as `keep`."""
    row = _row(draft, actor)
    _check_revision(row, revision)
    row.delete()


def publish(
    *, draft: UUID, revision: int, valid_from: date, upon: int, actor: Actor, at: datetime
) -> tuple[UUID, Form]:
    """Publish `draft` as it stood at `revision` as the next version of its form, in force from `valid_from`; returns
    its id and the form. `upon`: the number of the last version when the draft was compared with it.

    Raises as `keep`; Overtaken where another version was published since; Invalid for a day that is gone;
    definition.Damaged with all that is wrong with the draft.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('eforms'))")
    row = _row(draft, actor)
    _check_revision(row, revision)
    if valid_from < local(at).date():
        raise Invalid(
            "Ngày có hiệu lực phải từ hôm nay trở đi; không công bố lùi ngày.",
            "The day in force is today or later; nothing is published for a day that is gone.",
            field="valid_from",
        )
    last = last_number(row.code)
    if last != upon:
        raise Overtaken(
            "Vừa có một phiên bản khác của tờ khai này được công bố. Hãy xem lại so sánh bên dưới rồi công bố.",
            "Another version of this form has just been published. Look at the comparison below again, then publish.",
        )
    body = row.body | {"version": last + 1, "valid_from": valid_from.isoformat()}
    made = parse(body, library())
    version = _version(row, body, made, actor, at)
    row.delete()
    claim(stream=version, seq=1, actor=actor, at=at)
    return version, made


def _version(row: Draft, body: Document, made: Form, actor: Actor, at: datetime) -> UUID:
    version, digest, origin = uuid7(), document_digest(body), Origin(**row.came_from)
    procedures = tuple(dict.fromkeys(serves.code for serves in made.procedures))
    event = EformPublished(
        code=made.code,
        number=made.version,
        body_digest=digest,
        valid_from=made.valid_from,
        procedures=procedures,
        came_from=origin.said,
        file_digest=bytes.fromhex(origin.digest) or None,
    )
    head = append(head=Head(stream=version), event=event, agency=actor.agency, actor=actor, at=at).head
    Version.objects.create(
        id=version,
        code=made.code,
        number=made.version,
        body=body,
        body_digest=digest,
        valid_from=made.valid_from,
        concerns=sorted({*procedures, *_concerned(made.code)}),
        came_from=row.came_from,
        published_by=actor.id,
        published_at=at,
        head_seq=head.seq,
        head_hash=head.hash,
        head_at=head.at,
    )
    return version


def _concerned(code: str) -> set[str]:
    """The procedures that earlier versions of a form served."""
    shipped = {s.code for (known, _n), one in forms().items() if known == code for s in one.procedures}
    here = Version.objects.filter(code=code).values_list("concerns", flat=True)
    return shipped.union(*here)


def _row(draft: UUID, actor: Actor) -> Draft:
    check_publisher(actor)
    row = Draft.objects.select_for_update().filter(id=draft).first()
    if row is None:
        raise gone()
    return row


def _check_revision(row: Draft, revision: int) -> None:
    if row.revision != revision:
        raise somebody_was_quicker()


def somebody_was_quicker() -> Moved:
    """What who comes second is told."""
    return Moved("Người khác vừa sửa bản soạn này.", "Somebody else has just changed this draft.")
