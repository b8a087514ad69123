"""The papers: every letter is there, the codes read back, the layout holds, the bytes do not change."""

import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2
import pytest
import zxingcpp

from motcua.web.common.fonts import VIETNAMESE, MissingGlyphError, unprintable
from motcua.web.common.pdf.facts import (
    ApologyFacts,
    ComponentLine,
    PaperHead,
    PaperPerson,
    ReceiptFacts,
    StopFacts,
    SupplementFacts,
)
from motcua.web.common.pdf.render import (
    render_apology,
    render_receipt,
    render_stop,
    render_supplement_request,
)
from motcua.web.common.pdf.words import day_words, moment_words

CODE = "H99.01.01-260824-0001"
QR = "http://localhost:8000/t/AbCdEfGhIjKlMnOpQrStUv"
RECEIVED = datetime(2026, 8, 24, 2, 10, tzinfo=UTC)
DUE = datetime(2026, 8, 27, 10, 0, tzinfo=UTC)
HEAD = PaperHead(
    trial=True,
    parent_agency="Ủy ban nhân dân xã Mẫu",
    agency="Trung tâm Phục vụ hành chính công",
    place="Xã Mẫu",
    code=CODE,
    qr=QR,
)
PERSON = PaperPerson(
    name="Y Blŏk Êban",
    identity="Căn cước 066090001234",
    address="Buôn Ea Kmar, xã Mẫu",
    phone="0912 345 678",
    email="yblok@example.vn",
)
FACTS = ReceiptFacts(
    head=HEAD,
    desk="Trung tâm Phục vụ hành chính công xã Mẫu",
    submitter=PERSON,
    applicants=(PaperPerson(name="Nguyễn Thị Hường", address="Thôn 3, xã Mẫu"),),
    procedure="Cấp Giấy xác nhận tình trạng hôn nhân",
    procedure_code="1.004873",
    components=(
        ComponentLine(name="Tờ khai theo mẫu", originals=1),
        ComponentLine(name="Hộ chiếu", copies=2),
    ),
    limit="3 ngày làm việc",
    received_at=RECEIVED,
    due_at=DUE,
    officer="Trần Thị Bưởi",
    fee="Lệ phí: 15.000 đồng (đã thu)",
    return_way="Trực tiếp tại bộ phận một cửa",
    register_book="01/2026",
    register_number="127",
    tracking_url="http://localhost:8000/track",
    pin="123 456",
)


def squeezed(text: str) -> str:
    """Without white space: line ends are the layout's."""
    return "".join(text.split())


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        text = "".join(page.get_textpage().get_text_range() for page in document)
        return squeezed(text.replace("\u200b", ""))
    finally:
        document.close()


def codes_of(pdf: bytes, page: int = 0) -> set[tuple[str, str]]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture = document[page].render(scale=300 / 72).to_pil()
    finally:
        document.close()
    return {(found.format.name, found.text) for found in zxingcpp.read_barcodes(picture)}


