"""Who stands at the desk: cards whose line came damaged, papers of every kind, and people of whom only a name is
asked. All through the page."""

import html
from typing import Any

import pytest
from django.test import Client
from tests.support.world import viewer

from motcua.dossiers.selectors import dossier
from motcua.web.counter.tests.support import NAME, NUMBER, filled, form_of, opened, post, received

CARD = f"{NUMBER}|123456789|{NAME}|05091990|Nữ|Thôn Trung Tâm, Xã Mẫu, Tỉnh Mẫu|01012022"
WHOLE = {
    "number": NUMBER,
    "name": NAME,
    "born_0": "05",
    "born_1": "09",
    "born_2": "1990",
    "address": "Thôn Trung Tâm, Xã Mẫu, Tỉnh Mẫu",
}
OFF = "tắt bộ gõ tiếng Việt rồi quét lại"
CUT = "dòng quét bị cắt, hãy quét lại"
CODING = "máy quét gửi sai bảng mã, hãy chỉnh về UTF-8"
TELEX = f"{NUMBER}|123456789|Nguyeenx Thij Ansh Tuyeets|05091990|Nuwx|Thoon Trung Taam, Xax Maaux|01012022"
VNI = f"{NUMBER}|123456789|Nguye6n4 Thi5 A1nh Tuye61t|05091990|Nu74|Tho6n Trung Ta6m, Xa4 Ma64u|01012022"
GARBLED = CARD.replace("Nữ", "N\ufffd\ufffd").replace("Thôn Trung Tâm", "Th\ufffdn Trung T\ufffdm")
PLAIN = "".join(c if ord(c) < 128 else "?" for c in CARD)


def scanned(clerk: Client, line: str, into: str = "scan") -> tuple[dict[str, str], str]:
    """The person as the page shows it after a scanner typed `line`, and the page."""
    page = form_of(opened(clerk)).fields
    answer = post(clerk, {**page, f"applicant-0-{into}": line, "_update": "1"})
    assert answer.status_code in (200, 422), answer.status_code
    shown = form_of(answer).fields
    person = {name: shown[f"applicant-0-{name}"] for name in ("scan", *WHOLE)}
    return person, html.unescape(answer.content.decode())


@pytest.mark.parametrize(
    "line",
    [
        CARD,
        CARD * 2,
        f"{CARD}\n{CARD}",
        CARD[:50] + CARD,
        CARD.replace("|", "\t"),
        CARD.replace("|", "¦"),
        CARD.swapcase(),
        CARD.encode().decode("latin-1"),
        f"\ufeff{CARD}\r",
    ],
    ids=["whole", "doubled", "two lines", "cut, then whole", "tabs", "bars", "CapsLock", "mojibake", "marks"],
)
@pytest.mark.parametrize("into", ["scan", "name"])
def test_a_damage_that_can_be_undone_is_undone(clerk: Client, line: str, into: str) -> None:
    """Wherever the cursor stood; what is certain stands in its fields, and nobody is told off."""
    person, page = scanned(clerk, line, into)
    assert person == {"scan": "", **WHOLE}
    assert "Quét thẻ:" not in page


@pytest.mark.parametrize(("line", "cause"), [(GARBLED, CODING), (TELEX, OFF), (VNI, OFF)])
def test_what_garbled_a_whole_line_is_not_called_a_cut(clerk: Client, line: str, cause: str) -> None:
    _, page = scanned(clerk, line)
    assert cause in page
    assert CUT not in page


