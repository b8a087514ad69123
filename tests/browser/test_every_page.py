"""Every page in every state: nothing for axe to find, nothing wider than the narrowest telephone, no complaint."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.keyboard import Keyboard
from tests.support.scenes import AT, Scene, labelled
from tests.support.site import pages_at
from tests.support.visits import Site, Visit

pytestmark = pytest.mark.browser

AXE = Axe()
NARROW = 320


@pytest.mark.parametrize("scene", [pytest.param(scene, id=label) for label, scene in labelled()])
def test_every_state_of_every_page(site: Site, one_tab: Visit, scene: Scene) -> None:
    one_tab.complaints.clear()
    with pages_at(AT):
        site.begin(one_tab, scene.login)
        assert one_tab.play(scene) == scene.status
        _axe_finds_nothing(one_tab)
        _fits(one_tab)
        if scene.state == "filled":
            _axe_finds_nothing(one_tab)
            _in_english(site, one_tab, scene)
        if scene.state == "empty":
            Keyboard(one_tab.tab).walk()
        assert one_tab.complaints == []


def _in_english(site: Site, shown: Visit, scene: Scene) -> None:
    site.begin(shown, scene.login, language="en")
    shown.play(scene)
    assert shown.tab.get_attribute("html", "lang") == "en"
    _fits(shown)


def _axe_finds_nothing(shown: Visit) -> None:
    found = AXE.run(shown.tab).response["violations"]
    assert [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found] == []


def _fits(shown: Visit) -> None:
    shown.tab.set_viewport_size({"width": NARROW, "height": 800})
    assert shown.tab.evaluate("document.documentElement.scrollWidth") <= NARROW
