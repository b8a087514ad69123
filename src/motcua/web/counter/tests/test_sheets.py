"""Papers on A4: the routing slip (06), the register book (07) and postal manifests, as their readers see them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest
from tests.support.acts import act, moment
from tests.support.pages import plain_static, visitor
from tests.support.site import pages_at
from tests.support.situations import dossier_in, sent_by_post
from tests.support.tables import approve, row, run, seal, table
from tests.support.world import actor, intake, logins

from motcua.agencies.selectors import account_names
from motcua.flows import mends, progress, results
from motcua.flows.reception import receive
from motcua.kernel.time import now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.parties.operations import Particulars
from motcua.web.common import middleware

pytestmark = pytest.mark.django_db
AT = moment(27, 9)


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    with plain_static(), pages_at(AT):
        yield


def text_of(paper: bytes) -> str:
    document = pypdfium2.PdfDocument(paper)
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)


def fetched(login: str, path: str) -> bytes:
    answer = visitor(login, at=AT).get(path)
    assert answer.status_code == 200, path
    return answer.content


def sent(login: str, codes: list[str], at: datetime) -> str:
    who = actor(login, at=at)
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        return results.give_to_post(codes=codes, carrier="VNPost", actor=who, at=at)[0]


def test_the_routing_slip_names_who_gave_to_whom_and_whether_in_time():
    code = dossier_in("returned", since=moment(24, 9))["code"]
    found = text_of(fetched("tiepnhan1", f"/dossiers/{code}/forms/06.pdf"))
    assert "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ" in found
    assert found.count("Giao: ") == 3
    assert found.count("Trả kết quả cho người dân") == 1
    assert found.index("Trả kết quả cho người dân") > found.rindex("Giao: ")
    assert "Lê Văn Tám" in found, "who took it"
    # The reception has its line, and each line room for who gave and who took it.
    assert found.count("Tiếp nhận hồ sơ") == 1
    assert found.count("Nhận: ") == found.count("Giao: ") + 1
    assert "Người giao (ký)" in found
    assert "Người nhận (ký)" in found
    assert "Trước hạn" in found
    assert "Quá hạn" not in found


def test_the_routing_slip_has_a_line_for_each_branch():
    run(
        table(
            row("examine"),
            row("land", branch="a.1", positions=["economic_section"]),
            row("culture", branch="a.2", positions=["culture_society_section"]),
            approve(),
            seal(),
        )
    )
    code = act("tiepnhan1", moment(24, 9), receive, intake=intake()).row["code"]
    act("tuphap1", moment(24, 10), progress.start, code=code)
    act("tuphap1", moment(24, 11), progress.step, code=code, outcome="granted")
    found = text_of(fetched("tiepnhan1", f"/dossiers/{code}/forms/06.pdf"))
    assert found.count("Giao: ") == 3
    assert found.count("song song; xong hết mới đến bước 5") == 2
    act("vanhoa", moment(24, 13), progress.step, code=code, outcome="granted")
    act("kinhte", moment(24, 14), progress.step, code=code, outcome="granted")
    found = text_of(fetched("tiepnhan1", f"/dossiers/{code}/forms/06.pdf"))
    assert (found.count("Giao: "), found.count("Xong: ")) == (4, 3)
    assert "song song" not in found
    # who ended the last branch gave it to the leader
    assert found.count(account_names({logins()["kinhte"]})[logins()["kinhte"]]) == 2


def test_no_slip_before_there_is_a_process():
    code = dossier_in("submitted", since=moment(24, 9))["code"]
    assert visitor("tiepnhan1", at=AT).get(f"/dossiers/{code}/forms/06.pdf").status_code == 404


def test_the_register_as_paper_and_as_workbook():
    codes = [dossier_in("received", since=moment(24, 9, n), name=f"=Cmd {n}")["code"] for n in range(3)]
    window = "first=2026-08-24&last=2026-08-24"
    found = text_of(fetched("truongquay", f"/register.pdf?{window}"))
    assert "SỔ THEO DÕI HỒ SƠ" in found
    assert all(code[-4:] in found for code in codes)
    assert "Tổng số: 3 hồ sơ." in found

    book = ZipFile(BytesIO(fetched("truongquay", f"/register.xlsx?{window}")))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert all(code in sheet for code in codes)
    assert "<f>" not in sheet, "a name is never a formula"


def test_the_register_has_no_number_of_a_letter_stands_in_time_and_says_what_is_late():
    second = dossier_in("received", since=moment(3, 10))["code"]
    first = dossier_in("received", since=moment(3, 9))["code"]
    found = text_of(fetched("truongquay", "/register.pdf?first=2026-08-03&last=2026-08-03"))
    assert "Số: " not in found
    whole = found.replace(" ", "")
    assert whole.index(first) < whole.index(second)
    assert found.count("quá hạn, chưa có kết quả; chưa có văn bản xin lỗi") == 2


def test_the_register_tells_a_duplicate_from_what_was_stopped():
    one, other = (dossier_in("received", since=moment(24, 9, n))["code"] for n in range(2))
    asked = act("tiepnhan1", moment(24, 10), mends.close_as_duplicate, code=one, of=other, reason="Trùng.")
    act("truongquay", moment(24, 11), mends.confirm, code=one, seq=asked.meta.seq)
    found = text_of(fetched("truongquay", "/register.pdf?first=2026-08-24&last=2026-08-24"))
    assert found.count("đóng vì trùng") == 1
    assert "dừng giải quyết" not in found


def test_a_window_is_typed_as_people_write_days():
    code = dossier_in("received", since=moment(24, 9))["code"]
    client = visitor("truongquay", at=AT)
    typed = "first_0=24&first_1=8&first_2=2026&last_0=25&last_1=8&last_2=2026"
    page = client.get(f"/register?{typed}").text
    assert code in page
    assert 'type="date"' not in page
    assert "first=2026-08-24&amp;last=2026-08-25" in page
    wrong = client.get(f"/register?{typed.replace('first_0=24', 'first_0=32')}")
    assert wrong.status_code == 422
    assert 'value="32"' in wrong.text


def test_a_window_backwards_is_refused_in_words_for_every_form():
    client = visitor("truongquay", at=AT)
    for path in ("/register", "/register.pdf", "/register.xlsx"):
        answer = client.get(f"{path}?first=2026-09-01&last=2026-08-01")
        assert answer.status_code == 422
        assert "Ngày cuối phải sau hoặc bằng ngày đầu." in answer.text


def test_a_manifest_says_where_each_result_goes():
    manifest, code = sent_by_post(moment(24, 9))
    found = text_of(fetched("tiepnhan1", f"/results/manifests/{manifest}.pdf"))
    assert "BẢNG KÊ GIAO KẾT QUẢ QUA DỊCH VỤ BƯU CHÍNH" in found
    assert code[-4:] in found
    assert "Hà Thị Thư" in found
    assert "Thôn Trung Tâm, Xã Mẫu" in found


def test_a_manifest_and_its_hand_over_bear_the_recipient_form_01_names():
    to = Particulars(name="Đặng Thị Dì", address="12 Phố Chợ, Phường Xa", phone="0987654321")
    code = dossier_in("ready", since=moment(24, 9), return_way="post", name="Hà Thị Thư", recipient=to)[
        "code"
    ]
    page = visitor("tiepnhan1", at=AT).get(f"/dossiers/{code}/hand_over").text
    assert 'value="Đặng Thị Dì"' in page
    number = sent("tiepnhan1", [code], moment(25, 9))
    page = visitor("tiepnhan1", at=AT).get(f"/results/manifests/{number}").text
    paper = text_of(fetched("tiepnhan1", f"/results/manifests/{number}.pdf"))
    for shown in (page, paper):
        assert "Đặng Thị Dì" in shown
        assert "12 Phố Chợ" in shown
        assert "Hà Thị Thư" not in shown
        assert "Thôn Trung Tâm" not in shown
    assert "0987654321" in paper


def test_results_go_by_post_and_come_back_through_the_pages():
    with pytest.MonkeyPatch.context() as live:
        live.setattr(middleware, "now", now)  # what is posted is live
        post_and_return()


def post_and_return() -> None:
    codes = [
        dossier_in("ready", since=now() - timedelta(days=2), return_way="post", name=name)["code"]
        for name in ("Hà Thị Thư", "Lý Văn Tín")
    ]
    desk = visitor("tiepnhan1", at=now())
    given = desk.post("/results", {"codes": codes, "carrier": "VNPost", "idempotency_key": "a"})
    here = given["location"]
    assert given.status_code == 302
    again = desk.post("/results", {"codes": codes, "carrier": "VNPost", "idempotency_key": "a"})
    assert again.status_code == 302, "a second click is not a refusal"
    empty = desk.post("/results", {"carrier": "VNPost", "idempotency_key": "b"})
    assert empty.status_code == 422
    assert "Hãy chọn ít nhất một hồ sơ." in empty.text

    post = visitor("buudien", at=now())
    typed = {"codes": codes[:1], f"number-{codes[0]}": "EB123456789VN", "idempotency_key": "c"}
    assert post.post(here, typed).status_code == 302
    page = post.get(here).text
    assert "đã phát" in page
    assert "đang ở bưu chính" in page
    other = visitor("chutich.mauhai", at=now()).post(here, {**typed, "idempotency_key": "d"})
    assert other.status_code in (403, 404)
