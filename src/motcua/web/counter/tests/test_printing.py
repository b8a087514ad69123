"""The receipt and the letters: what they say, who gets them, and that their codes read back."""

from collections.abc import Iterator
from datetime import date, datetime

import pypdfium2
import pytest
import zxingcpp
from django.conf import settings
from django.test import Client
from tests.support.acts import act, moment
from tests.support.certification import CHAIR, copies
from tests.support.pages import visitor
from tests.support.site import pages_at
from tests.support.world import intake, logins, viewer

from motcua.access_log.models import Look
from motcua.dossiers.operations import MissingPaper
from motcua.dossiers.selectors import dossier
from motcua.dossiers.tracked import by_token, pin_of
from motcua.flows import certification, progress
from motcua.flows.reception import receive, submit
from motcua.kernel.errors import NotFound
from motcua.web.common.pdf.facts import ComponentLine, PaperPerson
from motcua.web.counter.receipt import receipt_facts
from motcua.web.counter.tests.support import NAME, filled, received

MONDAY = moment(24, 9, 10)


@pytest.fixture
def monday(db: None, at: datetime) -> Iterator[Client]:
    """A clerk on Monday 24 August 2026; dossiers of that day come in by flows."""
    with pages_at(MONDAY):
        yield visitor("tiepnhan1", at=MONDAY)


def code_of(**arguments: object) -> str:
    number = arguments.pop("number", "012190678901")
    row = act("tiepnhan1", MONDAY, receive, intake=intake(number=str(number), **arguments)).row  # type: ignore[arg-type]
    return str(row["code"])


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join("".join(p.get_textpage().get_text_range() for p in document).split())


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_receipt_says_what_was_true_at_reception(monday: Client) -> None:
    code = code_of()
    answer = monday.get(f"/dossiers/{code}/receipt.pdf")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'inline; filename="{code}.pdf"'
    assert answer["Cache-Control"] == "no-store"
    text = squeezed(text_of(answer.content))
    row = dossier(code, viewer=viewer("tiepnhan1")).row
    for said in (
        f"Số: {code}",
        "ỦY BAN NHÂN DÂN XÃ MẪU",
        NAME,
        "Căn cước, căn cước công dân số 012190678901",
        "Thôn Trung Tâm, Xã Mẫu",
        "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân",
        "Trường hợp: Không phải xác minh",
        "Thời gian giải quyết theo quy định: 3 ngày làm việc",
        "Thời gian nhận hồ sơ: 09 giờ 10 phút, thứ Hai ngày 24 tháng 8 năm 2026",
        "Thời gian trả kết quả: 17 giờ 00 phút, thứ Năm ngày 27 tháng 8 năm 2026",
        "Lệ phí cấp Giấy xác nhận tình trạng hôn nhân: 10.000 đồng",
        f"mã tra cứu (PIN): {pin_of(row)}",
        "Nguyễn Thị Thu Hà",
        "BẢN THỬ NGHIỆM",
    ):
        assert squeezed(said) in text, said
    assert monday.get(f"/dossiers/{code}/receipt.pdf").content == answer.content


def test_the_codes_read_back_at_print_resolution(monday: Client) -> None:
    code = code_of()
    pdf = monday.get(f"/dossiers/{code}/receipt.pdf").content
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=300 / 72).to_pil().convert("L")
    read = {str(found.format): found.text for found in zxingcpp.read_barcodes(picture)}
    assert set(read.values()) >= {code}
    address = next(text for text in read.values() if text != code)
    assert address.startswith(f"{settings.PUBLIC_URL}/t/")
    row = dossier(code, viewer=viewer("tiepnhan1")).row
    assert by_token(address.removeprefix(f"{settings.PUBLIC_URL}/t/")) == row["id"]


