"""What people read of an inter-agency procedure: the applicant one code and one date, each agency its own part."""

import re
from uuid import UUID

import pytest
from django.db import connection

from motcua.dossiers.own import own_dossier, own_dossiers
from motcua.dossiers.tracked import by_token, token_of
from motcua.kernel.errors import NotFound
from motcua.kernel.time import local
from tests.support.bundle import Bundle, insurance, residence
from tests.support.lives import plain
from tests.support.pages import plain_static, visitor
from tests.support.site import pages_at
from tests.support.written import written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plain_static():
    with plain_static():
        yield


def pages_of(row, at):
    """What the applicant reads: by the receipt, and what was written to them."""
    citizen = visitor(at=at)
    citizen.get(f"/t/{token_of(row)}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT reference), min(reference) FROM notifications_notice")
        told = cursor.fetchone()
    return citizen.get("/tracking").text, told


def test_the_applicant_reads_one_code_and_one_date_and_each_part_in_plain_words():
    bundle = insurance(residence(Bundle().registered(), outcome="refused"))
    page, told = pages_of(bundle.row, bundle.at)
    assert told[0] >= 1
    assert told[1:] == (1, bundle.code), "nothing is told of a part by itself"
    assert bundle.code in page
    assert not re.search(re.escape(bundle.code) + r"\.\d", page)
    police = bundle.child(1)
    assert f"{local(police['due_at']):%d/%m/%Y}" != f"{local(bundle.row['due_at']):%d/%m/%Y}"
    assert f"{local(police['due_at']):%H:%M}" not in page
    for words in ("Công an Xã Mẫu", "Không được giải quyết", "Chủ hộ chưa đồng ý.", "Đã có kết quả", "02/TB"):
        assert words in page, words
    for code in (f"{bundle.code}.1", f"{bundle.code}.2"):
        assert by_token(token_of(plain(code))) is None
        assert own_dossiers(UUID(bundle.row["parties"][0]["party"]))[0][0].code == bundle.code
        with pytest.raises(NotFound):
            own_dossier(code, party=UUID(bundle.row["parties"][0]["party"]))


def test_while_a_part_runs_both_pages_say_which_agency_is_awaited_and_issuing_is_not_offered():
    bundle = Bundle().registered()
    issue = f"/dossiers/{bundle.code}/decide"
    insured = "“Cấp thẻ bảo hiểm y tế” của bảo hiểm xã hội"
    page, _told = pages_of(bundle.row, bundle.at)
    assert f"Chờ phần “Đăng ký thường trú cho trẻ” của Công an Xã Mẫu; {insured}." in page
    assert "trình lãnh đạo ký" not in page
    parts = page[page.index("Các cơ quan cùng giải quyết") :]
    own = parts.index("Giấy khai sinh")
    assert own < parts.index("Ủy ban nhân dân Xã Mẫu (cơ quan chủ trì)") < parts.index("Đăng ký thường trú")
    assert "Đã ký, chờ trả chung" in parts
    sheet = read("vanthu", bundle, bundle.code).text
    assert f"còn chờ phần “Đăng ký thường trú cho trẻ” của Công an Xã Mẫu; {insured}." in sheet
    assert issue not in sheet
    with pages_at(bundle.at):
        refused = visitor("vanthu", at=bundle.at).get(issue)
    assert refused.status_code == 409
    assert "của Công an Xã Mẫu" in refused.text
    assert "<textarea" not in refused.text
    insurance(residence(bundle))
    page, _told = pages_of(bundle.row, bundle.at)
    assert "Chờ phần" not in page
    assert "Lãnh đạo đã ký" in page
    sheet = read("vanthu", bundle, bundle.code).text
    assert "còn chờ phần" not in sheet
    assert issue in sheet
    with pages_at(bundle.at):
        asked = visitor("vanthu", at=bundle.at).get(issue).text
    kinds = asked.partition('name="result_kind"')[2].partition("</select>")[0]
    assert kinds.count("<option") == 1, "of the lead's own result alone"
    assert "Kết quả của cơ quan khác có số riêng" in asked
    for part in bundle.row["children"]:
        assert all(paper["number"] in asked for paper in part["papers"])


def read(login, bundle, code):
    with pages_at(bundle.at):
        return visitor(login, at=bundle.at).get(f"/dossiers/{code}")


def test_each_agency_sees_its_own_part_and_of_the_dossier_no_more_than_its_state():
    bundle = residence(Bundle().registered())
    police, insured = f"{bundle.code}.1", f"{bundle.code}.2"
    reads = {
        "tiepnhan1": {bundle.code},
        "cutru.congan": {police},
        "truongcongan": {police},
        "the.bhxh": {insured},
        "thanhtra": {bundle.code},
        "giamdoc.soxaydung": set(),
        "tiepnhan1.mauhai": set(),
    }
    before = written()
    for login, codes in reads.items():
        answers = {code: read(login, bundle, code) for code in (bundle.code, police, insured)}
        assert {code for code, answer in answers.items() if answer.status_code == 200} == codes, login
        assert all(answer.status_code in (200, 404) for answer in answers.values())
    page = read("cutru.congan", bundle, police).text
    assert "Phần việc của hồ sơ liên thông" in page
    assert "Đang xử lý" in page
    assert insured not in page
    assert police in read("tiepnhan1", bundle, bundle.code).text
    assert written() == before
