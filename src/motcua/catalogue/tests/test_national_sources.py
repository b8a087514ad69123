"""The real records of July 2026, where they lie beside the repository: each makes a version, none loses a word."""

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from motcua.catalogue.checking import parse
from motcua.catalogue.national.findings import FindingKind as Kind
from motcua.catalogue.national.lines import Line, lines
from motcua.catalogue.national.record import raw_record, read_record
from motcua.catalogue.national.structure import structured
from motcua.catalogue.shapes import LimitUnit
from motcua.kernel.text import nfc

FILE = Path(__file__).parents[4].parent / "shared" / "data" / "catalogue_national.jsonl.gz"
pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="the sources are not beside the repository")
# Read by a table, or said in our words: the level, the channel, and what a page without requirements says.
READ = ("CAPTHUCHIEN", "KENH", "SOBANCHINH", "SOBANSAO")


def told(value, key=""):
    """Every text of a record but those that a table reads."""
    if isinstance(value, str):
        text = nfc(value).replace("\r\n", "\n").replace("\r", "\n").strip()
        yield from [text] if text and key not in READ else []
    elif isinstance(value, list):
        for one in value:
            yield from told(one, key)
    else:
        for name, one in value.items():
            yield from told(one, name)


@pytest.fixture(scope="module")
def made():
    found = []
    for line in lines(FILE):
        assert isinstance(line, Line)
        assert line.text is not None
        raw = raw_record(line.text)
        found.append((raw, structured(read_record(raw))))
    return found


def test_every_record_makes_a_version(made):
    assert len(made) == 2551
    assert len({parse(result.document).code for _, result in made}) == 2551


def test_no_word_is_lost(made):
    lost = []
    for raw, result in made:
        texts = json.dumps(result.document, ensure_ascii=False)
        said = json.dumps([f.text for f in result.findings], ensure_ascii=False)
        for text in told(raw):
            written = json.dumps(text, ensure_ascii=False)[1:-1]
            if written not in texts and written[:180] not in said:
                lost.append((raw["MATTHC"], text[:60]))
    assert lost == []


def test_the_faults_that_are_known_are_found(made):
    kinds = Counter(kind for _, result in made for kind in {f.kind for f in result.findings})
    assert kinds[Kind.STUB] == 16
    assert kinds[Kind.FEE_SMALL] == 78
    assert kinds[Kind.FEE_IN_TEXT] == 47
    assert kinds[Kind.UNIT_BLANK] == 306
    assert kinds[Kind.RESULT_CODE_NONSENSE] == 18
    assert kinds[Kind.NORMALISED] == 544
    assert kinds[Kind.CHANNEL_UNREAD] == 2


def test_no_limit_is_guessed(made):
    for raw, result in made:
        version = parse(result.document)
        rows = {
            (row["THOIGIANGIAIQUYET"], row["DONVITINH"])
            for way in raw["CACHTHUCTHUCHIEN"]
            for row in way["THOIGIAN"]
        }
        for variant in version.variants:
            for channel in variant.channels:
                if channel.limit.unit is not LimitUnit.UNKNOWN:
                    assert any(unit and Decimal(value or 0) == channel.limit.value for value, unit in rows), (
                        version.code
                    )
