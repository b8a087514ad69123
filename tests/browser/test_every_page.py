"""Every page in every state: nothing for axe to find, nothing wider than the narrowest telephone, no complaint."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Opens
from tests.browser.keyboard import Keyboard
from tests.support.scenes import AT, Scene, labelled
from tests.support.site import pages_at
from tests.support.visits import Visit

pytestmark = pytest.mark.browser

AXE = Axe()
NARROW = 320


@pytest.mark.parametrize("scene", [pytest.param(scene, id=label) for label, scene in labelled()])
def test_every_state_of_every_page(visit: Opens, scene: Scene) -> None:
    with pages_at(AT):
        shown = visit(scene.login)
        assert shown.play(scene) == scene.status
        _axe_finds_nothing(shown)
        _fits(shown)
        if scene.state == "filled":
            _axe_finds_nothing(shown)
            english = visit(scene.login, language="en", width=NARROW)
            english.play(scene)
            assert english.tab.get_attribute("html", "lang") == "en"
            _fits(english)
        if scene.state == "empty":
            Keyboard(shown.tab).walk()


def _axe_finds_nothing(shown: Visit) -> None:
    found = AXE.run(shown.tab).response["violations"]
    assert [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found] == []


def _fits(shown: Visit) -> None:
    shown.tab.set_viewport_size({"width": NARROW, "height": 800})
    assert shown.tab.evaluate("document.documentElement.scrollWidth") <= NARROW
