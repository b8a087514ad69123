"""Drafts of procedures from their first line to the published version."""

import re
from datetime import timedelta

import pytest
from tests.support.acts import act
from tests.support.announced import CODE as ANNOUNCED, announced
from tests.support.drafts import shipped
from tests.support.html import Page
from tests.support.pages import plain_static, visitor
from tests.support.world import actor, intake

from motcua.catalogue.models import Draft, Version
from motcua.catalogue.operations import discard, publish
from motcua.flows.reception import receive
from motcua.kernel.errors import Denied
from motcua.kernel.time import local, now
from motcua.kernel.unit_of_work import Request, unit_of_work

pytestmark = pytest.mark.django_db
CODE = "1.004873"


@pytest.fixture
def officer():
    with plain_static():
        yield visitor("danhmuctinh", at=now())


def begun(officer, code: str = CODE) -> str:
    """The address of a draft begun from the newest version of a procedure."""
    page = Page(officer.get(f"/catalogue/procedures/{code}").text)
    answer = officer.post("/catalogue/drafts/begin", page.form("version").sent({}))
    assert answer.status_code == 302
    return str(answer["Location"])


def sent(officer, path: str, name: str, typed: dict, **more):
    """Type into the form of a page that has a field `name`, and send it."""
    form = Page(officer.get(path).text).form(name)
    return officer.post(path, {**form.sent(typed), **more})


def decision(day=None, **more):
    """What the publishing page asks for: by a decision of yesterday, in force from `day` on."""
    issued, day = local(now()).date() - timedelta(days=1), day or local(now()).date()
    dates = {"issued_on": issued, "effective_from": day}
    typed = {
        f"{name}_{i}": f"{part:02}"
        for name, on in dates.items()
        for i, part in enumerate((on.day, on.month, on.year))
    }
    return {**typed, "number": "99/QĐ-UBND", "by": "Ủy ban nhân dân tỉnh", "agreed": "on", **more}


def test_from_a_version_to_the_next(officer):
    draft = begun(officer)
    answer = sent(officer, f"{draft}/parts/name", "title-vi", {"title-vi": "Cấp Giấy độc thân"})
    assert answer.status_code == 302, re.findall(r"(?s)<(?:li|p)[^>]*>(.*?)</(?:li|p)>", answer.text)[-60:]
    compared = officer.get(f"{draft}/compare").text
    assert "Cấp Giấy độc thân" in compared
    answer = sent(officer, f"{draft}/publish", "number", decision(local(now()).date() + timedelta(days=3)))
    assert answer.status_code == 302, re.findall(r"(?s)<(?:li|p)[^>]*>(.*?)</(?:li|p)>", answer.text)[-60:]
    page = officer.get(f"/catalogue/procedures/{CODE}").text
    assert "99/QĐ-UBND" in page
    assert "sẽ hiệu lực" in page


@pytest.mark.parametrize(
    "part",
    [
        "name",
        "order",
        "questions",
        "papers",
        "fees",
        "ways",
        "subject",
        "agency",
        "results",
        "conditions",
        "basis",
        "grounds",
        "words",
        "unverified",
    ],
)
def test_kept_unread_a_part_changes_nothing(officer, part):
    draft = begun(officer)
    answer = sent(officer, f"{draft}/parts/{part}", "revision", {})
    assert answer.status_code == 302, re.findall(r"(?s)<(?:li|p)[^>]*>(.*?)</(?:li|p)>", answer.text)[-60:]
    assert "Bản soạn chưa khác bản gốc" in officer.get(f"{draft}/compare").text


def test_the_second_of_two_is_told_and_keeps_what_was_typed(officer):
    draft = begun(officer)
    path = f"{draft}/parts/name"
    form = Page(officer.get(path).text).form("title-vi")
    first, second = form.sent({"title-vi": "Người thứ nhất"}), form.sent({"title-vi": "Người thứ hai"})
    assert officer.post(path, first).status_code == 302
    answer = officer.post(path, second)
    assert answer.status_code == 409
    assert "Người thứ nhất" in answer.text
    again = Page(answer.text).form("title-vi")
    assert again.fields["title-vi"] == ["Người thứ hai"]
    assert officer.post(path, again.sent({})).status_code == 302
    assert "Người thứ hai" in officer.get(draft).text


def test_sent_twice_it_is_kept_once(officer):
    draft = begun(officer)
    path = f"{draft}/parts/name"
    typed = Page(officer.get(path).text).form("title-vi").sent({"title-vi": "Tên mới"})
    assert [officer.post(path, typed).status_code for _ in range(2)] == [302, 302]
    assert Draft.objects.get().revision == 2


@pytest.mark.parametrize("login", ["tiepnhan1", "chutich", "kythuat"])
def test_nobody_else_writes(officer, login):
    draft = begun(officer)
    other = visitor(login, at=now())
    row = Draft.objects.values().get()
    for path in ("parts/name", "publish", "discard", "put-in"):
        answer = other.post(f"{draft}/{path}", {"idempotency_key": "x", "revision": "1"})
        assert answer.status_code == 403
    assert other.post("/catalogue/drafts/begin", {"code": "1.234567"}).status_code == 403
    who = actor(login, at=now())
    with pytest.raises(Denied), unit_of_work(actor=who, at=now(), request=Request.fresh()):
        discard(draft=row["id"], revision=1, actor=who)
    assert Draft.objects.values().get() == row


