"""What an act asks for shows only where it is asked: style sheets alone, with no script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opens
from tests.support.scenes import AT
from tests.support.site import pages_at

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    with pages_at(AT):
        yield


def test_handing_over_asks_what_its_way_needs(visit: Opens) -> None:
    page = visit("tiepnhan1", scripts=False)
    assert page.go("/dossiers/{ready}/hand_over") == 200
    authority, number = page.tab.locator("#id_authority"), page.tab.locator("#id_tracking_number")
    expect(authority).to_be_hidden()
    expect(number).to_be_hidden()
    expect(page.tab.locator("[name=checked_by][value=citizen_id]")).to_be_checked()
    page.tab.check("[name=way][value=authorised]")
    expect(authority).to_be_visible()
    expect(number).to_be_hidden()
    page.tab.check("[name=way][value=post]")
    expect(authority).to_be_hidden()
    expect(number).to_be_visible()
    assert "Còn phí, lệ phí chưa thu" in page.tab.inner_text("main")


def test_only_a_ticked_paper_asks_for_its_fault_and_words_keep_it_open(visit: Opens) -> None:
    page = visit("tuphap1", scripts=False)
    assert page.go("/dossiers/{in_process}/request_supplement") == 200
    fault, wrong = page.tab.locator("#id_fault_form"), page.tab.locator("#id_wrong_form")
    expect(wrong).to_be_hidden()
    page.tab.check("#id_missing_form")
    expect(fault).to_be_visible()
    expect(page.tab.locator("label[for=id_fault_form]")).to_be_visible()
    wrong.fill("Chưa ký.")
    page.tab.uncheck("#id_missing_form")
    expect(wrong).to_be_visible()
    wrong.fill("")
    expect(wrong).to_be_hidden()


def test_the_change_and_the_count_show_while_they_are_typed(visit: Opens) -> None:
    page = visit("thuquy")
    assert page.go("/payments/take?code={payment_requested}") == 200
    sum_of_it = page.tab.locator("[data-change]")
    total = int(sum_of_it.get_attribute("data-change") or "")
    expect(sum_of_it).to_be_hidden()
    page.tab.fill("[name=given]", f"{total + 5_000}")
    expect(sum_of_it).to_have_text("Trả lại khách: 5.000 đồng")
    page.tab.fill("[name=given]", f"{total - 1_000}")
    expect(sum_of_it).to_have_text("Khách đưa còn thiếu: 1.000 đồng")

    assert page.go("/payments/books/{m_book}") == 200
    counted = page.tab.locator("[data-count]")
    expected = int(counted.get_attribute("data-count") or "")
    page.tab.fill("[name=note_10000]", "2")
    off = expected - 20_000
    assert off > 0, "the scene's box holds more"
    expect(counted).to_have_text(f"Đếm được: 20.000 đồng. Chênh lệch: −{off:,} đồng".replace(",", "."))
