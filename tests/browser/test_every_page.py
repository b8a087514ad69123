"""Every page in every state: nothing for axe to find, nothing wider than the narrowest telephone, no complaint."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Opens, Visit
from tests.support.scenes import AT, SCENES, Scene
from tests.support.site import pages_at

AXE = Axe()
NARROW = 320


def labels() -> list[str]:
    """The scenes' names, numbered where a state is shown more than once."""
    names = [scene.name for scene in SCENES]
    return [
        f"{name}-{names[:i].count(name) + 1}" if name in names[:i] else name for i, name in enumerate(names)
    ]


@pytest.mark.parametrize("scene", SCENES, ids=labels())
def test_axe_finds_nothing_and_nothing_overflows(visit: Opens, scene: Scene) -> None:
    with pages_at(AT):
        shown = visit(scene.login)
        shown.play(scene)
        _axe_finds_nothing(shown)
        shown.tab.set_viewport_size({"width": NARROW, "height": 800})
        assert shown.tab.evaluate("document.documentElement.scrollWidth") <= NARROW
        if scene.state == "filled":
            _axe_finds_nothing(shown)


def _axe_finds_nothing(shown: Visit) -> None:
    found = AXE.run(shown.tab).response["violations"]
    assert [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found] == []
