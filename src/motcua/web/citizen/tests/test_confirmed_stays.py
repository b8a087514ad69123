"""Who has confirmed a form is who it names: nobody else's name stands beside a number, and no mending puts another
person where they signed."""

import pytest
from tests.support.citizens import citizen_client
from tests.support.html import Page
from tests.support.joint import HEAD, WOMAN, handed_in, married, residence_form, residing, terms
from tests.support.pages import visitor
from tests.support.world import viewer
from tests.support.written import written as counts

from motcua.dossiers.selectors import dossier, find_row
from motcua.flows.form_mending import topics_of
from motcua.web.citizen.tests.test_together import ask, dossiers, hand_in, waiting, who
from motcua.web.citizen.tests.walk import send
from motcua.web.common.acting import WHOM
from motcua.web.common.tests.test_pdf import text_of

pytestmark = pytest.mark.django_db
STRANGER = {"head.name": "Phạm Văn Sơn", "head.personal_id": "001099000999", "head.phone": "0911222333"}


@pytest.fixture
def tenant(at):
    residence_form(at)
    return citizen_client("tuyet", at=at)


@pytest.fixture
def desk(at):
    return visitor("tiepnhan1", at=at)


def consented(tenant, others, at, **more):
    """The code of a residence that `others` have consented to."""
    check = f"/my/drafts/{residing(who(tenant), at, **more)}/check"
    ask(tenant, check)
    for other in others:
        assert send(other, waiting(other), {"sure": "on"}).status_code == 302
    return hand_in(tenant, check)["Location"].rpartition("/")[2]


def returned(desk, code, topic, *fields):
    """The form is sent back with what is wrong in `topic`; where it is mended."""
    told = {f"form_{topic}": "Hãy xem lại.", f"fields_{topic}": [*fields]}
    assert send(desk, f"/dossiers/{code}/request_supplement", told).status_code == 302
    return f"/my/dossiers/{code}/supply/1"


def form(code):
    told = dossier(code, viewer=viewer("tiepnhan1")).form
    assert told is not None
    return told.answers


def test_ones_own_number_beside_the_name_of_another_consents_to_nothing(tenant, at):
    head = citizen_client("hung", at=at)
    both = {"name": "Trần Văn Hùng", "personal_id": "001190000001"}
    draft = residing(who(tenant), at, head=both, landlord=both)
    check = f"/my/drafts/{draft}/check"
    assert "số định danh là của người đang đăng nhập, họ tên thì không phải" in tenant.get(check).text
    assert ask(tenant, check).status_code == 422
    _intake, agreed, revision = terms(draft, who(tenant), at)
    forged = {"sure": "on", "revision": str(revision), "agreed": agreed, "idempotency_key": "k"}
    assert tenant.post(check, forged).status_code == 422
    assert (waiting(head), dossiers()) == (None, 0)


def test_ones_own_part_has_ones_own_name(at):
    bride = citizen_client("tuyet", at=at)
    check = f"/my/drafts/{married(who(bride), at, woman={**WOMAN, 'name': 'Lò Thị Khác'})}/check"
    assert "họ tên thì không phải" in bride.get(check).text
    assert ask(bride, check).status_code == 422
    written = {**WOMAN, "name": "NGUYEN THI ANH TUYET"}
    check = f"/my/drafts/{married(who(bride), at, woman=written)}/check"
    assert ask(bride, check).status_code == 302, "accents and capitals are no other name"


def test_who_consented_can_not_be_named_nor_become_another(tenant, desk, at):
    head, owner = citizen_client("hung", at=at), citizen_client("may", at=at)
    code = consented(tenant, [head, owner], at)
    fields = {
        p for topic in topics_of(find_row(code, viewer=viewer("tiepnhan1"))[0]).values() for p in topic.fields
    }
    assert not fields & {"head.name", "head.personal_id", "owner_person.name", "owner_person.personal_id"}
    assert "head.phone" in fields
    path = returned(desk, code, "who")
    before = counts()
    sent = Page(tenant.get(path).text).form("head.phone").sent({}) | STRANGER
    assert tenant.post(path, sent).status_code == 422
    assert counts() == before
    assert form(code)["head"] == HEAD
    assert send(tenant, path, {"head.phone": "0911222333"}).status_code == 302


