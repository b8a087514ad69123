"""Receiving at the counter, by plain HTTP as a browser without scripts does it."""

import unicodedata
from datetime import datetime, timedelta

import pytest
from django.test import Client
from tests.support.statements import statements
from tests.support.world import COMMUNE, viewer

from motcua.catalogue.shapes import HandledIn
from motcua.catalogue.starter import procedures
from motcua.dossiers.selectors import Shown, dossier, dossiers
from motcua.kernel.time import ZONE, local
from motcua.submissions.models import Draft
from motcua.web.counter.tests.support import NAME, NUMBER, filled, form_of, post, received

EVERY = [(p.code, v.code) for p in procedures() if p.handled_in is HandledIn.HERE for v in p.variants]


def shown(code: str, at: datetime) -> Shown:
    return dossier(code, viewer=viewer("tiepnhan1", at=at))


def count(at: datetime) -> int:
    return len(dossiers(viewer=viewer("tiepnhan1", at=at), at=at).lines)


# --- what goes well ------------------------------------------------------------


def test_a_whole_desk_of_procedures_is_tried() -> None:
    assert len({code for code, _ in EVERY}) >= 40


@pytest.mark.parametrize(("procedure", "variant"), EVERY)
def test_every_procedure_is_received(clerk: Client, at: datetime, procedure: str, variant: str) -> None:
    code = received(clerk, filled(clerk, procedure, variant))
    assert code == f"{COMMUNE}-{local(at):%y%m%d}-0001"
    found = shown(code, at)
    row = found.row
    assert (row["procedure"], row["variant"], row["channel"]) == (procedure, variant, "counter")
    assert row["state"] == "received"
    assert row["components"]
    assert [(p.role, p.fields["name"], p.fields["number"]) for p in found.parties] == [
        ("applicant", NAME, NUMBER)
    ]
    page = clerk.get(f"/dossiers/{code}/received")
    assert page.status_code == 200
    html = page.content.decode()
    assert code in html
    assert f"{local(row['due_at']):%H:%M}" in html
    assert f"{local(row['due_at']):%d/%m/%Y}" in html


@pytest.mark.parametrize("bundle", ["2.002621", "2.002622"])
def test_what_other_agencies_settle_too_is_typed_as_its_form(
    clerk: Client, at: datetime, bundle: str
) -> None:
    """Without it the police and the insurance would begin with no child and no paper to work on."""
    assert clerk.get("/dossiers/receive", {"procedure": bundle})["Location"] == f"/assist/begin/{bundle}"
    assert "nhập tờ khai chung một lần" in clerk.get(f"/assist/begin/{bundle}").text
    answer = clerk.post("/dossiers/receive", filled(clerk, bundle, "general"))
    assert answer.status_code == 409
    assert "“Nộp giúp”" in answer.text
    assert count(at) == 0


def test_typing_it_goes_on_with_the_visit(clerk: Client, at: datetime) -> None:
    visit = shown(received(clerk, filled(clerk)), at).row["visit"]
    typing = clerk.get("/dossiers/receive", {"procedure": "2.002621", "visit": visit})["Location"]
    assert typing == f"/assist/begin/2.002621?visit={visit}"
    clerk.post(typing)
    assert Draft.objects.get().visit == visit


def test_what_was_counted_is_what_the_event_holds(clerk: Client, at: datetime) -> None:
    fields = filled(clerk, "1.004884", paper__other_papers_copies="2", count__copies="3")
    del fields["paper-old_birth_certificate_have"]
    fields |= {"paper-residence_found": "on"}
    del fields["paper-residence_have"]
    found = shown(received(clerk, fields), at)
    assert [(c["component"], c["kind"], c["originals"], c["copies"]) for c in found.row["components"]] == [
        ("form", "required", 1, 0),
        ("other_papers", "one_of", 0, 2),
        ("identity", "show_only", 1, 0),
        ("residence", "database", 0, 0),
    ]
    # 5,000 set by the province and three copies at 8,000.
    assert found.row["fee_total"] == 29000


