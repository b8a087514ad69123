"""Forth and back through a keyset list: the key of this page, and the keys of the pages before it.

Keys are instants and ids, never a name, so they may stand in an address.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

MOST_PASSED = 40
_KEY = re.compile(
    r"((infinity|\d{4}-\d\d-\d\dT[\d:.]+[+-]\d\d:\d\d)_)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(_\d{1,4})?"
)


def is_key(text: str) -> bool:
    """Whether `text` is a place in a list."""
    return bool(_KEY.fullmatch(text))


@dataclass(frozen=True, slots=True)
class Trail:
    """Where a list stands. `after` is "" on the first page."""

    after: str = ""
    passed: tuple[str, ...] = ()

    @classmethod
    def read(cls, fields: Mapping[str, object]) -> "Trail":
        """The trail as `fields` told it before; what is no key is left out."""
        after, passed = str(fields.get("after", "")), str(fields.get("passed", ""))
        if not is_key(after):
            return cls()
        return cls(after, tuple(key for key in passed.split(" ") if is_key(key))[-MOST_PASSED:])

    def forth(self, following: str | None) -> "Trail | None":
        """The next page, whose key is `following`; None when there is no more."""
        if following is None:
            return None
        return Trail(following, (*self.passed, self.after)[-MOST_PASSED:] if self.after else ())

    def back(self) -> "Trail | None":
        """The page before; None on the first one. Farther back than what is remembered lies the first page."""
        if not self.after:
            return None
        return Trail(self.passed[-1], self.passed[:-1]) if self.passed else Trail()

    def fields(self, **more: str) -> dict[str, str]:
        """What an address or a form carries to come to this page, empty values left out."""
        found = {**more, "after": self.after, "passed": " ".join(self.passed)}
        return {name: value for name, value in found.items() if value}

    def query(self, **more: str) -> str:
        """The same as an address's end: "?after=…"."""
        return f"?{urlencode(self.fields(**more))}"
