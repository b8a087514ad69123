"""Pads are issued, their sheets entered once each, voided, or allowed to be entered late."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from django.db import connection

from motcua.agencies.operations.stream import append_to, lock
from motcua.agencies.selectors import stands_for
from motcua.calendars.selectors import calendar_of
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from motcua.kernel.ids import uuid7
from motcua.kernel.time import local
from motcua.ledger.operations import claim
from motcua.pads.events import LateEntryAllowed, PadIssued, PadSheetVoided
from motcua.pads.models import Pad, Sheet

FORMS = ("01", "02", "03", "hand_over", "act")
SIZES = (25, 50)
VOID_GROUNDS = ("spoiled", "lost", "misprinted")
MERGED = "merged"  # the ground on which a merged agency's sheets are void
LATE_GROUNDS = ("power", "network", "machine", "found_late")
# What the sheets of a form are for, by event; a sheet of form "act" is for any act.
FITS: Mapping[str, frozenset[str]] = {
    "01": frozenset({"dossier_received", "dossier_submitted"}),
    "02": frozenset({"dossier_supplement_requested"}),
    "03": frozenset({"dossier_refused"}),
    "hand_over": frozenset({"dossier_handed_over", "dossier_papers_given_back"}),
}
ENTER_WITHIN = 5
MANAGER = "desk_manager"


def issue(*, form: str, sheets: int, actor: Actor, at: datetime, enter_within: int = ENTER_WITHIN) -> Pad:
    """Issue the next pad of the actor's agency. Raises Denied for anybody but the desk manager; Invalid."""
    _refuse_others(actor)
    if form not in FORMS:
        raise Invalid("Hãy chọn mẫu giấy.", "Choose the form.", field="form")
    if sheets not in SIZES:
        raise Invalid("Một quyển có 25 hoặc 50 tờ.", "A pad has 25 or 50 sheets.", field="sheets")
    if not 1 <= enter_within <= 30:
        raise Invalid("Hạn nhập từ 1 đến 30 ngày làm việc.", "1 to 30 working days.", field="enter_within")
    owner = lock(actor.agency)
    claim(stream=owner.stream, seq=owner.head_seq + 1, actor=actor, at=at)
    issued = Pad.objects.filter(agency=actor.agency)
    last = issued.order_by("-first").first()
    first = last.last + 1 if last else 1
    pad = Pad(
        id=uuid7(),
        agency=actor.agency,
        code=f"S{issued.count() + 1:03}",
        form=form,
        first=first,
        last=first + sheets - 1,
        enter_within=enter_within,
        issued_at=at,
    )
    event = PadIssued(
        pad=pad.id, code=pad.code, form=form, first=pad.first, last=pad.last, enter_within=enter_within
    )
    append_to(owner, event, actor, at)
    pad.save(force_insert=True)
    return pad


def void_sheet(*, code: str, number: int, ground: str, actor: Actor, at: datetime) -> None:
    """Record that a sheet is never entered. Raises Invalid for one that was entered, or was void before."""
    _decide(code, number, ground, VOID_GROUNDS, "void", actor, at)


def close(*, pad: UUID, actor: Actor, at: datetime) -> int:
    """Close a pad of an agency that was merged into the actor's: every sheet that was not entered is void; how many.
    What was written on one is entered on a sheet of the successor's own pad.

    Raises Denied for anybody but the successor's desk manager, NotFound for a pad that is not theirs to close, and
    NotAllowedNow where nothing is left open.
    """
    _refuse_others(actor)
    found = Pad.objects.filter(id=pad).first()
    if found is None or actor.agency in (found.agency, "") or _keeper(found.agency, at) != actor.agency:
        raise NotFound("Không có quyển này.", "There is no such pad.")
    owner = lock(found.agency)
    claim(stream=owner.stream, seq=owner.head_seq + 1, actor=actor, at=at)
    settled = set(Sheet.objects.filter(pad=pad, state__in=["used", "void"]).values_list("number", flat=True))
    left = [number for number in range(found.first, found.last + 1) if number not in settled]
    if not left:
        raise NotAllowedNow(f"Quyển {found.code} đã khóa.", f"Pad {found.code} is closed already.")
    for number in left:
        taken = "WHERE pads_sheet.state = 'allowed'"
        _put(pad, number, taken, state="void", ground=MERGED, at=at, by=actor.id)
        append_to(owner, PadSheetVoided(pad=pad, number=number, ground=MERGED), actor, at)
    return len(left)


