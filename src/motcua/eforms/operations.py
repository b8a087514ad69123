"""Forms in the making: begun, changed step by step, brought back to what they were, discarded, published."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.eforms.definition import KEY, parse
from motcua.eforms.events import EformPublished
from motcua.eforms.models import Draft, Revision, Version
from motcua.eforms.policy import check_publisher
from motcua.eforms.selectors import forms, library
from motcua.eforms.shapes import Form
from motcua.kernel.actor import Actor
from motcua.kernel.drafting import (
    Did as Did,
    Drafts,
    Moved as Moved,
    Overtaken as Overtaken,
    somebody_was_quicker as somebody_was_quicker,
)
from motcua.kernel.errors import Invalid
from motcua.kernel.ids import uuid7
from motcua.kernel.time import local
from motcua.ledger.chain import Head, document_digest
from motcua.ledger.operations import append, claim

Document = dict[str, Any]


DRAFTS = Drafts(Draft, Revision, check_publisher)
keep, bring_back, discard = DRAFTS.keep, DRAFTS.bring_back, DRAFTS.discard


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
    row = Draft(
        id=uuid7(),
        code=code,
        came_from=asdict(origin),
        body=dict(document),
        begun_by=actor.id,
        begun_at=at,
        changed_by=actor.id,
        changed_at=at,
    )
    return DRAFTS.begun(row, code)


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
    row = DRAFTS.locked(draft, revision, actor)
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
