"""The result goes out, or the dossier ends without one."""

from datetime import datetime

from motcua.dossiers import events as e
from motcua.dossiers.content import text
from motcua.dossiers.operations.common import basis_text, happened_at, reason_content
from motcua.dossiers.policy import check
from motcua.dossiers.projector import standing
from motcua.dossiers.record import Recorded, record
from motcua.dossiers.row import Row
from motcua.dossiers.states import Act
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.text import clean


def make_available(
    *, row: Row, shelf: str, actor: Actor, at: datetime, paper: e.PaperMark | None = None
) -> Recorded:
    """Put the result on the desk's shelf, ready to be collected."""
    check(actor, Act.MAKE_AVAILABLE, row, standing(row))
    if row["available_at"] is not None:
        raise NotAllowedNow("Kết quả đã sẵn sàng tại quầy.", "The result is on the shelf already.")
    event = e.ResultAvailable(shelf=clean(shelf)[:60], occurred_at=happened_at(at, paper, row), paper=paper)
    return record(row=row, event=event, actor=actor, at=at, paper=paper)


HAND_OVER_WAYS = ("in_person", "post", "authorised")


def hand_over(
    *,
    row: Row,
    way: str,
    recipient: str,
    checked_by: str,
    receipt_lost: bool,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Give the result to the applicant, by post, or to somebody authorised. `checked_by` says what proved who
    they are."""
    check(actor, Act.HAND_OVER, row, standing(row))
    if way not in HAND_OVER_WAYS:
        raise Invalid("Hãy chọn cách trả kết quả.", "Choose how the result is handed over.", field="way")
    name = clean(recipient)
    if not name:
        raise Invalid("Hãy ghi người nhận.", "Write who receives it.", field="recipient")
    kept = text("recipient", name[:200])
    event = e.DossierHandedOver(
        way=way,
        recipient=kept.ref,
        checked_by=clean(checked_by)[:60],
        receipt_lost=receipt_lost,
        occurred_at=happened_at(at, paper, row),
        paper=paper,
    )
    return record(row=row, event=event, actor=actor, at=at, contents=[kept], paper=paper)


def withdraw(
    *,
    row: Row,
    shown_by: str,
    reason: str,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """End the dossier at the applicant's own wish. `shown_by`: signed_paper (recorded by the desk) or account."""
    check(actor, Act.WITHDRAW, row, standing(row))
    if shown_by not in ("signed_paper", "account", "code"):
        raise Invalid(
            "Hãy ghi căn cứ: đơn xin rút có chữ ký.", "Say what shows it: a signed request.", field="shown_by"
        )
    contents = [reason_content("withdrawal", reason)] if clean(reason) else []
    event = e.DossierWithdrawn(
        shown_by=shown_by,
        reason=contents[0].ref if contents else None,
        occurred_at=happened_at(at, paper, row),
        paper=paper,
    )
    return record(row=row, event=event, actor=actor, at=at, contents=contents, paper=paper)


STOP_GROUNDS = ("supplement_window_over", "payment_window_over", "request_of_applicant", "law")


def stop(
    *,
    row: Row,
    ground: str,
    basis: str,
    reason: str,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Stop settling the dossier (form 05), on a ground, with basis and reason."""
    check(actor, Act.STOP, row, standing(row))
    if ground not in STOP_GROUNDS:
        raise Invalid("Hãy chọn căn cứ dừng.", "Choose the ground for stopping.", field="ground")
    kept = reason_content("stop", reason)
    event = e.DossierStopped(
        ground=ground,
        basis=basis_text(basis),
        reason=kept.ref,
        occurred_at=happened_at(at, paper, row),
        paper=paper,
    )
    return record(row=row, event=event, actor=actor, at=at, contents=[kept], paper=paper)
