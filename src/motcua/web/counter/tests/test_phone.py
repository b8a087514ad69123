"""A telephone beside the desk: one link, one telephone, a quarter of an hour, and nothing of anybody on its page."""

import base64
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.support import papers
from tests.support.pages import visitor
from tests.support.site import pages_at
from tests.support.statements import statements

from motcua.dossiers.models import Dossier
from motcua.files.models import PhoneLink, Upload
from motcua.files.operations import phones, sweep
from motcua.files.references import read_reference
from motcua.web.counter.tests.support import NAME, filled, form_of, post, received

QUARTER = timedelta(minutes=15)


@pytest.fixture
def fields(clerk):
    return filled(clerk)


@pytest.fixture
def invited(clerk, fields):
    """The receiving screen with a new link on it."""
    page = post(clerk, {**fields, "_phone": "1"})
    assert page.status_code == 200
    return page


def drawing_into(told):
    """A QR that writes down what it says."""

    def draw(text):
        told.append(text)
        return "<svg/>"

    return draw


@pytest.fixture
def path(invited, monkeypatch, clerk, fields):
    """The path in the QR of a further link."""
    told: list[str] = []
    monkeypatch.setattr("motcua.web.counter.phone.qr_svg", drawing_into(told))
    post(clerk, {**fields, "_phone": "1"})
    return "/" + told[0].split("/", 3)[3]


def telephone(path):
    client = Client()
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, "/phone"), answer.text
    assert answer["Referrer-Policy"] == "no-referrer"
    return client


def arrived(page):
    return [read_reference(text) for text in re.findall(r'name="arrived" value="([^"]+)"', page.text)]


def test_the_screen_shows_a_code_and_keeps_what_is_typed(invited):
    assert NAME in invited.text
    assert "Một điện thoại, dùng được đến" in invited.text
    assert "data:image/svg+xml;base64," in invited.text
    assert Dossier.objects.count() == 0


def test_the_code_holds_the_link_and_the_database_does_not(path):
    secret = path.rpartition("/")[2]
    assert len(base64.urlsafe_b64decode(secret + "==")) == 16
    assert all(secret.encode() not in bytes(link.secret_digest) for link in PhoneLink.objects.all())


def test_a_photo_goes_from_the_telephone_to_the_desk(path):
    phone = telephone(path)
    page = phone.get("/phone")
    assert page.status_code == 200
    assert 'capture="environment"' in page.text
    assert "Xã Mẫu" in page.text
    assert NAME not in page.text
    answer = phone.post("/phone", {"photo": papers.sent(papers.picture(), "IMG_1.jpg")})
    assert (answer.status_code, answer["Location"]) == (302, "/phone?sent=1")
    assert "Đã gửi 1 tệp đến quầy" in phone.get(answer["Location"]).text


def test_the_officer_sees_it_and_says_which_paper_it_is(clerk, fields, monkeypatch):
    told: list[str] = []
    monkeypatch.setattr("motcua.web.counter.phone.qr_svg", drawing_into(told))
    form = form_of(post(clerk, {**fields, "_phone": "1"}))
    kept = {"phone": form.fields["phone"]}
    phone = telephone("/" + told[0].split("/", 3)[3])
    phone.post(
        "/phone", {"file": [papers.sent(papers.pdf(2), "a.pdf"), papers.sent(papers.picture(), "b.jpg")]}
    )
    (where,) = set(re.findall(r'data-phone="([^"]+)"', post(clerk, {**fields, **kept, "_update": "1"}).text))
    assert clerk.get(where).text == "2"
    screen = post(clerk, {**fields, **kept, "_update": "1"})
    first, second = arrived(screen)
    typed = {
        **fields,
        **kept,
        "arrived": [first.reference, second.reference],
        f"assign-{first.upload}": "form",
    }
    screen = post(clerk, {**typed, "_update": "1"})
    assert [one.upload for one in arrived(screen)] == [second.upload]
    assert 'name="paper-form_files_kept"' in screen.text
    received(clerk, typed)
    digests = [d for c in Dossier.objects.get().components for d in c["file_digests"]]
    assert digests == [first.digest]
    assert clerk.get(where).text == "1"


def test_a_second_telephone_is_told_so_and_the_first_may_scan_again(path):
    phone = telephone(path)
    other = Client().get(path)
    assert other.status_code == 409
    assert "một điện thoại khác dùng" in other.text
    assert phone.get(path)["Location"] == "/phone"
    assert phone.get("/phone").status_code == 200


def test_looking_without_opening_uses_nothing_up(path):
    assert Client().head(path).status_code == 302
    telephone(path)


def test_a_wrong_code_and_no_code_at_all_are_told_so(at):
    wrong = Client().get("/phone/AAAAAAAAAAAAAAAAAAAAAA")
    assert wrong.status_code == 404
    assert "Liên kết này không đúng" in wrong.text
    for answer in (Client().get("/phone"), Client().post("/phone", {"file": papers.sent()})):
        assert answer.status_code == 404
        assert "chưa được mời" in answer.text
    assert Upload.objects.count() == 0


def test_after_a_quarter_of_an_hour_it_is_over(path, at, clerk, fields):
    phone = telephone(path)
    with pages_at(at + QUARTER + timedelta(minutes=1)):
        for answer in (
            phone.get("/phone"),
            phone.post("/phone", {"file": papers.sent()}),
            Client().get(path),
        ):
            assert answer.status_code == 409
            assert "hết hạn sau 15 phút" in answer.text
    assert Upload.objects.count() == 0


def test_wrong_files_are_told_and_right_ones_arrive(path):
    phone = telephone(path)
    answer = phone.post("/phone", {"file": [papers.sent(b"MZ", "x.exe"), papers.sent()]})
    assert answer.status_code == 422
    assert "x.exe: Không phải tệp nhận được" in answer.text
    assert "Đã gửi 1 tệp đến quầy" in answer.text
    assert Upload.objects.count() == 1
    assert phone.post("/phone").status_code == 422


def test_one_code_takes_so_many_files_and_no_more(path, monkeypatch):
    monkeypatch.setattr(phones, "MOST_FROM_PHONE", 2)
    phone = telephone(path)
    answer = phone.post("/phone", {"file": [papers.sent(papers.pdf(n)) for n in (1, 2, 3)]})
    assert answer.status_code == 422
    assert "Hãy nhờ cán bộ tạo mã mới" in answer.text
    assert Upload.objects.count() == 2
    assert 'type="file"' not in phone.get("/phone").text


def test_what_comes_by_a_link_is_its_makers_alone(path, clerk, at):
    link = PhoneLink.objects.order_by("id").last()
    assert link is not None
    telephone(path).post("/phone", {"photo": papers.sent(papers.picture())})
    where = reverse("phone_arrivals", args=[link.id])
    with statements(most=4):
        assert clerk.get(where).text == "1"
    assert visitor("tiepnhan2", at=at).get(where).status_code == 404
    assert Client().get(where).status_code == 302


def test_a_link_and_what_nobody_took_are_swept(path, at):
    telephone(path).post("/phone", {"photo": papers.sent(papers.picture())})
    sweep(at=at + timedelta(days=2))
    assert (PhoneLink.objects.count(), Upload.objects.count()) == (0, 0)
