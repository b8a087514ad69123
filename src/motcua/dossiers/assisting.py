"""Who hands a dossier in for the one who applies, and how that one agreed. The kinds are data; no I/O."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from motcua.kernel.actor import Actor
from motcua.kernel.errors import Denied, Invalid
from motcua.kernel.say import Say
from motcua.kernel.text import clean


class FilingKind(StrEnum):
    """By whom a dossier is handed in."""

    SELF = "self"
    DESK = "desk"
    RELATIVE = "relative"
    POST = "post"
    VOLUNTEER = "volunteer"


class Consent(StrEnum):
    """How the applicant agreed."""

    SAID = "said"
    SHEET = "sheet"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of filing: what it is called, the seat that types it ("": a citizen), how consent may be given, whether
    the applicant stands before the one who types. `outside`: who types works for no agency of ours."""

    code: FilingKind
    label: Say
    seat: str = ""
    consents: tuple[Consent, ...] = ()
    face_to_face: bool = False
    outside: bool = False


_BEFORE_US = (Consent.SAID, Consent.CODE, Consent.SHEET)
_KINDS = (
    Kind(FilingKind.SELF, Say("Tự nộp", "Handed in by the applicant")),
    Kind(
        FilingKind.DESK,
        Say("Cán bộ một cửa nộp giúp tại quầy", "Handed in at the desk by its officer"),
        "reception_officer",
        _BEFORE_US,
        face_to_face=True,
    ),
    Kind(
        FilingKind.RELATIVE,
        Say("Người thân, người giúp nộp thay", "Handed in by a relative or helper"),
        consents=(Consent.CODE, Consent.SHEET),
    ),
    Kind(
        FilingKind.POST,
        Say("Nhân viên bưu điện nộp giúp", "Handed in by the post office"),
        "post_clerk",
        _BEFORE_US,
        face_to_face=True,
        outside=True,
    ),
    Kind(
        FilingKind.VOLUNTEER,
        Say("Tình nguyện viên nộp giúp", "Handed in by a volunteer"),
        "volunteer",
        _BEFORE_US,
        face_to_face=True,
        outside=True,
    ),
)
KINDS: Mapping[FilingKind, Kind] = {kind.code: kind for kind in _KINDS}
BY_SEAT: Mapping[str, Kind] = {kind.seat: kind for kind in _KINDS if kind.seat}
CONSENTS: Mapping[Consent, Say] = {
    Consent.SAID: Say(
        "Đồng ý bằng lời trước người nhập, sau khi nghe đọc lại",
        "Said before who typed, after it was read back",
    ),
    Consent.SHEET: Say("Ký phiếu đồng ý", "Signed the sheet of consent"),
    Consent.CODE: Say(
        "Đọc mã gửi đến điện thoại của chủ hồ sơ", "Read out a code sent to the applicant's telephone"
    ),
}
# Who is told of what becomes of it.
TELLS: Mapping[str, Say] = {
    "applicant": Say("Chủ hồ sơ", "Applicant"),
    "submitter": Say("Người nộp", "Submitter"),
}
LONGEST_RELATION = 200
# As long as a draft lives: older consent was not given to what is handed in now.
GOOD_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """That a code sent to `phone` was typed rightly; `digest` is its HMAC, never the code."""

    phone: str
    digest: str
    sent_at: datetime
    answered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """Assisted filing, as told: its `kind`; the `organisation` of who typed, where it is none of ours; the `consent`
    given at `agreed_at` to the words of `statement`; `relation` to the applicant; `sheet`: the signed sheet as files,
    `paper_kept`: it lies with who typed; `receipt`: of the code; `notified`: one of TELLS."""

    kind: FilingKind
    consent: Consent
    agreed_at: datetime
    statement: str
    organisation: str = ""
    relation: str = ""
    sheet: tuple[UUID, ...] = ()
    paper_kept: bool = False
    receipt: Receipt | None = None
    notified: str = "applicant"


def handed_in_from_home(row: Mapping[str, Any]) -> bool:
    """Whether who handed in the dossier `row` was signed in, so that they hold no receipt of the desk."""
    filing = row["filing"]
    return row["channel"] == "online" and (filing is None or not KINDS[FilingKind(filing["kind"])].seat)


def refuse_wrong(filing: Filing | None, *, actor: Actor, at: datetime) -> None:
    """Raise Denied where `actor` may not hand in like this, Invalid where consent is not what the kind asks for."""
    kind = KINDS[filing.kind] if filing is not None else None
    needed = BY_SEAT.get(actor.position_kind) if actor.kind == "staff" else None
    if needed is not None and needed.outside and kind is not needed:
        raise Denied(
            "Vị trí của bạn chỉ nộp giúp người khác, có ghi nhận sự đồng ý.",
            "Your position only hands in for others, with their consent recorded.",
        )
    if filing is None or kind is None:
        return
    by_citizen = kind.code is FilingKind.RELATIVE and actor.kind == "citizen"
    if not (by_citizen or (needed is not None and kind is needed)):
        raise Denied(
            "Vị trí của bạn không nộp giúp theo cách này.",
            "Your position does not hand in for others this way.",
        )
    if filing.consent not in kind.consents or filing.notified not in TELLS:
        raise Invalid(
            "Hãy ghi người nộp hồ sơ đồng ý bằng cách nào.", "Say how the applicant agreed.", field="consent"
        )
    if not at - GOOD_FOR <= filing.agreed_at <= at:
        raise Invalid(
            "Hãy hỏi và ghi lại sự đồng ý.", "Ask for consent again and record it.", field="consent"
        )
    if filing.consent is Consent.SHEET and not (filing.sheet or (filing.paper_kept and kind.face_to_face)):
        raise Invalid("Hãy gửi ảnh phiếu đồng ý đã ký.", "Send a picture of the signed sheet.", field="sheet")
    if (filing.consent is Consent.CODE) != (filing.receipt is not None):
        raise Invalid(
            "Chưa nhập đúng mã gửi đến điện thoại của chủ hồ sơ.",
            "The code sent to the applicant's telephone was not typed rightly.",
            field="code",
        )
    if kind.code is FilingKind.RELATIVE and not clean(filing.relation):
        raise Invalid(
            "Hãy ghi quan hệ với chủ hồ sơ.", "Say how you are related to the applicant.", field="relation"
        )
