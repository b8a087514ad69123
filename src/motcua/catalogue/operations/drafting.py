"""Drafts of procedures: begun, kept part by part, discarded, given up to be published."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from motcua.catalogue.askings import unreasoned
from motcua.catalogue.checking import parse
from motcua.catalogue.drafts import Reasons, blank, copied, obstacles, own, with_reasons
from motcua.catalogue.models import Draft, Procedure, Version
from motcua.catalogue.national.record import CODE
from motcua.catalogue.operations.publishing import one_at_a_time
from motcua.catalogue.policy import check_announcer
from motcua.catalogue.writing import Document
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotAllowedNow, NotFound
from motcua.kernel.ids import uuid7
from motcua.kernel.time import local


class Moved(NotAllowedNow):
    """Somebody kept something in the draft since it was shown."""


class Overtaken(NotAllowedNow):
    """Somebody published a version of the procedure since the comparison was shown."""


def begin(*, code: str, version: UUID | None, actor: Actor, at: datetime) -> UUID:
    """Begin a draft of procedure `code`, from `version` or, where None, of a procedure there is not yet; returns its
    id. A procedure has one open draft: where there is one, that is the answer. Raises Denied, Invalid, NotFound."""
    check_announcer(actor)
    if version is None:
        _check_new(code)
        body = blank(code)
    else:
        source = Version.objects.filter(id=version, procedure_id=code).first()
        if source is None:
            raise NotFound("Không có phiên bản thủ tục này.", "There is no such procedure version.")
        body = copied(source.body)
    Draft.objects.bulk_create(
        [
            Draft(
                id=uuid7(),
                procedure=code,
                began_from=version,
                body=body,
                begun_by=actor.id,
                begun_at=at,
                changed_by=actor.id,
                changed_at=at,
            )
        ],
        ignore_conflicts=True,
    )
    return Draft.objects.values_list("id", flat=True).get(procedure=code)


def _check_new(code: str) -> None:
    if not CODE.fullmatch(code):
        raise Invalid(
            "Mã thủ tục có dạng 1.234567: một chữ số, dấu chấm, sáu chữ số.",
            "A procedure's code looks like 1.234567: one digit, a dot, six digits.",
            field="code",
        )
    if Procedure.objects.filter(code=code).exists():
        raise Invalid(
            f"Đã có thủ tục {code}. Hãy mở thủ tục ấy rồi soạn bản mới từ phiên bản của nó.",
            f"There is a procedure {code} already. Open it and begin a draft from one of its versions.",
            field="code",
        )


def keep(
    *, draft: UUID, revision: int, change: Callable[[Document], Document], actor: Actor, at: datetime
) -> int:
    """Let `change` make a new body of that of `draft`, as it stood at `revision`; returns the new revision. Raises
    Denied, NotFound, and Moved where somebody else kept something since."""
    row = _row(draft, actor)
    body = own(change(row.body)) | {"code": row.procedure}
    if (row.revision, row.changed_by) == (revision + 1, actor.id) and body == row.body:
        return row.revision  # sent twice
    _check_revision(row, revision)
    row.body = body
    row.revision += 1
    row.changed_by, row.changed_at = actor.id, at
    row.save(update_fields=["body", "revision", "changed_by", "changed_at"])
    return row.revision


def discard(*, draft: UUID, revision: int, actor: Actor) -> None:
    """Forget `draft` as it stood at `revision`. Raises as `keep`."""
    _locked(draft, revision, actor).delete()


def give_up(
    *,
    draft: UUID,
    revision: int,
    decision: Mapping[str, Any],
    reasons: Reasons,
    upon: UUID | None,
    actor: Actor,
    at: datetime,
) -> Document:
    """The whole document of `draft` with its announcing decision, to be published in this transaction; the draft is no
    more. `reasons`: why papers that somebody else can give are asked for, by their codes; `upon`: the newest version
    of the procedure when the draft was compared. Raises as `keep`, Overtaken where another was published since, and
    Invalid where something stands in the way."""
    one_at_a_time()
    row = _locked(draft, revision, actor)
    newest = Version.objects.filter(procedure_id=row.procedure, withdrawn_at=None).order_by("-number").first()
    if (newest.id if newest else None) != upon:
        raise Overtaken(
            "Vừa có một phiên bản khác của thủ tục này được công bố. Hãy xem lại so sánh bên dưới rồi công bố.",
            "Another version of this procedure has just been published. Look at the comparison below again, then"
            " publish.",
        )
    document = with_reasons(row.body, reasons) | {"decision": dict(decision)}
    if obstacles(document) or unreasoned(parse(document), on=local(at).date()):
        raise Invalid(
            "Bản soạn còn chỗ phải sửa trước khi công bố; xem danh sách bên dưới.",
            "The draft still has something to mend before it is published; see the list below.",
        )
    row.delete()
    return document


def check_day(day: date, *, today: date) -> None:
    """Nobody backdates a version. Raises Invalid."""
    if day < today:
        raise Invalid(
            "Ngày có hiệu lực phải từ hôm nay trở đi; không công bố lùi ngày.",
            "The day in force is today or later; nothing is published for a day that is gone.",
            field="effective_from",
        )


def _locked(draft: UUID, revision: int, actor: Actor) -> Draft:
    row = _row(draft, actor)
    _check_revision(row, revision)
    return row


def _row(draft: UUID, actor: Actor) -> Draft:
    check_announcer(actor)
    row = Draft.objects.select_for_update().filter(id=draft).first()
    if row is None:
        raise NotFound(
            "Không còn bản soạn này: đã được công bố hoặc đã bỏ.",
            "This draft is no more: it was published or discarded.",
        )
    return row


def _check_revision(row: Draft, revision: int) -> None:
    if row.revision != revision:
        raise Moved("Người khác vừa sửa bản soạn này.", "Somebody else has just changed this draft.")
