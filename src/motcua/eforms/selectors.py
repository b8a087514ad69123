"""The forms that are shipped, read once per process; kernel.errors.Invalid if a file is damaged."""

import functools
import json
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import Any

from motcua.eforms.definition import Library, parse
from motcua.eforms.results import Result, results
from motcua.eforms.shapes import Form
from motcua.kernel.errors import NotFound

_DATA = files("motcua.eforms") / "data"


@functools.cache
def library() -> Library:
    """What shipped forms share."""
    told = json.loads((_DATA / "library.json").read_text(encoding="utf-8"))
    return Library(parts=told["parts"], lists=told["lists"])


@functools.cache
def forms() -> Mapping[tuple[str, int], Form]:
    """All shipped forms by code and version."""
    documents = sorted(
        (e for e in (_DATA / "forms").iterdir() if e.name.endswith(".json")), key=lambda e: e.name
    )
    read = (parse(json.loads(e.read_text(encoding="utf-8")), library()) for e in documents)
    return {(each.code, each.version): each for each in read}


def form(code: str, version: int) -> Form:
    """One version of a form. Raises NotFound."""
    found = forms().get((code, version))
    if found is None:
        raise NotFound("Không có mẫu này.", "There is no such form.")
    return found


@functools.cache
def _of_procedure() -> Mapping[tuple[str, str], tuple[Form, ...]]:
    found: dict[tuple[str, str], tuple[Form, ...]] = {}
    for each in sorted(forms().values(), key=lambda one: (one.valid_from, one.version)):
        for serves in each.procedures:
            key = (serves.code, serves.variant)
            found[key] = (*found.get(key, ()), each)
    return found


@functools.cache
def _result_data() -> Mapping[str, Any]:
    told: Mapping[str, Any] = json.loads((_DATA / "results.json").read_text(encoding="utf-8"))
    return told


def results_of(found: Form) -> tuple[Result, ...]:
    """What the results of a form are made of, with the codes that are known; none for a form that is not shipped."""
    shipped = any(one["form"] == found.code for one in _result_data()["results"])
    return results(found, _result_data()) if shipped else ()


def form_for(*, procedure: str, variant: str = "", on: date) -> Form | None:
    """The form of a procedure on a day: that of the variant, else the one for all variants; None where it has none."""
    for wanted in dict.fromkeys((variant, "")):
        known = _of_procedure().get((procedure, wanted), ())
        in_force = [each for each in known if each.valid_from <= on]
        if in_force:
            return in_force[-1]
    return None
