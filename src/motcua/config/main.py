"""The `motcua` command: finds the command, opens what it stands on, runs it, says refusals in a sentence."""

import os
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from importlib import import_module
from importlib.metadata import version
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from motcua.cli import commands
from motcua.cli.commands import COMMANDS, Command
from motcua.kernel.errors import Refusal

HELP = ("-h", "--help")
REFUSED, INTERRUPTED = 2, 130


def main(words: list[str] | None = None) -> None:
    """Run `words` (by default the command line) and exit with its status: 2 for a refusal, no traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    try:
        sys.exit(_run(sys.argv[1:] if words is None else words))
    except Refusal as refusal:
        print(refusal.vi, refusal.en, sep="\n", file=sys.stderr)
        sys.exit(REFUSED)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # the reader of our output left (`| head`); nothing more may be written, not even at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _run(words: list[str]) -> int:
    if words in ([], ["help"]) or words[0] in HELP:
        _list_commands(COMMANDS)
        return 0
    if words == ["--version"]:
        print(f"motcua {version('motcua')}")
        return 0
    found = commands.find(words)
    if found is None and (family := commands.beginning([w for w in words if w not in HELP])):
        _list_commands(family)
        return 0
    if found is None or not commands.exists(found[0]):
        raise Refusal(
            f"Không có lệnh `motcua {' '.join(words[:2])}`. Xem danh sách: `motcua --help`.",
            f"There is no command `motcua {' '.join(words[:2])}`. See `motcua --help`.",
        )
    command, rest = found
    function = _loaded(command, only_help=any(word in HELP for word in rest))
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    epilog = f"Ví dụ · example: {command.example}" if command.example else None
    app.command(help=f"{command.help.vi} · {command.help.en}", epilog=epilog)(_exiting(function))
    app(args=rest, prog_name=f"motcua {command.name}")
    return 0


def _loaded(command: Command, *, only_help: bool) -> Callable[..., Any]:
    """The command's function. Imported late on purpose: most files need Django set up, `clock` none of it."""
    if not command.opens_session:
        return _function(command)
    session = import_module("motcua.cli.session")
    if only_help:
        session.django.setup()
    else:
        session.tells_outages(session.open_session)()
    guarded: Callable[..., Any] = session.tells_outages(_function(command))
    return guarded


def _function(command: Command) -> Callable[..., Any]:
    function: Callable[..., Any] = getattr(import_module(command.module), command.function)
    return function


def _exiting(function: Callable[..., Any]) -> Callable[..., None]:
    """`function`, whose whole number, if it returns one, is the exit status."""

    @wraps(function)
    def run(*args: Any, **kwargs: Any) -> None:
        status = function(*args, **kwargs)
        if isinstance(status, int):
            raise typer.Exit(status)

    return run


def _list_commands(listed: Iterable[Command]) -> None:
    table = Table.grid(padding=(0, 3))
    table.add_column(no_wrap=True)
    for command in listed:
        if commands.exists(command):
            table.add_row(f"motcua {command.name}", Text(command.help.vi), Text(command.help.en, style="dim"))
    console = Console(highlight=False)
    console.print("Một Cửa", version("motcua"), "\n")
    console.print(table)
    console.print("\n`motcua LỆNH --help`: các tùy chọn · the options of a command")


if __name__ == "__main__":
    main()
