"""What the history says of letters of apology. Pure."""

from collections.abc import Callable, Mapping
from typing import Any

from motcua.dossiers import events as e
from motcua.dossiers.delays import CAUSES
from motcua.kernel.say import Say
from motcua.kernel.time import local


def _prepared(event: e.DelayPrepared) -> Say:
    cause, day = CAUSES[event.cause], f"{event.apology_date:%d/%m/%Y}"
    return Say(
        f"Trình lãnh đạo văn bản xin lỗi, hẹn lại ngày {day}: {cause.vi}.",
        f"A letter of apology was prepared for a leader, new date {day}: {cause.en}.",
    )


def _sent_back(_event: e.DelaySentBack) -> Say:
    return Say(
        "Lãnh đạo trả lại văn bản xin lỗi, không ký.", "A leader gave the letter of apology back unsigned."
    )


def _notified(event: e.DelayNotified) -> Say:
    cause, day = CAUSES[event.cause], f"{event.apology_date:%d/%m/%Y}"
    was = Say("", "")
    if event.due_at is not None:
        due = f"{local(event.due_at):%d/%m/%Y}"
        was = Say(f", thay ngày đã hẹn {due}", f" instead of {due}")
    after = Say(" sau khi đã quá hẹn", " after the date had passed") if event.after_due else Say("", "")
    return Say(
        f"Xin lỗi{after.vi} và hẹn lại ngày {day}{was.vi}: {cause.vi}. Ngày đã hẹn vẫn là ngày tính trễ hạn.",
        f"Apology{after.en}, new date {day}{was.en}: {cause.en}. Lateness is still counted from the promised date.",
    )


DELAYS: Mapping[str, Callable[[Any], Say]] = {
    e.DelayPrepared.TYPE: _prepared,
    e.DelaySentBack.TYPE: _sent_back,
    e.DelayNotified.TYPE: _notified,
}
LOOKED_AT_AGAIN = Say("Cơ quan xem lại ngày hẹn trả.", "The agency looks at the promised date again.")
# What people read before a leader has signed.
UNSIGNED = dict.fromkeys((e.DelayPrepared.TYPE, e.DelaySentBack.TYPE), LOOKED_AT_AGAIN)
