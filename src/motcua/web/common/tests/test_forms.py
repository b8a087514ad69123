"""Which version of a form a paper bears: that of its own day, however late it is printed."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from motcua.kernel.time import ZONE
from motcua.web.common.pdf.facts import ApologyFacts, PaperHead, PaperPerson, SupplementFacts
from motcua.web.common.pdf.forms import FORMS, in_force
from motcua.web.common.pdf.render import render_apology, render_supplement_request
from motcua.web.common.tests.test_pdf import squeezed, text_of

AT = datetime(2026, 8, 24, 9, tzinfo=ZONE)
HEAD = PaperHead(
    trial=False, parent_agency="UBND tỉnh Mẫu", agency="UBND xã Mẫu", place="Xã Mẫu", code="HD-2026-000007"
)
APOLOGY = ApologyFacts(
    head=HEAD,
    to=PaperPerson(name="Hà Thị Thu"),
    procedure="Cấp giấy xác nhận",
    received_at=AT,
    due_at=AT,
    new_date=AT + timedelta(days=3),
    reason="Chờ xác minh.",
    issued_at=AT,
    signer="Lê Văn Chủ",
    signer_position="Chủ tịch UBND",
)


def test_an_apology_of_2024_keeps_its_title_of_then() -> None:
    new, old = APOLOGY, replace(APOLOGY, issued_at=datetime(2024, 5, 6, 9, tzinfo=ZONE))
    assert squeezed("VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN") in text_of(render_apology(new))
    assert squeezed("Mẫu số 04, Thông tư 03/2025/TT-VPCP") in text_of(render_apology(new))
    assert squeezed("PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ") in text_of(render_apology(old))
    assert squeezed("Mẫu số 04, Thông tư 01/2018/TT-VPCP") in text_of(render_apology(old))


def test_form_02_has_its_number_line() -> None:
    paper = render_supplement_request(
        SupplementFacts(
            head=replace(HEAD, number="7"),
            to=PaperPerson(name="Hà Thị Thu"),
            procedure="Cấp giấy xác nhận",
            items=("Tờ khai",),
            reason="Còn thiếu.",
            basis="Nghị định",
            issued_at=AT,
            contact="",
            officer="Lê Thị Tiếp",
        )
    )
    assert squeezed("Số: 7/HDHS") in text_of(paper)


@given(st.sampled_from(sorted({one.form for one in FORMS})), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_each_day_has_one_version_the_newest_that_has_begun(form: str, on: date) -> None:
    known = [one for one in FORMS if one.form == form]
    found = in_force(form, on)
    begun = [one.since for one in known if one.since <= on]
    assert found.since == (max(begun) if begun else min(one.since for one in known))


def test_versions_begin_on_different_days_and_say_what_is_unverified() -> None:
    assert len({(one.form, one.since) for one in FORMS}) == len(FORMS)
    assert all(one.verified or (one.note.vi and one.note.en) for one in FORMS)
    with pytest.raises(KeyError):
        in_force("99", AT.date())
