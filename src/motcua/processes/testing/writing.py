"""A test as it stands in a document: what it says, without what it does not. Pure."""

import dataclasses
from typing import Any

from motcua.kernel.codec import encode
from motcua.kernel.say import Say


def document_of(told: Any) -> Any:
    """A test, or a part of one (testing.shapes), as JSON; reading it gives the same back."""
    if isinstance(told, Say):
        return {"vi": told.vi, **({"en": told.en} if told.en else {})}
    if dataclasses.is_dataclass(told) and not isinstance(told, type):
        values = ((one.name, getattr(told, one.name), one.default) for one in dataclasses.fields(told))
        return {name: document_of(value) for name, value, default in values if value != default}
    if isinstance(told, tuple):
        return [document_of(each) for each in told]
    return encode(told)
