"""Event types: what has landed never changes, and every one comes back from the ledger as it was written.

A changed event gets a new VERSION, and the old one is upcast on reading. For a new type or version, write the
snapshot anew with `MOTCUA_WRITE_SNAPSHOTS=1 pytest tests/test_event_schemas.py`; what stands in it already may
not change.
"""

import json
import os
from pathlib import Path

import pytest
import rfc8785
from hypothesis import HealthCheck, given, settings, strategies as st

from motcua.config.wiring import WIRING
from motcua.kernel.codec import decode, encode
from tests.support.shapes import instances, schema

SNAPSHOT = Path(__file__).parent / "snapshots" / "events.json"
TYPES = sorted(WIRING.events)


def now() -> dict[str, dict[str, str]]:
    return {f"{kind.TYPE} v{kind.VERSION}": schema(kind) for kind in WIRING.events.values()}


def landed() -> dict[str, dict[str, str]]:
    text = SNAPSHOT.read_text(encoding="utf-8") if SNAPSHOT.exists() else "{}"
    read: dict[str, dict[str, str]] = json.loads(text)
    return read


def test_what_has_landed_is_as_it_was():
    current = now()
    changed = {name for name, fields in landed().items() if name in current and current[name] != fields}
    assert not changed, f"raise the VERSION instead of changing {sorted(changed)}"


def test_every_type_stands_in_the_snapshot():
    if os.environ.get("MOTCUA_WRITE_SNAPSHOTS"):
        text = json.dumps(now() | landed(), indent=1, ensure_ascii=False, sort_keys=True)
        SNAPSHOT.write_text(text + "\n", encoding="utf-8")
    missing = sorted(now().keys() - landed().keys())
    assert not missing, f"not in {SNAPSHOT.name}: {missing}; see this file's first lines"


def test_types_are_named_once():
    assert [name for name, kind in WIRING.events.items() if name != kind.TYPE] == []
    assert len({kind.TYPE for kind in WIRING.events.values()}) == len(WIRING.events) == len(TYPES)


@pytest.mark.parametrize("name", TYPES)
@settings(max_examples=15, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_every_event_comes_back_as_it_was_written(name, data):
    kind = WIRING.events[name]
    event = data.draw(instances(kind))
    assert decode(kind, json.loads(rfc8785.dumps(encode(event)))) == event
