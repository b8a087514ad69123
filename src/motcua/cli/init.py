"""`motcua init --live`: an empty installation for real work."""

from importlib import import_module
from typing import Annotated

import typer

from motcua.cli.errors import CliError
from motcua.cli.session import open_session, tells_outages


@tells_outages
def init(
    *, live: Annotated[bool, typer.Option("--live", help="hệ thống chính thức · a live installation")] = False
) -> None:
    """Make the live database, its keys and its first technical administrator."""
    if not live:
        raise CliError(
            "Hãy nói rõ: `motcua init --live` tạo hệ thống chính thức; hệ thống dùng thử do `motcua up` tạo.",
            "Say which: `motcua init --live` makes a live installation; `motcua up` makes a trial one.",
        )
    session = open_session(create="live")
    # it may import models, and these need the session
    import_module("motcua.cli.live").prepare_live(session.var, print)
    print(f"Hệ thống chính thức đã sẵn sàng trong {session.var}; chạy: motcua up")
    print(f"The live installation in {session.var} is ready; run: motcua up")
