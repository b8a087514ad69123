"""`motcua agencies add`: an agency by itself; its units, seats and people follow on the pages."""

from typing import Annotated

import typer
from rich.console import Console

from motcua.agencies.operations import NewAgency, add_agency
from motcua.cli.errors import CliError
from motcua.kernel.actor import SYSTEM
from motcua.kernel.time import now
from motcua.kernel.unit_of_work import Request, unit_of_work

LEVELS = ("ministry", "province", "commune")
console = Console(highlight=False, markup=False, soft_wrap=True)


def add(
    *,
    code: Annotated[str, typer.Option(help="mã định danh · national identifier (H99.01.01)")],
    name: Annotated[str, typer.Option(help="tên · name")],
    name_en: Annotated[str, typer.Option(help="tên tiếng Anh · English name")] = "",
    parent: Annotated[str, typer.Option(help="mã cơ quan cấp trên · parent's code")] = "",
    level: Annotated[str, typer.Option(help=f"cấp · level: {', '.join(LEVELS)}")] = "commune",
    place: Annotated[str, typer.Option(help="địa danh · place, as papers are headed")] = "",
) -> None:
    """Add an agency under its parent."""
    if level not in LEVELS:
        raise CliError(
            f"Cấp “{level}” lạ; dùng một trong: {', '.join(LEVELS)}.",
            f"Unknown level “{level}”; use one of: {', '.join(LEVELS)}.",
        )
    at = now()
    agency = NewAgency(code=code, name=name, name_en=name_en, level=level, parent=parent or None, place=place)
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh()):
        add_agency(agency=agency, actor=SYSTEM, at=at)
    console.print(f"Đã lập cơ quan {code} · agency added: {name}")