def test_several_applicants_and_another_submitter(clerk: Client, at: datetime) -> None:
    fields = filled(clerk)
    fields |= {"other_submitter": "1", "_add_applicant": "1"}
    page = form_of(post(clerk, fields))
    assert page.fields["applicants"] == "2"
    assert "_add_applicant" not in page.fields
    fields = page.fields | {
        "applicant-1-name": "Trần Văn Bình",
        "applicant-1-paper": "none",
        "submitter-name": "Lê Thị Cúc",
        "submitter-number": "098765432109",
    }
    found = shown(received(clerk, fields), at)
    assert [(p.role, p.fields["name"]) for p in found.parties] == [
        ("applicant", NAME),
        ("applicant", "Trần Văn Bình"),
        ("submitter", "Lê Thị Cúc"),
    ]


def test_an_applicant_is_taken_away_and_the_others_move_up(clerk: Client) -> None:
    page = form_of(post(clerk, filled(clerk) | {"_add_applicant": "1"}))
    fields = page.fields | {"applicant-1-name": "Trần Văn Bình", "_drop_applicant": "0"}
    left = form_of(post(clerk, fields))
    assert left.fields["applicants"] == "1"
    assert left.fields["applicant-0-name"] == "Trần Văn Bình"
    assert "applicant-1-name" not in left.fields


def test_a_scanned_card_fills_the_person_in(clerk: Client, at: datetime) -> None:
    card = f"{NUMBER}|123456789|{NAME}|05091990|Nữ|Thôn 1, Xã Mẫu|01012022"
    fields = filled(clerk) | {"applicant-0-name": "", "applicant-0-number": "", "applicant-0-scan": card}
    page = form_of(post(clerk, fields | {"_update": "1"}))
    person = {
        n.removeprefix("applicant-0-"): v for n, v in page.fields.items() if n.startswith("applicant-0")
    }
    assert person == {
        "scan": "",
        "name": NAME,
        "kind": "citizen",
        "paper": "citizen_id",
        "number": NUMBER,
        "born_0": "05",
        "born_1": "09",
        "born_2": "1990",
        "sex": "female",
        "phone": "",
        "email": "",
        "address": "Thôn 1, Xã Mẫu",
    }
    # Scanned and sent at once, without a look at the page between.
    found = shown(received(clerk, fields), at)
    assert found.parties[0].fields["born_on"] == "1990-09-05"
    assert found.parties[0].fields["sex"] == "female"


def test_names_typed_in_nfd_are_kept_in_nfc(clerk: Client, at: datetime) -> None:
    name = "Y Blŏk Êban Nguyễn Thị Hường"
    typed = unicodedata.normalize("NFD", f"  {name} ")
    assert typed.strip() != name
    found = shown(received(clerk, filled(clerk, applicant__0__name=typed)), at)
    assert found.name == found.parties[0].fields["name"] == name


def test_a_reception_written_on_paper_counts_from_the_paper(clerk: Client, at: datetime) -> None:
    then = local(at) - timedelta(days=2)
    fields = filled(clerk) | {
        "pad-pad": "S001",
        "pad-number": "17",
        "pad-day_0": f"{then.day}",
        "pad-day_1": f"{then.month}",
        "pad-day_2": f"{then.year}",
        "pad-time": "09:10",
    }
    found = shown(received(clerk, fields), at)
    assert found.row["received_at"] == datetime(then.year, then.month, then.day, 9, 10, tzinfo=ZONE)
    assert found.row["received_on"] == then.date()
    assert found.entries[0].origin == "paper"
    page = clerk.get(f"/dossiers/{found.row['code']}/received").content.decode()
    assert "ghi trên giấy, nhập sau" in page