def test_an_answer_that_asks_for_another_consent_is_refused(tenant, desk, at):
    owner = citizen_client("may", at=at)
    code = consented(tenant, [owner], at, is_head="yes")
    path = returned(desk, code, "who", "is_head")
    before = counts()
    typed = {"is_head": "no", "head_agrees": "account", "head_relation": "Con", **STRANGER}
    for client, page in ((tenant, path), (desk, path.removeprefix("/my"))):
        form_sent = {**Page(client.get(page).text).form("is_head").sent({}), **typed}
        seen = " ".join([*STRANGER, "head_agrees", "head_relation"])
        answer = client.post(page, {**form_sent, "_open": f"{form_sent['_open'][0]} {seen}"})
        assert answer.status_code == 422
        assert "người phải xác nhận hồ sơ không còn là những người đã xác nhận" in answer.text
    assert counts() == before
    assert "head" not in form(code)


def test_each_party_of_a_marriage_mends_their_own_part_alone(desk, at):
    code = handed_in(at)
    bride, groom = citizen_client("tuyet", at=at), citizen_client("hung", at=at)
    path = returned(desk, code, "woman", "woman.born", "woman_times")
    sent = Page(bride.get(path).text).form("woman_times").sent({"woman.born.year": "1991"})
    before = counts()
    assert groom.get(path).status_code == 409
    assert groom.post(path, {k: v for k, v in sent.items() if k != WHOM}).status_code == 409
    assert "Phần “Bên nữ” là lời khai của Nguyễn Thị Ánh Tuyết" in groom.get(path).text
    assert counts() == before
    assert bride.post(path, sent).status_code == 302
    assert form(code)["woman"]["born"] == "1991-02-15"
    assert "Người nộp Nguyễn Thị Ánh Tuyết đã sửa tờ khai lúc" in desk.get(f"/dossiers/{code}").text
    assert "Nguyễn Thị Ánh Tuyết đã sửa tờ khai lúc" in groom.get(f"/my/dossiers/{code}/sent").text


def test_at_the_desk_either_part_is_mended_and_no_number_goes(desk, at):
    code = handed_in(at)
    path = returned(desk, code, "man", "man.paper", "man.born").removeprefix("/my")
    other_paper = {
        "man.paper": "passport",
        "man.paper_number": "X9999999",
        "man.paper_issued": "Nơi khác, 2020",
    }
    page = send(desk, path, {"man.paper": "passport"}).text
    before = counts()
    refused = desk.post(path, Page(page).form("man.paper_number").sent(other_paper))
    assert refused.status_code == 422
    assert "không còn là những người đã xác nhận" in refused.text
    assert counts() == before
    assert send(desk, path, {"man.born.year": "1986"}).status_code == 302
    assert form(code)["man"]["personal_id"] == "001085000002"


def test_the_others_number_stays_masked_once_it_is_handed_in(at):
    code = handed_in(at)
    for login, own, other in (
        ("hung", "001085000002", "001190000001"),
        ("tuyet", "001190000001", "001085000002"),
    ):
        client = citizen_client(login, at=at)
        shown = client.get(f"/my/dossiers/{code}/sent").text
        paper = text_of(client.get(f"/my/dossiers/{code}/sent/form.pdf").content)
        for told in (shown, paper):
            assert own in told
            assert other not in told
        assert "•" * 9 + other[-3:] in shown


def test_who_applies_alone_reads_all_that_they_wrote(tenant, at):
    code = consented(tenant, [citizen_client("hung", at=at), citizen_client("may", at=at)], at)
    assert HEAD["personal_id"] in tenant.get(f"/my/dossiers/{code}/sent").text


def test_the_list_and_the_check_tell_the_writer_what_was_answered_and_what_to_do(at):
    bride, groom = citizen_client("tuyet", at=at), citizen_client("hung", at=at)
    check = f"/my/drafts/{married(who(bride), at)}/check"
    assert "ên kia" not in bride.get("/my/dossiers").text
    ask(bride, check)
    assert "Chờ bên kia xác nhận" in bride.get("/my/dossiers").text
    path = waiting(groom)
    send(groom, path, {"reason": "Sai ngày sinh."})
    assert "Bên kia không xác nhận" in bride.get("/my/dossiers").text
    assert "Sửa rồi gửi lại" in bride.get(check).text
    assert "Khi mọi người đã xác nhận, nút nộp hồ sơ hiện ở đây." not in bride.get(check).text
    send(groom, path, {"sure": "on"})
    assert "Bên kia đã xác nhận" in bride.get("/my/dossiers").text
    assert "Sửa rồi gửi lại" not in bride.get(check).text
    assert "Hồ sơ có phần của ông/bà" in groom.get("/my/dossiers").text
    send(bride, check.replace("/check", "/you"), {"phone": "0911111111"})
    assert "ên kia" not in bride.get("/my/dossiers").text, "of the draft as it stands nothing is answered"
