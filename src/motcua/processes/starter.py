"""The internal processes that are shipped with the house, one for each shipped procedure."""

import functools
import json
from importlib.resources import files
from importlib.resources.abc import Traversable

from motcua.processes.checks import parse
from motcua.processes.shapes import ProcessVersion

DATA = files("motcua.processes") / "data"


@functools.cache
def processes() -> tuple[ProcessVersion, ...]:
    """The shipped processes by procedure code; kernel.errors.Invalid if a file is damaged."""
    return _read(DATA)


@functools.cache
def linked() -> tuple[ProcessVersion, ...]:
    """Those of the shipped inter-agency procedures and of their parts."""
    return _read(DATA / "linked")


def _read(folder: Traversable) -> tuple[ProcessVersion, ...]:
    documents = [e for e in folder.iterdir() if e.name.endswith(".json")]
    return tuple(
        parse(json.loads(e.read_text(encoding="utf-8"))) for e in sorted(documents, key=lambda e: e.name)
    )
