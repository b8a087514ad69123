"""One form for all agencies of a bundle: each part gets its own agency's form out of it, nothing is asked twice."""

from dataclasses import replace
from datetime import date

import pytest

from motcua.dossiers.answered import AnsweredForm, form_of
from motcua.eforms.agreeing import disagreements
from motcua.eforms.answers import check
from motcua.eforms.rules import variables
from motcua.eforms.selectors import form, form_for, forms
from motcua.eforms.shapes import walk
from motcua.flows import children, mends
from motcua.flows.corrections import Reception
from motcua.flows.deadlines import refuse_contradicted
from motcua.kernel.errors import Invalid
from motcua.processes.children import filled
from motcua.processes.selectors import version as process_version
from motcua.processes.starter import linked
from tests.support.bundle import CHILD, residence
from tests.support.combined import FromHome
from tests.support.combined_answers import BIRTH, DEATH, ELSEWHERE, HOME, answered
from tests.support.world import COMMUNE, intake

pytestmark = pytest.mark.django_db
WITHOUT_RESIDENCE = {"residence_wanted": "no"} | dict.fromkeys(
    ("residence_with", "is_head", "head_relation", "owner")
)
COMBINED = {BIRTH: "birth_together", DEATH: "death_together"}
PARTS = [(process, child) for process in linked() for child in process.children]
TODAY = date(2026, 8, 24)


def own_form(child):
    found = form_for(procedure=child.procedure, variant=child.variant, on=TODAY, published=())
    assert found is not None
    return found


def told(row) -> AnsweredForm:
    found = form_of(row)
    assert found is not None
    return found


@pytest.mark.parametrize(("process", "child"), PARTS, ids=lambda one: one.code)
def test_each_part_is_filled_in_out_of_fields_that_are_there(process, child):
    asked = {
        path
        for path, _ in walk(
            forms()[f"{'birth' if process.procedure == BIRTH else 'death'}_together", 1].fields
        )
    }
    takes = {path for path, _ in walk(own_form(child).fields)}
    for fill in child.fills:
        assert ".".join(p for p in fill.field.split(".") if not p.isdigit()) in takes, fill.field
        assert set(variables(fill.rule)) <= asked, fill.field


@pytest.mark.parametrize(
    ("procedure", "part", "changed", "lacks"),
    [
        # A number that the birth's registration gives.
        (BIRTH, "residence", {}, {"members.0.personal_id"}),
        (BIRTH, "residence", {"residence_with": "other", "residence_place": ELSEWHERE, "parents_file": ["a" * 40]},
         {"members.0.personal_id"}),
        (BIRTH, "insurance", {}, set()),
        (DEATH, "removal", {}, set()),
        (DEATH, "funeral", {}, set()),
    ],
)  # fmt: skip
def test_nothing_is_asked_twice_and_nothing_is_left_to_ask(procedure, part, changed, lacks):
    child = next(child for process, child in PARTS if process.procedure == procedure and child.code == part)
    made = check(own_form(child), filled(child.fills, answered(procedure, **changed).answers), on=TODAY)
    assert {fault.path for fault in made.faults} == lacks


def test_each_agency_of_a_birth_reads_its_own_form():
    bundle = FromHome(questions={"residence": "yes"}).registered()
    home = told(bundle.child(1))
    assert (home.form, home.version) == ("permanent_residence", 2)
    assert home.answers["declarant"]["sex"] == "female"
    assert (home.answers["place"], home.answers["before"], home.answers["guardian_agrees"]) == (
        HOME,
        "no",
        "declarant",
    )
    assert home.answers["members"] == [
        {"name": "Nguyễn Minh An", "born": "2026-08-10", "sex": "male", "relation": "Con"}
    ]
    assert "clinic" not in home.answers, "what the police have no use for stays with the commune"
    card = told(residence(bundle).child(2))
    assert (card.form, card.answers["home"], card.answers["first_clinic"]) == (
        "health_insurance",
        HOME,
        "Trạm y tế Xã Mẫu",
    )


def test_a_residence_that_is_not_wanted_is_neither_asked_about_nor_begun():
    bundle = FromHome(questions={"residence": "no"}, **WITHOUT_RESIDENCE).registered()
    assert [one["child"] for one in bundle.row["children"]] == ["insurance"]
    assert told(bundle.child(1)).answers["home"] == HOME, "where the mother lives"


def test_of_a_death_two_agencies_read_theirs():
    bundle = FromHome(DEATH).registered()
    removal, funeral = told(bundle.child(1)), told(bundle.child(2))
    assert (removal.form, removal.answers["place"], removal.answers["reason"]) == (
        "residence_removal",
        HOME,
        "death",
    )
    assert (funeral.form, funeral.answers["relation"], funeral.answers["bank_account"]) == (
        "funeral_allowance",
        "Con",
        "0123456789",
    )
    assert "bank_account" not in removal.answers


def test_a_process_published_before_hands_fields_on_as_they_stand(monkeypatch):
    def before(version):
        process = process_version(version)
        parts = [replace(child, fills=(), form=("requester", "child")) for child in process.children]
        return replace(process, children=tuple(parts))

    monkeypatch.setattr(children, "process_version", before)
    given = told(FromHome(questions={"residence": "yes"}).registered().child(1))
    assert (given.form, set(given.answers)) == ("birth_together", {"requester", "child"})


def test_the_form_may_not_contradict_the_question_that_decides_which_parts_begin():
    given = answered(BIRTH)
    with pytest.raises(Invalid, match="Đăng ký thường trú cho trẻ cùng lúc"):
        refuse_contradicted(form=given, answers={"residence": "no"}, agency=COMMUNE, on=TODAY)
    refuse_contradicted(form=given, answers={"residence": "yes"}, agency=COMMUNE, on=TODAY)
    refuse_contradicted(form=given, answers={}, agency=COMMUNE, on=TODAY)
    assert disagreements(form("birth_together", 1), given.answers, {"residence": "no"})[
        "residence"
    ].for_officer.en


def test_a_correction_that_contradicts_the_form_is_refused_and_nothing_is_proposed():
    """The police would begin with a form that says nothing of where the child is to live."""
    bundle = FromHome(questions={"residence": "no"}, **WITHOUT_RESIDENCE)
    made = intake(BIRTH, channel="online")
    told = Reception(
        variant="general",
        people=(*made.people, ("subject", CHILD)),
        handed=made.handed,
        answers={**bundle.row["answers"], "residence": "yes"},
    )
    with pytest.raises(Invalid) as refused:
        bundle.act("tiepnhan1", mends.correct_reception, reception=told, reason="Chọn nhầm.")
    assert refused.value.field == "residence"
    assert bundle.row["pending"] is None