def test_what_moves_the_date_later_does_not_rewrite_the_receipt(monday: Client) -> None:
    code = code_of()
    before = receipt_facts(code, viewer=viewer("tiepnhan1"))
    act("tuphap1", moment(24, 10), progress.start, code=code)
    item = MissingPaper(component="form", text="Tờ khai thiếu chữ ký.")
    act("tuphap1", moment(25, 10), progress.request_supplement, code=code, items=[item])
    act("tiepnhan1", moment(27, 10), progress.supply, code=code, items=["1"])
    assert dossier(code, viewer=viewer("tiepnhan1")).row["due_at"] > before.due_at
    assert receipt_facts(code, viewer=viewer("tiepnhan1")) == before


def test_papers_only_shown_or_looked_up_are_not_on_the_list_of_those_handed_in(monday: Client) -> None:
    facts = receipt_facts(code_of(procedure="1.004884"), viewer=viewer("tiepnhan1"))
    assert facts.components == (
        ComponentLine(
            name="Tờ khai đăng ký lại khai sinh theo mẫu, cam đoan đã nộp đủ giấy tờ hiện có", originals=1
        ),
        *facts.components[1:],
    )
    assert all("tùy thân" not in line.name and "nơi cư trú" not in line.name for line in facts.components)
    assert facts.submitter == PaperPerson(
        name=NAME,
        identity="Căn cước, căn cước công dân số 012190678901",
        address="Thôn Trung Tâm, Xã Mẫu",
        phone="0912345678",
    )
    assert facts.competent_agency == ""
    assert facts.promise == ""
    assert not facts.expected


def test_an_amount_nobody_has_set_is_said_so_on_paper(clerk: Client, at: datetime) -> None:
    fields = filled(clerk, "1.004859", "change") | {"ask-matter": "ethnicity"}
    facts = receipt_facts(received(clerk, fields), viewer=viewer("tiepnhan1", at=at))
    assert facts.fee == "Lệ phí xác định lại dân tộc: mức thu chưa được cập nhật, thông báo sau"
    marriage = receipt_facts(received(clerk, filled(clerk, "1.000894")), viewer=viewer("tiepnhan1", at=at))
    assert marriage.fee == "Lệ phí đăng ký kết hôn: không thu"


@pytest.mark.parametrize(
    "login", ["tiepnhan1.mauhai", "chutich.mauhai", "thanhtra", "danhmuctinh", "kythuat", "danhmuc"]
)
def test_nobody_outside_the_desk_s_agency_learns_whether_it_exists(monday: Client, login: str) -> None:
    code = code_of()
    other = visitor(login, at=MONDAY)
    for page in ("received", "receipt.pdf", "forms/02.pdf"):
        assert other.get(f"/dossiers/{code}/{page}").status_code == 404
    with pytest.raises(NotFound):
        receipt_facts(code, viewer=viewer(login))
    assert monday.get("/dossiers/H99.01.01-260824-9999/receipt.pdf").status_code == 404


def test_a_look_outside_one_s_own_task_leaves_a_line(monday: Client) -> None:
    code = code_of()
    monday.get(f"/dossiers/{code}/receipt.pdf")
    assert not Look.objects.filter(subject=code).exists()
    visitor("truongquay", at=MONDAY).get(f"/dossiers/{code}/receipt.pdf")
    assert [(x.what, x.agency) for x in Look.objects.filter(subject=code)] == [
        ("receipt_printed", "H99.01.01")
    ]


def test_no_receipt_before_reception(monday: Client) -> None:
    code = act("tiepnhan1", MONDAY, submit, intake=intake()).row["code"]
    for page in ("received", "receipt.pdf"):
        answer = monday.get(f"/dossiers/{code}/{page}")
        assert answer.status_code == 404
        assert "chưa được tiếp nhận" in answer.content.decode()


def test_a_letter_no_font_can_draw_is_named(monday: Client) -> None:
    code = code_of(name="王小明")
    answer = monday.get(f"/dossiers/{code}/receipt.pdf")
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Không in được ký tự “王”" in html
    assert "Hãy nhập lại bằng chữ Quốc ngữ." in html
    assert answer["Content-Type"].startswith("text/html")


# --- letters ------------------------------------------------------------


