"""A dossier from home at the desk: what was answered stands beside the papers to tick where the screen is wide."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from motcua.kernel.time import now
from tests.browser.conftest import Opens
from tests.support.axe import faults
from tests.support.joint import handed_in
from tests.support.site import session_of

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1366, 1000, 390])
def test_papers_stand_beside_the_form_or_below_it(visit: Opens, width: int) -> None:
    code = handed_in(now())
    desk = visit(width=width)
    session = {
        "name": settings.SESSION_COOKIE,
        "value": session_of("tiepnhan1", at=now()),
        "url": desk.site.url,
    }
    desk.context.add_cookies([session])
    desk.go(f"/dossiers/{code}/receive")
    tab = desk.tab
    answered, papers = tab.locator("#answered_title"), tab.locator(".papers")
    expect(answered).to_be_visible()
    left, right = answered.bounding_box(), papers.bounding_box()
    assert left is not None
    assert right is not None
    assert (right["x"] > left["x"] + width / 3) == (width == 1366)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert faults(tab) == []
    ticks, act = papers.locator("fieldset").first, tab.locator("form button[data-primary]")
    ticks_at, act_at = ticks.bounding_box(), act.bounding_box()
    assert ticks_at is not None
    assert act_at is not None
    assert abs(ticks_at["x"] - act_at["x"]) < 20, "the button stands with the ticks"
    if width == 1366:
        tab.locator("form:has(.papers) section h3").last.scroll_into_view_if_needed()
        expect(papers.locator("fieldset.set").first).to_be_in_viewport()
        expect(act).to_be_in_viewport(ratio=1)