def test_the_second_click_shows_the_first_answer(clerk: Client, at: datetime) -> None:
    fields = filled(clerk)
    first, second = post(clerk, fields), post(clerk, fields)
    assert first["Location"] == second["Location"]
    assert count(at) == 1
    other = post(clerk, fields | {"applicant-0-name": "Trần Văn Bình"})
    assert other.status_code == 422
    assert "Mã yêu cầu này đã dùng cho một nội dung khác" in other.content.decode()
    assert form_of(other).fields["applicant-0-name"] == "Trần Văn Bình"
    assert form_of(other).fields["idempotency_key"] != fields["idempotency_key"]
    assert count(at) == 1


def test_statements(clerk: Client) -> None:
    # The dearest kind: people nobody has seen before, and somebody else hands in.
    submitter = {"submitter-name": "Lê Thị Cúc", "submitter-number": "098765432109"}
    fields = filled(clerk) | {"other_submitter": "1", **submitter}
    # The one that says who, and the offer that the form is made of, come before BEGIN.
    with statements(most=40) as sent:
        code = received(clerk, fields)
    begin = next(i for i, text in enumerate(sent.texts) if text.startswith("SAVEPOINT"))
    commit = next(i for i, text in enumerate(sent.texts) if text.startswith("RELEASE"))
    assert (begin, commit - begin + 1 <= 14) == (2, True), str(sent)
    # After it, what was kept of the typing is closed, and what had saved itself beside it.
    assert commit == len(sent) - 3
    for page in (
        "/dossiers/receive",
        "/dossiers/receive?procedure=1.004873",
        "/dossiers/receive?procedure=1.004873&variant=no_verification",
        f"/dossiers/{code}/received",
        f"/dossiers/{code}/receipt.pdf",
    ):
        with statements(most=7):  # the sixth is the budget, and one says who
            assert clerk.get(page).status_code == 200
    with statements(most=3):  # who asks, what is found, and their favourites
        clerk.get("/procedures/suggestions", {"q": "ket hon"}, headers={"HX-Request": "true"})


# --- what is wrong, and stays typed ------------------------------------------------------------


def test_missing_papers_are_told_all_at_once_and_nothing_is_written(clerk: Client, at: datetime) -> None:
    fields = {name: value for name, value in filled(clerk).items() if not name.endswith("_have")}
    fields |= {"ask-reissue": "yes", "applicant-0-phone": "0912 345 678"}
    answer = post(clerk, fields)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Hồ sơ chưa đủ, chưa thể tiếp nhận" in html
    assert "Nghị định 118/2025/NĐ-CP, Điều 17 khoản 2 điểm a" in html
    box = html.split('id="incomplete_title"')[1].split("</div>")[0]
    for said in (
        "Thiếu: Tờ khai cấp Giấy xác nhận tình trạng hôn nhân theo mẫu (01 bản chính)",
        "Thiếu: Giấy xác nhận tình trạng hôn nhân đã cấp trước đây",
        "Chưa xuất trình: Giấy tờ tùy thân có ảnh",
        "Chưa tra cứu được: Giấy tờ chứng minh nơi cư trú",
    ):
        assert said in box
    assert box.count("<li>") == 4
    assert 'href="#id_paper-form_have"' in box
    kept = form_of(answer).fields
    assert kept["applicant-0-name"] == NAME
    assert kept["applicant-0-phone"] == "0912 345 678"
    assert kept["ask-reissue"] == "yes"
    assert count(at) == 0
    # No number was used up.
    assert received(clerk, filled(clerk)).endswith("-0001")


