"""What a command stands on: an installation, its running and migrated database, Django ready."""

import atexit
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import django
import psycopg
from django.db.utils import InterfaceError, OperationalError

import motcua
from motcua.cli import cluster, database, installation, messages
from motcua.cli.addresses import refuse_wrong_addresses
from motcua.cli.cluster import Dsns
from motcua.cli.errors import CliError

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Session:
    """The installation a command works in."""

    var: Path
    kind: str
    dsns: Dsns
    migrated: int


def open_session(*, create: str | None = None) -> Session:
    """Start the database of this installation, migrate it, and set Django up as the application.

    `create` ("trial" or "live") makes the installation where there is none. Raises CliError when there is
    none and none is to be made, when it is of the other kind, when the database cannot be had, or when an address of
    another system is none.
    """
    var = installation.var_folder()
    kind = installation.settle(var, create=create)
    dsns = cluster.ensure(var, database=f"motcua_{kind}")
    atexit.register(cluster.release, var)
    installation.make_keys(var)
    database.claim(dsns, kind)
    installation.mark(var, kind)
    os.environ |= {
        "MOTCUA_VAR": str(var),
        "MOTCUA_INSTALLATION": kind,
        "MOTCUA_APP_DSN": dsns.app,
        "MOTCUA_OWNER_DSN": dsns.owner,
    }
    compile_messages()
    django.setup()
    refuse_wrong_addresses()
    return Session(var=var, kind=kind, dsns=dsns, migrated=database.migrate(dsns))


def compile_messages() -> None:
    """Bring the compiled message catalogues up to date. Raises CliError where they cannot be written."""
    try:
        messages.compile_all(Path(motcua.__file__).parent)
    except OSError as error:
        raise CliError(
            f"Không ghi được bản dịch: {error}", f"Cannot write the compiled messages: {error}"
        ) from error


def tells_outages(command: Callable[P, R]) -> Callable[P, R]:
    """A command that says in a sentence that the database went away."""

    @wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (OperationalError, InterfaceError, psycopg.OperationalError) as error:
            raise CliError(
                f"Mất kết nối với cơ sở dữ liệu: {str(error).strip()}. Chạy lại lệnh này.",
                f"The database went away: {str(error).strip()}. Run the command again.",
            ) from error

    return guarded
