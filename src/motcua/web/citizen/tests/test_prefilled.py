"""What was typed once is not asked again: a form takes who applies from the pages before it, and says from where."""

from uuid import UUID

import pytest
from django.test import Client
from tests.support.citizens import citizen_client
from tests.support.html import Page
from tests.support.pages import visitor
from tests.support.world import COMMUNE

from motcua.kernel.time import now
from motcua.submissions.models import Draft
from motcua.submissions.operations import opened, save
from motcua.web.citizen.tests.walk import send
from motcua.web.common.eform_controls import SOURCES

pytestmark = pytest.mark.django_db
BIRTH = "1.001193"
WHOM = {
    "kind": ["citizen"],
    "name": ["Lò Thị Mai"],
    "paper": ["citizen_id"],
    "number": ["001155000077"],
    "born_0": ["01"],
    "born_1": ["02"],
    "born_2": ["1955"],
    "relation": ["con"],
}
YOU = {
    "phone": ["0912 345 678"],
    "email": ["mai@example.vn"],
    "address": ["Bản Mẫu, xã Mường Mô, Lai Châu"],
    "way": ["desk"],
}
FROM_WHOM, FROM_YOU = (
    "Theo trang “Chủ hồ sơ”, do người nhập giúp ghi.",
    "Theo trang “Liên hệ và nhận kết quả”.",
)
FROM_ACCOUNT = SOURCES["account"].vi


def at_form(client: Client, begun: str, **pages: dict[str, list[str]]) -> str:
    """The draft `begun` with these pages kept; its form's first topic."""
    draft = UUID(begun.rsplit("/", 1)[1])
    for page, fields in pages.items():
        save(kept=opened(Draft.objects.get(id=draft)), page=page, fields=fields, reached="form-who", at=now())
    return str(client.get(begun)["Location"])


def told(client: Client, path: str) -> dict[str, str]:
    form = Page(client.get(path).text).form()
    return {name: values[0] for name, values in form.fields.items() if values and values[0]}


def test_who_is_helped_is_asked_who_they_are_once(at):
    client = visitor("tiepnhan1", at=now())
    begun = send(client, f"/assist/begin/{BIRTH}")["Location"]
    path = at_form(client, begun, whom=WHOM, you=YOU)
    filled = told(client, path)
    assert filled["requester.name"] == "Lò Thị Mai"
    assert filled["requester.personal_id"] == "001155000077"
    assert [filled[f"requester.born.{part}"] for part in ("day", "month", "year")] == ["01", "02", "1955"]
    assert (filled["requester.phone"], filled["requester.email"]) == ("0912345678", "mai@example.vn")
    assert filled["requester.residence.detail"] == "Bản Mẫu", "the address, too, where its commune is told"
    shown = client.get(path).text
    assert (shown.count(FROM_WHOM), shown.count(FROM_YOU)) == (4, 2)
    assert FROM_ACCOUNT not in shown


def test_what_was_typed_of_how_to_be_reached_goes_before_the_account(at):
    client = citizen_client(at=at)
    begun = send(client, f"/my/begin/{BIRTH}", {"agency": COMMUNE})["Location"]
    path = at_form(client, begun, you=YOU)
    assert told(client, path)["requester.phone"] == "0912345678"
    shown = client.get(path).text
    assert FROM_YOU in shown
    assert FROM_ACCOUNT in shown
    assert FROM_WHOM not in shown


@pytest.mark.parametrize("relation", ["mother", "father", "grandparent", "delegate", ""])
def test_a_parent_is_filled_in_from_who_asks_only_where_that_is_who_they_are(at, relation):
    client = visitor("tiepnhan1", at=now())
    begun = send(client, f"/assist/begin/{BIRTH}")["Location"]
    path = at_form(client, begun, whom=WHOM, you=YOU)
    send(client, path, {"relation": relation} if relation else {})
    parents = told(client, path.replace("form-who", "form-parents"))
    for parent in ("mother", "father"):
        theirs = {name: value for name, value in parents.items() if name.startswith(f"{parent}.")}
        if parent == relation:
            assert theirs[f"{parent}.name"] == "Lò Thị Mai"
            assert theirs[f"{parent}.born_year"] == "1955"
            assert theirs[f"{parent}.personal_id"] == "001155000077"
        else:
            assert "Lò Thị Mai" not in theirs.values()
            assert "001155000077" not in theirs.values()


def test_who_is_the_mother_is_asked_for_herself_once_without_scripts_too(at):
    client = visitor("tiepnhan1", at=now())
    begun = send(client, f"/assist/begin/{BIRTH}")["Location"]
    path = at_form(client, begun, whom=WHOM, you=YOU)
    send(client, path, {"relation": "mother"})
    parents = path.replace("form-who", "form-parents")
    again = send(client, parents, {"mother_known": "yes", "father_known": "no"})
    assert again["Location"].partition("#")[0] == parents, "an answer has led to another question"
    assert told(client, parents)["mother.name"] == "Lò Thị Mai"
    assert FROM_WHOM in client.get(parents).text
