"""What a decision makes of a record, and when it still speaks about one whose words or places changed."""

import uuid

import pytest
from hypothesis import given, strategies as st

from motcua.catalogue.checking import parse
from motcua.catalogue.national.decisions import Decision, settle, words_of
from motcua.catalogue.national.findings import FindingKind as Kind
from motcua.catalogue.national.fitting import fitted, made_with
from motcua.catalogue.national.record import read_record
from motcua.catalogue.national.structure import structured
from motcua.catalogue.national.values import RULES, value_of
from motcua.catalogue.shapes import ComponentKind, FeeUnit, LimitUnit, SetBy
from motcua.catalogue.tests.test_national_structure import WHOLE, papers, times
from motcua.kernel.errors import Invalid

FEE = {
    "means": "thousands",
    "nature": "le_phi",
    "unit": "request",
    "basis": "TT 1/2026",
    "name": "Lệ phí mẫu",
}


def record(**changes):
    return read_record({**WHOLE, **changes})


def decided(of, kind, where, value):
    return Decision(uuid.uuid4(), kind, where, words_of(of, kind, where) or (), value)


def made(of, *decisions):
    found = structured(of, decisions)
    return parse(found.document), found


def open_kinds(found):
    return [(f.kind, f.where) for f in found.open]


TIME = "CACHTHUCTHUCHIEN[0].THOIGIAN[0]"


@pytest.mark.parametrize(
    ("stated", "kind", "value", "limit"),
    [
        (("5", "", ""), Kind.UNIT_BLANK, {"unit": "working_day"}, (LimitUnit.WORKING_DAY, 5)),
        (("5", "", ""), Kind.UNIT_BLANK, {"unit": "same_day"}, (LimitUnit.SAME_DAY, None)),
        (("0", "Ngày", ""), Kind.LIMIT_ZERO, {"unit": "none"}, (LimitUnit.NONE, None)),
        (("0", "Ngày", ""), Kind.LIMIT_ZERO, {"unit": "hour", "value": "4"}, (LimitUnit.HOUR, 4)),
        (("0.5", "Ngày", ""), Kind.LIMIT_UNCOUNTABLE, {"unit": "working_hour", "value": "4"},
         (LimitUnit.WORKING_HOUR, 4)),
        (("", "", "Ngay"), Kind.LIMIT_MISSING, {"unit": "month", "value": "2"}, (LimitUnit.MONTH, 2)),
    ],
)  # fmt: skip
def test_a_limit_is_what_was_decided(stated, kind, value, limit):
    of = record(**times((*stated, [])))
    version, found = made(of, decided(of, kind, TIME, value))
    (channel,) = version.variants[0].channels
    assert (channel.limit.unit, channel.limit.value) == limit
    assert open_kinds(found) == []
    assert found.document["announced"]["decided"] == ["limit"]


def fee(amount, currency, text):
    return {"MAPHILEPHI": "", "SOTIEN": amount, "DONVI": currency, "MOTA": text}


@pytest.mark.parametrize(
    ("stated", "kind", "means", "amounts"),
    [
        (("20", "VNĐ", "20.000 vnđ"), Kind.FEE_SMALL, {"means": "thousands"}, [20000]),
        (("0", "", "Lệ phí 8.000 đồng"), Kind.FEE_IN_TEXT, {"means": "amount", "amount": 8000}, [8000]),
        (("0", "", "không"), Kind.FEE_WORDS, {"means": "free"}, [0]),
        (("", "", "theo quy định"), Kind.FEE_UNREAD, {"means": "province"}, []),
        (("50000", "", ""), Kind.FEE_CURRENCY, {"means": "as_stated"}, [50000]),
    ],
)
def test_a_fee_is_a_rule_on_every_channel_it_stands_alike(stated, kind, means, amounts):
    row = {"THOIGIANGIAIQUYET": "3", "DONVITINH": "Ngày", "MOTA": "", "PHILEPHI": [fee(*stated)]}
    of = record(CACHTHUCTHUCHIEN=[{"KENH": k, "THOIGIAN": [row]} for k in ("1", "2")])
    version, found = made(of, decided(of, kind, f"{TIME}.PHILEPHI[0]", FEE | means))
    (rule,) = version.fees
    assert [a.value for a in rule.amounts] == amounts
    assert (rule.set_by is SetBy.PROVINCIAL_COUNCIL) == (means["means"] == "province")
    assert rule.unit is FeeUnit.REQUEST
    channels = version.variants[0].channels
    assert [channel.fees for channel in channels] == [("f1",), ("f1",)]
    assert [time.fees for channel in channels for time in channel.announced] == [(), ()]
    assert open_kinds(found) == []


