"""A document of ours in the making."""

import functools
from typing import Any

from motcua.kernel.text import fold

Document = dict[str, Any]


@functools.lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """`text` without accents and capitals, kept: the same words come thousands of times."""
    return fold(text)


def filled(**values: Any) -> Document:
    """Only what is there: our shape has no blank texts."""
    return {name: value for name, value in values.items() if value not in ("", None, [], ())}
