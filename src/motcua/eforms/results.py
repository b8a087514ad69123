"""What a procedure's result is made of: national codes of its data, and where in a form each is asked. Pure.

It stands beside the forms (`data/results.json`), as codes become known after a form has landed, and one scheme may take
another's place without a question being changed. A datum that no field gives is written when the result is issued."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motcua.eforms.shapes import Form, walk
from motcua.kernel.say import Say


@dataclass(frozen=True, slots=True)
class Scheme:
    """Whose codes they are, where they were seen, and whether somebody has compared them with the owner's document."""

    code: str
    name: Say
    source: Say
    verified: bool


@dataclass(frozen=True, slots=True)
class Datum:
    """One datum of a result. `fields`: paths of the form (`child.name`), the first that is answered gives it; none: the
    agency writes it when the result is issued."""

    scheme: Scheme
    code: str
    label: Say
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """A result (`code`: the national one, KQ.G15.000031) and its data."""

    code: str
    data: tuple[Datum, ...]


def results(form: Form, told: Mapping[str, Any]) -> tuple[Result, ...]:
    """The results of `form` in their order, out of the document `told`. Raises KeyError for a path, a scheme or a
    result that is not there."""
    labels = {path: field.label for path, field in walk(form.fields)}
    schemes = {code: _scheme(code, one) for code, one in told["schemes"].items()}
    mine = {one["code"]: one for one in told["results"] if one["form"] == form.code}

    def datum(name: str, default: str, fields: tuple[str, ...]) -> Datum:
        where, _, code = name.rpartition(":")
        scheme = schemes[where or default]
        asked = [labels[path] for path in fields]
        return Datum(scheme, code, asked[0] if asked else _say(told["issued"][scheme.code][code]), fields)

    found = []
    for code in form.results:
        one = mine[code]
        asked = [datum(name, one["scheme"], tuple(fields)) for name, fields in one["fields"].items()]
        written = [datum(name, one["scheme"], ()) for name in one["issued"]]
        found.append(Result(code, (*asked, *written)))
    return tuple(found)


def fitting(form: Form, told: Mapping[str, Any]) -> Mapping[str, Any]:
    """`told` as far as a form goes that was made of a shipped one: without data of fields that it does not ask."""
    paths = {path for path, _field in walk(form.fields)}
    kept = []
    for one in told["results"]:
        if one["form"] == form.code:
            asked = {
                name: [path for path in fields if path in paths] for name, fields in one["fields"].items()
            }
            kept.append(one | {"fields": {name: fields for name, fields in asked.items() if fields}})
    return {**told, "results": kept}


def _scheme(code: str, told: Mapping[str, Any]) -> Scheme:
    return Scheme(code, _say(told["name"]), _say(told["source"]), verified=told["verified"] is True)


def _say(told: Mapping[str, str]) -> Say:
    return Say(told["vi"], told["en"])
