"""`motcua import bank-statement FILE --agency CODE`: hand a statement up; somebody at the agency's desk confirms it."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from motcua.agencies.selectors import agency as agency_facts
from motcua.cli.errors import CliError
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import Refusal
from motcua.kernel.time import now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.payments.online import days_of
from motcua.payments.operations import statements
from motcua.payments.statements import Fault, Left, Line, read

console = Console(highlight=False, markup=False, soft_wrap=True)
File = Annotated[Path, typer.Argument(help="tệp CSV sao kê · the statement as CSV")]
Code = Annotated[str, typer.Option("--agency", help="mã cơ quan có tài khoản · whose account it is")]


def bank_statement(file: File, *, agency: Code) -> int:
    """Hand a statement up for an agency: its faulty lines are told, nothing is paid before somebody of the agency has
    confirmed it on the page of statements."""
    at = now()
    try:
        agency_facts(agency)
        body = _body(file)
        with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh()):
            statements.hand_up(body=body, agency=agency, actor=SYSTEM, at=at)
    except Refusal as refusal:
        raise CliError(refusal.vi, refusal.en) from refusal
    lines = list(read(body, days=days_of(agency, at=at)))
    faults = [line for line in lines if isinstance(line, Fault)]
    for line in faults:
        console.print(f"Dòng {line.n}: {line.why.vi} · {line.why.en}")
    for kind, said in (
        (
            Line,
            "khoản tiền về, chờ người của cơ quan xác nhận · sums, to be confirmed by somebody of the agency",
        ),
        (Left, "tiền ra, bỏ qua · left the account, passed over"),
        (Fault, "dòng lỗi, không nhập · faulty lines, not taken in"),
    ):
        if many := sum(isinstance(line, kind) for line in lines):
            console.print(f"{many:7} {said}")
    console.print(f"{len(lines):7} tổng số dòng · lines in all")
    return 1 if faults else 0


def _body(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(statements.MOST_BYTES + 1)
    except OSError as error:
        raise CliError(f"Không đọc được {file}: {error}", f"Cannot read {file}: {error}") from error