def test_what_no_amount_can_be_made_of_is_refused_at_its_field():
    for stated, kind in ((("", "", "tùy"), Kind.FEE_UNREAD), (("50", "USD", ""), Kind.FEE_CURRENCY)):
        row = {"THOIGIANGIAIQUYET": "3", "DONVITINH": "Ngày", "MOTA": "", "PHILEPHI": [fee(*stated)]}
        of = record(CACHTHUCTHUCHIEN=[{"KENH": "1", "THOIGIAN": [row]}])
        for means in ("as_stated", "thousands"):
            with pytest.raises(Invalid) as refused:
                made(of, decided(of, kind, f"{TIME}.PHILEPHI[0]", FEE | {"means": means}))
            assert refused.value.field == "means"


def two_limits(channel="1"):
    return times(("3", "Ngày", "không xác minh", []), ("20", "Ngày", "có xác minh", []), channel=channel)


ROWS = {
    "rows": [
        {"label": "Không xác minh", "unit": "working_day", "value": "3"},
        {"label": "Có xác minh", "unit": "calendar_day"},
    ]
}


def test_limits_of_one_channel_are_variants_and_a_channel_with_one_limit_is_in_each():
    ways = two_limits()["CACHTHUCTHUCHIEN"] + times(("5", "Ngày", "", []), channel="2")["CACHTHUCTHUCHIEN"]
    of = record(CACHTHUCTHUCHIEN=ways)
    version, found = made(of, decided(of, Kind.LIMITS_DIFFER, "CACHTHUCTHUCHIEN[0]", ROWS))
    told = {
        v.code: [(c.channel.value, c.limit.unit.value, c.limit.value) for c in v.channels]
        for v in version.variants
    }
    assert told == {
        "khong_xac_minh": [("counter", "working_day", 3), ("online", "calendar_day", 5)],
        "co_xac_minh": [("counter", "calendar_day", 20), ("online", "calendar_day", 5)],
    }
    assert [v.components for v in version.variants] == [("p1",), ("p1",)]
    assert open_kinds(found) == []


def groups(*headings):
    one = {"TENGIAYTO": "", "SOBANCHINH": "1", "SOBANSAO": "0", "TENMAUDON": ""}
    return {
        "THANHPHANHOSO": [
            {"TRUONGHOP": heading, "GIAYTO": [{**one, "TENGIAYTO": f"Giấy {n}"}]}
            for n, heading in enumerate(headings)
        ]
    }


GROUPS = {
    "groups": [
        {"means": "common"},
        {"means": "variant", "label": "Có xác minh"},
        {"means": "show"},
        {"means": "note"},
    ]
}


def test_groups_of_papers_are_of_all_of_a_variant_or_only_shown():
    of = record(**groups("Chung", "Nếu xác minh", "Xuất trình", "Ghi chú"))
    version, found = made(of, decided(of, Kind.PAPERS_GROUPED, "THANHPHANHOSO", GROUPS))
    assert [c.kind for c in version.components] == [
        ComponentKind.REQUIRED,
        ComponentKind.REQUIRED,
        ComponentKind.SHOW_ONLY,
        ComponentKind.NOTE,
    ]
    (variant,) = version.variants
    assert (variant.label.vi, variant.components) == ("Có xác minh", ("p1", "p2", "p3", "p4"))
    assert open_kinds(found) == []


def test_limits_and_groups_that_both_name_variants_use_the_same_names():
    of = record(**two_limits(), **groups("Chung", "Nếu xác minh", "Xuất trình", "Ghi chú"))
    limits = decided(of, Kind.LIMITS_DIFFER, "CACHTHUCTHUCHIEN[0]", ROWS)
    version, _ = made(of, limits, decided(of, Kind.PAPERS_GROUPED, "THANHPHANHOSO", GROUPS))
    assert {v.code: v.components for v in version.variants} == {
        "khong_xac_minh": ("p1", "p3", "p4"),
        "co_xac_minh": ("p1", "p2", "p3", "p4"),
    }
    other = {"groups": [GROUPS["groups"][0], {"means": "variant", "label": "Khác"}, *GROUPS["groups"][2:]]}
    with pytest.raises(Invalid, match="Không xác minh, Có xác minh"):
        made(of, limits, decided(of, Kind.PAPERS_GROUPED, "THANHPHANHOSO", other))


