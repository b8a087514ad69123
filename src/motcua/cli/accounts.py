"""`motcua accounts reset`: the way back in for an administrator whom no other can help."""

from typing import Annotated

import typer
from rich.console import Console

from motcua.accounts.operations import initial_password
from motcua.accounts.selectors import account_of
from motcua.agencies.operations import reset_by_command
from motcua.cli.errors import CliError
from motcua.kernel.actor import SYSTEM
from motcua.kernel.time import now
from motcua.kernel.unit_of_work import Request, unit_of_work

console = Console(highlight=False, markup=False, soft_wrap=True)


def reset(*, login: Annotated[str, typer.Argument(help="tên đăng nhập · login")]) -> None:
    """Give a person a new password and take their second factors away; both are set anew at the sign-in."""
    account = account_of(login)
    if account is None:
        raise CliError(f"Không có tài khoản {login}.", f"There is no account {login}.")
    at, password = now(), initial_password()
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh()):
        reset_by_command(account=account, password=password, actor=SYSTEM, at=at)
    console.print(f"Đã đặt lại tài khoản · account reset: {login}")
    console.print(f"Mật khẩu, chỉ hiện một lần · password, shown only once: {password}")
