"""Dossiers in every situation the pages know, made through the flows: one act an hour from a given moment."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from motcua.access_log.operations import note_answer, note_intake, note_question
from motcua.dossiers.operations import IssuedPaper, MissingPaper, Recorded
from motcua.dossiers.row import Row
from motcua.dossiers.selectors import find_row
from motcua.flows import consultations, delays, interests, mends, money, progress, results, transfers
from motcua.flows.reception import examine, receive, submit
from motcua.kernel.actor import SYSTEM, Actor
from motcua.kernel.ids import uuid7
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.parties.operations import Particulars
from motcua.reception.operations import guidance
from tests.support.acts import act, open_day
from tests.support.lives import corrected
from tests.support.world import COMMUNE, OTHER_COMMUNE, actor, intake, viewer

Deed = tuple[str, Callable[..., Any], Mapping[str, Any]]


def _deed(login: str, flow: Callable[..., Any], **arguments: Any) -> Deed:
    return login, flow, arguments


_START = (_deed("tuphap1", progress.start),)
_EXAMINED = (*_START, _deed("tuphap1", progress.step, outcome="granted", note="Đủ điều kiện."))
_APPROVED = (*_EXAMINED, _deed("chutich", progress.step, outcome="granted"))
_WANTED = [
    MissingPaper(component=None, text="Trích lục ghi chú ly hôn bản chính."),
    MissingPaper(component=None, text="Văn bản ủy quyền có chứng thực chữ ký."),
]
_ASKED = (*_START, _deed("tuphap1", progress.request_supplement, items=_WANTED))
_BARRED = (*_START, _deed("tuphap1", interests.declare, kind="family", reason="Em họ của chủ hồ sơ."))
_SUSPENDED = (
    *_START,
    _deed("chutich", progress.suspend, ground="verification", reason="Chờ nơi cư trú cũ trả lời."),
)


_ASKING = _deed(
    "tuphap1",
    consultations.consult,
    whom=[f"agency:{OTHER_COMMUNE}", "outside:Bảo tàng Tỉnh Mẫu"],
    about="Người này có đăng ký kết hôn ở xã không?",
    value="20",
    unit="working_day",
    parts=["people"],
    papers=["form"],
)

# With its papers: the 8 hours do not run before they arrive, however late a test looks.
_BY_HAND = {"way": "manifest", "manifest": "BG-07/2026"}
_TRANSFERRED = (
    *_START,
    _deed("tiepnhan1", transfers.transfer, to=OTHER_COMMUNE, reason="Không thuộc thẩm quyền.", **_BY_HAND),
)


def _apology(at: datetime) -> Deed:
    day = open_day((at + timedelta(days=8)).date())
    return _deed(
        "tuphap1", delays.prepare, apology_date=day, cause="verification", reason="Chờ nơi cư trú cũ."
    )


def _decided(at: datetime) -> tuple[Deed, ...]:
    paper = IssuedPaper(role="result", kind="KQ.G15.000038", number="12/UBND-XN", date=at.date())
    return (*_APPROVED, _deed("vanthu", progress.decide, papers=[paper]))


def _ready(at: datetime) -> tuple[Deed, ...]:
    return (*_decided(at), _deed("tiepnhan2", results.make_available, shelf="A3"))


def _ready_next_door(at: datetime) -> tuple[Deed, ...]:
    """Received for the next commune, decided there, on the shelf here."""
    paper = IssuedPaper(role="result", kind="KQ.G15.000038", number="3/UBND-XN", date=at.date())
    return (
        _deed("tiepnhan1", transfers.transfer, to=OTHER_COMMUNE),
        _deed("tiepnhan1.mauhai", transfers.accept),
        _deed("tuphap1.mauhai", progress.start),
        _deed("tuphap1.mauhai", progress.step, outcome="granted", note="Đủ điều kiện."),
        _deed("chutich.mauhai", progress.step, outcome="granted"),
        _deed("vanthu.mauhai/clerk", progress.decide, papers=[paper]),
        _deed("tiepnhan1", results.make_available, shelf="B1"),
    )


def _returned(at: datetime) -> tuple[Deed, ...]:
    given = {"way": "in_person", "recipient": "Lê Văn Tám", "checked_by": "citizen_id"}
    return (*_ready(at), _deed("tiepnhan2", results.hand_over, **given))


def _mended(what: Callable[..., Any], second: str = "truongquay", **told: Any) -> tuple[Deed, ...]:
    return (_deed("tiepnhan1", what, **told), _deed(second, _confirm))


def _confirm(*, code: str, actor: Actor, at: datetime) -> Recorded:
    """Confirm what is proposed, whichever event it stands in."""
    pending = find_row(code, viewer=viewer("truongquay", at=at))[0]["pending"]
    return mends.confirm(code=code, seq=pending["seq"], actor=actor, at=at)


_LIVES: Mapping[str, Callable[[datetime], tuple[Deed, ...]]] = {
    "submitted": lambda _: (),
    "refused": lambda _: (
        _deed("tiepnhan1", progress.refuse, reason="Không thuộc thẩm quyền.", basis="NĐ 118/2025 Đ17"),
    ),
    "received": lambda _: (),
    "in_process": lambda _: _START,
    "examined": lambda _: _EXAMINED,
    "barred": lambda _: _BARRED,
    "approved": lambda _: _APPROVED,
    "supplement_requested": lambda _: _ASKED,
    "suspended": lambda _: _SUSPENDED,
    "consulting": lambda _: (*_START, _ASKING),
    "apologising": lambda at: (*_START, _apology(at)),
    "payment_requested": lambda _: (
        *_START,
        _deed("tiepnhan1", money.request_payment, charges=["registration"]),
    ),
    "fee_unknown": lambda _: (),
    "decided": _decided,
    "ready": _ready,
    "charged": lambda at: (
        *_decided(at),
        _deed("tiepnhan1", money.charge_at_return, charges=["registration"]),
    ),
    "returned": _returned,
    "transferred": lambda _: _TRANSFERRED,
    "handed_on": lambda _: (*_TRANSFERRED, _deed("tiepnhan1.mauhai", transfers.accept)),
    "for_next": lambda _: (),
    "for_next_ready": _ready_next_door,
    "withdrawn": lambda _: (_deed("tiepnhan1", progress.withdraw, shown_by="signed_paper"),),
    "stopped": lambda _: (
        *_START,
        _deed("chutich", progress.stop, ground="law", basis="Luật", reason="Không còn đối tượng."),
    ),
    "proposed": lambda _: (_deed("tiepnhan1", mends.void_receipt, reason="Tiếp nhận nhầm người."),),
    "void": lambda _: _mended(mends.void_receipt, reason="Tiếp nhận nhầm người."),
    "corrected": lambda _: _mended(mends.correct_reception, reception=corrected(), reason="Gõ sai tên."),
    "reopened": lambda at: (
        *_returned(at),
        *_mended(
            mends.reopen_for_correction, "chutich", to="examine", fault="office", reason="Sai ngày sinh."
        ),
    ),
    "degraded": lambda _: (),
    "revoked": lambda at: (
        *_ready(at),
        _deed("chutich", mends.revoke_result, basis="Luật Hộ tịch Đ70", reason="Cấp sai đối tượng."),
    ),
    # These are opened by nobody they wait for, so that they can be recalled.
    "sent_on": lambda _: _EXAMINED,
    "signed_on": lambda _: _APPROVED,
}
SITUATIONS = tuple(_LIVES)
_SUBMITTED = frozenset({"submitted", "refused"})
# What differs from the usual matter: a fee that the province has not set, another agency that decides.
_MATTERS: Mapping[str, Mapping[str, Any]] = {
    "degraded": {"degraded": ("population.0.name",)},
    "fee_unknown": {"procedure": "1.004859", "variant": "change"},
    "for_next": {"competent": OTHER_COMMUNE},
    "for_next_ready": {"competent": OTHER_COMMUNE},
}


def dossier_in(situation: str, *, since: datetime, **of_intake: Any) -> Row:
    """A dossier of Xã Mẫu that came in at `since` and has come to `situation`; returns its row."""
    deeds = _LIVES[situation](since)
    opening = submit if situation in _SUBMITTED else receive
    told = {**_MATTERS.get(situation, {}), **of_intake}
    row: Row = act("tiepnhan1", since, opening, intake=intake(**told)).row
    for hours, (login, flow, arguments) in enumerate(deeds, 1):
        row = act(login, since + timedelta(hours=hours), flow, code=row["code"], **arguments).row
    return row


def sent_by_post(since: datetime) -> tuple[str, str]:
    """A manifest with two results on it: its number, and the code of one of them."""
    rows = [
        dossier_in("ready", since=since, return_way="post", name=name)
        for name in ("Hà Thị Thư", "Lý Văn Tín")
    ]
    who, at = actor("tiepnhan2", at=since), since + timedelta(hours=20)
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        number, _ = results.give_to_post(
            codes=[row["code"] for row in rows], carrier="VNPost", actor=who, at=at
        )
    return number, rows[0]["code"]


def told_to_bring(since: datetime, **of_intake: Any) -> str:
    """A guidance record of somebody who came without papers: its number."""
    asked = replace(intake(**of_intake), handed=())
    seen = examine(intake=asked, at=since)
    told = guidance.Told(
        procedure=asked.procedure,
        procedure_version=seen.offer.version_id,
        variant=asked.variant,
        channel=asked.channel,
        answers=asked.answers,
        people=asked.people,
        missing=seen.completeness.missing,
        advice="Mang theo căn cước.",
        officer="Lê Thị Tiếp",
    )
    who = actor("tiepnhan1", at=since)
    with unit_of_work(actor=who, at=since, request=Request.fresh(), origin="simulated"):
        return guidance.guide(told=told, actor=who, at=since)


def asked_of_register(at: datetime, code: str) -> None:
    """Three lines of the log of register queries: of an intake, of one that became the dossier of somebody else, and of
    what the system asked again and was cut off."""
    officer, became = actor("tiepnhan1", at=at), str(uuid7())
    note_intake(intake=became, dossier=code, people=["001085000002"], at=at)
    for who, subject in ((officer, str(uuid7())), (officer, became), (SYSTEM, code)):
        number = note_question(
            register="population",
            agency=COMMUNE,
            procedure="1.004873",
            subject=subject,
            whom="001190000001",
            actor=who,
            at=at,
        )
        if who is not SYSTEM:
            note_answer(number=number, outcome="found", at=at)


def turned_away(since: datetime, **told: Any) -> str:
    """A refusal before acceptance of what is no procedure of the desk: its number."""
    refusal = guidance.TurnedAway(
        **{
            "procedure": "",
            "procedure_version": None,
            "variant": "",
            "people": (("applicant", Particulars(name="Phan Văn Hỏi", phone="0905555111")),),
            "request": "Xin xác nhận đơn vay vốn ngân hàng",
            "ground": "not_received_here",
            "reason": "Xác nhận đơn vay vốn không phải là thủ tục hành chính của UBND xã.",
            "advice": "Liên hệ ngân hàng nơi vay.",
            "officer": "Lê Thị Tiếp",
            **told,
        }
    )
    who = actor("tiepnhan1", at=since)
    with unit_of_work(actor=who, at=since, request=Request.fresh(), origin="simulated"):
        return guidance.turn_away(refusal=refusal, actor=who, at=since)


def third_return(since: datetime) -> str:
    """Somebody without papers is sent away for the third time in one matter: the number of what is proposed."""
    numbers = [told_to_bring(since + timedelta(minutes=n), name="Vũ Thị Ba") for n in range(3)]
    return numbers[-1]
