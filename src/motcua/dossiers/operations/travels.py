"""Papers go from one unit to another: signed by who gives, line by line by who receives, settled where they differ."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.agencies.positions import LEADS, WORKING
from motcua.agencies.selectors import called
from motcua.dossiers import events as e
from motcua.dossiers.operations.common import happened_at, reason_content
from motcua.dossiers.record import Recorded, record
from motcua.dossiers.row import Row
from motcua.dossiers.travels import (
    OUTCOMES,
    SETTLED,
    WHAT,
    Place,
    Travel,
    concerned,
    counts,
    differs,
    is_given_out,
    is_open,
    is_other_hand,
)
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow
from motcua.kernel.text import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Consignment:
    """What goes together: the manifest's number, to which unit, carried by an officer or by a `carrier`."""

    manifest: str
    to_agency: str
    to_unit: UUID
    carrier: str = ""
    tracking_number: str = ""


def send_papers(
    *, row: Row, what: str, consignment: Consignment, place: Place | None, actor: Actor, at: datetime
) -> Recorded:
    """Sign that the papers or the result of a dossier leave the actor's unit. `place`: where they are now. Raises
    Invalid, Denied for who is not where they are, NotAllowedNow where they are on their way or nowhere."""
    code = row["code"]
    if what not in WHAT:
        raise Invalid("Hãy chọn loại giấy tờ.", "Choose which papers.", field="codes")
    if place is None:
        raise NotAllowedNow(
            f"{code}: không có {WHAT[what].vi.lower()} nào để giao; hoặc đang trên đường, hoặc đã trả cho người dân.",
            f"{code}: there is no {WHAT[what].en.lower()} to hand on; it is on its way, or given out.",
        )
    if not _is_there(actor, place):
        raise Denied(
            f"{code}: {WHAT[what].vi.lower()} không ở đơn vị của bạn.",
            f"{code}: the {WHAT[what].en.lower()} is not at your unit.",
        )
    if (actor.agency, actor.unit) == (consignment.to_agency, consignment.to_unit) or actor.unit is None:
        raise Invalid("Nơi nhận là chính đơn vị của bạn.", "The receiver is your own unit.", field="to")
    if what == "papers" and consignment.to_agency not in concerned(row) | {actor.agency}:
        to = called(consignment.to_agency)
        raise NotAllowedNow(
            f"{code}: hồ sơ không thuộc {to.vi} và chưa được chuyển đến đó. Chuyển hồ sơ trước (mục “Chuyển cơ quan”,"
            " để trống số phiếu), rồi lập phiếu bàn giao.",
            f"{code}: the dossier is not of {to.en}, nor transferred there. Transfer it first (“Transfer to another"
            " agency”, leaving the manifest's number empty), then make the manifest.",
        )
    originals, copies = counts(row) if what == "papers" else (1, 0)
    event = e.PapersSent(
        what=what,
        manifest=consignment.manifest,
        from_agency=actor.agency,
        from_unit=actor.unit,
        to_agency=consignment.to_agency,
        to_unit=consignment.to_unit,
        originals=originals,
        copies=copies,
        carrier=clean(consignment.carrier)[:60],
        tracking_number=clean(consignment.tracking_number)[:60],
        occurred_at=happened_at(at, None, row),
    )
    return record(row=row, event=event, actor=actor, at=at)


