"""What happened since a result was proposed that whoever goes on has to look at by itself. Pure; see ADR 0060."""

from collections.abc import Callable, Mapping
from typing import Any

from motcua.dossiers import events as e
from motcua.kernel.say import Say

Row = Mapping[str, Any]
# By the type of the event, which the proposal keeps as `since` until something is proposed anew.
LOOK_ANEW: Mapping[str, Say] = {
    e.StepReturned.TYPE: Say("hồ sơ đã bị trả lại", "the dossier was sent back"),
    e.DossierReopened.TYPE: Say("kết quả đã được mở lại để làm lại", "the result was reopened"),
    e.Supplied.TYPE: Say("người nộp đã bổ sung giấy tờ", "the applicant supplied papers"),
    e.ApplicantWrote.TYPE: Say("người nộp đã viết cho cơ quan", "the applicant wrote"),
    e.ReceptionCorrected.TYPE: Say("nội dung tiếp nhận đã được sửa", "the reception was corrected"),
    e.FieldsBackfilled.TYPE: Say(
        "tra cứu bổ sung thấy khác hồ sơ", "a later look-up does not bear the dossier out"
    ),
    e.ConsultationAnswered.TYPE: Say("đã có thêm ý kiến trả lời", "an opinion has come in"),
    e.ConsultationLapsed.TYPE: Say(
        "đã hết hạn lấy một ý kiến mà không được trả lời", "an opinion was not given in time"
    ),
    e.ChildEnded.TYPE: Say(
        "một phần hồ sơ ở cơ quan khác không được chấp thuận", "a part elsewhere was not granted"
    ),
    e.InterestDeclared.TYPE: Say("có người đã khai xung đột lợi ích", "a conflict of interest was declared"),
}
# Events that count only where they speak against what was proposed.
_AGAINST: Mapping[str, Callable[[Any], bool]] = {
    e.FieldsBackfilled.TYPE: lambda event: any(f.outcome in ("differs", "not_found") for f in event.findings),
    e.ConsultationLapsed.TYPE: lambda event: not event.tacit,
    e.ChildEnded.TYPE: lambda event: event.outcome != "granted",
}


def noted_on(proposal: Row | None, event: Any) -> Row | None:
    """`proposal` as it stands after `event`."""
    counts = event.TYPE in LOOK_ANEW and _AGAINST.get(event.TYPE, lambda _event: True)(event)
    return {**proposal, "since": event.TYPE} if proposal and counts else proposal


def needs_a_look(row: Row) -> Say | None:
    """Why the open step of `row` is not done together with others: it came back, or something happened since it was
    proposed on; None where nothing did."""
    since = e.StepReturned.TYPE if row["returned"] else (row["proposal"] or {}).get("since")
    return LOOK_ANEW[since] if since else None
