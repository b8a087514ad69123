"""The public page of a procedure's form: everything it asks, the blank paper, nothing kept."""

import pytest
from django.test import Client
from tests.support.statements import statements

from motcua.catalogue.starter import linked, procedures
from motcua.eforms.selectors import forms
from motcua.eforms.shapes import Form

pytestmark = pytest.mark.django_db
BIRTH = "1.001193"


def test_anybody_reads_what_the_form_asks(citizen: Client) -> None:
    with statements(most=4):
        page = citizen.get(f"/procedures/{BIRTH}/form")
    assert page.status_code == 200
    text = page.content.decode()
    for said in ("Tờ khai đăng ký khai sinh", "Ngày sinh", "Cha, mẹ", "chưa đối chiếu từng mục", "Khơ Me"):
        assert (said in text) is (said != "Khơ Me")  # long lists are not spelt out
    assert "<form method=" not in text.split("<main")[1].split("</main")[0]


def test_the_blank_paper_is_the_same_whenever_it_is_printed(citizen: Client) -> None:
    first = citizen.get(f"/procedures/{BIRTH}/form.pdf")
    assert first["Content-Type"] == "application/pdf"
    assert first.content.startswith(b"%PDF-")
    assert citizen.get(f"/procedures/{BIRTH}/form.pdf").content == first.content


def test_a_procedure_leads_to_its_form_and_one_without_does_not(citizen: Client) -> None:
    link = f"/procedures/{BIRTH}/form"
    assert link in citizen.get(f"/procedures/{BIRTH}").content.decode()
    assert link in citizen.get(f"/procedures/{BIRTH}?text=1").content.decode()
    assert "/procedures/1.013225/form" not in citizen.get("/procedures/1.013225").content.decode()


@pytest.mark.parametrize(
    "path", ["1.013225/form", "9.999999/form", "1.013225/form.pdf", "1%00/form", "1' OR 1/form.pdf"]
)
def test_a_form_that_is_not_there_is_told(citizen: Client, path: str) -> None:
    assert citizen.get(f"/procedures/{path}").status_code == 404


@pytest.mark.parametrize("form", forms().values(), ids=lambda form: form.code)
def test_each_form_serves_a_procedure_that_gives_what_it_says(citizen: Client, form: Form) -> None:
    known = {version.code: version for version in (*procedures(), *linked())}
    given = {result.code for serves in form.procedures for result in known[serves.code].results}
    assert set(form.results) <= given
    for serves in form.procedures:
        page = citizen.get(f"/procedures/{serves.code}/form")
        assert page.status_code == 200
        assert form.title.vi in page.content.decode()


@pytest.mark.parametrize("code", ["1.004194", "1.004222"])
def test_a_form_of_what_the_police_settle_says_so(citizen: Client, code: str) -> None:
    page = citizen.get(f"/procedures/{code}/form").content.decode()
    assert "Thủ tục này không nộp ở đây" in page
    assert "hệ thống của công an" in page
    assert "https://dichvucong.gov.vn" in page
    assert "Thủ tục này không nộp ở đây" not in citizen.get(f"/procedures/{BIRTH}/form").content.decode()


def test_twelve_common_matters_have_their_form() -> None:
    assert len({serves.code for form in forms().values() for serves in form.procedures}) >= 12


def test_machines_get_the_schema_of_the_answers(citizen: Client) -> None:
    answer = citizen.get(f"/procedures/{BIRTH}/form.schema.json")
    assert answer["Content-Type"] == "application/schema+json"
    told = answer.json()
    assert told["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert told["properties"]["child"]["properties"]["name"]["x-code"] == "nksHoTen"
    (result,) = told["x-results"]
    assert result["code"] == "KQ.G15.000031"
    assert {
        "scheme": "hotich",
        "code": "nksHoTen",
        "title": "Họ, chữ đệm, tên",
        "from": ["child.name"],
    } in result["data"]
    assert told["x-schemes"]["hotich"]["verified"] is False
    assert citizen.get("/procedures/1.013225/form.schema.json").status_code == 404
    assert answer.request["PATH_INFO"] in citizen.get(f"/procedures/{BIRTH}/form").content.decode()
