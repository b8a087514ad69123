"""The electronic form a dossier was handed in with: named by its first event, its answers sealed as content."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class AnsweredForm:
    """A form and what was answered in it; nothing once erased."""

    form: str
    version: int
    answers: Mapping[str, Any]


def answered_form(first: Mapping[str, Any], texts: Mapping[UUID, str]) -> AnsweredForm | None:
    """The form that the data of a dossier's `first` event name; None where it was handed in without one. `texts` are
    its contents."""
    told = first.get("form")
    if told is None:
        return None
    body = texts.get(UUID(told["snapshot"]))
    return AnsweredForm(told["form"], told["version"], json.loads(body) if body else {})