PARTS = {
    "parts": [
        {"name": "Căn cước", "kind": "one_of", "group": "Giấy tờ tùy thân", "copies": 1},
        {"name": "Hộ chiếu", "kind": "one_of", "group": "Giấy tờ tùy thân", "copies": 1},
        {"name": "Giấy ủy quyền", "kind": "required_if", "asked": "Có người đi thay không?", "originals": 1},
        {"name": "Sổ hộ khẩu cũ", "kind": "database"},
    ]
}


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (("Căn cước/Hộ chiếu, ủy quyền (nếu có)", "0", "1"), Kind.PAPERS_CONDITIONAL),
        (("Căn cước, hộ chiếu", "", ""), Kind.PAPER_UNCOUNTED),
        (("", "1", "0"), Kind.PAPER_NAMELESS),
    ],
)
def test_an_announced_paper_is_split_into_what_it_is(row, kind):
    of = record(**papers(row))
    version, found = made(of, decided(of, kind, "THANHPHANHOSO[0].GIAYTO[0]", PARTS))
    assert [(c.code, c.name.vi, c.kind.value, c.originals, c.copies) for c in version.components] == [
        ("p1_1", "Căn cước", "one_of", 0, 1),
        ("p1_2", "Hộ chiếu", "one_of", 0, 1),
        ("p1_3", "Giấy ủy quyền", "required_if", 1, 0),
        ("p1_4", "Sổ hộ khẩu cũ", "database", 0, 0),
    ]
    assert version.components[0].group == version.components[1].group
    assert [q.text.vi for q in version.questions] == ["Có người đi thay không?"]
    assert version.components[2].when.question == version.questions[0].code
    assert open_kinds(found) == []


def test_a_paper_with_two_doubts_is_decided_once():
    of = record(**papers(("", "", "")))
    _, found = made(of, decided(of, Kind.PAPER_UNCOUNTED, "THANHPHANHOSO[0].GIAYTO[0]", PARTS))
    assert open_kinds(found) == []


@pytest.mark.parametrize(
    ("changes", "kind", "where", "value", "told"),
    [
        ({"KETQUATHUCHIEN": [{"MAKETQUA": "dsfas", "TENKETQUA": "Giấy"}]},
         Kind.RESULT_CODE_NONSENSE, "KETQUATHUCHIEN[0]",
         {"code": "KQ.G15.000031"}, lambda v: v.result_codes == ("KQ.G15.000031",)),
        ({"KETQUATHUCHIEN": []}, Kind.RESULT_MISSING, "KETQUATHUCHIEN", {"name": "Giấy phép"},
         lambda v: v.results[0].name.vi == "Giấy phép"),
        ({"CAPTHUCHIEN": ["Cấp Trời"]}, Kind.LEVEL_UNKNOWN, "CAPTHUCHIEN[0]", {"level": "province"},
         lambda v: v.levels == ("province",)),
        ({"DOITUONGTHUCHIEN": []}, Kind.SUBJECT_MISSING, "DOITUONGTHUCHIEN", {"audience": ["citizen"]},
         lambda v: v.audience == ("citizen",)),
        ({"COQUANTHUCHIEN": []}, Kind.AGENCY_MISSING, "COQUANTHUCHIEN", {"text": "Sở Mẫu"},
         lambda v: v.agency.vi == "Sở Mẫu"),
        ({"SOQUYETDINH": ""}, Kind.DECISION_MISSING, "SOQUYETDINH", {"number": "9/QĐ", "issued_on": "2026-01-05"},
         lambda v: (v.decision.number, v.decision.issued_on.day) == ("9/QĐ", 5)),
        ({"TRINHTUTHUCHIEN": []}, Kind.ORDER_MISSING, "TRINHTUTHUCHIEN", {"lines": ["Nộp", "Nhận"]},
         lambda v: [s.vi for s in v.order] == ["Nộp", "Nhận"]),
        ({"CACHTHUCTHUCHIEN": []}, Kind.LIMIT_MISSING, "CACHTHUCTHUCHIEN",
         {"unit": "working_day", "value": "3", "channels": ["counter", "post"]},
         lambda v: [c.channel.value for c in v.variants[0].channels] == ["counter", "post"]),
        ({"THANHPHANHOSO": []}, Kind.PAPERS_MISSING, "THANHPHANHOSO", PARTS, lambda v: len(v.components) == 4),
        (times(("3", "Ngày", "", []), channel=""), Kind.CHANNEL_UNREAD, "CACHTHUCTHUCHIEN[0]", {"channel": "online"},
         lambda v: v.variants[0].channels[0].channel == "online"),
    ],
)  # fmt: skip
def test_what_is_missing_or_strange_is_what_was_decided(changes, kind, where, value, told):
    of = record(**changes)
    version, found = made(of, decided(of, kind, where, value))
    assert told(version)
    assert open_kinds(found) == []


