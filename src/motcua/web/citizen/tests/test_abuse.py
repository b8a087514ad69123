"""What a citizen's own pages do with files that are none: each is refused in words and leaves nothing, whichever way
it comes, and the next one is taken. Malformed files from elsewhere are those of the manifest beside the repository."""

import json
import unicodedata
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from tests.support.citizens import citizen_client
from tests.support.html import Page
from tests.support.papers import OFFICE, archive, pdf, picture, sent

from motcua.files.kinds import DOCX
from motcua.web.citizen.tests.walk import send, written

pytestmark = pytest.mark.django_db
ABUSE = Path(__file__).resolve().parents[6] / "shared" / "data" / "upload_abuse"
FIELD = "paper-online_form"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
NFD = unicodedata.normalize("NFD", "đơn xin xác nhận.pdf")
# What came: its name, what it holds, and a word of why it is refused.
MADE = [
    ("rong.pdf", b"", "rỗng"),
    ("hong.pdf", b"%PDF-1.7 hong", "bị hỏng"),
    ("cut.pdf", pdf(3)[:400], "bị hỏng"),
    ("trang.pdf", b"%PDF-1.4\n%%EOF", "bị hỏng"),
    ("html_as.pdf", b"<html><script>alert(1)</script></html>", "chỉ nhận PDF"),
    ("anh.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "chỉ nhận PDF"),
    ("hai.pdf", pdf() + archive({"a.txt": b"x"}), "hai tệp ghép"),
    ("bom.zip", archive({"a.txt": b"\0" * 100_000_000}), "bung ra"),
    ("bom.docx", archive({**OFFICE[DOCX], "word/media/a": b"\0" * 100_000_000}), "bung ra"),
    ("leo.docx", archive({**OFFICE[DOCX], "../../../tmp/leo.txt": b"x"}), "đường dẫn lạ"),
    ("don_\u202efdp.exe", b"MZ", "chỉ nhận PDF"),
    (NFD, b"%PDF-1.4\n%%EOF", "bị hỏng"),
    ("xxe.xml", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", "chỉ nhận PDF"),
    ("eicar.com", EICAR, "chỉ nhận PDF"),
    ("khoa.pdf", pdf(password="x"), "mật khẩu"),
    ("cat.png", picture("PNG", (400, 400))[:-60], "bị hỏng"),
]


def kept():
    """What lies in the folder and in the tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM files_upload), (SELECT count(*) FROM files_file)")
        rows = cursor.fetchone()
    return rows, sum(1 for one in Path(settings.MEDIA_ROOT).rglob("*") if one.is_file())


@pytest.fixture
def papers(at, tmp_path):
    """A citizen and the page of their draft on which files are sent."""
    with override_settings(MEDIA_ROOT=tmp_path):
        client = citizen_client(at=at)
        yield client, written(client).replace("/check", "/papers")


def refused(client, path, name, data):
    """The two answers: on the page, and ahead of it."""
    before = kept()
    page = send(client, path, **{FIELD: sent(data, name=name)})
    ahead = client.post("/my/uploads", {"file": sent(data, name=name), "field": FIELD})
    assert (page.status_code, ahead.status_code) == (422, 422)
    assert kept() == before
    for answer in (page.text, ahead.text):
        assert "\u202e" not in answer
        assert answer == unicodedata.normalize("NFC", answer)
        assert "root:" not in answer
        assert "Traceback" not in answer
    good = client.post("/my/uploads", {"file": sent(pdf(3, mark=name)), "field": FIELD})
    assert good.status_code == 200
    assert "3 trang" in good.text
    return page.text, ahead.text


@pytest.mark.parametrize(("name", "data", "why"), MADE, ids=[f"{n}-{one[2]}" for n, one in enumerate(MADE)])
def test_what_is_no_paper_is_refused_and_leaves_nothing(papers, name, data, why):
    client, path = papers
    for answer in refused(client, path, name, data):
        assert why in answer


MANIFEST = ABUSE / "manifest.json"
ABUSED = json.loads(MANIFEST.read_text(encoding="utf-8")) if MANIFEST.exists() else []


@pytest.mark.skipif(not ABUSED, reason="no malformed files beside the repository")
@pytest.mark.parametrize("abuse", [pytest.param(each, id=each["file"]) for each in ABUSED])
def test_each_file_of_the_manifest_gets_what_it_asks(papers, abuse):
    """ "Accept" of a name is `test_a_name_is_kept_as_it_is_meant`; notes in plain text are no paper of a dossier."""
    client, path = papers
    refused(client, path, abuse["upload_name"], (ABUSE / abuse["file"]).read_bytes())


@pytest.mark.parametrize(
    ("told", "shown"),
    [(NFD, "đơn xin xác nhận.pdf"), ("don_\u202efdp.exe", "don_fdp.exe.pdf"), ("../../a.pdf", "a.pdf")],
)
def test_a_name_is_kept_as_it_is_meant(papers, told, shown):
    client, path = papers
    answer = client.post("/my/uploads", {"file": sent(pdf(2), name=told), "field": FIELD})
    assert answer.status_code == 200
    assert shown in answer.text
    assert "2 trang" in answer.text
    form = Page(client.get(path).text).form(f"{FIELD}_kept").sent({f"{FIELD}_kept": []})
    assert client.post(path, form | {FIELD: sent(pdf(4), name=told)}).status_code == 302
    page = client.get(path).text
    assert shown in page
    assert "4 trang" in page


def test_one_file_twice_is_refused_on_the_page(papers):
    client, path = papers
    twice = send(client, path, **{FIELD: sent(name="to khai lan hai.pdf")})
    assert twice.status_code == 422
    assert "đã có ở đây" in twice.text


def test_another_persons_file_is_not_there(papers, at):
    client, path = papers
    form = Page(client.get(path).text).form(f"{FIELD}_kept")
    (reference,) = form.fields[f"{FIELD}_kept"]
    address = next(
        each["href"]
        for each in Page(client.get(path).text).all("a")
        if "/my/uploads/" in each.get("href", "")
    )
    assert client.get(address).status_code == 200
    other, before = citizen_client("hung", at=at), kept()
    assert other.get(address).status_code == 404
    other.post(f"{address}/discard")
    assert client.get(address).status_code == 200
    theirs = written(other).replace("/check", "/papers")
    own = Page(other.get(theirs).text).form(f"{FIELD}_kept")
    taken = other.post(theirs, own.sent({f"{FIELD}_kept": [reference]}))
    assert "to khai.pdf" not in (taken.text or "") or taken.status_code == 422
    assert reference not in other.get(theirs).text
    assert other.get(path).status_code == 404
    assert kept()[0][1] >= before[0][1]


def test_more_than_a_file_may_be_is_thrown_away_as_it_comes(papers):
    client, path = papers
    with override_settings(LARGEST_FILE=1_000_000):
        for answer in refused(client, path, "lon.pdf", pdf() + b"\n" * 1_000_001):
            assert "Tệp lớn hơn" in answer
