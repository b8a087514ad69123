"""The vocabulary the demo's people are made of."""

import json
import unicodedata
from importlib.resources import files
from typing import Any

PEOPLE: dict[str, Any] = json.loads(
    (files("motcua.cli") / "data" / "demo_people.json").read_text(encoding="utf-8")
)


def test_enough_names_for_a_fortnight() -> None:
    assert len(PEOPLE["surnames"]) == 32
    assert all(s["weight"] > 0 for s in PEOPLE["surnames"])
    for sex in ("male", "female"):
        assert len(PEOPLE[sex]["middle"]) * len(PEOPLE[sex]["given"]) == 240
        assert len(PEOPLE["whole_names"][sex]) == 8
    assert len(PEOPLE["hamlets"]) == 10


def test_no_word_stands_twice_and_all_are_composed() -> None:
    lists = [[s["surname"] for s in PEOPLE["surnames"]], PEOPLE["hamlets"], PEOPLE["streets"]]
    lists += [PEOPLE[sex][part] for sex in ("male", "female") for part in ("middle", "given")]
    lists += PEOPLE["whole_names"].values()
    for words in lists:
        assert len(set(words)) == len(words)
        assert all(unicodedata.is_normalized("NFC", word) and word == word.strip() for word in words)


def test_names_that_software_trips_over_are_there() -> None:
    """Letters outside the Vietnamese alphabet, typographic apostrophes, a surname that is a whole name."""
    names = "".join(PEOPLE["whole_names"]["male"] + PEOPLE["whole_names"]["female"])
    assert {"ŏ", "Ê", "’", "ă"} <= set(names)
