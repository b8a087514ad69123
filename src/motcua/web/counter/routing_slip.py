"""Form 06 of Circular 03/2025/TT-VPCP: who handed the dossier to whom, when, and whether each was in time."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from motcua.agencies.positions import POSITION_KINDS
from motcua.agencies.selectors import account_names, agency
from motcua.dossiers.events import DossierHandedOver
from motcua.dossiers.row import Row
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import NotFound
from motcua.kernel.time import local
from motcua.processes.graph import awaited
from motcua.processes.routing import by_number
from motcua.processes.selectors import StepStay, stays, version_at
from motcua.web.common.pdf.facts import SheetColumn, SheetFacts
from motcua.web.common.pdf.sheet import render_sheet
from motcua.web.counter.receipt import Printed

COLUMNS = (
    SheetColumn("Cơ quan, bộ phận", 6),
    SheetColumn("Nội dung công việc", 5),
    SheetColumn("Thời gian giao, nhận", 6),
    SheetColumn("Người giao (ký)", 4, "center"),
    SheetColumn("Người nhận (ký)", 4, "center"),
    SheetColumn("Kết quả giải quyết", 3),
    SheetColumn("Ghi chú", 3),
)
Line = tuple[datetime, tuple[str, ...]]
TO_SIGN = "\n\n\n"  # room for a signature above the name
NOTES = {
    "returned": "trả lại bước trước",
    "decided": "ban hành kết quả",
    "refused": "đề nghị từ chối",
    "moved": "tiếp tục theo phiên bản mới của quy trình",
}


def routing_slip(printed: Printed, *, viewer: Viewer, at: datetime) -> bytes:
    """The slip as PDF, A4, as it stands at `at`. Two statements beside those of `printed`.

    Raises NotFound for a dossier that never went into a process, MissingGlyphError for letters no font has.
    """
    row = printed.row
    walked = stays(row["id"], viewer=viewer)
    if not walked:
        raise NotFound(
            f"Hồ sơ {row['code']} chưa vào quy trình nên chưa có phiếu kiểm soát.",
            f"Dossier {row['code']} is in no process yet, so it has no routing slip.",
        )
    wanted = {UUID(text) for stay in walked for text in (stay.account, stay.ended_by) if _is_account(text)}
    names = account_names(wanted)
    acted_for = printed.shown.acted_for
    doers = {
        (s.seq, s.number): (acted_for.get(s.ended_at) if s.ended_at else None) or _who(s, names)
        for s in walked
    }
    lines: list[Line] = [
        (
            stay.opened_at,
            (
                f"{agency(stay.agency).name}\n{', '.join(POSITION_KINDS[k].title.vi for k in stay.kinds)}",
                _work(row, stay),
                _times(stay),
                TO_SIGN + (_giver(stay, walked, doers) or _desk(printed)),
                TO_SIGN + (doers[stay.seq, stay.number] if _is_taken(stay) else ""),
                _in_time(stay, at),
                _note(row, stay, walked),
            ),
        )
        for stay in walked
    ]
    lines += _handed_over(printed)
    return render_sheet(
        SheetFacts(
            head=printed.head(),
            title="Phiếu kiểm soát quá trình giải quyết hồ sơ",
            subtitle=f"{printed.version.title.vi}. Mã hồ sơ: {row['code']}",
            columns=COLUMNS,
            rows=(_reception(printed), *(line for _, line in sorted(lines, key=lambda told: told[0]))),
            notes=(_due(row["due_at"]),),
            issued_at=at,
            landscape=False,
        )
    )


def _reception(printed: Printed) -> tuple[str, ...]:
    event, _ = printed.received()
    submitter = next((p for p in printed.shown.parties if p.role == "submitter"), printed.shown.parties[0])
    return (
        f"{printed.desk.name}\nBộ phận Một cửa",
        "Tiếp nhận hồ sơ",
        f"Nhận: {_moment(event.occurred_at)}",
        TO_SIGN + submitter.fields.get("name", ""),
        TO_SIGN + _desk(printed),
        "",
        "nhập từ sổ giấy" if event.paper else "",
    )


def _handed_over(printed: Printed) -> list[Line]:
    """A row for each time the result went to the citizen: more than one where it was mended afterwards."""
    lines: list[Line] = []
    for entry in printed.shown.entries:
        if entry.type == DossierHandedOver.TYPE:
            recipient = entry.texts[0] if entry.texts else ""
            told = (
                f"{printed.desk.name}\nBộ phận Một cửa",
                "Trả kết quả cho người dân",
                f"Trả: {_moment(entry.occurred_at)}",
                TO_SIGN + entry.signed_by,
                TO_SIGN + recipient,
                "",
                "",
            )
            lines.append((entry.occurred_at, told))
    return lines


def _giver(stay: StepStay, walked: Sequence[StepStay], doers: Mapping[tuple[int, int], str]) -> str:
    """Who ended the step with which this one opened, where several opened with it too; "" of the first."""
    ended = [one for one in walked if one.seq < stay.seq and one.ended_at is not None]
    before = [one for one in ended if one.ended_at == stay.opened_at] or ended[-1:]
    return doers[before[0].seq, before[0].number] if before else ""


def _note(row: Row, stay: StepStay, walked: Sequence[StepStay]) -> str:
    """How it ended; of a step that is open beside others, what waits for them."""
    running = [one.number for one in walked if one.ended_at is None]
    process = version_at(row, stay.seq)
    if stay.ended_at is not None or len(running) < 2 or process is None:
        return NOTES.get(stay.outcome, "")
    waiting = awaited(process, running)
    return f"song song; xong hết mới đến bước {waiting.order}" if waiting else "song song"


def _is_taken(stay: StepStay) -> bool:
    return stay.started_at is not None or stay.ended_at is not None


def _work(row: Row, stay: StepStay) -> str:
    process = version_at(row, stay.seq)
    return "" if process is None else by_number(process, stay.number).work.vi


def _is_account(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _desk(printed: Printed) -> str:
    _, seq = printed.received()
    return next(entry.signed_by for entry in printed.shown.entries if entry.seq == seq)


def _who(stay: StepStay, names: Mapping[UUID, str]) -> str:
    text = stay.ended_by or stay.account
    return names.get(UUID(text), "") if _is_account(text) else ""


def _moment(value: datetime) -> str:
    return f"{local(value):%H giờ %M, ngày %d/%m/%Y}"


def _times(stay: StepStay) -> str:
    lines = [f"Giao: {_moment(stay.opened_at)}"]
    if _is_taken(stay):
        lines.append(f"Nhận: {_moment(stay.started_at or stay.opened_at)}")
    if stay.ended_at is not None:
        lines.append(f"Xong: {_moment(stay.ended_at)}")
    return "\n".join(lines)


def _in_time(stay: StepStay, at: datetime) -> str:
    if stay.due_at is None:
        return ""
    if stay.ended_at is None:
        return "Quá hạn" if at > stay.due_at else ""
    if stay.ended_at > stay.due_at:
        return "Quá hạn"
    early = local(stay.ended_at).date() < local(stay.due_at).date()
    return "Trước hạn" if early else "Đúng hạn"


def _due(due_at: datetime | None) -> str:
    return (
        f"Hạn trả kết quả: {_moment(due_at)}."
        if due_at
        else "Hạn trả kết quả: đang tạm dừng hoặc không quy định."
    )