def test_published_twice_it_is_one_version(officer):
    draft = begun(officer)
    path = f"{draft}/publish"
    typed = Page(officer.get(path).text).form("number").sent(decision())
    before = Version.objects.count()
    answers = [officer.post(path, typed) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [f"/catalogue/procedures/{CODE}"] * 2
    assert Version.objects.count() == before + 1
    assert not Draft.objects.exists()


def test_who_is_overtaken_sees_the_difference(officer):
    draft = begun(officer)
    path = f"{draft}/publish"
    typed = Page(officer.get(path).text).form("number").sent(decision())
    at, who = now(), actor("danhmuctinh", at=now())
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        publish(document=shipped(CODE) | {"sets": 7}, effective_from=local(at).date(), actor=who, at=at)
    before = Version.objects.count()
    answer = officer.post(path, typed)
    assert answer.status_code == 409
    assert "Số bộ hồ sơ" in answer.text
    assert Version.objects.count() == before
    again = Page(answer.text).form("number").sent({"agreed": "on"})
    assert officer.post(path, again).status_code == 302


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"number": ""}, "Hãy ghi số quyết định"),
        ({"agreed": []}, "Hãy xem các thay đổi"),
        ({"effective_from_2": "2020"}, "không công bố lùi ngày"),
        ({"issued_on_2": "2090"}, "không thể ký sau hôm nay"),
    ],
)
def test_a_decision_that_cannot_be_is_refused_at_its_field(officer, typed, told):
    draft = begun(officer)
    before = Version.objects.count()
    answer = sent(officer, f"{draft}/publish", "number", decision() | typed)
    assert (answer.status_code, told in answer.text) == (422, True)
    assert (Version.objects.count(), Draft.objects.count()) == (before, 1)


def test_what_is_only_announced_is_not_published(officer):
    announced(now())
    draft = begun(officer, ANNOUNCED)
    page = officer.get(f"{draft}/publish").text
    assert "Chưa quyết định giấy tờ này" in page
    assert "Chưa quyết định đơn vị của thời hạn" in page
    assert "Thiếu đối tượng thực hiện" in page
    papers = officer.get(f"{draft}/parts/papers").text
    assert "* Giấy tờ phải xuất trình:" in papers.partition("<aside")[2]
    row = Draft.objects.get()
    before = Version.objects.count()
    answer = officer.post(
        f"{draft}/publish",
        {**decision(), "revision": "1", "upon": str(row.began_from), "idempotency_key": "k"},
    )
    assert answer.status_code == 422
    assert (Version.objects.count(), Draft.objects.count()) == (before, 1)


def test_running_dossiers_are_shown_before_they_move_and_a_version_to_come_is_withdrawn(officer):
    day = local(now()).date() + timedelta(days=3)
    act("tiepnhan1", now(), receive, intake=intake())
    draft = begun(officer)
    sent(officer, f"{draft}/parts/name", "title-vi", {"title-vi": "Cấp Giấy độc thân"})
    typed = decision(day, transition="favour", transition_basis="Điều 20 của 99/QĐ-UBND")
    page = sent(officer, f"{draft}/publish", "number", typed)
    assert page.status_code == 200
    assert "0 hồ sơ chuyển sang phiên bản mới; 1 hồ sơ ở lại" in page.text
    assert Version.objects.filter(procedure_id=CODE).count() == 1

    answer = officer.post(f"{draft}/publish", Page(page.text).form("number").sent({}))
    assert answer.status_code == 302
    published = Version.objects.get(procedure_id=CODE, number=2)
    assert (published.transition, published.transition_basis) == ("favour", "Điều 20 của 99/QĐ-UBND")
    assert "Hồ sơ đang giải quyết sẽ chuyển nếu có lợi" in officer.get(f"/catalogue/procedures/{CODE}").text

    path = f"/catalogue/versions/{published.id}/withdraw"
    assert sent(officer, path, "basis", {"basis": ""}).status_code == 422
    assert sent(officer, path, "basis", {"basis": "100/QĐ-UBND"}).status_code == 302
    assert Version.objects.get(id=published.id).withdrawn_at is not None
    assert sent(officer, path, "basis", {"basis": "100/QĐ-UBND"}).status_code == 409


def test_a_clause_goes_with_dossiers_that_move_and_only_with_them(officer):
    draft = begun(officer)
    for typed in ({"transition": "favour"}, {"transition": "stay", "transition_basis": "Điều 20"}):
        answer = sent(officer, f"{draft}/publish", "number", decision(**typed))
        assert answer.status_code == 422
        assert "Ghi điều khoản khi, và chỉ khi" in answer.text
    assert Version.objects.filter(procedure_id=CODE).count() == 1


def test_a_communes_officer_reads_and_changes_nothing(officer):
    draft = begun(officer)
    before = (Draft.objects.get().revision, Version.objects.count())
    below = visitor("danhmuc", at=now())
    page = below.get(f"/catalogue/procedures/{CODE}")
    assert page.status_code == 200
    assert "/catalogue/drafts/" not in page.text
    for path in (
        draft,
        f"{draft}/parts/name",
        f"{draft}/publish",
        f"{draft}/draft.json",
        "/catalogue/drafts/begin",
    ):
        assert below.get(path).status_code == 403
    typed = {"idempotency_key": "one", "revision": "1", "upon": "", **decision()}
    for path in (f"{draft}/publish", f"{draft}/discard", f"{draft}/parts/name"):
        assert below.post(path, typed).status_code == 403
    who, at = actor("danhmuc", at=now()), now()
    with pytest.raises(Denied), unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        discard(draft=Draft.objects.get().id, revision=1, actor=who)
    assert (Draft.objects.get().revision, Version.objects.count()) == before
