"""What stands at a place of a record, as lines to read beside a finding. Pure."""

import re
from collections.abc import Iterator
from typing import Any

_STEP = re.compile(r"([A-Z]+)|\[(\d+)\]")


def at_place(record: Any, where: str) -> Any:
    """The value at `where` (`CACHTHUCTHUCHIEN[0].THOIGIAN[1]`; "" is the whole record); None where there is none."""
    value = record
    for key, index in _STEP.findall(where):
        if key and isinstance(value, dict):
            value = value.get(key)
        elif index and isinstance(value, list) and int(index) < len(value):
            value = value[int(index)]
        else:
            return None
    return value


def lines_of(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Keys and texts of a value from top to bottom; blank texts are left out."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from lines_of(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from lines_of(one, key)
    elif value:
        yield key, str(value)