@pytest.mark.parametrize(
    ("line", "left", "said"),
    [
        (CARD[:34], {"name": "", "born_0": "", "address": ""}, CUT),
        (CARD[:70], {"address": ""}, CUT),
        (TELEX, {"name": "", "address": ""}, OFF),
        (VNI, {"name": "", "address": ""}, OFF),
        (PLAIN, {"name": "", "address": ""}, CODING),
        (
            CARD.replace("05091990", "31021990"),
            {"born_0": "", "born_1": "", "born_2": ""},
            "không phải một ngày",
        ),
        (CARD[2:], {"number": ""}, "số không đủ hoặc thừa chữ số, hãy quét lại"),
        (CARD + CARD.replace("Tuyết", "Nguyệt"), {"name": ""}, "hai lần quét không giống nhau, hãy quét lại"),
        (CARD.replace("05091990", "05091985"), {"born_2": "1985"}, "không khớp với số trên thẻ, hãy xem lại"),
    ],
    ids=[
        "cut early",
        "cut late",
        "Telex",
        "VNI",
        "question marks",
        "no day",
        "short number",
        "two cards",
        "unlike",
    ],
)
def test_what_is_not_certain_stays_open_and_says_what_to_do(
    clerk: Client, line: str, left: dict[str, str], said: str
) -> None:
    person, page = scanned(clerk, line)
    for name, value in left.items():
        assert person[name] == value, name
    assert person["number"] in (NUMBER, left.get("number"))
    assert f"Quét thẻ: {said}" in page


def test_a_line_that_is_no_card_is_said_so_and_stays(clerk: Client) -> None:
    person, page = scanned(clerk, "012345|hỏng")
    assert person["scan"] == "012345|hỏng"
    assert "Không đọc được thẻ. Hãy tắt bộ gõ tiếng Việt rồi quét lại, hoặc xóa ô này và nhập tay." in page


@pytest.mark.parametrize(
    ("paper", "number", "label"),
    [
        ("old_id", "012345678", "Chứng minh nhân dân"),
        ("passport", "b1234567", "Hộ chiếu"),
        ("birth_certificate", "45/2024/tlks", "Giấy khai sinh"),
        ("residence", "TT-0123456789", "Thẻ thường trú, thẻ tạm trú"),
        ("tax_code", "0300588569", "Mã số thuế, mã số doanh nghiệp"),
        ("none", "", "Không có giấy tờ"),
    ],
)
def test_any_paper_will_do(clerk: Client, at: Any, paper: str, number: str, label: str) -> None:
    told = {"applicant-0-paper": paper, "applicant-0-number": number}
    fields = {**filled(clerk), **told}
    assert label in opened(clerk).content.decode()
    code = received(clerk, fields)
    kept = dossier(code, viewer=viewer("tiepnhan1", at=at)).parties[0].fields
    assert (kept["paper"], kept["number"]) == (paper, number.upper())


@pytest.mark.parametrize(
    ("paper", "number", "said"),
    [
        ("old_id", "0123456789", "Số chứng minh nhân dân không đúng: cần 9 chữ số."),
        ("birth_certificate", "hai", "cần số trong sổ, như 123/2024, hoặc số định danh 12 chữ số."),
        ("residence", "1", "cần 5 đến 20 chữ cái và chữ số."),
        ("tax_code", "0300588568", "sai chữ số kiểm tra; hãy xem lại từng số."),
    ],
)
def test_a_number_that_its_paper_can_not_have(clerk: Client, paper: str, number: str, said: str) -> None:
    fields = {**filled(clerk), "applicant-0-paper": paper, "applicant-0-number": number}
    answer = post(clerk, fields)
    assert answer.status_code == 422
    assert said in answer.text
    assert form_of(answer).fields["applicant-0-number"] == number


def test_where_the_law_asks_only_a_name_no_number_is_demanded(clerk: Client, at: Any) -> None:
    """ND 23/2015 art. 20: a certified copy asks for the original, not for who brings it."""
    copies = ("2.000815", "general")
    assert "Thủ tục này chỉ cần họ tên." in opened(clerk, *copies).content.decode()
    assert "Thủ tục này chỉ cần họ tên." not in opened(clerk).content.decode()
    fields = {**filled(clerk, *copies), "applicant-0-number": ""}
    code = received(clerk, fields)
    kept = dossier(code, viewer=viewer("tiepnhan1", at=at)).parties[0].fields
    assert (kept["name"], kept["paper"], kept["number"]) == (NAME, "none", "")
    refused = post(clerk, {**filled(clerk), "applicant-0-number": ""})
    assert refused.status_code == 422