def test_too_few_copies_are_missing_papers(clerk: Client) -> None:
    answer = post(clerk, filled(clerk, paper__form_originals="0"))
    assert answer.status_code == 422
    assert (
        "Thiếu: Tờ khai cấp Giấy xác nhận tình trạng hôn nhân theo mẫu (01 bản chính)"
        in answer.content.decode()
    )
    wrong = post(clerk, filled(clerk, paper__form_originals="hai"))
    assert wrong.status_code == 422
    assert "Ghi số bản bằng chữ số." in wrong.content.decode()
    assert form_of(wrong).fields["paper-form_originals"] == "hai"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            {"applicant-0-born_0": "31", "applicant-0-born_1": "02", "applicant-0-born_2": "1990"},
            "Không có ngày này.",
        ),
        (
            {"applicant-0-born_0": "05", "applicant-0-born_1": "", "applicant-0-born_2": "1990"},
            "Nhập đủ ngày, tháng",
        ),
        (
            {"applicant-0-born_0": "01", "applicant-0-born_1": "01", "applicant-0-born_2": "2099"},
            "Ngày sinh ở tương lai",
        ),
        (
            {"applicant-0-born_0": "01", "applicant-0-born_1": "01", "applicant-0-born_2": "1066"},
            "Ngày sinh quá xa",
        ),
        ({"applicant-0-name": " "}, "Hãy ghi họ tên hoặc tên tổ chức."),
        ({"applicant-0-name": "王小明"}, "Không in được ký tự “王”"),
        ({"applicant-0-address": "Thôn 😀"}, "Không in được ký tự “😀”"),
        ({"applicant-0-number": "12345"}, "cần 12 chữ số"),
        ({"applicant-0-number": ""}, "Hãy ghi số giấy tờ, hoặc chọn “Không có giấy tờ”."),
        ({"applicant-0-paper": "none"}, "để trống số"),
        ({"applicant-0-phone": "sáu"}, "Số điện thoại không đúng"),
        ({"applicant-0-email": "tuyet@"}, "Địa chỉ thư điện tử không đúng"),
        ({"applicant-0-scan": "012345|hỏng"}, "Không đọc được thẻ."),
        ({"ask-reissue": ""}, "Hãy chọn câu trả lời."),
        ({"pad-pad": "S001"}, "Ghi đủ quyển, tờ, ngày và giờ như trên giấy."),
        (
            {
                "pad-pad": "\u200b",
                "pad-number": "1",
                "pad-day_0": "01",
                "pad-day_1": "08",
                "pad-day_2": "2026",
                "pad-time": "08:00",
            },
            "Ghi đủ quyển, tờ, ngày và giờ như trên giấy.",
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_kept(
    clerk: Client, at: datetime, typed: dict[str, str], said: str
) -> None:
    answer = post(clerk, filled(clerk) | typed)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert said in html
    assert "data-problems" in html
    kept = form_of(answer).fields
    assert {name: kept.get(name, "").strip() for name in typed} == {n: v.strip() for n, v in typed.items()}
    assert kept["paper-form_have"] == "on"
    assert count(at) == 0


def test_a_paper_from_the_future_is_refused(clerk: Client, at: datetime) -> None:
    then = local(at) + timedelta(days=1)
    fields = filled(clerk) | {
        "pad-pad": "S001",
        "pad-number": "17",
        "pad-day_0": f"{then.day}",
        "pad-day_1": f"{then.month}",
        "pad-day_2": f"{then.year}",
        "pad-time": "9h10",
    }
    answer = post(clerk, fields)
    assert answer.status_code == 422
    assert "Giờ ghi trên giấy ở tương lai." in answer.content.decode()
    assert form_of(answer).fields["pad-time"] == "9h10"
    assert count(at) == 0


def test_an_unknown_procedure_is_said_and_searched_again(clerk: Client) -> None:
    answer = clerk.get("/dossiers/receive", {"procedure": "9.999999"})
    assert answer.status_code == 404
    html = answer.content.decode()
    assert "Không có thủ tục 9.999999 đang hiệu lực." in html
    assert 'value="9.999999"' in html
    posted = post(clerk, filled(clerk) | {"procedure": "9.999999"})
    assert posted.status_code == 404


def test_a_form_without_its_key_is_refused(clerk: Client, at: datetime) -> None:
    fields = filled(clerk)
    del fields["idempotency_key"]
    answer = post(clerk, fields)
    assert answer.status_code == 422
    assert "Trang thiếu mã chống gửi trùng." in answer.content.decode()
    assert form_of(answer).fields["applicant-0-name"] == NAME
    assert form_of(answer).fields["idempotency_key"]
    assert count(at) == 0
