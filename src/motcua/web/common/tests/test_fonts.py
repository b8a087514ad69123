"""Codes have bounds, fonts have every letter, and what the catalogue says can be printed."""

import json
from pathlib import Path

import pytest

from motcua.web.common import fonts
from motcua.web.common.codes import code128_svg, qr_svg
from motcua.web.common.fonts import find_families, unprintable


@pytest.mark.parametrize("text", ["", "x" * 501])
def test_a_qr_symbol_has_bounds(text: str) -> None:
    with pytest.raises(ValueError, match="1 to 500 letters"):
        qr_svg(text)


@pytest.mark.parametrize("text", ["", "Đ1", "x" * 49])
def test_code_128_has_bounds(text: str) -> None:
    with pytest.raises(ValueError, match="1 to 48 ASCII letters"):
        code128_svg(text)


def test_a_family_counts_only_with_all_four_faces_and_all_letters(tmp_path: Path) -> None:
    upright, slanted = (str(path) for path in reversed(fonts.noto_serif().paths))
    for name in ("Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf"):
        (tmp_path / name).symlink_to(upright)
    assert find_families([tmp_path]) == []
    (tmp_path / "Tinos-BoldItalic.ttf").symlink_to(slanted)
    assert [font.family for font in find_families([tmp_path, tmp_path / "absent"])] == ["Tinos"]


SHARED = Path(__file__).resolve().parents[6] / "shared" / "data" / "procedures_starter.json"


@pytest.mark.skipif(not SHARED.exists(), reason="the study's data is not beside this repository")
def test_every_name_of_the_starter_procedures_can_be_printed():
    raw = json.loads(SHARED.read_text(encoding="utf-8"))
    texts: list[str] = []

    def collect(value: object) -> None:
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, dict | list):
            for inner in value.values() if isinstance(value, dict) else value:
                collect(inner)

    collect(raw)
    lines = [line for text in texts for line in text.splitlines()]
    assert len(lines) > 500
    assert {
        line: unprintable(line.replace("\t", " ")) for line in lines if unprintable(line.replace("\t", " "))
    } == {}
