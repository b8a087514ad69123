"""A line of a dossier's history in words: when, what, and who did it in which seat, for whom."""

from dataclasses import dataclass
from datetime import datetime

from motcua.agencies.mandates import read as read_mandate, signed_as
from motcua.agencies.positions import POSITION_KINDS
from motcua.dossiers.entries import Entry
from motcua.dossiers.sentences import moment
from motcua.kernel.say import Say


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the history, as the timeline draws it."""

    at: datetime
    sentence: Say
    actor: Say
    note: str


def _seatless(entry: Entry) -> Say:
    if entry.acting_for:
        return Say("người được ủy quyền", "by mandate")
    return Say("Người dân", "The applicant") if entry.by_citizen else Say("Hệ thống", "The system")


def _signs(entry: Entry) -> str:
    """ "KT. CHỦ TỊCH, ": how who acts in another's seat signs there, where their mandate says so."""
    kind = "" if entry.by_citizen else read_mandate(entry.mandate)[0]
    return f"{signed_as(entry.position, kind=kind)[0]}, " if kind else ""


def told(entry: Entry, *, whole: bool = True) -> Told:
    """A line of the history; `whole` with the reasons people wrote."""
    seat = POSITION_KINDS[entry.position].title if entry.position else _seatless(entry)
    by = Say(
        ", ".join(part for part in (entry.actor, seat.vi) if part),
        ", ".join(part for part in (entry.actor, seat.en) if part),
    )
    if entry.acting_for:
        by = Say(
            f"{by.vi}; {_signs(entry)}làm thay {entry.acting_for} theo {entry.document or 'văn bản đã xóa'}",
            f"{by.en}; {_signs(entry)}acting for {entry.acting_for} by {entry.document or 'a document since erased'}",
        )
    elif not entry.by_citizen and entry.document:
        by = Say(
            f"{by.vi}; {_signs(entry)}theo {entry.document}", f"{by.en}; {_signs(entry)}by {entry.document}"
        )
    if entry.origin == "paper":
        entered = moment(entry.at)
        by = Say(
            f"{by.vi}; từ sổ giấy, nhập {entered.vi}", f"{by.en}; from a paper pad, entered {entered.en}"
        )
    if entry.allowed_late:
        by = Say(
            f"{by.vi}; phụ trách Bộ phận Một cửa cho phép nhập muộn",
            f"{by.en}; the desk manager allowed the late entry",
        )
    return Told(entry.occurred_at, entry.sentence, by, " · ".join(entry.texts) if whole else "")
