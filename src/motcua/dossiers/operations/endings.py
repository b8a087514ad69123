"""The result goes out, or the dossier ends without one."""

from dataclasses import dataclass
from datetime import date, datetime

from motcua.dossiers import events as e
from motcua.dossiers.at_desk import away
from motcua.dossiers.attachments import PROOF, NewAttachment, attach_named
from motcua.dossiers.content import NewContent, text
from motcua.dossiers.operations.common import basis_text, happened_at, reason_content
from motcua.dossiers.policy import check
from motcua.dossiers.projector import standing
from motcua.dossiers.record import Recorded, record
from motcua.dossiers.row import Row
from motcua.dossiers.standing import why_not
from motcua.dossiers.states import Act
from motcua.dossiers.windows import supply_by
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.text import clean
from motcua.kernel.time import local


def make_available(
    *, row: Row, shelf: str, actor: Actor, at: datetime, paper: e.PaperMark | None = None
) -> Recorded:
    """Put the result on the desk's shelf, ready to be collected."""
    check(actor, Act.MAKE_AVAILABLE, row, standing(row))
    if row["available_at"] is not None:
        raise NotAllowedNow("Kết quả đã sẵn sàng tại quầy.", "The result is on the shelf already.")
    event = e.ResultAvailable(shelf=clean(shelf)[:60], occurred_at=happened_at(at, paper, row), paper=paper)
    return record(row=row, event=event, actor=actor, at=at, paper=paper)


TOLD_BY = ("phone", "sms", "email", "letter", "in_person")


