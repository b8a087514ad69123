"""Which installation this is: trial or live, in which folder, with which keys."""

import os
import secrets
from pathlib import Path

from motcua.cli.errors import CliError

KINDS = ("trial", "live")
KEYS = ("secret_key", "installation_key")


def var_folder() -> Path:
    """`MOTCUA_VAR`, else `var` of the project that the current folder lies in, else `./var`."""
    told = os.environ.get("MOTCUA_VAR")
    if told:
        return Path(told).resolve()
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "var" / "installation").exists() or (folder / "pyproject.toml").exists():
            return folder / "var"
    return here / "var"


def settle(var: Path, *, create: str | None = None) -> str:
    """What `var` is; where it is nothing yet, it becomes `create` for good.

    Raises CliError when there is no installation and none is to be made, or when it is of the other kind:
    one never becomes the other.
    """
    path = var / "installation"
    is_there = path.read_text(encoding="ascii").strip() if path.exists() else None
    told = os.environ.get("MOTCUA_INSTALLATION") or None
    for kind in (is_there, told):
        if kind is not None and kind not in KINDS:
            raise CliError(
                f"Không hiểu loại hệ thống “{kind}”: chỉ có trial (dùng thử) hoặc live (chính thức).",
                f"Unknown installation “{kind}”: it is either trial or live.",
            )
    if is_there is None and create is None:
        raise CliError(
            f"Chưa có hệ thống nào trong {var}: chạy `motcua up` hoặc `motcua init --live` trước.",
            f"There is no installation in {var}: run `motcua up` or `motcua init --live` first.",
        )
    kinds = [kind for kind in (is_there, told, create) if kind]
    if len(set(kinds)) > 1:
        raise CliError(
            f"{var} là hệ thống {kinds[0]}, không phải {kinds[-1]}: dùng thử không bao giờ thành chính thức "
            "và ngược lại. Dùng một thư mục khác (MOTCUA_VAR).",
            f"{var} is a {kinds[0]} installation, not {kinds[-1]}: a trial never becomes live, "
            "nor the reverse. Use another folder (MOTCUA_VAR).",
        )
    return kinds[0]


def mark(var: Path, kind: str) -> None:
    """Write down what `var` is, once its database exists."""
    write_once(var / "installation", kind + "\n", mode=0o644)


def make_keys(var: Path) -> None:
    """The installation's own secrets (32 random bytes each), readable by nobody else, made once."""
    for name in KEYS:
        write_once(var / "keys" / name, secrets.token_hex(32) + "\n", mode=0o600)


def write_once(path: Path, text: str, *, mode: int) -> None:
    """Write `path` whole, or leave it as it is; of two who write at once the first wins."""
    if path.exists():
        return
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=mode)
    draft.write_text(text, encoding="utf-8")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
