"""What does not change once it is written, read once a process."""

from collections.abc import Callable, Iterable, Mapping
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Kept(Generic[K, V]):
    """Values by key; `read` fetches those of many keys at once, and leaves out what there is not."""

    def __init__(self, read: Callable[[set[K]], Mapping[K, V]]) -> None:
        self._read = read
        self._known: dict[K, V] = {}

    def of(self, keys: Iterable[K]) -> dict[K, V]:
        """The values there are, by key: one reading for all that are new to this process, else none."""
        wanted = set(keys)
        if new := {key for key in wanted if key not in self._known}:
            self._known.update(self._read(new))
        return {key: self._known[key] for key in wanted if key in self._known}
