"""Each shipped form has its results, and each datum of a result a code in a stated scheme and a place to come from."""

import json
from dataclasses import replace
from importlib.resources import files

import pytest

from motcua.eforms.results import results
from motcua.eforms.schema import schema
from motcua.eforms.selectors import forms, results_of
from motcua.eforms.shapes import FieldType, walk

FORMS = pytest.mark.parametrize("form", forms().values(), ids=lambda form: f"{form.code}-{form.version}")
TWELVE = {
    "birth",
    "marriage",
    "death",
    "marital_status",
    "extract_copies",
    "civil_status_change",
    "temporary_residence",
    "permanent_residence",
    "household_business",
    "poverty_recognition",
    "certification_appointment",
    "electronic_copy",
}
# What a result is not made of: what somebody promises, attaches, is told, or answers for the desk alone.
NO_DATUM = {FieldType.UNDERTAKING, FieldType.FILE, FieldType.INFO, FieldType.PERSON, FieldType.GROUP}


def document():
    return json.loads((files("motcua.eforms") / "data" / "results.json").read_text(encoding="utf-8"))


def published(form):
    """The results of the form's procedures, as the catalogue ships them."""
    there = files("motcua.catalogue") / "data"
    places = [
        there / folder / f"{one.code}.json" for one in form.procedures for folder in ("procedures", "linked")
    ]
    told = [json.loads(one.read_text(encoding="utf-8")) for one in places if one.is_file()]
    return {result["code"] for each in told for result in each["results"]}


def test_all_twelve_are_there():
    assert {code for code, _version in forms()} >= TWELVE


@FORMS
def test_every_result_is_the_procedures_and_has_data(form):
    assert form.results
    assert set(form.results) <= published(form)
    found = results_of(form)
    assert tuple(one.code for one in found) == form.results
    for result in found:
        codes = [(datum.scheme.code, datum.code) for datum in result.data]
        assert len(codes) == len(set(codes))
        assert [datum for datum in result.data if datum.fields], "something of it is asked"
        assert all(datum.label.vi and datum.label.en for datum in result.data)


@FORMS
def test_every_datum_comes_from_a_field_that_gives_one(form):
    fields = dict(walk(form.fields))
    for result in results_of(form):
        for datum in result.data:
            assert not {fields[path].type for path in datum.fields} & NO_DATUM, datum


@FORMS
def test_the_codes_in_a_form_and_beside_it_are_the_same(form):
    """A landed form may name a code itself; nothing beside it may say otherwise."""
    beside = {
        (path, datum.code)
        for result in results_of(form)
        for datum in result.data
        if datum.scheme.code == "hotich"
        for path in datum.fields
    }
    named = {(path, field.map_to) for path, field in walk(form.fields) if field.map_to}
    assert named <= beside


def test_nothing_is_said_of_forms_results_and_schemes_that_are_not_there():
    told = document()
    shipped = {(form.code, code) for form in forms().values() for code in form.results}
    assert {(one["form"], one["code"]) for one in told["results"]} == shipped
    used = {name.rpartition(":")[0] or one["scheme"] for one in told["results"] for name in one["fields"]}
    assert used == set(told["schemes"]) == set(told["issued"])
    assert [code for code, one in told["schemes"].items() if one["verified"]] == [], (
        "nobody has compared them"
    )


@pytest.mark.parametrize(
    "spoil",
    [
        lambda one: one["fields"].update({"so": ["khong.co"]}),
        lambda one: one["fields"].update({"khac:so": ["copies"]}),
        lambda one: one["issued"].append("khongCo"),
        lambda one: one.update(code="KQ.G15.999999"),
    ],
    ids=["path", "scheme", "issued", "result"],
)
def test_what_leads_nowhere_is_not_taken(spoil):
    told, birth = document(), forms()[("birth", 1)]
    spoil(next(one for one in told["results"] if one["form"] == "birth"))
    with pytest.raises(KeyError):
        results(birth, told)


def test_a_form_made_here_has_none_yet():
    assert results_of(replace(forms()[("birth", 1)], code="made_here")) == ()


@FORMS
def test_the_schema_tells_which_datum_each_answer_becomes(form):
    told = schema(form, results_of(form))
    assert [one["code"] for one in told["x-results"]] == list(form.results)
    for result in told["x-results"]:
        assert {one["scheme"] for one in result["data"]} <= set(told["x-schemes"])
        assert all(one.get("from") or one.get("issued") for one in result["data"])
    assert "x-results" not in schema(form)
