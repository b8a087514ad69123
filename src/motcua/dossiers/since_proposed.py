"""What happened after a result was proposed that whoever signs it has to look at by itself. Pure; see ADR 0060."""

from collections.abc import Mapping
from typing import Any

from motcua.dossiers import events as e
from motcua.kernel.say import Say

Row = Mapping[str, Any]
# By the type of the event, which the proposal keeps as `since` until something is proposed anew.
LOOK_ANEW: Mapping[str, Say] = {
    e.StepReturned.TYPE: Say("hồ sơ đã bị trả lại", "the dossier was sent back"),
    e.DossierReopened.TYPE: Say("kết quả đã được mở lại để làm lại", "the result was reopened"),
    e.Supplied.TYPE: Say("người nộp đã bổ sung giấy tờ", "the applicant supplied papers"),
    e.ReceptionCorrected.TYPE: Say("nội dung tiếp nhận đã được sửa", "the reception was corrected"),
    e.ConsultationAnswered.TYPE: Say("đã có thêm ý kiến trả lời", "an opinion has come in"),
    e.InterestDeclared.TYPE: Say("có người đã khai xung đột lợi ích", "a conflict of interest was declared"),
}


def noted_on(proposal: Row | None, event: Any) -> Row | None:
    """`proposal` as it stands after `event`."""
    return {**proposal, "since": event.TYPE} if proposal and event.TYPE in LOOK_ANEW else proposal


def needs_a_look(proposal: Row) -> Say | None:
    """Why what was proposed is not signed together with others; None where nothing happened since."""
    return LOOK_ANEW[proposal["since"]] if "since" in proposal else None
