"""How many statements an act costs, from BEGIN to COMMIT (design, section 12)."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext


class Statements:
    """The statements of one act. Inside a test's own transaction Django opens a savepoint where a request
    would say BEGIN, and releases it where it would say COMMIT: they count as those."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __len__(self) -> int:
        return len(self.texts)

    def __str__(self) -> str:
        return "\n".join(f"{n:>3}. {text[:200]}" for n, text in enumerate(self.texts, 1))


@contextmanager
def statements(*, most: int) -> Iterator[Statements]:
    """Count what is sent inside, and fail with the list when it is more than `most`."""
    counted = Statements()
    with CaptureQueriesContext(connection) as captured:
        yield counted
    counted.texts = [" ".join(query["sql"].split()) for query in captured.captured_queries]
    assert len(counted) <= most, f"{len(counted)} statements, at most {most} allowed:\n{counted}"
