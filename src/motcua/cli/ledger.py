"""`motcua ledger check`: every chain against its bytes, its columns and its owner's head."""

from rich.console import Console
from rich.table import Table

from motcua.ledger.selectors import check as check_ledger

console = Console(highlight=False, markup=False, soft_wrap=True)


def check() -> int:
    """Verify the whole ledger; exit status 1 where anything was altered, deleted, cut or swapped."""
    report = check_ledger()
    console.print(
        f"{report.streams} dòng, {report.events} sự kiện, {report.waiting} chờ vị trí · "
        f"streams, events, waiting for a position"
    )
    if not report.faults:
        console.print("Sổ cái nguyên vẹn · the ledger is whole")
        return 0
    table = Table()
    table.add_column("dòng · stream", no_wrap=True)
    table.add_column("số · seq", justify="right")
    table.add_column("lỗi · fault")
    for fault in report.faults:
        table.add_row(str(fault.stream or "–"), str(fault.seq or "–"), fault.what)
    console.print(table)
    console.print(
        "Giữ nguyên cơ sở dữ liệu, khôi phục bản sao lưu bên cạnh rồi so sánh · "
        "keep the database as it is, restore a backup beside it and compare"
    )
    return 1
