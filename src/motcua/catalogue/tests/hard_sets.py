"""Ten real procedures with the worst components of the catalogue, and sets of papers that are just enough.

Eight are shipped; 2.002011 (20 variants and 94 rows on its page) and 2.000829 are settled by the province and lie in
`hard/`, keyed in the same way.
"""

import json
from pathlib import Path

from motcua.catalogue.checking import parse
from motcua.catalogue.completeness import Handed, Medium
from motcua.catalogue.shapes import Component, ComponentKind
from motcua.catalogue.starter import procedures
from motcua.catalogue.tests.hard_stories import Story

DOCUMENTS = [
    json.loads(p.read_text(encoding="utf-8")) for p in sorted(Path(__file__).parent.glob("hard/*.json"))
]
VERSIONS = {v.code: v for v in (*procedures(), *map(parse, DOCUMENTS))}
LOOKED_UP = (ComponentKind.DATABASE, ComponentKind.VAULT)


def components(story: Story) -> dict[str, Component]:
    return {c.code: c for c in VERSIONS[story.code].components_of(story.variant)}


def brought(component: Component) -> Handed:
    if component.kind in LOOKED_UP:
        return Handed(component.code, medium=Medium(component.kind.value))
    shown = component.kind is ComponentKind.SHOW_ONLY
    return Handed(component.code, component.originals, component.copies, shown=shown)


def alternatives(story: Story) -> dict[str, list[list[str]]]:
    """Group -> the papers of each of its alternatives."""
    return {group: [a.split("+") for a in text.split()] for group, text in story.one_of.items()}


def enough(story: Story) -> list[str]:
    """A set that is just enough: of each group its last alternative."""
    chosen = [code for ways in alternatives(story).values() for code in ways[-1]]
    return [*story.hand_in.split(), *chosen, *story.show.split(), *story.look_up.split()]
