"""`motcua import bank-statement FILE --agency CODE`: what came into an account, held against what was asked."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from motcua.agencies.selectors import agency as agency_facts
from motcua.cli.errors import CliError
from motcua.flows.online_money import receive
from motcua.flows.statements import incoming_of
from motcua.kernel.errors import Refusal
from motcua.kernel.time import now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.operations import AlreadyDone
from motcua.payments.operations.incoming import key_of
from motcua.payments.ordering import OUTCOMES, Outcome
from motcua.payments.policy import GATEWAY
from motcua.payments.sentences import dong
from motcua.payments.statements import Fault, Left, Line, read

console = Console(highlight=False, markup=False, soft_wrap=True)
File = Annotated[Path, typer.Argument(help="tệp CSV sao kê · the statement as CSV")]
Code = Annotated[str, typer.Option("--agency", help="mã cơ quan có tài khoản · whose account it is")]
MOST_BYTES = 50 * 1024 * 1024
_FAULT, _LEFT, _BEFORE = "fault", "left", "before"
_SAID = {
    **{outcome.value: f"{say.vi} · {say.en}" for outcome, say in OUTCOMES.items()},
    _BEFORE: "đã nhập lần trước · taken in before",
    _LEFT: "tiền ra, bỏ qua · left the account, passed over",
    _FAULT: "dòng hỏng, không nhập · broken lines, not taken in",
}


def bank_statement(file: File, *, agency: Code) -> int:
    """Take in a statement's lines, each once by its bank reference; whatever fits an order pays it."""
    try:
        agency_facts(agency)
        lines = read(_body(file))
    except Refusal as refusal:
        raise CliError(refusal.vi, refusal.en) from refusal
    tally = Counter(_taken(line, agency) for line in lines)
    for what, said in _SAID.items():
        if tally[what]:
            console.print(f"{tally[what]:7} {said}")
    console.print(f"{tally.total():7} tổng số dòng · lines in all")
    return 1 if tally[_FAULT] else 0


def _body(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            body = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise CliError(f"Không đọc được {file}: {error}", f"Cannot read {file}: {error}") from error
    if len(body) > MOST_BYTES:
        raise CliError(f"Tệp {file} lớn quá 50 MB.", f"The file {file} is larger than 50 MB.")
    return body


def _taken(line: Line | Fault | Left, agency: str) -> str:
    """What became of a line; one that is refused keeps no other from being taken in."""
    if isinstance(line, Left):
        return _LEFT
    if isinstance(line, Fault):
        console.print(f"Dòng {line.n}: {line.why.vi} · {line.why.en}")
        return _FAULT
    incoming = incoming_of(line, agency=agency)
    try:
        at = now()
        with unit_of_work(actor=GATEWAY, at=at, request=Request.of(*key_of(incoming))):
            came = receive(incoming=incoming, actor=GATEWAY, at=at)
    except AlreadyDone:
        return _BEFORE
    except Refusal as refusal:
        console.print(f"Dòng {line.n}: {refusal.vi} · {refusal.en}")
        return _FAULT
    outcome = Outcome(came.row["outcome"])
    if outcome not in (Outcome.PAID, Outcome.SAME):
        much = dong(line.amount)
        console.print(f"Dòng {line.n}: {line.number}, {much.vi}: {_SAID[outcome]}")
    return outcome.value
