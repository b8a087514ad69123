"""Every page in every state: nothing for axe to find, nothing wider than the narrowest telephone, no complaint."""

import pytest

from tests.browser.keyboard import Keyboard
from tests.support.axe import faults
from tests.support.scenes import AT, Scene, labelled
from tests.support.site import pages_at
from tests.support.visits import Site, Visit

pytestmark = pytest.mark.browser

NARROW = 320
PHONE, HIGHEST = 390, 120  # above the page's own matter, the menu counted
FRAME = """() => [...document.querySelectorAll("body.public > header, body.public > nav")]
  .reduce((sum, part) => sum + part.getBoundingClientRect().height, 0)"""


@pytest.mark.parametrize(("label", "scene"), [pytest.param(*each, id=each[0]) for each in labelled()])
def test_every_state_of_every_page(site: Site, one_tab: Visit, label: str, scene: Scene) -> None:
    one_tab.complaints.clear()
    with pages_at(AT):
        site.begin(one_tab, scene.login)
        assert one_tab.play(scene) == scene.status
        assert faults(one_tab.tab, served=True) == []
        _fits(one_tab)
        _begins_high(one_tab)
        if scene.state == "filled":
            assert faults(one_tab.tab, contrast=False) == []
        if (
            scene.state == "filled" and label == scene.name
        ):  # its first: one English look at each page's width
            _in_english(site, one_tab, scene)
        if scene.state == "empty":
            Keyboard(one_tab.tab).walk()
        assert one_tab.complaints == []


def _in_english(site: Site, shown: Visit, scene: Scene) -> None:
    site.begin(shown, scene.login, language="en")
    shown.play(scene)
    assert shown.tab.get_attribute("html", "lang") == "en"
    _fits(shown)


def _begins_high(shown: Visit) -> None:
    """On a telephone people see what the page is about before they scroll."""
    shown.tab.set_viewport_size({"width": PHONE, "height": 800})
    assert shown.tab.evaluate(FRAME) <= HIGHEST


def _fits(shown: Visit) -> None:
    shown.tab.set_viewport_size({"width": NARROW, "height": 800})
    assert shown.tab.evaluate("document.documentElement.scrollWidth") <= NARROW
