"""`motcua replay`: every projection rebuilt from the ledger beside the running one, and compared."""

import os

from rich.console import Console
from rich.table import Table

from motcua.cli.cluster import Dsns
from motcua.cli.database import as_owner, shown
from motcua.ledger.replay import SCHEMA, TableDifference, replay as rebuild

console = Console(highlight=False, markup=False, soft_wrap=True)


def replay() -> int:
    """Rebuild all projections into a schema of their own; exit status 1 where one differs."""
    dsns = Dsns(app=os.environ["MOTCUA_APP_DSN"], owner=os.environ["MOTCUA_OWNER_DSN"], superuser=None)
    with as_owner(dsns):
        return show(rebuild(shown))


def show(differences: list[TableDifference]) -> int:
    """The comparison as a table, and the exit status it calls for."""
    table = Table()
    table.add_column("bảng\ntable", no_wrap=True)
    for column in (
        "đang dùng\nrunning",
        "dựng lại\nrebuilt",
        "chỉ đang dùng\nonly running",
        "chỉ dựng lại\nonly rebuilt",
    ):
        table.add_column(column, justify="right")
    for d in differences:
        table.add_row(d.table, *(str(n) for n in (d.running, d.rebuilt, d.only_running, d.only_rebuilt)))
    console.print(table)
    if all(d.equal for d in differences):
        console.print("Giống nhau · equal")
        return 0
    console.print(
        f"Khác nhau; bản dựng lại nằm trong {SCHEMA} · they differ; the rebuilt tables lie in {SCHEMA}"
    )
    return 1
