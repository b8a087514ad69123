"""`motcua calendar publish`: a decree, or an agency's own days and hours; open dossiers move by event."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from motcua.calendars.editions import written
from motcua.cli.errors import CliError
from motcua.dossiers.moves import Move
from motcua.flows.calendar import foresee, not_moved_yet, publish_calendar
from motcua.kernel.actor import SYSTEM
from motcua.kernel.time import local, now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger import dispatcher, sequencer

SHOWN = 10
console = Console(highlight=False, markup=False, soft_wrap=True)

File = Annotated[Path | None, typer.Argument(help="lịch dạng JSON · an edition as JSON")]
Basis = Annotated[str, typer.Option(help="số văn bản · number of the decree", show_default=False)]
Agency = Annotated[str, typer.Option(help="mã cơ quan; trống: cả nước · agency; blank: the nation")]
Name = Annotated[str, typer.Option(help="vì sao, tiếng Việt · why, in Vietnamese")]
NameEn = Annotated[str, typer.Option(help="vì sao, tiếng Anh · why, in English")]
DayOff = Annotated[list[str] | None, typer.Option(help="ngày nghỉ · a day off (2026-12-31)")]
MakeUp = Annotated[list[str] | None, typer.Option(help="ngày làm bù · a make-up day")]
Closed = Annotated[list[str] | None, typer.Option(help="đóng cửa · closed (2026-10-05..2026-10-06)")]
Hours = Annotated[
    tuple[str, str] | None,
    typer.Option(
        help="giờ làm việc · office hours (2026-06-01..2026-08-31 07:00-11:30,13:30-17:00)",
        metavar="FROM..TO SPANS",
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="chỉ xem trước · only show what would move")]


def publish(
    file: File = None,
    *,
    basis: Basis = "",
    agency: Agency = "",
    name: Name = "",
    name_en: NameEn = "",
    day_off: DayOff = None,
    make_up: MakeUp = None,
    closed: Closed = None,
    hours: Hours = None,
    dry_run: DryRun = False,
) -> int:
    """Publish an edition from a file, or made of the options; then move the open dossiers it concerns."""
    at = now()
    changes = changed_days(day_off or [], make_up or [], closed or [], hours)
    if (file is None) == (not changes):
        raise CliError(
            "Hãy cho một tệp JSON, hoặc các tùy chọn --day-off, --make-up, --closed, --hours; không cả hai.",
            "Give a JSON file, or the options --day-off, --make-up, --closed, --hours; not both.",
        )
    if file is not None:
        document = read(file)
    else:
        code = f"{agency or 'vn'}.{local(at):%y%m%d-%H%M%S}"
        document = written(
            code=code, changes=changes, name=(name or basis, name_en or name or basis), basis=basis
        )
    foreseen = foresee(document=document, agency=agency)
    show(foreseen, most=len(foreseen) if dry_run else SHOWN)
    if dry_run:
        console.print("Chỉ xem trước, chưa công bố · a preview, nothing was published")
        return 0
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh()):
        publish_calendar(document=document, agency=agency, basis=basis, actor=SYSTEM, at=at)
    console.print(f"Đã công bố lịch {document['code']} · published")
    return 0 if moved(agency) else 1


def moved(agency: str) -> bool:
    """Run what follows the publication, unless a worker is at it; whether every open dossier now stands right."""
    while sequencer.sequence():
        pass
    while dispatcher.dispatch(clock=now):
        pass
    left = not_moved_yet(agency=agency)
    if left:
        console.print(
            f"Còn {len(left)} hồ sơ chưa dời hạn; `motcua work` sẽ làm tiếp · "
            f"{len(left)} dossiers not moved yet; `motcua work` goes on"
        )
    return not left


def read(file: Path) -> dict[str, Any]:
    """The document in `file`. Raises CliError where it cannot be read or is no JSON object with a code."""
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CliError(f"Không đọc được {file}: {error}", f"Cannot read {file}: {error}") from error
    if not isinstance(document, dict) or not isinstance(document.get("code"), str):
        raise CliError(
            f"{file} không phải là một lịch: cần một đối tượng JSON có “code”.",
            f"{file} is no calendar edition: a JSON object with a “code” is needed.",
        )
    return document


def changed_days(
    day_off: list[str], make_up: list[str], closed: list[str], hours: tuple[str, str] | None
) -> dict[str, list[dict[str, Any]]]:
    """The options as entries of an edition; the edition itself checks their dates and times."""
    changes: dict[str, list[dict[str, Any]]] = {
        "days_off": [{"date": day} for day in day_off],
        "working_days": [{"date": day} for day in make_up],
        "closures": [period(text) for text in closed],
        "hours": [],
    }
    if hours is not None:
        days, spans = hours
        entry = period(days)
        open_end = days.endswith("..")
        pairs = [span.split("-") for span in spans.split(",")]
        changes["hours"] = [{**entry, "to": None if open_end else entry["to"], "spans": pairs}]
    return {kind: entries for kind, entries in changes.items() if entries}


def period(text: str) -> dict[str, Any]:
    """`2026-10-05..2026-10-06`, or one day, as from and to."""
    first, _, last = text.partition("..")
    return {"from": first, "to": last or first}


def show(foreseen: list[Move], *, most: int) -> None:
    """How many dossiers move, and the first `most` of them."""
    console.print(f"{len(foreseen)} hồ sơ đang mở dời hạn · open dossiers move")
    if not foreseen:
        return
    table = Table("hồ sơ · dossier", "hạn cũ · old due", "hạn mới · new due")
    for move in foreseen[:most]:
        table.add_row(
            move.code,
            *(f"{local(due):%H:%M %d/%m/%Y}" if due else "–" for due in (move.old, move.new)),
        )
    console.print(table)