@pytest.mark.parametrize("kind", RULES)
def test_what_is_left_as_announced_changes_nothing(kind):
    row = [{"MAKETQUA": "dsfas", "TENKETQUA": "x"}]
    of = record(
        **times(("5", "", "", [fee("20", "VNĐ", "x")])), KETQUATHUCHIEN=row, SOQUYETDINH="", COQUANTHUCHIEN=[]
    )
    assert value_of(kind, {}) is None
    plain = structured(of)
    found = next((f for f in plain.findings if f.kind is kind), None)
    if found is None:
        return
    seen = structured(of, [decided(of, kind, found.where, {})])
    assert seen.document == plain.document
    assert (found.kind, found.where) not in open_kinds(seen)


def blank(*rows):
    return [
        {"KENH": k, "THOIGIAN": [{"THOIGIANGIAIQUYET": v, "DONVITINH": u, "MOTA": m, "PHILEPHI": []}]}
        for k, v, u, m in rows
    ]


def settled(before, after, where):
    first = record(CACHTHUCTHUCHIEN=blank(*before))
    one = decided(first, Kind.UNIT_BLANK, where, {"unit": "week"})
    return [place for _, place in settle(record(CACHTHUCTHUCHIEN=blank(*after)), [one])]


def test_a_decision_holds_where_its_words_stand():
    same = [("1", "5", "", "x")]
    assert settled(same, same, TIME) == [TIME]
    assert settled(same, [("2", "7", "", ""), *same], TIME) == ["CACHTHUCTHUCHIEN[1].THOIGIAN[0]"], "moved"
    assert settled(same, [("2", "7", "", ""), *same, *same], TIME) == [], "not at one place only"
    for changed in (("1", "6", "", "x"), ("1", "5", "Ngày", "x"), ("1", "5", "", "y"), ("2", "5", "", "x")):
        assert settled(same, [changed], TIME) == [], changed


def test_a_fee_that_changes_does_not_open_a_question_of_time():
    of = record(**times(("5", "", "", [fee("20", "VNĐ", "a")])))
    one = decided(of, Kind.UNIT_BLANK, TIME, {"unit": "week"})
    other = record(**times(("5", "", "", [fee("30", "VNĐ", "b")])))
    assert list(settle(other, [one])) == [(Kind.UNIT_BLANK, TIME)]


def test_decisions_that_no_longer_go_together_leave_the_later_finding_open():
    of = record(**two_limits(), **groups("Chung", "Nếu xác minh", "Xuất trình", "Ghi chú"))
    limits = decided(of, Kind.LIMITS_DIFFER, "CACHTHUCTHUCHIEN[0]", ROWS)
    other = {"groups": [GROUPS["groups"][0], {"means": "variant", "label": "Khác"}, *GROUPS["groups"][2:]]}
    found, version = fitted(of, [limits, decided(of, Kind.PAPERS_GROUPED, "THANHPHANHOSO", other)])
    assert [v.label.vi for v in version.variants] == ["Không xác minh", "Có xác minh"]
    assert open_kinds(found) == [(Kind.PAPERS_GROUPED, "THANHPHANHOSO")]


@given(
    st.lists(
        st.sampled_from([("1", "5", "", "x"), ("2", "5", "", "x"), ("3", "5", "", "x"), ("1", "6", "", "")]),
        unique=True,
        min_size=1,
    )
)
def test_a_decision_never_speaks_about_other_words(rows):
    first = record(CACHTHUCTHUCHIEN=blank(("1", "5", "", "x")))
    one = decided(first, Kind.UNIT_BLANK, TIME, {"unit": "week"})
    after = record(CACHTHUCTHUCHIEN=blank(*rows))
    for (kind, where), decision in settle(after, [one]).items():
        assert words_of(after, kind, where) == decision.words
    assert bool(settle(after, [one])) == (("1", "5", "", "x") in rows)
    assert made_with(after, [one])