def test_form_02_asks_for_everything_at_once(monday: Client) -> None:
    code = code_of()
    assert monday.get(f"/dossiers/{code}/forms/02.pdf").status_code == 404
    act("tuphap1", moment(24, 10), progress.start, code=code)
    items = [
        MissingPaper(component="form", text="Thiếu chữ ký ở trang 2."),
        MissingPaper(component="residence", text="Xuất trình giấy tờ về nơi cư trú."),
    ]
    act("tuphap1", moment(25, 10), progress.request_supplement, code=code, items=items)
    text = squeezed(text_of(monday.get(f"/dossiers/{code}/forms/02.pdf").content))
    for said in (
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
        f"Kính gửi: {NAME}",
        "1. Tờ khai cấp Giấy xác nhận tình trạng hôn nhân theo mẫu: Thiếu chữ ký ở trang 2.",
        "2. Giấy tờ chứng minh nơi cư trú",
        "Nghị định số 118/2025/NĐ-CP, điểm a khoản 2 Điều 17; Quyết định công bố số 163/QĐ-BTP.",
        "Thôn Trung Tâm, Xã Mẫu, Tỉnh Mẫu, 0299 000 101",
        "Xã Mẫu, ngày 25 tháng 8 năm 2026",
    ):
        assert squeezed(said) in text, said


def test_form_04_says_sorry_and_both_dates(monday: Client) -> None:
    code = code_of()
    act("tuphap1", moment(24, 10), progress.start, code=code)
    act(
        "chutich",
        moment(27, 16),
        progress.notify_delay,
        code=code,
        apology_date=date(2026, 9, 4),
        reason="Chờ nơi cư trú cũ trả lời.",
    )
    text = squeezed(text_of(monday.get(f"/dossiers/{code}/forms/04.pdf").content))
    for said in (
        "Thời gian hẹn trả kết quả: 17 giờ 00 phút, thứ Năm ngày 27 tháng 8 năm 2026",
        "Thời gian dự kiến trả kết quả: 17 giờ 00 phút, thứ Sáu ngày 04 tháng 9 năm 2026",
        "Chờ nơi cư trú cũ trả lời.",
        "CHỦ TỊCH",
    ):
        assert squeezed(said) in text, said


def test_form_05_says_why_it_stops(monday: Client) -> None:
    code = code_of()
    act("tuphap1", moment(24, 10), progress.start, code=code)
    act(
        "chutich",
        moment(26, 16),
        progress.stop,
        code=code,
        ground="law",
        basis="Luật Hộ tịch 2014, Điều 12",
        reason="Người yêu cầu đã được cấp ở nơi khác.",
    )
    answer = monday.get(f"/dossiers/{code}/forms/05.pdf")
    assert answer["Content-Disposition"] == f'inline; filename="{code}-05.pdf"'
    text = squeezed(text_of(answer.content))
    for said in (
        "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
        "Người yêu cầu đã được cấp ở nơi khác.",
        "Luật Hộ tịch 2014, Điều 12",
        "Nhận lại giấy tờ đã nộp tại Trung tâm Phục vụ hành chính công",
    ):
        assert squeezed(said) in text, said
    assert monday.get(f"/dossiers/{code}/forms/99.pdf").status_code == 404


def test_a_slip_for_copies_names_the_papers_left_at_the_desk(monday: Client) -> None:
    order = copies(("citizen_card", 1, 3), name=NAME, signer=None)
    row = act("tiepnhan1", MONDAY, certification.take_in, order=order).row
    left = (ComponentLine(name="Căn cước, căn cước công dân (1 trang, chứng thực 3 bản)", originals=1),)
    assert receipt_facts(row["code"], viewer=viewer("tiepnhan1")).components == left
    act_as = {"dossier": row["id"], "signer": logins()[CHAIR]}
    act("tiepnhan1", MONDAY, certification.enter_waiting, **act_as)
    assert receipt_facts(row["code"], viewer=viewer("tiepnhan1")).components == left