def _keeper(agency: str, at: datetime) -> str:
    return stands_for(agency, on=local(at).date())


def allow_late(*, code: str, number: int, ground: str, actor: Actor, at: datetime) -> None:
    """Allow a sheet to be entered after its time. Raises Invalid for one that was entered, is void or allowed."""
    _decide(code, number, ground, LATE_GROUNDS, "allowed", actor, at)


def _decide(
    code: str, number: int, ground: str, grounds: tuple[str, ...], state: str, actor: Actor, at: datetime
) -> None:
    _refuse_others(actor)
    if ground not in grounds:
        raise Invalid("Hãy chọn lý do.", "Choose the reason.", field="ground")
    owner = lock(actor.agency)
    claim(stream=owner.stream, seq=owner.head_seq + 1, actor=actor, at=at)
    pad = Pad.objects.filter(agency=actor.agency, code=code).first()
    if pad is None:
        raise NotFound(f"Không có quyển {code}.", f"There is no pad {code}.")
    _refuse_outside(pad.first, pad.last, number, "number")
    # A sheet that was allowed may be spoiled after all; what was entered stays.
    taken = "WHERE pads_sheet.state = 'allowed' AND EXCLUDED.state = 'void'"
    if not _put(pad.id, number, taken, state=state, ground=ground, at=at, by=actor.id):
        raise Invalid(
            f"Tờ {number} đã nhập hoặc đã được ghi nhận trước đó.",
            f"Sheet {number} was entered, or decided upon before.",
            field="number",
        )
    event = (PadSheetVoided if state == "void" else LateEntryAllowed)(
        pad=pad.id, number=number, ground=ground
    )
    append_to(owner, event, actor, at)


def _refuse_others(actor: Actor) -> None:
    if actor.kind != "staff" or actor.position_kind != MANAGER:
        raise Denied(
            "Chỉ phụ trách Bộ phận Một cửa quản lý sổ giấy.", "Only the desk manager looks after paper pads."
        )


_FIND = """
SELECT p.id, p.first, p.last, p.enter_within, p.issued_at, p.form, s.state FROM pads_pad p
LEFT JOIN pads_sheet s ON s.pad_id = p.id AND s.number = %(number)s
WHERE p.agency = %(agency)s AND p.code = %(code)s
"""


class Mark(Protocol):
    """What an act says of the sheet it was written on."""

    @property
    def pad(self) -> str:
        """The pad's code."""

    @property
    def number(self) -> str:
        """The sheet's number."""

    @property
    def occurred_at(self) -> datetime:
        """When it was written."""

    @property
    def photo(self) -> str | None:
        """The digest of its photo, which stays with the dossier."""


