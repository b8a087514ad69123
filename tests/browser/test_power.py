"""The power goes in the middle of an intake: what was typed is found on another computer, and by nobody else."""

from urllib.parse import quote_plus

import pytest

from motcua.kernel.text import mask_name
from tests.browser.conftest import Opens
from tests.browser.keyboard import Keyboard
from tests.support.scenes import AT
from tests.support.site import pages_at

pytestmark = pytest.mark.browser
FORM = "/dossiers/receive?procedure=1.004873&variant=no_verification&channel=counter"
NAME, ADDRESS = "Phùng Thị Mất Điện", "Thôn Trung Tâm, Xã Mẫu"
MASKED = mask_name(NAME)  # as lists have it


@pytest.mark.slow
def test_what_was_typed_before_the_power_went_is_found_again(visit: Opens) -> None:
    with pages_at(AT):
        dark = visit("tiepnhan1")
        keys = Keyboard(dark.tab)
        dark.go(FORM)
        keys.write("applicant-0-name", NAME)
        with dark.tab.expect_response(lambda answer: quote_plus(ADDRESS) in (answer.request.post_data or "")):
            keys.write("applicant-0-address", ADDRESS)
        dark.tab.context.close()  # nothing is told of it: no unload, no last save

        other = visit("tiepnhan2")
        other.go("/dossiers/receive")
        assert MASKED not in other.tab.inner_text("main")

        lit = visit("tiepnhan1")
        keys = Keyboard(lit.tab)
        lit.go("/dossiers/receive")
        row = lit.tab.locator("tr", has_text=MASKED)
        assert "tự lưu" in row.inner_text()
        resume = row.locator("form[action$='/resume']").get_attribute("action")
        keys.go(f"form[action='{resume}'] button")
        assert lit.tab.input_value("[name=applicant-0-name]") == NAME
        assert lit.tab.input_value("[name=applicant-0-address]") == ADDRESS