def notify_ready(
    *,
    row: Row,
    way: str,
    reached: bool,
    note: str,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Record that the applicant was told that the result is there, or could not be reached; from the second time
    on it is a reminder. Raises NotAllowedNow before the result lies at the desk."""
    check(actor, Act.NOTIFY_READY, row, standing(row))
    if row["available_at"] is None:
        raise NotAllowedNow("Kết quả chưa về quầy.", "The result is not at the desk yet.")
    if way not in TOLD_BY:
        raise Invalid("Hãy chọn cách báo.", "Choose how they were told.", field="way")
    contents = [reason_content("notified", note, field="note")] if clean(note) else []
    event = e.ReadyNotified(
        number=row["reminders"] + 1,
        way=way,
        reached=reached,
        note=contents[0].ref if contents else None,
        occurred_at=happened_at(at, paper, row),
        paper=paper,
    )
    return record(row=row, event=event, actor=actor, at=at, contents=contents, paper=paper)


WHAT_MOVES = ("result", "originals")
PLACES = ("shelf", "officer", "post")


def move_papers(
    *,
    row: Row,
    what: str,
    to: str,
    place: str,
    actor: Actor,
    at: datetime,
    manifest: str = "",
    tracking_number: str = "",
    reason: str = "",
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Write down where the result, or originals kept in custody, went: one more link of their chain.

    `to` is shelf, officer or post, `place` which; a result given to the post stands on a `manifest`. What comes
    back from the post undelivered needs a reason. Raises NotAllowedNow for a result that is not at the desk yet.
    """
    check(actor, Act.MOVE_PAPERS, row, standing(row))
    if what not in WHAT_MOVES or to not in PLACES:
        raise Invalid("Hãy chọn giấy tờ và nơi đến.", "Choose the papers and where they go.", field="to")
    if what == "result" and row["available_at"] is None:
        raise NotAllowedNow("Kết quả chưa về quầy.", "The result is not at the desk yet.")
    if to == "post" and what == "result":
        owing = why_not(Act.HAND_OVER, standing(row)) or away(Act.HAND_OVER, row)
        if owing is not None:
            raise NotAllowedNow(owing.vi, owing.en)
    if to == "post" and not manifest:
        raise Invalid(
            "Giao bưu chính phải theo bảng kê; hãy lập bảng kê ở trang Trả kết quả.",
            "What goes by post stands on a manifest; make one on the page of results.",
            field="to",
        )
    returned = bool(row["manifest"]) and what == "result" and to != "post"
    contents = [reason_content("papers_moved", reason)] if returned or clean(reason) else []
    event = e.PapersMoved(
        what=what,
        to=to,
        place=clean(place)[:60],
        manifest=manifest,
        tracking_number=clean(tracking_number)[:60],
        reason=contents[0].ref if contents else None,
        occurred_at=happened_at(at, paper, row),
        paper=paper,
    )
    return record(row=row, event=event, actor=actor, at=at, contents=contents, paper=paper)


HAND_OVER_WAYS = ("in_person", "post", "authorised")
PROOFS = ("paper", "screen", "photo", "post")
SHOWN_BY_FILE = ("screen", "photo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Who took papers, and what shows it. `checked_by`: what proved who they are; `authority`: the paper that
    authorises somebody else; `proof`: one of PROOFS, `proof_file` the SHA-256 of a photo or drawn signature that
    the actor sent before."""

    recipient: str
    checked_by: str
    authority: str = ""
    proof: str = "paper"
    proof_file: str | None = None


def _received_by(receiver: Receiver) -> NewContent:
    name = clean(receiver.recipient)
    if not name:
        raise Invalid("Hãy ghi người nhận.", "Write who receives it.", field="recipient")
    if receiver.proof not in PROOFS:
        raise Invalid("Hãy chọn bằng chứng đã nhận.", "Choose what shows the receipt.", field="proof")
    if receiver.proof in SHOWN_BY_FILE and receiver.proof_file is None:
        raise Invalid(
            "Hãy đính kèm ảnh hoặc chữ ký.", "Attach the photo or the signature.", field="proof_file"
        )
    return text("recipient", name[:200])


def _proof(receiver: Receiver, actor: Actor, at: datetime) -> tuple[NewAttachment, ...]:
    return attach_named(PROOF, receiver.proof_file, actor=actor, at=at)


def hand_over(
    *,
    row: Row,
    way: str,
    receiver: Receiver,
    receipt_lost: bool,
    actor: Actor,
    at: datetime,
    tracking_number: str = "",
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Give the result to the applicant, by post, or to somebody authorised; originals in custody go with it.

    A lost receipt gives the dossier a new tracking secret: a finder's QR opens nothing. Raises NotAllowedNow for
    a result that the post has, unless the post delivered it.
    """
    check(actor, Act.HAND_OVER, row, standing(row))
    if way not in HAND_OVER_WAYS:
        raise Invalid("Hãy chọn cách trả kết quả.", "Choose how the result is handed over.", field="way")
    if row["manifest"] and way != "post":
        raise NotAllowedNow(
            f"Kết quả đang ở bưu chính (bảng kê {row['manifest']}); hãy nhận lại trước.",
            f"The post has the result (manifest {row['manifest']}); take it back first.",
        )
    kept = [_received_by(receiver)]
    if way == "authorised" and clean(receiver.authority):
        kept.append(text("authority", clean(receiver.authority)[:300]))
    event = e.DossierHandedOver(
        way=way,
        recipient=kept[0].ref,
        checked_by=clean(receiver.checked_by)[:60],
        receipt_lost=receipt_lost,
        occurred_at=happened_at(at, paper, row),
        paper=paper,
        authority=kept[1].ref if len(kept) > 1 else None,
        proof=receiver.proof,
        proof_file=receiver.proof_file,
        tracking_number=clean(tracking_number)[:60],
        with_originals=bool(row["originals_at"]),
        tracking_version=row["tracking_version"] + 1 if receipt_lost else None,
    )
    proof = _proof(receiver, actor, at)
    return record(row=row, event=event, actor=actor, at=at, contents=kept, attached=proof, paper=paper)


def give_back_papers(
    *, row: Row, receiver: Receiver, actor: Actor, at: datetime, paper: e.PaperMark | None = None
) -> Recorded:
    """Give the papers of a refused, withdrawn or stopped dossier back. Raises NotAllowedNow when none are left."""
    check(actor, Act.GIVE_BACK_PAPERS, row, standing(row))
    if not row["papers_owed"]:
        raise NotAllowedNow("Không còn giấy tờ nào phải trả lại.", "No papers are left to give back.")
    kept = _received_by(receiver)
    event = e.PapersGivenBack(
        recipient=kept.ref,
        checked_by=clean(receiver.checked_by)[:60],
        proof=receiver.proof,
        proof_file=receiver.proof_file,
        occurred_at=happened_at(at, paper, row),
        paper=paper,
    )
    proof = _proof(receiver, actor, at)
    return record(row=row, event=event, actor=actor, at=at, contents=[kept], attached=proof, paper=paper)


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


def _window_open(last_day: date | None) -> tuple[str, str]:
    if last_day is None:
        return (
            "Hồ sơ không chờ bổ sung giấy tờ, nên không dừng vì hết thời gian bổ sung được.",
            "No papers are waited for, so it can't be stopped because their time is over.",
        )
    return (
        f"Người dân còn bổ sung được đến hết ngày {last_day:%d/%m/%Y}, như đã báo; chưa dừng vì lý do này được.",
        f"Papers may come until the end of {last_day:%d/%m/%Y}, as people were told; it can't be stopped for this yet.",
    )


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
    """Stop settling the dossier (form 05), on a ground, with basis and reason. For papers that did not come only after
    the last day that people were told. Raises Denied, NotAllowedNow, Invalid."""
    check(actor, Act.STOP, row, standing(row))
    if ground not in STOP_GROUNDS:
        raise Invalid("Hãy chọn căn cứ dừng.", "Choose the ground for stopping.", field="ground")
    last_day, when = supply_by(row), happened_at(at, paper, row)
    if ground == "supplement_window_over" and (last_day is None or local(when).date() <= last_day):
        raise NotAllowedNow(*_window_open(last_day))
    kept = reason_content("stop", reason)
    event = e.DossierStopped(
        ground=ground,
        basis=basis_text(basis),
        reason=kept.ref,
        occurred_at=when,
        paper=paper,
    )
    return record(row=row, event=event, actor=actor, at=at, contents=[kept], paper=paper)
