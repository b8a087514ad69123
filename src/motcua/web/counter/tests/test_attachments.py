"""Files on the receiving screen: with the form, ahead of it, wrong ones, dropped ones; and on the dossier's page."""

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from tests.support import papers
from tests.support.pages import visitor

from motcua.access_log.models import Look
from motcua.dossiers.models import Dossier
from motcua.files.models import Upload
from motcua.files.references import read_reference
from motcua.kernel.time import local, now
from motcua.web.counter.tests.support import NAME, filled, opened, post, received


def pending(reference):
    """The file a hidden field names."""
    found = read_reference(reference)
    assert found is not None
    return found


class Hidden(HTMLParser):
    """The references a page holds, by field."""

    def __init__(self, html):
        super().__init__()
        self.found = {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "input" and (told.get("name") or "").endswith("_kept"):
            self.found.setdefault(told["name"], []).append(told["value"])


def references(answer):
    return Hidden(answer.text).found


@pytest.fixture
def fields(clerk):
    return filled(clerk)


@pytest.fixture
def paper(fields):
    """The field of the first paper's files."""
    return next(name for name in fields if name.endswith("_have")).removesuffix("_have") + "_files"


def digests():
    return [digest for c in Dossier.objects.get().components for digest in c["file_digests"]]


def test_files_come_with_the_form_itself(clerk, fields, paper):
    """As a browser without scripts sends them."""
    assert 'enctype="multipart/form-data"' in opened(clerk).text
    received(clerk, {**fields, paper: [papers.sent(papers.pdf(1)), papers.sent(papers.picture(), "ảnh.jpg")]})
    assert len(digests()) == 2
    assert Upload.objects.count() == 0


def test_a_rehearsal_keeps_the_file_and_what_is_typed(clerk, fields, paper):
    page = post(clerk, {**fields, paper: papers.sent(papers.pdf(3), "Đơn.pdf"), "_update": "1"})
    (reference,) = references(page)[f"{paper}_kept"]
    assert pending(reference).name == "Đơn.pdf"
    assert NAME in page.text
    assert "3 trang" in page.text
    assert Dossier.objects.count() == 0
    received(clerk, {**fields, f"{paper}_kept": reference})
    assert digests() == [pending(reference).digest]


def test_wrong_files_are_told_beside_their_row_and_the_right_ones_stay(clerk, fields, paper):
    files = [
        papers.sent(b"MZ", "a.exe"),
        papers.sent(papers.pdf(1), "a.pdf"),
        papers.sent(papers.pdf(1), "b.pdf"),
    ]
    page = post(clerk, {**fields, paper: files})
    assert page.status_code == 422
    assert "a.exe: Không phải tệp nhận được" in page.text
    assert "Tệp này đã có ở đây: “a.pdf”" in page.text
    assert len(references(page)[f"{paper}_kept"]) == 1
    assert NAME in page.text
    assert (Dossier.objects.count(), Upload.objects.count()) == (0, 1)


def test_a_file_over_the_limit_is_told(clerk, fields, paper, settings):
    settings.LARGEST_FILE = 2_000_000
    page = post(clerk, {**fields, paper: papers.sent(b"%PDF-" + b"x" * 3_000_000, "lớn.pdf"), "_update": "1"})
    assert page.status_code == 200
    assert "lớn.pdf: Tệp lớn hơn 1,9 MB" in page.text


def test_more_than_one_sending_may_hold_is_refused_at_the_door(clerk, fields, paper, settings):
    settings.LARGEST_SENDING = 1_000
    answer = post(clerk, {**fields, paper: papers.sent(b"%PDF-" + b"x" * 3_000)})
    assert answer.status_code == 413


def test_a_dropped_file_is_not_received(clerk, fields, paper):
    page = post(clerk, {**fields, paper: [papers.sent(papers.pdf(n)) for n in (1, 2)], "_update": "1"})
    one, two = references(page)[f"{paper}_kept"]
    dropped = str(pending(one).upload)
    page = post(clerk, {**fields, f"{paper}_kept": [one, two], f"{paper}_drop": dropped, "_update": "1"})
    assert [pending(text) for text in references(page)[f"{paper}_kept"]] == [pending(two)]
    received(clerk, {**fields, f"{paper}_kept": [one, two], f"{paper}_drop": dropped})
    assert digests() == [pending(two).digest]


def ahead(client, paper, file=None):
    return client.post(reverse("uploads"), {"field": paper, "file": file or papers.sent()})


def test_a_file_is_sent_ahead_of_its_form(clerk, fields, paper):
    answer = ahead(clerk, paper, papers.sent(papers.pdf(2), "Đơn xin.pdf"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/html; charset=utf-8")
    (reference,) = references(answer)[f"{paper}_kept"]
    assert "Đơn xin.pdf" in answer.text
    received(clerk, {**fields, f"{paper}_kept": reference})
    assert digests() == [pending(reference).digest]


def test_a_wrong_file_sent_ahead_is_refused_in_words(clerk, paper):
    answer = ahead(clerk, paper, papers.sent(b"", "rỗng.pdf"))
    assert (answer.status_code, answer["Content-Type"]) == (422, "text/plain; charset=utf-8")
    assert "Tệp rỗng" in answer.text
    assert clerk.post(reverse("uploads"), {"field": paper}).status_code == 422
    assert Upload.objects.count() == 0


def test_the_same_form_sent_twice_is_received_once(clerk, fields, paper):
    (reference,) = references(ahead(clerk, paper))[f"{paper}_kept"]
    code = received(clerk, {**fields, f"{paper}_kept": reference})
    assert received(clerk, {**fields, f"{paper}_kept": reference}) == code
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize("which", ["somebody else's", "used", "forged"])
def test_a_reference_that_is_not_good_is_refused_and_what_is_typed_stays(clerk, fields, paper, at, which):
    other = visitor("tiepnhan2", at=at)
    (reference,) = references(ahead(other if which == "somebody else's" else clerk, paper))[f"{paper}_kept"]
    if which == "used":
        received(clerk, {**fields, f"{paper}_kept": reference})
        fields["idempotency_key"] = "another-key"
    if which == "forged":
        answer = post(clerk, {**fields, f"{paper}_kept": reference[:-6] + "AAAAAA"})
        assert answer.status_code == 302
        assert digests() == []
        return
    before = Dossier.objects.count()
    answer = post(clerk, {**fields, f"{paper}_kept": reference})
    assert answer.status_code == 422
    assert "không phải do bạn gửi" in answer.text
    assert NAME in answer.text
    assert Dossier.objects.count() == before


def test_a_file_on_its_way_is_shown_to_its_sender_only(clerk, paper, at):
    (reference,) = references(ahead(clerk, paper, papers.sent(papers.picture(), "ảnh.jpg")))[f"{paper}_kept"]
    where = reverse("upload", args=[pending(reference).upload])
    answer = clerk.get(where)
    assert b"".join(answer.streaming_content) == papers.picture()
    assert visitor("tiepnhan2", at=at).get(where).status_code == 404
    assert Client().get(where).status_code == 302
    assert visitor("tiepnhan2", at=at).post(f"{where}/discard").status_code == 204
    assert Upload.objects.count() == 1
    assert clerk.post(f"{where}/discard").status_code == 204
    assert (Upload.objects.count(), clerk.get(where).status_code) == (0, 404)


def test_what_strangers_send_is_not_even_written(at, fields):
    folder = settings.MEDIA_ROOT / "incoming"
    before = set(folder.iterdir()) if folder.is_dir() else set()
    answer = Client().post(reverse("track"), {"code": "x", "pin": "1", "file": papers.sent()})
    assert answer.status_code == 422
    assert dict(answer.wsgi_request.FILES) == {}
    assert (set(folder.iterdir()) if folder.is_dir() else set()) == before


def received_with_a_file(clerk, fields, paper, name="Đơn của bà Tuyết.pdf", data=None):
    code = received(clerk, {**fields, paper: papers.sent(data or papers.pdf(2), name)})
    page = clerk.get(reverse("dossier", args=[code]))
    (where,) = re.findall(rf"/dossiers/{code}/attachments/[0-9a-f-]+", page.text)
    return code, page, where


def test_the_dossier_shows_its_files_and_serves_them_locked_up(clerk, fields, paper):
    _code, page, where = received_with_a_file(clerk, fields, paper)
    assert "Đơn của bà Tuyết.pdf" in page.text
    answer = clerk.get(where)
    assert b"".join(answer.streaming_content) == papers.pdf(2)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''%C4%90%C6%A1n")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer["Cache-Control"] == "private, no-store"
    assert "Tuy" not in where


def test_a_picture_opens_in_the_browser(clerk, fields, paper):
    _code, _page, where = received_with_a_file(clerk, fields, paper, "ảnh.jpg", papers.picture())
    assert clerk.get(where)["Content-Disposition"].startswith("inline;")


def test_a_file_outside_ones_task_leaves_a_line_and_is_nobodys_elsewhere(clerk, fields, paper, at):
    code, _page, where = received_with_a_file(clerk, fields, paper)
    lines = Look.objects.filter(what="attachment_opened")
    assert clerk.get(where).status_code == 200
    assert lines.count() == 0
    assert visitor("thanhtra", at=at).get(where).status_code == 200
    assert [(line.subject, line.agency) for line in lines] == [(code, "H99.01.01")]
    for login, status in {"tiepnhan1.mauhai": 404, "kythuat": 404, "duongday": 403}.items():
        assert visitor(login, at=at).get(where).status_code == status
    assert "Tuyết.pdf" not in visitor("duongday", at=at).get(reverse("hotline_dossier", args=[code])).text
    assert lines.count() == 1


def test_what_was_sent_is_still_there_after_signing_in_again(clerk, fields, paper, at):
    """The reference belongs to the person, not to the session that ended."""
    (reference,) = references(ahead(clerk, paper))[f"{paper}_kept"]
    again = visitor("tiepnhan1", at=at + timedelta(seconds=1))
    assert post(again, {**fields, f"{paper}_kept": reference}).status_code == 302
    assert digests() == [pending(reference).digest]


def test_a_sheet_of_the_pad_brings_its_photo(clerk, fields):
    there = local(now() - timedelta(hours=1))
    day = {f"day_{i}": str(part) for i, part in enumerate((there.day, there.month, there.year))}
    written = {**day, "time": f"{there:%H:%M}", "pad": "S001", "number": "3"}
    mark = {f"pad-{name}": value for name, value in written.items()}
    alone = post(clerk, fields | {"pad-photo": papers.sent(papers.picture(), "tờ 3.jpg")})
    assert alone.status_code == 422
    assert "Ghi đủ quyển, tờ, ngày và giờ như trên giấy." in alone.text
    (reference,) = references(alone)["pad-photo_kept"]
    code = received(clerk, fields | mark | {"pad-photo_kept": reference})
    page = clerk.get(reverse("dossier", args=[code])).text
    assert "Ảnh tờ sổ giấy" in page
    assert "tờ 3.jpg" in page
    again = post(
        clerk, fields | mark | {"pad-number": "4", "pad-photo_kept": reference, "idempotency_key": "z"}
    )
    assert again.status_code == 422
    assert "Có tệp đính kèm đã dùng" in again.text
