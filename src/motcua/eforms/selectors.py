"""Forms as they are read by everybody else: those that are shipped, as files, and those that were published here.

A version is immutable, so it is read once a process. Where one of a number was published here, it is that one that was
answered: a shipped version that takes the same number later is not used.
"""

import functools
import json
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date
from importlib.resources import files
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.eforms.deadlines import Deadline, deadlines
from motcua.eforms.definition import Library, parse
from motcua.eforms.models import Version
from motcua.eforms.results import Result, fitting, results
from motcua.eforms.shapes import Form
from motcua.kernel.errors import NotFound
from motcua.kernel.kept import Kept

_DATA = files("motcua.eforms") / "data"
# For the statement that reads a version of a procedure as `v`: the forms published for it that are in force.
OF_PROCEDURE = """
       (SELECT array_agg(f.id ORDER BY f.valid_from, f.number) FROM eforms_version f
        WHERE f.concerns @> ARRAY[v.procedure_id] AND f.valid_from <= %(on)s)
"""
_shipped_for_good: set[tuple[str, int]] = set()


@functools.cache
def library() -> Library:
    """What forms share."""
    told = json.loads((_DATA / "library.json").read_text(encoding="utf-8"))
    return Library(parts=told["parts"], lists=told["lists"])


_kept: Kept[UUID, Form] = Kept(
    lambda ids: {row.id: parse(row.body, library()) for row in Version.objects.filter(id__in=ids)}
)


@functools.cache
def _documents() -> Mapping[tuple[str, int], Mapping[str, Any]]:
    texts = sorted((e for e in (_DATA / "forms").iterdir() if e.name.endswith(".json")), key=lambda e: e.name)
    read = (json.loads(each.read_text(encoding="utf-8")) for each in texts)
    return {(each["code"], each["version"]): each for each in read}


def shipped_document(code: str, number: int) -> dict[str, Any] | None:
    """The document of a shipped version; None where there is none."""
    found = _documents().get((code, number))
    return deepcopy(dict(found)) if found is not None else None


@functools.cache
def forms() -> Mapping[tuple[str, int], Form]:
    """All shipped forms by code and version. Raises kernel.errors.Invalid if a file is damaged."""
    return {key: parse(document, library()) for key, document in _documents().items()}


def form(code: str, version: int) -> Form:
    """One version of a form. No statement for a shipped one this process knows, else one. Raises NotFound."""
    key = (code, version)
    if key in _shipped_for_good:
        return forms()[key]
    published = Version.objects.filter(code=code, number=version).values_list("id", flat=True).first()
    found = _kept.of([published]).get(published) if published else forms().get(key)
    if found is None:
        raise NotFound("Không có mẫu này.", "There is no such form.")
    if published is None:
        # What is published from now on is numbered beyond it.
        _shipped_for_good.add(key)
    return found


@functools.cache
def _concerning() -> Mapping[str, tuple[Form, ...]]:
    """The shipped versions of every form that serves a procedure, or once did."""
    by_code: dict[str, set[str]] = {}
    for each in forms().values():
        by_code.setdefault(each.code, set()).update(serves.code for serves in each.procedures)
    found: dict[str, tuple[Form, ...]] = {}
    for each in forms().values():
        for procedure in by_code[each.code]:
            found[procedure] = (*found.get(procedure, ()), each)
    return found


@functools.cache
def _result_data() -> Mapping[str, Any]:
    told: Mapping[str, Any] = json.loads((_DATA / "results.json").read_text(encoding="utf-8"))
    return told


def results_of(found: Form) -> tuple[Result, ...]:
    """What the results of a form are made of, with the codes that are known; of an older version and of one
    made here what it has in common with the newest shipped one; none for a form with a code of its own."""
    told = _result_data()
    known = {one["code"] for one in told["results"] if one["form"] == found.code}
    if not known:
        return ()
    if found is max((one for one in forms().values() if one.code == found.code), key=lambda one: one.version):
        return results(found, told)
    return results(
        replace(found, results=tuple(c for c in found.results if c in known)), fitting(found, told)
    )


@functools.cache
def deadlines_of(form: str) -> tuple[Deadline, ...]:
    """The time limits that the dates of the form `form` decide, whichever version it is."""
    return deadlines(form, json.loads((_DATA / "deadlines.json").read_text(encoding="utf-8")))


def published_for(procedure: str, *, on: date) -> tuple[UUID, ...]:
    """The versions published here for a procedure and in force on a day. One statement; an offer of the catalogue
    brings the same along."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {OF_PROCEDURE} FROM (SELECT %(procedure)s::text AS procedure_id) v",  # noqa: S608 - a fixed part
            {"procedure": procedure, "on": on},
        )
        return tuple(cursor.fetchone()[0] or ())


def form_for(*, procedure: str, variant: str = "", on: date, published: Iterable[UUID]) -> Form | None:
    """The form of a procedure on a day: that of the variant, else the one for all variants; None where it has none.

    Of each form the version in force counts; of two forms for the same the later one. `published`: those published
    here (`published_for`, `catalogue.selectors.Offer.forms`); no statement but for those new to this process.
    """
    in_force = list(_in_force(procedure, on, published))
    for wanted in dict.fromkeys((variant, "")):
        serving = [
            each
            for each in in_force
            if any((s.code, s.variant) == (procedure, wanted) for s in each.procedures)
        ]
        if serving:
            return serving[-1]
    return None


def forms_of(procedure: str, *, on: date) -> tuple[Form, ...]:
    """The forms of a procedure on a day, whichever variant takes them. One statement."""
    found = _in_force(procedure, on, published_for(procedure, on=on))
    return tuple(each for each in found if any(s.code == procedure for s in each.procedures))


def _in_force(procedure: str, on: date, published: Iterable[UUID]) -> Iterator[Form]:
    """Of each form that concerns the procedure, the version in force; in the order of their days."""
    ids = tuple(published)
    here = {(one.code, one.version): one for one in _kept.of(ids).values()}
    shipped = {
        (one.code, one.version): one for one in _concerning().get(procedure, ()) if one.valid_from <= on
    }
    newest: dict[str, Form] = {}
    for each in sorted((shipped | here).values(), key=lambda one: (one.valid_from, one.version)):
        newest.pop(each.code, None)
        newest[each.code] = each
    yield from newest.values()