def sign_papers(*, row: Row, travel: Travel, outcome: str, note: str, actor: Actor, at: datetime) -> Recorded:
    """Sign for one line of a manifest: received, missing or damaged; what is not received needs a note. Raises Invalid,
    Denied for who is not of the receiving unit, or gave it, NotAllowedNow where it is signed for already."""
    if outcome not in OUTCOMES:
        raise Invalid("Hãy chọn tình trạng của từng dòng.", "Choose how each line came.", field="codes")
    _check_side(actor, travel, "to")
    _check_other(actor, travel, "sent")
    if not is_open(travel):
        raise NotAllowedNow(
            f"{row['code']}: dòng này đã ký nhận hoặc đã lấy lại. Hãy xem lại phiếu.",
            f"{row['code']}: this line is signed for or taken back already. Look at the manifest again.",
        )
    if outcome != "received" and not clean(note):
        raise Invalid(
            f"{row['code']}: {OUTCOMES[outcome].vi}. Hãy ghi thiếu gì, hỏng gì ở dòng này.",
            f"{row['code']}: {OUTCOMES[outcome].en}. Write on this line what is missing or damaged.",
            field="note",
        )
    kept = reason_content("papers_signed", note, field="note") if clean(note) else None
    event = e.PapersSigned(
        sent=travel["seq"],
        manifest=travel["manifest"],
        outcome=outcome,
        note=kept.ref if kept else None,
        occurred_at=happened_at(at, None, row),
    )
    return record(row=row, event=event, actor=actor, at=at, contents=[kept] if kept else [])


def settle_papers(*, row: Row, travel: Travel, way: str, note: str, actor: Actor, at: datetime) -> Recorded:
    """Settle a line that differs, or take one back that nobody has signed for. Found is the receiver's word, returned
    the giver's, a record a leader's of either side; whoever said the other thing does not say this. Raises Invalid,
    Denied, NotAllowedNow."""
    if way not in SETTLED:
        raise Invalid("Hãy chọn cách giải quyết.", "Choose how it is settled.", field="way")
    if not (differs(travel) or (is_open(travel) and way == "returned")):
        raise NotAllowedNow(
            f"{row['code']}: dòng này không còn chênh lệch.", f"{row['code']}: nothing differs on this line."
        )
    if way == "returned" and is_given_out(row, travel["what"]) and travel["outcome"]:
        raise NotAllowedNow(
            f"{row['code']}: quầy đã trả cho người dân, không về lại bên giao. Hãy chọn cách giải quyết khác.",
            f"{row['code']}: the desk has given it to the applicant, so it is not back. Settle it another way.",
        )
    if way == "found":
        _check_side(actor, travel, "to")
        _check_other(actor, travel, "sent")
    elif way == "returned":
        _check_side(actor, travel, "from")
        _check_other(actor, travel, "signed")
    else:
        _check_leads(actor, travel)
        _check_other(actor, travel, "signed")
    kept = reason_content("papers_settled", note, field="note")
    event = e.PapersSettled(
        sent=travel["seq"],
        manifest=travel["manifest"],
        way=way,
        note=kept.ref,
        occurred_at=happened_at(at, None, row),
    )
    return record(row=row, event=event, actor=actor, at=at, contents=[kept])


def _is_there(actor: Actor, place: Place) -> bool:
    works = actor.kind == "staff" and actor.position_kind in WORKING
    return works and actor.agency == place.agency and place.unit in (None, actor.unit)


def _check_side(actor: Actor, travel: Travel, side: str) -> None:
    place = Place(travel[f"{side}_agency"], UUID(str(travel[f"{side}_unit"])))
    if not _is_there(actor, place):
        vi, en = ("nhận", "receiving") if side == "to" else ("giao", "giving")
        raise Denied(f"Chỉ đơn vị {vi} ghi việc này.", f"Only the {en} unit notes this.")


def _check_leads(actor: Actor, travel: Travel) -> None:
    sides = (travel["from_agency"], travel["to_agency"])
    if actor.position_kind not in LEADS | {"desk_manager"} or actor.agency not in sides:
        raise Denied(
            "Biên bản do lãnh đạo hoặc phụ trách quầy của một trong hai bên ghi.",
            "A record is noted by a leader or desk manager of either side.",
        )


def _check_other(actor: Actor, travel: Travel, end: str) -> None:
    if not is_other_hand(actor, travel, end):
        raise Denied("Hai đầu của phiếu là hai người.", "The two ends of a manifest are two people.")
