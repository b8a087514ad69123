"""What shows that papers were received: signed on paper, on the screen, or photographed; and photos of pad sheets."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from tests.support import papers

from motcua.dossiers.inspection import attachments
from motcua.files.selectors import open_file
from motcua.kernel.time import local, now
from motcua.ledger.selectors import history
from motcua.web.desk.tests.support import NAME, Story, browser, day_fields, row_of, seen

pytestmark = pytest.mark.django_db
GIVEN = {"way": "in_person", "recipient": NAME, "checked_by": "citizen_id", "sure": "on"}
INK = papers.picture("PNG")
PHOTO = papers.picture("JPEG")


def post(code: str, act: str, *, login: str = "tiepnhan2", key: str = "key-1", **typed: Any) -> Any:
    return browser(login).post(f"/dossiers/{code}/{act}", {**typed, "idempotency_key": key})


def faults(code: str) -> list[str]:
    stream = row_of(code)["id"]
    return [str(fault.what) for fault in attachments([(stream, history(stream))])]


@pytest.mark.parametrize(
    ("proof", "data", "name"), [("screen", INK, "chữ ký.png"), ("photo", PHOTO, "IMG_1.jpg")]
)
def test_the_file_stands_in_the_event_and_on_the_page_and_lies_sealed(
    proof: str, data: bytes, name: str
) -> None:
    code = Story().ready().code
    answer: Any = post(code, "hand_over", proof=proof, proof_file=papers.sent(data, name), **GIVEN)
    assert answer.status_code == 302, answer.text
    shown = seen(code)
    (file,) = shown.attachments
    told = history(shown.row["id"])[-1].data
    assert (told["proof"], told["proof_file"], file.name) == (proof, file.digest.hex(), name)
    assert b"".join(open_file(file.digest).chunks()) == data
    page = browser("tiepnhan1").get(f"/dossiers/{code}").text
    assert "Bằng chứng đã nhận" in page
    assert name in page
    assert "Giấy tờ khác" not in page
    assert faults(code) == []
    answer = browser("tiepnhan1").get(f"/dossiers/{code}/attachments/{file.id}")
    assert b"".join(answer.streaming_content) == data


def test_who_sees_states_only_sees_no_signature() -> None:
    code = Story().ready().code
    post(code, "hand_over", proof="screen", proof_file=papers.sent(INK, "chữ ký.png"), **GIVEN)
    (file,) = seen(code).attachments
    watcher = browser("duongday")
    page = watcher.get(f"/hotline/{code}")
    assert page.status_code == 200
    assert "chữ ký.png" not in page.text
    assert watcher.get(f"/dossiers/{code}/attachments/{file.id}").status_code == 403
    assert browser("kythuat").get(f"/dossiers/{code}/attachments/{file.id}").status_code in (403, 404)


@pytest.mark.parametrize(
    ("proof", "data", "said"),
    [
        ("screen", None, "Chưa có chữ ký"),
        ("photo", None, "Chưa có ảnh"),
        ("screen", PHOTO, "không phải chữ ký trên màn hình"),
        ("paper", PHOTO, "hãy chọn loại bằng chứng ấy, hoặc bỏ tệp"),
        ("photo", b"MZ" + b"\0" * 99, "Không phải tệp nhận được"),
    ],
)
@pytest.mark.parametrize("act", ["hand_over", "give_back_papers"])
def test_the_kind_of_proof_and_its_file_belong_together(
    act: str, proof: str, data: bytes | None, said: str
) -> None:
    story = Story().ready() if act == "hand_over" else Story().withdrawn()
    sent: dict[str, Any] = {} if data is None else {"proof_file": papers.sent(data, "a.jpg")}
    answer = post(story.code, act, proof=proof, **sent, **GIVEN)
    assert answer.status_code == 422
    assert said in answer.text
    assert row_of(story.code)["head_seq"] == story.row["head_seq"]
    assert seen(story.code).attachments == ()


def test_papers_given_back_are_signed_for() -> None:
    code = Story().withdrawn().code
    assert (
        post(code, "give_back_papers", proof="screen", proof_file=papers.sent(INK), **GIVEN).status_code
        == 302
    )
    assert history(row_of(code)["id"])[-1].data["proof"] == "screen"
    assert faults(code) == []


def test_the_signature_sent_ahead_is_the_senders_own_and_used_once() -> None:
    """Files go ahead of the form: what another person sent, or what was used, is no proof."""
    theirs = papers.kept("tiepnhan1", now(), INK, name="chữ ký.png")
    story = Story().ready()
    answer = post(story.code, "hand_over", proof="screen", proof_file_kept=theirs.reference, **GIVEN)
    assert answer.status_code == 422
    assert "không phải do bạn gửi" in answer.text
    assert row_of(story.code)["head_seq"] == story.row["head_seq"]
    mine = papers.kept("tiepnhan2", now(), INK, name="chữ ký.png")
    sent: dict[str, Any] = {"proof": "screen", "proof_file_kept": mine.reference}
    assert post(story.code, "hand_over", key="key-2", **sent, **GIVEN).status_code == 302
    other = Story().ready()
    assert post(other.code, "hand_over", key="key-3", **sent, **GIVEN).status_code == 422
    assert row_of(other.code)["head_seq"] == other.row["head_seq"]


def test_the_same_hand_over_sent_twice_is_one() -> None:
    code = Story().ready().code
    for _ in range(2):
        answer = post(code, "hand_over", proof="photo", proof_file=papers.sent(PHOTO), **GIVEN)
        assert answer.status_code == 302
    assert len(seen(code).attachments) == 1


def _on_pad(number: int) -> dict[str, str]:
    there = local(now() - timedelta(hours=1))
    return {
        "paper_pad": "S001",
        "paper_number": str(number),
        "paper_time": f"{there:%H:%M}",
        **day_fields("paper_on", there.date()),
    }


def test_a_sheet_brings_its_photo() -> None:
    story = Story(begins=now() - timedelta(days=2))
    answer = post(
        story.code, "start", login="tuphap1", paper_photo=papers.sent(PHOTO, "tờ 15.jpg"), **_on_pad(15)
    )
    assert answer.status_code == 302, answer.text
    (file,) = seen(story.code).attachments
    assert history(story.row["id"])[-1].data["paper"]["photo"] == file.digest.hex()
    page = browser("tuphap1").get(f"/dossiers/{story.code}").text
    assert "Ảnh tờ sổ giấy" in page
    assert "tờ 15.jpg" in page
    assert faults(story.code) == []


def test_a_photo_alone_is_no_sheet_and_stays_on_the_page() -> None:
    story = Story(begins=now() - timedelta(days=2))
    answer = post(story.code, "start", login="tuphap1", paper_photo=papers.sent(PHOTO, "tờ 15.jpg"))
    assert answer.status_code == 422
    assert "Ghi đủ quyển, số, ngày và giờ trên sổ giấy." in answer.text
    assert "tờ 15.jpg" in answer.text
    assert row_of(story.code)["head_seq"] == story.row["head_seq"]


def test_a_sheet_and_its_proof_come_with_one_act() -> None:
    story = Story(begins=now() - timedelta(days=2)).ready()
    sent: dict[str, Any] = {
        "proof_file": papers.sent(PHOTO, "ký nhận.jpg"),
        "paper_photo": papers.sent(INK, "tờ 16.png"),
    }
    assert post(story.code, "hand_over", proof="photo", **sent, **GIVEN, **_on_pad(16)).status_code == 302
    assert [f.name for f in seen(story.code).attachments] == ["ký nhận.jpg", "tờ 16.png"]
    assert faults(story.code) == []


def test_the_check_finds_a_proof_that_is_gone(owner_cursor: Any) -> None:
    code = Story().ready().code
    post(code, "hand_over", proof="screen", proof_file=papers.sent(INK), **GIVEN)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE dossiers_attachment SET component = ''")
    assert [text.split(":")[0] for text in faults(code)] == ["deleted", "added"]
