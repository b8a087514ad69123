"""Under whose name the private PostgreSQL runs: it refuses to run as root.

An ordinary user runs it as himself. As root, in this order: an existing `postgres` or `nobody` who can
reach the data, else a user namespace in which root looks like `nobody` (for a clone under a 0700 folder).
An existing data folder's owner decides. No folder's permissions are ever widened for it.
"""

import os
import pwd
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from motcua.cli.binaries import Binaries
from motcua.cli.errors import CliError

ROOT = 0
OVERFLOW_ID = 65534  # `nobody` on every Linux
NAMESPACE = (
    "unshare", "--user", f"--map-user={OVERFLOW_ID}", f"--map-group={OVERFLOW_ID}", "--",
)  # fmt: skip
CLEAN_ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


@dataclass(frozen=True, slots=True)
class RunAs:
    """The server's identity: who owns its files, and how a program of it is started."""

    uid: int
    gid: int
    drops: bool
    prefix: tuple[str, ...] = ()

    def run(
        self, command: Sequence[str], *, output: IO[bytes] | int = subprocess.DEVNULL, patience: float = 120
    ) -> int:
        """Run `command` and return its exit status. Output is a file, never a pipe: the server keeps it."""
        identity = {"user": self.uid, "group": self.gid, "extra_groups": []} if self.drops else {}
        try:
            done = subprocess.run(  # type: ignore[call-overload] # noqa: S603 - PostgreSQL's own programs
                [*self.prefix, *command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=CLEAN_ENVIRONMENT,
                cwd="/",
                start_new_session=True,
                timeout=patience,
                check=False,
                **identity,
            )
        except (OSError, subprocess.TimeoutExpired):
            return -1
        return int(done.returncode)

    def own(self, path: Path, *, mode: int) -> None:
        """Give `path` to the server's user."""
        path.chmod(mode)
        if self.drops:
            os.chown(path, self.uid, self.gid)

    def reaches(self, binaries: Binaries, parent: Path) -> bool:
        """Whether this identity can run the programs and pass through to the data folder's parent."""
        if self.run([binaries.program("postgres"), "--version"], patience=20) != 0:
            return False
        return self.run(["/bin/sh", "-c", 'test -x "$1"', "sh", str(parent)], patience=20) == 0


def choose(candidates: Sequence[Binaries], data: Path) -> tuple[Binaries, RunAs]:
    """The first programs, and the first identity for them, that can serve `data`.

    Raises CliError when none can.
    """
    for binaries in candidates:
        for identity in _identities(data):
            if identity.reaches(binaries, data.parent):
                return binaries, identity
    raise CliError(
        f"PostgreSQL không chạy được với quyền root và không người dùng nào khác vào được {data.parent}. "
        "Chạy bằng người dùng thường, đặt thư mục ở nơi người khác đi qua được, hoặc dùng DATABASE_URL.",
        f"PostgreSQL cannot run as root and no other user can reach {data.parent}. "
        "Run as an ordinary user, move the folder to where others may pass, or use DATABASE_URL.",
    )


def _identities(data: Path) -> Iterator[RunAs]:
    me = os.geteuid()
    owner = _owner_of_cluster(data)
    if me != ROOT:
        if owner not in (None, me):
            raise CliError(
                f"Cơ sở dữ liệu {data} thuộc về người dùng khác. Chạy lệnh này bằng người đã tạo nó.",
                f"The database {data} belongs to another user. Run this command as the one who made it.",
            )
        yield RunAs(uid=me, gid=os.getegid(), drops=False)
        return
    in_namespace = RunAs(uid=ROOT, gid=os.getegid(), drops=False, prefix=NAMESPACE)
    if owner == ROOT:
        yield in_namespace
    elif owner is not None:
        yield RunAs(uid=owner, gid=data.stat().st_gid, drops=True)
    else:
        for name in ("postgres", "nobody"):
            try:
                entry = pwd.getpwnam(name)
            except KeyError:
                continue
            yield RunAs(uid=entry.pw_uid, gid=entry.pw_gid, drops=True)
        yield in_namespace


def _owner_of_cluster(data: Path) -> int | None:
    try:
        return data.stat().st_uid
    except FileNotFoundError:
        return None