def pages_of(pdf: bytes) -> list[tuple[int, int]]:
    """Page sizes in whole millimetres."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in document]
    finally:
        document.close()


def test_an_ordinary_receipt_is_one_a5_page_that_says_everything():
    pdf = render_receipt(FACTS)
    assert pages_of(pdf) == [(148, 210)]
    text = text_of(pdf)
    for said in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "ỦY BAN NHÂN DÂN XÃ MẪU",
        f"Số: {CODE}",
        "Xã Mẫu, ngày 24 tháng 8 năm 2026",
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "Tiếp nhận hồ sơ của: Y Blŏk Êban",
        "Chủ hồ sơ: Nguyễn Thị Hường",
        "Cấp Giấy xác nhận tình trạng hôn nhân",
        "gồm 2 loại giấy tờ",
        "Tờ khai theo mẫu1–",
        "Hộ chiếu–2",
        "Số lượng hồ sơ: 01 (bộ)",
        "theo quy định: 3 ngày làm việc",
        "Thời gian nhận hồ sơ: 09 giờ 10 phút, thứ Hai ngày 24 tháng 8 năm 2026",
        "Thời gian trả kết quả: 17 giờ 00 phút, thứ Năm ngày 27 tháng 8 năm 2026",
        "Lệ phí: 15.000 đồng (đã thu)",
        "quyển số: 01/2026, số thứ tự: 127",
        "mã tra cứu (PIN): 123 456",
        "BẢN THỬ NGHIỆM",
    ):
        assert squeezed(said) in text


def test_the_codes_read_back_at_300_dpi():
    assert codes_of(render_receipt(FACTS)) == {("QRCode", QR), ("Code128", CODE)}


def test_the_same_facts_give_the_same_bytes():
    assert render_receipt(FACTS) == render_receipt(replace(FACTS))
    assert render_receipt(FACTS) != render_receipt(replace(FACTS, register_number="128"))


def test_four_threads_at_once_draw_what_one_draws():
    with ThreadPoolExecutor(4) as pool:
        drawn = set(pool.map(lambda _: render_receipt(FACTS), range(12)))
    assert drawn == {render_receipt(FACTS)}


def test_the_title_and_creation_time_are_those_of_the_reception():
    document = pypdfium2.PdfDocument(render_receipt(FACTS))
    data = document.get_metadata_dict()
    document.close()
    assert data["Title"] == f"Giấy tiếp nhận hồ sơ và hẹn trả kết quả {CODE}"
    assert data["CreationDate"].startswith("D:20260824021000")


def test_every_toned_vowel_is_printed_and_comes_back():
    assert len(VIETNAMESE) == 147
    words = " ".join(VIETNAMESE[i : i + 12] for i in range(0, len(VIETNAMESE), 12))
    assert squeezed(words) in text_of(render_receipt(replace(FACTS, procedure=words)))


def test_decomposed_input_is_printed_composed():
    name = "Nguyễn Thị Hường"
    loose = unicodedata.normalize("NFD", name)
    assert loose != name
    facts = replace(FACTS, submitter=replace(PERSON, name=loose))
    assert render_receipt(facts) == render_receipt(replace(FACTS, submitter=replace(PERSON, name=name)))


@pytest.mark.parametrize("name", ["Y Blŏk Êban", "H’Hĕn Niê", "Rơ Châm Pyưh", "Kpă Klơ̆ng"])
def test_minority_names_are_printed(name: str) -> None:
    facts = replace(FACTS, submitter=replace(PERSON, name=name))
    assert squeezed(unicodedata.normalize("NFC", name)) in text_of(render_receipt(facts))


def test_a_letter_no_font_has_is_named_not_drawn_as_a_box():
    with pytest.raises(MissingGlyphError) as caught:
        render_receipt(replace(FACTS, submitter=replace(PERSON, name="Trần 陳 Văn A")))
    assert caught.value.letter == "陳"
    assert "“陳” (U+9673" in caught.value.vi
    assert "Trần 陳 Văn A" in caught.value.vi
    assert caught.value.status == 422
    assert unprintable("Trần 陳 Văn A") == "陳"
    assert unprintable("Y Blŏk Êban") == ""


def test_controls_and_marks_of_direction_do_not_reach_the_paper():
    clean = render_receipt(replace(FACTS, procedure="Cấp giấy xác nhận"))
    assert render_receipt(replace(FACTS, procedure="Cấp\u202e giấy\x00 xác\u200b nhận")) == clean


def test_markup_in_a_text_is_text():
    hostile = '#read("/etc/passwd") *đậm* $x$ <tên> @a \\ \\")) #panic("x") //'
    assert squeezed(hostile) in text_of(render_receipt(replace(FACTS, procedure=hostile)))


def test_a_title_of_1094_letters_flows_on():
    title = ("Đăng ký biến động quyền sử dụng đất do thỏa thuận của các thành viên hộ gia đình; " * 14)[:1094]
    pdf = render_receipt(replace(FACTS, procedure=title))
    assert squeezed(title) in text_of(pdf)
    assert pages_of(pdf) == [(148, 210), (148, 210)]
    assert "Trang2/2" in text_of(pdf)


def test_ninety_four_components_repeat_the_head_of_the_table():
    lines = tuple(
        ComponentLine(name=f"Giấy tờ thứ {i}: bản sao văn bản của cơ quan có thẩm quyền", files=1)
        for i in range(1, 95)
    )
    pdf = render_receipt(replace(FACTS, components=lines))
    text = text_of(pdf)
    pages = len(pages_of(pdf))
    assert pages > 2
    assert all(squeezed(line.name) in text for line in lines)
    assert text.count("Têngiấytờ") >= pages - 1
    assert "Bảnđiệntử" in text
    # The running head names the dossier on each further page.
    assert text.count("Giấytiếpnhậnhồsơvàhẹntrảkếtquả") == pages - 1


def test_a_word_without_spaces_stays_on_the_page():
    name = "A" * 200
    pdf = render_receipt(replace(FACTS, submitter=replace(PERSON, name=name)))
    assert name in text_of(pdf)
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    letters = page.get_textpage()
    right = max(letters.get_charbox(i)[2] for i in range(letters.count_chars()))
    width = page.get_width()
    document.close()
    assert right < width


def test_only_what_is_so_is_printed():
    bare = replace(
        FACTS,
        head=replace(HEAD, trial=False, qr=""),
        applicants=(replace(PERSON, identity=""),),
        components=(),
        due_at=None,
        fee="",
        pin="",
        tracking_url="",
        register_book="",
        register_number="",
    )
    pdf = render_receipt(bare)
    text = text_of(pdf)
    assert squeezed("không quy định thời hạn") in text
    assert squeezed("không phải nộp giấy tờ kèm theo") in text
    for absent in ("THỬ NGHIỆM", "Chủ hồ sơ", "Phí, lệ phí", "mã tra cứu (PIN)", "Vào Sổ", "Tra cứu", "miễn"):
        assert squeezed(absent) not in text
    assert codes_of(pdf) == {("Code128", CODE)}


def test_a_date_that_is_not_binding_says_so():
    text = text_of(
        render_receipt(
            replace(FACTS, expected=True, provisional=True, competent_agency="UBND phường Vĩnh Mẫu")
        )
    )
    assert squeezed("Dự kiến trả kết quả: 17 giờ 00 phút") in text
    assert squeezed("tính từ khi cơ quan có thẩm quyền tiếp nhận") in text
    assert squeezed("Cơ quan giải quyết: UBND phường Vĩnh Mẫu") in text
    assert squeezed("Tạm tính") in text


SUPPLEMENT = SupplementFacts(
    head=HEAD,
    to=PERSON,
    procedure="Cấp giấy xác nhận",
    items=("Tờ khai có chữ ký", "Trích lục ghi chú ly hôn"),
    reason="Tờ khai chưa ký.",
    basis="Điều 22 Nghị định 123/2015/NĐ-CP",
    issued_at=RECEIVED,
    contact="Trần Thị Bưởi, 0258 3 123 456",
    officer="Trần Thị Bưởi",
    answer_by=DUE,
)
APOLOGY = ApologyFacts(
    head=HEAD,
    to=PERSON,
    procedure="Cấp giấy xác nhận",
    received_at=RECEIVED,
    due_at=DUE,
    new_date=datetime(2026, 9, 3, 10, 0, tzinfo=UTC),
    reason="Chưa có kết quả xác minh.",
    issued_at=DUE,
    signer="Lê Văn Đạt",
    signer_position="Chủ tịch",
)
STOP = StopFacts(
    head=HEAD,
    to=PERSON,
    procedure="Cấp giấy xác nhận",
    received_at=RECEIVED,
    reason="Người nộp rút hồ sơ.",
    basis="Đơn ngày 25/8/2026",
    then="Trả lại giấy tờ tại quầy.",
    issued_at=DUE,
    signer="Lê Văn Đạt",
    signer_position="Chủ tịch",
)


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (
            lambda: render_supplement_request(SUPPLEMENT),
            [
                "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
                "1. Tờ khai có chữ ký",
                "2. Trích lục ghi chú ly hôn",
                "Tờ khai chưa ký.",
                "Điều 22 Nghị định 123/2015/NĐ-CP",
                "bổ sung trước 17 giờ 00 phút, thứ Năm ngày 27 tháng 8 năm 2026",
                "NGƯỜI HƯỚNG DẪN",
            ],
        ),
        (
            lambda: render_apology(APOLOGY),
            [
                "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
                "hẹn trả kết quả: 17 giờ 00 phút, thứ Năm ngày 27 tháng 8 năm 2026",
                "dự kiến trả kết quả: 17 giờ 00 phút, thứ Năm ngày 03 tháng 9 năm 2026",
                "Chưa có kết quả xác minh.",
                "CHỦ TỊCH",
                "Lê Văn Đạt",
            ],
        ),
        (
            lambda: render_stop(STOP),
            [
                "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
                "Người nộp rút hồ sơ.",
                "Đơn ngày 25/8/2026",
                "Trả lại giấy tờ tại quầy.",
            ],
        ),
    ],
    ids=["02", "04", "05"],
)
def test_the_letters(draw: Callable[[], bytes], said: list[str]) -> None:
    pdf = draw()
    assert pages_of(pdf) == [(148, 210)]
    text = text_of(pdf)
    assert [line for line in said if squeezed(line) not in text] == []
    assert squeezed("Kính gửi: Y Blŏk Êban") in text
    assert codes_of(pdf) == {("QRCode", QR), ("Code128", CODE)}
    assert pdf == draw()


def test_days_below_ten_and_the_first_two_months_have_a_zero():
    assert day_words(datetime(2026, 2, 3, tzinfo=UTC).date()) == "ngày 03 tháng 02 năm 2026"
    assert day_words(datetime(2026, 12, 13, tzinfo=UTC).date()) == "ngày 13 tháng 12 năm 2026"
    # 20:30 in UTC is the next day in Vietnam.
    late = datetime(2026, 8, 22, 20, 30, tzinfo=UTC)
    assert moment_words(late) == "03 giờ 30 phút, Chủ nhật ngày 23 tháng 8 năm 2026"
