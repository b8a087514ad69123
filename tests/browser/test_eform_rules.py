"""The rules of forms give the same in the browser as at the server."""

import json
from typing import Any

import pytest

from motcua.eforms.rules import evaluate
from tests.browser.conftest import Opens
from tests.support.eform_rules import trials

pytestmark = pytest.mark.browser

ALL = """async ([address, told]) => {
  const { evaluate } = await import(address);
  return JSON.stringify(JSON.parse(told).map(([rule, data, item]) => evaluate(rule, data, item)));
}"""


def alike(ours: Any, theirs: Any) -> bool:
    """Whether both are the same value: 1 and 1.0 are one number, true and 1 are not."""
    if isinstance(ours, bool) or isinstance(theirs, bool):
        return ours is theirs
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(alike, ours, theirs))
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(alike(ours[key], theirs[key]) for key in ours)
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return float(ours) == float(
            theirs
        )  # inside a list or object, numbers too large for rules pass through
    return bool(ours == theirs)


def test_twenty_thousand_rules_give_the_same_in_both(visit: Opens) -> None:
    told = trials(20_000)
    page = visit()
    page.go("/")
    address = page.site.url + "/static/motcua/eform_rules.js"
    theirs = json.loads(page.tab.evaluate(ALL, [address, json.dumps(told)]))
    ours = [json.loads(json.dumps(evaluate(*trial))) for trial in told]
    differ = [(trial, a, b) for trial, a, b in zip(told, ours, theirs, strict=True) if not alike(a, b)]
    assert differ[:5] == []
    given = {json.dumps(each) for each in ours}
    assert {"true", "false", "null"} <= given
    assert len(given) > 200
