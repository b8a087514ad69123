"""A document of ours in the making."""

import functools
import re
from typing import Any

from motcua.kernel.text import fold

NAMELESS = "(bản công bố không ghi tên)"
Document = dict[str, Any]
_NOT_A_CODE = re.compile(r"[^a-z0-9]+")


@functools.lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """`text` without accents and capitals, kept: the same words come thousands of times."""
    return fold(text)


def filled(**values: Any) -> Document:
    """Only what is there: our shape has no blank texts."""
    return {name: value for name, value in values.items() if value not in ("", None, [], ())}


def label_code(label: str) -> str:
    """The code of what somebody named `label`: it stays when the order around it changes."""
    return _NOT_A_CODE.sub("_", folded(label)).strip("_")[:60] or "khac"
