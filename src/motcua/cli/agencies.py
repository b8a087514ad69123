"""`motcua agencies add`: an agency by itself; its units, seats and people follow on the pages."""

from typing import Annotated

import typer
from rich.console import Console

from motcua.accounts.operations import add_account, initial_password
from motcua.accounts.selectors import account_of
from motcua.agencies.bodies import Body
from motcua.agencies.operations import NewAgency, add_agency
from motcua.agencies.selectors import has_seat_anywhere
from motcua.cli.errors import CliError
from motcua.cli.live import LOGIN as FIRST, NAME as TITLE
from motcua.flows.setup import seat_administrator, usual_units
from motcua.kernel.actor import SYSTEM
from motcua.kernel.time import now
from motcua.kernel.unit_of_work import Request, unit_of_work

LEVELS = ("ministry", "province", "district", "commune")
console = Console(highlight=False, markup=False, soft_wrap=True)


def add(
    *,
    code: Annotated[str, typer.Option(help="mã định danh · national identifier (H99.01.01)")],
    name: Annotated[str, typer.Option(help="tên · name")],
    name_en: Annotated[str, typer.Option(help="tên tiếng Anh · English name")] = "",
    parent: Annotated[str, typer.Option(help="mã cơ quan cấp trên · parent's code")] = "",
    level: Annotated[str, typer.Option(help=f"cấp · level: {', '.join(LEVELS)}")] = "commune",
    body: Annotated[str, typer.Option(help=f"loại cơ quan · kind: {', '.join(Body)}")] = Body.COMMITTEE,
    serves: Annotated[
        list[str] | None,
        typer.Option(help="mã cơ quan có địa bàn cũng do nơi này phục vụ · whose place it serves too"),
    ] = None,
    place: Annotated[str, typer.Option(help="địa danh · place, as papers are headed")] = "",
    administrator: Annotated[
        str, typer.Option(help="tên đăng nhập quản trị kỹ thuật · login of its technical administrator")
    ] = "",
) -> None:
    """Add an agency under its parent, with the usual units and seats of its level.

    Its technical administrator is the account named, made where there is none; without a name, the installation's
    first administrator, as long as they have no seat yet.
    """
    if level not in LEVELS:
        raise CliError(
            f"Cấp “{level}” lạ; dùng một trong: {', '.join(LEVELS)}.",
            f"Unknown level “{level}”; use one of: {', '.join(LEVELS)}.",
        )
    if body not in list(Body):
        raise CliError(
            f"Loại cơ quan “{body}” lạ; dùng một trong: {', '.join(Body)}.",
            f"Unknown kind of agency “{body}”; use one of: {', '.join(Body)}.",
        )
    at = now()
    agency = NewAgency(
        code=code,
        name=name,
        name_en=name_en,
        level=level,
        parent=parent or None,
        body=Body(body),
        serves=tuple(serves or ()),
        place=place,
        units=usual_units(level, Body(body)),
    )
    login, password = administrator or _unseated(), ""
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh()):
        add_agency(agency=agency, actor=SYSTEM, at=at)
        account = account_of(login) if login else None
        if login and account is None:
            password = initial_password()
            account = add_account(
                login=login, name=TITLE, password=password, at=at, must_change_password=True
            )
        if account is not None:
            seat_administrator(agency=code, account=account, actor=SYSTEM, at=at)
    console.print(f"Đã lập cơ quan {code} · agency added: {name}")
    if login:
        console.print(f"Quản trị kỹ thuật · technical administrator: {login}")
    else:
        console.print(
            "Chưa có quản trị kỹ thuật, thêm bằng --administrator · no technical administrator, use --administrator"
        )
    if password:
        console.print(f"Mật khẩu, chỉ hiện một lần · password, shown only once: {password}")


def _unseated() -> str:
    """The first administrator's login, as long as they sit nowhere."""
    account = account_of(FIRST)
    return FIRST if account is not None and not has_seat_anywhere(account) else ""
