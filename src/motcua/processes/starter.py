"""The internal processes that are shipped with the house, one for each shipped procedure."""

import functools
import json
from importlib.resources import files

from motcua.processes.checks import parse
from motcua.processes.shapes import ProcessVersion

DATA = files("motcua.processes") / "data"


@functools.cache
def processes() -> tuple[ProcessVersion, ...]:
    """The shipped processes by procedure code; kernel.errors.Invalid if a file is damaged."""
    documents = [e for e in DATA.iterdir() if e.name.endswith(".json")]
    return tuple(
        parse(json.loads(e.read_text(encoding="utf-8"))) for e in sorted(documents, key=lambda e: e.name)
    )
