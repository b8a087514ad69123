"""A sentence for each event, as people read a dossier's history. Pure."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from motcua.agencies.positions import POSITION_KINDS
from motcua.dossiers import events as e
from motcua.dossiers.backfill_sentences import all_backfilled, backfilled
from motcua.dossiers.child_sentences import BETWEEN, CHILDREN
from motcua.dossiers.consulting_sentences import CONSULTING
from motcua.dossiers.delay_sentences import DELAYS
from motcua.dossiers.filing_sentences import FILING
from motcua.dossiers.hand_sentences import HANDS, by_rule
from motcua.dossiers.money_sentences import MONEY
from motcua.dossiers.received_by import given_back, handed_over
from motcua.dossiers.states import ACTS, Act
from motcua.dossiers.step_sentences import OUTCOMES, STEPS
from motcua.dossiers.travel_sentences import TRAVELS
from motcua.kernel.say import Say, counted
from motcua.kernel.time import local

_TOLD = {
    "phone": Say("bằng điện thoại", "by phone"),
    "sms": Say("bằng tin nhắn", "by text message"),
    "email": Say("bằng thư điện tử", "by e-mail"),
    "letter": Say("bằng thư", "by letter"),
    "in_person": Say("trực tiếp", "in person"),
}
_UNTOLD = {
    "papers": Say("giấy tờ còn thiếu", "the papers that are missing"),
    "payment": Say("khoản phải nộp", "what is to be paid"),
    "delay": Say("việc chậm hẹn và ngày hẹn lại", "the delay and the new date"),
    "due_moved": Say("ngày hẹn trả mới", "the new due date"),
    "received": Say("việc đã tiếp nhận hồ sơ", "the reception"),
    "refused": Say("việc không tiếp nhận hồ sơ", "the refusal"),
    "stopped": Say("việc dừng giải quyết", "the stop"),
}
_MOVED = {"result": Say("Kết quả", "Result"), "originals": Say("Bản chính đang giữ", "Originals in custody")}
_PLACES = {
    "shelf": Say("để tại quầy", "kept at the desk"),
    "officer": Say("giao người giải quyết", "with the officer"),
    "post": Say("giao bưu chính", "given to the post"),
}
Names = Callable[[str], Say]


def moment(value: datetime | None) -> Say:
    """A moment as sentences name it."""
    if value is None:
        return Say("chưa xác định", "open")
    text = f"{local(value):%H:%M %d/%m/%Y}"
    return Say(text, text)


def _due(due: e.DueFact) -> Say:
    when = moment(due.due_at)
    return Say(f"hạn trả {when.vi}", f"due {when.en}")


def _received(event: e.DossierReceived, names: Names) -> Say:
    if event.step is None:
        when, to = moment(event.expected_at), names(event.competent_agency)
        return Say(
            f"Tiếp nhận cho {to.vi}; dự kiến trả {when.vi}, thời hạn tính từ khi cơ quan đó nhận.",
            f"Received for {to.en}; expected {when.en}, the limit starts when they accept it.",
        )
    when = moment(event.due_at)
    return Say(
        f"Tiếp nhận hồ sơ đủ và hợp lệ; hẹn trả {when.vi}.",
        f"Received, complete and valid; due {when.en}.",
    )


def _supplement(event: e.SupplementRequested) -> Say:
    late_vi = " Lần này tính là chậm." if event.counts_as_late else ""
    late_en = " This one counts as late." if event.counts_as_late else ""
    return Say(
        f"Yêu cầu bổ sung lần {event.number}: {len(event.items)} mục.{late_vi}",
        f"Supplement request {event.number}: {counted(len(event.items), 'item')}.{late_en}",
    )


def _supplied(event: e.Supplied) -> Say:
    if not event.complete:
        return Say(
            f"Nhận bổ sung {len(event.items)} mục, còn thiếu.",
            f"{counted(len(event.items), 'item')} came in, not all.",
        )
    due = _due(event.due)
    return Say(f"Nhận đủ nội dung bổ sung; {due.vi}.", f"All that was missing came in; {due.en}.")


def _suspended(event: e.DossierSuspended) -> Say:
    until = moment(event.until)
    return Say(
        f"Tạm dừng có căn cứ ({event.basis}), tối đa đến {until.vi}.",
        f"Suspended ({event.basis}), until {until.en} at most.",
    )


def _resumed(event: e.DossierResumed) -> Say:
    due = _due(event.due)
    return Say(f"Tiếp tục giải quyết; {due.vi}.", f"Resumed; {due.en}.")


def _extended(event: e.DossierExtended) -> Say:
    due = _due(event.due)
    return Say(f"Gia hạn có căn cứ ({event.basis}); {due.vi}.", f"Extended ({event.basis}); {due.en}.")


def _transferred(event: e.DossierTransferred, names: Names) -> Say:
    to, giver = names(event.to), names(event.giver)
    papers_vi = f", giấy tờ theo phiếu bàn giao {event.manifest}" if event.manifest else ""
    papers_en = f", papers by manifest {event.manifest}" if event.manifest else ""
    if event.use == "non_territorial":
        return Say(
            f"Chuyển đến cơ quan có thẩm quyền giải quyết ({to.vi}){papers_vi}.",
            f"Sent to the competent agency ({to.en}){papers_en}.",
        )
    return Say(
        f"Chuyển đến {to.vi} vì không thuộc thẩm quyền của {giver.vi}{papers_vi}; "
        "thời gian chuyển không tính vào thời hạn của người dân.",
        f"Handed on to {to.en}, as {giver.en} is not competent{papers_en}; the way is charged to the giver.",
    )


def _accepted(event: e.TransferAccepted, names: Names) -> Say:
    how_vi = "Quá 8 giờ làm việc không trả lời, coi như đã nhận chuyển" if event.silent else "Nhận chuyển"
    how_en = "Accepted by 8 working hours of silence" if event.silent else "Transfer accepted"
    if event.giver == event.agency and not event.silent:
        how_vi, how_en = (
            "Nơi chuyển và nơi nhận đã là một cơ quan, không còn phải chuyển",
            "Nothing is on its way any more, giver and receiver are one agency",
        )
    runs_vi = "thời hạn bắt đầu" if event.starts else "thời hạn tính tiếp"
    runs_en = "the limit starts" if event.starts else "the limit goes on"
    due, agency = _due(event.due), names(event.agency)
    return Say(
        f"{how_vi} ({agency.vi}); {runs_vi}, {due.vi}.", f"{how_en} ({agency.en}); {runs_en}, {due.en}."
    )


def _sent_back(event: e.TransferDeclined, names: Names) -> Say:
    agency = names(event.agency)
    if event.silent:
        return Say(
            f"{agency.vi} không trả lời trong 8 giờ làm việc và không tiếp nhận được; hồ sơ trở lại cơ quan chuyển.",
            f"{agency.en} was silent for 8 working hours and could not take it over; the dossier is back with the "
            "giver.",
        )
    return Say(
        f"{agency.vi} từ chối nhận chuyển; hồ sơ trở lại cơ quan chuyển.",
        f"{agency.en} declined the transfer; the dossier is back with the giver.",
    )


def _told(event: e.ApplicantTold) -> Say:
    way, due = _TOLD[event.way], moment(event.due_at)
    if event.about in _UNTOLD and event.about != "due_moved":
        about = _UNTOLD[event.about]
        return Say(
            f"Đã báo {about.vi} cho người dân {way.vi}.", f"The applicant was told {about.en} {way.en}."
        )
    return Say(
        f"Đã báo ngày hẹn trả {due.vi} cho người dân {way.vi}.",
        f"The applicant was told the due date {due.en} {way.en}.",
    )


def _not_reached(event: e.ApplicantNotReached) -> Say:
    about = _UNTOLD[event.about]
    return Say(
        f"Tin báo {about.vi} không đến được người dân; quầy cần gọi điện.",
        f"No message about {about.en} reached the applicant; the desk is to telephone.",
    )


def _decided(event: e.DossierDecided) -> Say:
    said = OUTCOMES[event.outcome]
    numbers = ", ".join(p.number for p in event.papers)
    return Say(f"Ban hành kết quả số {numbers}: {said.vi}.", f"Result {numbers} issued: {said.en}.")


def _available(event: e.ResultAvailable) -> Say:
    place = f" ({event.shelf})" if event.shelf else ""
    return Say(f"Kết quả sẵn sàng tại quầy{place}.", f"The result is ready at the desk{place}.")


def _express(event: e.DossierExpress) -> Say:
    count = len(event.papers)
    return Say(
        f"Tiếp nhận, chứng thực và trả ngay tại quầy: {count} số.",
        f"Received, certified and handed over at once: {counted(count, 'number')}.",
    )


def _notified(event: e.ReadyNotified) -> Say:
    way = _TOLD[event.way]
    if event.number > 1:
        vi, en = f"Nhắc đến nhận kết quả, lần {event.number - 1}", f"Reminder {event.number - 1} to collect"
    else:
        vi, en = "Báo đã có kết quả", "Told that the result is there"
    if not event.reached:
        return Say(f"{vi}, {way.vi}: chưa liên lạc được.", f"{en}, {way.en}: not reached.")
    return Say(f"{vi}, {way.vi}.", f"{en}, {way.en}.")


def _moved(event: e.PapersMoved) -> Say:
    what, to = _MOVED[event.what], _PLACES[event.to]
    place = "".join(f", {part}" for part in (event.place, event.manifest, event.tracking_number) if part)
    return Say(f"{what.vi}: {to.vi}{place}.", f"{what.en}: {to.en}{place}.")


def _proposed(event: e.DossierProposed) -> Say:
    label = ACTS[Act(event.act)].label
    return Say(
        f"Đề nghị “{label.vi}”; chờ người thứ hai xác nhận.",
        f"“{label.en}” proposed; a second person is to confirm.",
    )


def _declined(event: e.ProposalDeclined) -> Say:
    label = ACTS[Act(event.act)].label
    return Say(f"Không xác nhận “{label.vi}”.", f"“{label.en}” declined.")


def _taken_back(event: e.ProposalWithdrawn) -> Say:
    label = ACTS[Act(event.act)].label
    return Say(f"Rút đề nghị “{label.vi}”.", f"The proposal “{label.en}” taken back.")


def _delivered(event: e.TransferDelivered) -> Say:
    if event.presumed:
        return Say(
            "Giấy tờ chuyển đi coi như đã đến: quá hai ngày làm việc cơ quan nhận không ghi, hoặc đã lập"
            " biên bản mất.",
            "The papers count as arrived: the receiving agency noted nothing for two working days, or"
            " their loss is on record.",
        )
    return Say("Cơ quan nhận đã nhận giấy tờ chuyển đến.", "The papers arrived at the receiving desk.")


def _by_two(event: Any) -> Say:
    title = POSITION_KINDS[event.proposed.position].title
    return Say(f"{title.vi} đề nghị", f"proposed by: {title.en}")


def _voided(event: e.ReceiptVoided) -> Say:
    two = _by_two(event)
    return Say(
        f"Hủy giấy tiếp nhận, số đã cấp không dùng lại ({two.vi}).",
        f"The receipt is void, its number is not used again ({two.en}).",
    )


def _duplicate(event: e.DossierClosedAsDuplicate) -> Say:
    two = _by_two(event)
    return Say(
        f"Đóng vì trùng với hồ sơ {event.of} ({two.vi}).", f"Closed as a duplicate of {event.of} ({two.en})."
    )


def _corrected(event: e.ReceptionCorrected) -> Say:
    two, old, new = _by_two(event), moment(event.old.due_at), moment(event.due.due_at)
    vi = en = ""
    if event.variant != event.variant_before:
        vi = f" Hạn trả từ {old.vi} thành {new.vi}."
        en = f" Due {new.en} instead of {old.en}."
    return Say(
        f"Đính chính tiếp nhận lần {event.number} ({two.vi}).{vi}",
        f"Reception corrected, {event.number} ({two.en}).{en}",
    )


_WHOSE = {
    "office": Say("lỗi của cơ quan", "the office's fault"),
    "applicant": Say("lỗi của người nộp", "the applicant's fault"),
}


def _reopened(event: e.DossierReopened) -> Say:
    whose, two = _WHOSE[event.fault], _by_two(event)
    return Say(
        f"Mở lại để sửa từ bước {event.step.number}, {whose.vi} ({two.vi}); hạn trả không đổi.",
        f"Reopened for correction from step {event.step.number}, {whose.en} ({two.en}); the due date stays.",
    )


def _revoked(event: e.ResultRevoked) -> Say:
    return Say(
        f"Thu hồi kết quả số {event.result} ({event.basis}).",
        f"Result {event.result} revoked ({event.basis}).",
    )


def _calendar(event: e.CalendarApplied) -> Say:
    old, new = moment(event.old.due_at), moment(event.new.due_at)
    return Say(
        f"Lịch làm việc thay đổi: hạn trả từ {old.vi} thành {new.vi}.",
        f"The calendar changed: due {new.en} instead of {old.en}.",
    )


def _version(event: e.VersionMoved) -> Say:
    old, new = moment(event.old.due_at), moment(event.new.due_at)
    return Say(
        f"Chuyển sang phiên bản {event.number} của thủ tục, có lợi cho người nộp ({event.basis}): "
        f"hạn trả từ {old.vi} thành {new.vi}.",
        f"Goes on under version {event.number} of the procedure, in the applicant's favour ({event.basis}): "
        f"due {new.en} instead of {old.en}.",
    )


_SENTENCES: dict[str, Callable[[Any], Say]] = {
    **FILING,
    e.DossierRefused.TYPE: lambda _: Say("Từ chối tiếp nhận.", "Refused before acceptance."),
    e.DossierStarted.TYPE: lambda _: Say("Nhận việc, bắt đầu giải quyết.", "Taken up."),
    **STEPS,
    e.SupplementRequested.TYPE: _supplement,
    e.Supplied.TYPE: _supplied,
    e.DossierSuspended.TYPE: _suspended,
    e.DossierResumed.TYPE: _resumed,
    e.DossierExtended.TYPE: _extended,
    **DELAYS,
    **MONEY,
    **CONSULTING,
    **TRAVELS,
    e.DossierDecided.TYPE: _decided,
    e.ResultAvailable.TYPE: _available,
    e.ReadyNotified.TYPE: _notified,
    e.PapersMoved.TYPE: _moved,
    e.PapersGivenBack.TYPE: given_back,
    e.DossierHandedOver.TYPE: handed_over,
    e.DossierWithdrawn.TYPE: lambda _: Say("Chủ hồ sơ rút hồ sơ.", "Withdrawn by the applicant."),
    e.DossierStopped.TYPE: lambda s: Say(f"Dừng giải quyết ({s.basis}).", f"Stopped ({s.basis})."),
    e.CalendarApplied.TYPE: _calendar,
    e.VersionMoved.TYPE: _version,
    e.DossierExpress.TYPE: _express,
    e.DossierProposed.TYPE: _proposed,
    e.ProposalDeclined.TYPE: _declined,
    e.ProposalWithdrawn.TYPE: _taken_back,
    e.ReceiptVoided.TYPE: _voided,
    e.DossierClosedAsDuplicate.TYPE: _duplicate,
    e.ReceptionCorrected.TYPE: _corrected,
    e.DossierReopened.TYPE: _reopened,
    e.ResultRevoked.TYPE: _revoked,
    **HANDS,
    e.TransferDelivered.TYPE: _delivered,
    e.ApplicantTold.TYPE: _told,
    e.ApplicantNotReached.TYPE: _not_reached,
    e.ApplicantWrote.TYPE: lambda _: Say("Người dân viết cho cơ quan.", "The applicant wrote to the agency."),
    e.FieldBackfilled.TYPE: backfilled,
    e.FieldsBackfilled.TYPE: all_backfilled,
    **CHILDREN,
}


# What names an agency.
def _passed_on(event: e.DossierPassedOn, names: Names) -> Say:
    old, new = names(event.predecessor), names(event.successor)
    return Say(
        f"{new.vi} tiếp nhận từ {old.vi} do sắp xếp cơ quan ({event.basis}); mã, hạn và quy trình giữ nguyên.",
        f"{new.en} took over from {old.en}, merged into it ({event.basis}); code, dates and process stay.",
    )


_BETWEEN: dict[str, Callable[[Any, Names], Say]] = {
    e.DossierReceived.TYPE: _received,
    e.DossierTransferred.TYPE: _transferred,
    e.TransferAccepted.TYPE: _accepted,
    e.TransferDeclined.TYPE: _sent_back,
    **BETWEEN,
    e.DossierPassedOn.TYPE: _passed_on,
}


def without_rules(event: Any, names: Names) -> Say:
    """What `event` says, but for how the office shares its work."""
    between = _BETWEEN.get(event.TYPE)
    return between(event, names) if between else _SENTENCES[event.TYPE](event)


def sentence(event: Any, names: Names) -> Say:
    """What `event` says, without personal data. `names`: what an agency of this code is called."""
    said, given = without_rules(event, names), by_rule(getattr(event, "given", ()))
    return Say(said.vi + given.vi, said.en + given.en)
