"""Who handed in for whom stands wherever the dossier is read or counted."""

import pypdfium2
import pytest
from django.test import Client
from tests.support.citizens import citizen_client
from tests.support.pages import visitor
from tests.support.world import COMMUNE

from motcua.catalogue.selectors import version
from motcua.kernel.say import counted
from motcua.kernel.time import local, now
from motcua.reception.xlsx import read_sheet
from motcua.web.citizen.tests.test_assist import row_of, written_for
from motcua.web.citizen.tests.test_relative import ASKED, filed
from motcua.web.citizen.tests.walk import received_at_desk, send

pytestmark = pytest.mark.django_db
POST, OFFICE = "Nhân viên bưu điện nộp giúp", "Điểm Bưu điện - Văn hóa xã"


def received() -> tuple[Client, str]:
    """A dossier that a post office clerk handed in for somebody, received at the desk; its desk and its code."""
    client = visitor("giaodichvien", at=now())
    code = send(client, written_for(client), {"sure": "on"})["Location"].rpartition("/")[2]
    desk = visitor("tiepnhan1", at=now())
    answer = received_at_desk(desk, code, {"found_identity": "on", "found_residence": "on"})
    assert answer.status_code == 302, answer.text
    return desk, code


def test_the_register_says_who_handed_in_and_counts_them(at):
    desk, code = received()
    day = local(now()).date().isoformat()
    window = f"agency={COMMUNE}&first={day}&last={day}"
    board = visitor("chutich", at=now())
    assert "<b>1</b> Nộp giúp, chưa xong" in board.get("/board").text
    assert code in board.get("/board?show=helped").text
    shown = desk.get(f"/register?{window}").text
    assert f"{POST} ({OFFICE})" in shown
    assert f"{POST}: <strong>1</strong>" in shown
    sheet = read_sheet(desk.get(f"/register.xlsx?{window}").content)
    lines = [list(line.cells.values()) for line in sheet]
    assert any(code in line and any(f"{POST} ({OFFICE})" in str(cell) for cell in line) for line in lines)
    assert any("Trong đó nộp giúp: 1 hồ sơ" in str(cell) for line in lines for cell in line)
    paper = pypdfium2.PdfDocument(desk.get(f"/register.pdf?{window}").content)
    assert "Trong đó nộp giúp: 1 hồ sơ" in "".join(page.get_textpage().get_text_range() for page in paper)


def test_the_confirmation_says_what_comes_next_and_whom_we_tell_while_the_person_is_here(at):
    client = visitor("giaodichvien", at=now())
    check = written_for(client)
    send(client, check.replace("/check", "/you"), {"phone": "0912345678"})
    send(client, check.replace("/check", "/consent"), {"consent": "said", "sure": "on"})
    done = send(client, check, {"sure": "on"})["Location"]
    code = done.rpartition("/")[2]
    title = version(row_of(code)["procedure_version"]).title.vi
    shown = client.get(done).text
    for told in (title, "Tiếp theo", "Báo tin", "In phiếu tra cứu", "Người tiếp theo"):
        assert told in shown
    assert "0912345678" not in shown
    client.post("/assist/next", {"idempotency_key": "k"})
    left = client.get(done).text
    assert title not in left
    assert "Giúp người khác" in left


def test_one_paper_is_one_paper():
    assert (counted(1, "paper"), counted(2, "paper"), counted(0, "paper")) == (
        "1 paper",
        "2 papers",
        "0 papers",
    )


def test_the_applicant_reads_who_typed_and_who_is_told(at):
    helper = citizen_client(at=at)
    code = filed(helper, ASKED)
    shown = citizen_client("may", at=at).get(f"/my/dossiers/{code}").text
    assert "Người thân, người giúp nộp thay" in shown
    assert "Người nhập: Nguyễn Thị Ánh Tuyết." in shown
    assert "Báo tin cho: Người nộp." in shown