def enter(
    mark: Mark, *, subject: str, what: str, actor: Actor, at: datetime, due_at: datetime | None = None
) -> None:
    """Use a sheet for an act that was written on it: once, of a pad of the actor's own agency, and in time.

    `due_at` is the moment that a running clock ends at. Two statements, and one more for an old sheet. Raises
    Invalid at the field `paper_pad` or `paper_number` for a pad that was never issued there or is for other acts, a
    number outside it, a sheet used or void, and where the desk manager has not allowed it one older than the pad's
    working days, or one typed after `due_at` that claims a moment before it; at `occurred_at` for a moment at which
    the pad was not there yet.
    """
    typed, code = mark.number.strip(), mark.pad.strip().upper()
    sheet = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 9 else 0
    asked: dict[str, str | int] = {"agency": actor.agency, "code": code, "number": sheet}
    with connection.cursor() as cursor:
        cursor.execute(_FIND, asked)
        found = cursor.fetchone()
    if found is None:
        raise Invalid(
            f"Cơ quan chưa cấp quyển {code}; ghi mã in trên bìa và trên từng tờ, ví dụ S001.",
            f"The agency issued no pad {code}; write the code printed on each sheet, such as S001.",
            field="paper_pad",
        )
    pad, first, last, within, issued_at, form, state = found
    _refuse_outside(first, last, sheet, "paper_number")
    if what not in FITS.get(form, {what}):
        raise Invalid(
            f"Quyển {code} in mẫu khác, không ghi được việc này; dùng tờ đúng mẫu hoặc phiếu ghi việc bất kỳ.",
            f"Pad {code} is of a form for other acts; take the right form's sheet, or a sheet for any act.",
            field="paper_pad",
        )
    if mark.occurred_at < issued_at:
        raise Invalid(
            f"Giờ ghi trên giấy trước khi quyển {code} được cấp.",
            f"The time on the paper is before pad {code} was issued.",
            field="occurred_at",
        )
    if state is None and due_at is not None and mark.occurred_at <= due_at < at:
        # Whoever types after the due moment that it was met must not be the only one to say so.
        raise Invalid(
            f"Hồ sơ đã quá hẹn mà tờ {sheet} ghi giờ trước hẹn; phụ trách quầy cần cho phép nhập muộn trước.",
            f"The due moment is past and sheet {sheet} tells of one before it; the desk manager must allow the entry.",
            field="paper_number",
        )
    if state is None and _is_old(mark.occurred_at, at, within, actor.agency):
        raise Invalid(
            f"Tờ {sheet} ghi đã quá {within} ngày làm việc; phụ trách Bộ phận Một cửa cần cho phép nhập muộn trước.",
            f"Sheet {sheet} is older than {within} working days; the desk manager must allow the late entry first.",
            field="paper_number",
        )
    taken = "WHERE pads_sheet.state = 'allowed'"
    entry: dict[str, Any] = {
        "state": "used",
        "subject": subject,
        "what": what,
        "occurred_at": mark.occurred_at,
    }
    entry["with_photo"] = mark.photo is not None
    if not _put(pad, sheet, taken, at=at, by=actor.id, **entry):
        raise Invalid(
            f"Tờ {sheet} của quyển {code} đã nhập hoặc đã hủy; kiểm tra lại số in trên tờ.",
            f"Sheet {sheet} of pad {code} was entered or is void; look at the number printed on it.",
            field="paper_number",
        )


def _refuse_outside(first: int, last: int, number: int, field: str) -> None:
    if not first <= number <= last:
        raise Invalid(
            f"Quyển này có các tờ từ {first} đến {last}.",
            f"This pad has sheets {first} to {last}.",
            field=field,
        )


def _is_old(occurred_at: datetime, at: datetime, within: int, agency: str) -> bool:
    written, today = local(occurred_at).date(), local(at).date()
    if today - written <= timedelta(days=within):
        return False
    return calendar_of(agency).working_days_between(written, today) > within


def _put(pad: UUID, number: int, taken: str, **told: Any) -> bool:
    row: dict[str, Any] = {
        "ground": "",
        "subject": "",
        "what": "",
        "occurred_at": None,
        "with_photo": False,
        **told,
        "pad": pad,
        "number": number,
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO pads_sheet"  # noqa: S608
            " (pad_id, number, state, ground, subject, what, occurred_at, with_photo, at, by) VALUES"
            " (%(pad)s, %(number)s, %(state)s, %(ground)s, %(subject)s, %(what)s, %(occurred_at)s,"
            " %(with_photo)s, %(at)s, %(by)s)"
            " ON CONFLICT (pad_id, number) DO UPDATE SET state = EXCLUDED.state, subject = EXCLUDED.subject,"
            " what = EXCLUDED.what, occurred_at = EXCLUDED.occurred_at,"
            " with_photo = EXCLUDED.with_photo, at = EXCLUDED.at, by = EXCLUDED.by,"
            f" ground = CASE EXCLUDED.ground WHEN '' THEN pads_sheet.ground ELSE EXCLUDED.ground END {taken}",
            row,
        )
        return bool(cursor.rowcount == 1)
