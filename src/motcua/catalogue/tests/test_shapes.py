"""Reading a version strictly: every fault is told with its place, nothing slips through."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from motcua.catalogue.checking import gaps, parse
from motcua.catalogue.lacks import GapKind, Part
from motcua.catalogue.schedules import parse_schedule
from motcua.catalogue.shapes import Channel, GroundKind, Limit, LimitUnit
from motcua.catalogue.starter import DATA
from motcua.kernel.errors import Invalid

Document = dict[str, Any]


@pytest.fixture
def document() -> Document:
    text = (DATA / "procedures" / "1.004873.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def test_the_show_procedure_is_read_whole(document: Document) -> None:
    version = parse(document)
    assert version.title.vi == "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân"
    assert [v.code for v in version.variants] == ["no_verification", "verification"]
    plain = version.channel("no_verification", Channel.COUNTER)
    assert plain is not None
    assert plain.limit == Limit(LimitUnit.WORKING_DAY, Decimal(3))
    checked = version.channel("verification", Channel.ONLINE)
    assert checked is not None
    assert checked.limit == Limit(LimitUnit.CALENDAR_DAY, Decimal(23))
    assert [r.code for r in version.results] == ["KQ.G15.000038"]
    assert [f.code for f in version.fees_of("verification", Channel.POST)] == ["registration"]
    assert version.components_of("verification")[0].code == "form"


def test_grounds_hold_for_the_variants_they_name(document: Document) -> None:
    version = parse(document)
    (ground, *_others) = version.suspension_grounds("no_verification")
    assert ground.code is GroundKind.VERIFICATION
    assert ground.maximum == Limit(LimitUnit.CALENDAR_DAY, Decimal(20))
    (longer,) = version.extension_grounds("no_verification")
    assert longer.whole == Limit(LimitUnit.CALENDAR_DAY, Decimal(23))
    assert version.suspension_grounds("verification") == ()
    assert version.extension_grounds("verification") == ()


def test_unknown_variant_is_a_key_error_and_closed_channel_is_none() -> None:
    text = (DATA / "procedures" / "2.000884.json").read_text(encoding="utf-8")
    version = parse(json.loads(text))
    assert version.channel("general", Channel.ONLINE) is None
    assert version.fees_of("general", Channel.ONLINE) == ()
    with pytest.raises(KeyError):
        version.variant("nope")


def _set(path: str, value: object) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        at: Any = document
        *parents, last = path.split(".")
        for key in parents:
            at = at[int(key)] if key.isdigit() else at[key]
        at[int(last) if last.isdigit() else last] = value

    return change


def _drop(key: str) -> Callable[[Document], None]:
    return lambda document: document.pop(key)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (_drop("title"), "title"),
        (_set("colour", "red"), "colour"),
        (_set("title.vi", "  "), "title.vi"),
        (_set("title.fr", "titre"), "title.fr"),
        (_set("levels", "commune"), "levels"),
        (_set("levels", ["village"]), "levels[0]"),
        (_set("sets", "1"), "sets"),
        (_set("sets", True), "sets"),
        (_set("decision.issued_on", "01/07/2026"), "decision.issued_on"),
        (_set("components.0.originals", -1), "components[0]"),
        (_set("components.0.originals", 0), "components[0]"),
        (_set("components.0.kind", "maybe"), "components[0].kind"),
        (_set("components.0.group", "g"), "components[0].group"),
        (_set("components.0.when", {"question": "reissue"}), "components[0].when"),
        (_set("components.0.name.vi", "a" * 201), "components[0].name.vi"),
        (_set("components.2.when", None), "components[2].when"),
        (_set("components.2.when.question", "nobody_asks"), "components[2].when"),
        (_set("components.2.when.answers", ["perhaps"]), "components[2].when"),
        (_set("components.2.when.also", [{"question": "nobody_asks"}]), "components[2].when"),
        (
            _set("components.2.when.also", [{"question": "delegated", "answers": ["maybe"]}]),
            "components[2].when",
        ),
        (_set("components.2.when.also", {"question": "delegated"}), "components[2].when.also"),
        (_set("components.0.alternative", "both"), "components[0].alternative"),
        (_set("components.0.applicants", ["ghost"]), "components[0].applicants[0]"),
        (_set("search_words", ["độc thân", "ĐỘC  THÂN"]), "search_words"),
        (_set("search_words", ["độc|thân"]), "search_words[0]"),
        (_set("components.1.code", "form"), "components"),
        (_set("legal_basis", ["52/2014/QH13", "52/2014/QH13"]), "legal_basis"),
        (_set("variants.0.components", ["form", "ghost"]), "variants[0].components"),
        (_set("variants.0.components", ["note_foreign"]), "variants[0].channels[0]"),
        (_set("variants.0.channels.0.fees", ["ghost"]), "variants[0].channels[0].fees"),
        (_set("variants.0.channels.1.channel", "counter"), "variants[0].channels"),
        (_set("variants.0.channels.0.limit", {"unit": "fortnight"}), "variants[0].channels[0].limit.unit"),
        (_set("variants.0.channels.0.limit.value", "0.5"), "variants[0].channels[0].limit.value"),
        (_set("variants.0.channels.0.limit.value", 3.0), "variants[0].channels[0].limit.value"),
        (_set("variants.0.channels.0.limit.value", "NaN"), "variants[0].channels[0].limit.value"),
        (_set("variants.0.channels.0.limit.value", "0"), "variants[0].channels[0].limit.value"),
        (_set("variants.0.channels.0.limit.unit", "same_day"), "variants[0].channels[0].limit.value"),
        (_set("grounds.extension.0.variants", ["ghost"]), "grounds.extension[0].variants"),
        (_set("grounds.suspension.0.maximum.value", "2.5"), "grounds.suspension[0].maximum.value"),
        (_set("fees.0.set_by", "law"), "fees[0].amounts"),
        (_set("fees.0.amounts", [{"value": -1}]), "fees[0].amounts[0]"),
        (
            _set("fees.0.amounts", [{"value": 1, "tiers": [{"start": 1, "value": 1}]}]),
            "fees[0].amounts[0].tiers",
        ),
        (_set("fees.0.exemptions.0.percent", 101), "fees[0].exemptions[0].percent"),
    ],
)
def test_a_fault_is_refused_with_its_place(
    document: Document, change: Callable[[Document], None], field: str
) -> None:
    change(document)
    with pytest.raises(Invalid) as refused:
        parse(document)
    assert refused.value.field == field
    assert refused.value.vi.startswith(f"{field}: ")
    assert refused.value.en.startswith(f"{field}: ")


def test_a_document_that_is_no_object_is_refused() -> None:
    with pytest.raises(Invalid, match="cần một đối tượng JSON"):
        parse([])  # type: ignore[arg-type]


def test_texts_come_out_composed(document: Document) -> None:
    document["title"]["vi"] = "Thủ tục".replace("ủ", "u\u0309")
    assert parse(document).title.vi == "Thủ tục"


def test_the_eight_parts_are_asked_for(document: Document) -> None:
    """ND 63/2010 art. 8(2)."""
    document |= {"order": [], "audience": [], "results": [], "requirement_gaps": []}
    document["decision"]["issued_on"] = "2026-01-20"
    assert [(g.kind, g.part) for g in gaps(parse(document))] == [
        (GapKind.MISSING, Part.ORDER),
        (GapKind.MISSING, Part.SUBJECT),
        (GapKind.MISSING, Part.RESULT),
    ]


def test_a_version_without_ways_dossier_and_limit_tells_all_three(document: Document) -> None:
    document |= {"variants": [], "components": [], "grounds": {}, "requirement_gaps": []}
    document["sets"] = None
    missing = [g.where for g in gaps(parse(document)) if g.kind is GapKind.MISSING]
    assert missing == ["variants", "components", "sets", "variants", "decision.issued_on"]


def test_a_version_published_before_these_words_were_known_reads_as_it_did(document: Document) -> None:
    """Published bodies are never rewritten: what they do not say has a default that changes nothing."""
    for key in ("search_words",):
        document.pop(key)
    version = parse(document)
    assert version.search_words == ()
    assert all(c.applicants == () and c.alternative is None for c in version.components)
    assert all(c.when.also == () for c in version.components if c.when)


def test_gaps_of_the_version_follow_those_found(document: Document) -> None:
    found = gaps(parse(document))
    assert found[0].where == "decision.issued_on"
    unit = found[1]
    assert (unit.kind, unit.part, unit.where) == (GapKind.UNVERIFIED, Part.LIMIT, "variants.no_verification")
    assert unit.sources == ("163/QĐ-BTP", "QT 33/CX-HCTP (07/07/2025)")


@pytest.mark.parametrize(
    ("fees", "field"),
    [
        ([{"procedure": "1", "rule": "r", "amounts": []}], "fees[0].amounts"),
        ([{"procedure": "1", "rule": "r", "amounts": [{"value": 1}]}] * 2, "fees[1]"),
        ([{"procedure": "1", "rule": "r", "amounts": [{"value": 1, "cap": -1}]}], "fees[0].amounts[0]"),
    ],
)
def test_a_schedule_is_read_strictly(fees: list[Document], field: str) -> None:
    document = {"agency": "H99", "basis": "NQ 1", "valid_from": "2026-01-01", "fees": fees}
    with pytest.raises(Invalid) as refused:
        parse_schedule(document)
    assert refused.value.field == field


@pytest.mark.parametrize("value", ["1e9", "1e99999999", "1_0", "１２", "NaN", "1565", 10**20])
def test_a_number_nobody_can_mean_is_refused_before_anything_counts_with_it(
    document: Document, value: str | int
) -> None:
    document["variants"][0]["channels"][0]["limit"] = {"unit": "week", "value": "1564"}
    parse(document)
    document["variants"][0]["channels"][0]["limit"]["value"] = value
    with pytest.raises(Invalid, match="limit"):
        parse(document)


def test_an_amount_beyond_all_sums_is_refused(document: Document) -> None:
    document["sets"] = 2**60
    with pytest.raises(Invalid, match="sets"):
        parse(document)
