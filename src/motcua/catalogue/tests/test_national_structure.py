"""From the national record to our shape: certain where it is, in its own words where not, and nothing is lost."""

import dataclasses
import json
import typing

import pytest
from hypothesis import given, strategies as st

from motcua.catalogue.checking import parse
from motcua.catalogue.national.findings import FINDINGS, FindingKind as Kind
from motcua.catalogue.national.record import KEYS, Record, raw_record, read_record
from motcua.catalogue.national.structure import structured
from motcua.catalogue.shapes import ComponentKind, LimitUnit
from motcua.kernel.errors import Invalid

WHOLE = {
    "MATTHC": "9.000001",
    "TENTTHC": "Cấp giấy mẫu",
    "COQUANCONGBO": "Bộ Mẫu",
    "LINHVUCTHUCHIEN": [{"MALINHVUC": "", "TENLINHVUC": "Mẫu"}],
    "CAPTHUCHIEN": ["Cấp Xã"],
    "COQUANTHUCHIEN": [{"MADONVI": "", "TENDONVI": "Ủy ban nhân dân cấp xã"}],
    "TRINHTUTHUCHIEN": [{"TRUONGHOP": "", "TRINHTU": [{"TENTRINHTU": "Bước 1: nộp hồ sơ"}]}],
    "CACHTHUCTHUCHIEN": [
        {
            "KENH": "1",
            "THOIGIAN": [
                {"THOIGIANGIAIQUYET": "3", "DONVITINH": "Ngày làm việc", "MOTA": "", "PHILEPHI": []}
            ],
        }
    ],
    "THANHPHANHOSO": [
        {
            "TRUONGHOP": "",
            "GIAYTO": [{"TENGIAYTO": "Tờ khai", "SOBANCHINH": "1", "SOBANSAO": "0", "TENMAUDON": "mau.doc"}],
        }
    ],
    "DOITUONGTHUCHIEN": ["Công dân Việt Nam", "Đảng viên"],
    "KETQUATHUCHIEN": [{"MAKETQUA": "KQ.G15.000031", "TENKETQUA": "Giấy mẫu"}],
    "CANCUPHAPLY": [{"SOVANBAN": "60/2014/QH13", "TENVANBAN": "Luật 60/2014/QH13"}],
    "SOQUYETDINH": "1/QĐ-BM",
}


def made(**changes):
    record = structured(read_record({**WHOLE, **changes}))
    return parse(record.document), [(f.kind, f.where) for f in record.findings], record


def times(*rows, channel="1"):
    made_rows = [
        {"THOIGIANGIAIQUYET": value, "DONVITINH": unit, "MOTA": text, "PHILEPHI": fees}
        for value, unit, text, fees in rows
    ]
    return {"CACHTHUCTHUCHIEN": [{"KENH": channel, "THOIGIAN": made_rows}]}


def papers(*rows, heading=""):
    listed = [
        {"TENGIAYTO": name, "SOBANCHINH": originals, "SOBANSAO": copies, "TENMAUDON": ""}
        for name, originals, copies in rows
    ]
    return {"THANHPHANHOSO": [{"TRUONGHOP": heading, "GIAYTO": listed}]}


def test_what_is_certain_is_structured_and_nothing_is_found():
    version, found, _ = made()
    assert found == []
    (variant,) = version.variants
    assert [(c.channel.value, c.limit.unit, c.limit.value) for c in variant.channels] == [
        ("counter", LimitUnit.WORKING_DAY, 3)
    ]
    assert [(c.kind, c.originals, c.copies, c.form.vi) for c in version.components] == [
        (ComponentKind.REQUIRED, 1, 0, "mau.doc")
    ]
    assert version.result_codes == ("KQ.G15.000031",)
    assert [level.value for level in version.levels] == ["commune"]
    assert ([a.value for a in version.audience], version.announced.subjects) == (
        ["citizen"],
        ("Công dân Việt Nam", "Đảng viên"),
    )
    assert version.legal_basis == ("Luật 60/2014/QH13",)


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ([("5", "", "", [])], Kind.UNIT_BLANK),
        ([("0", "Ngày", "", [])], Kind.LIMIT_ZERO),
        ([("1.5", "Ngày làm việc", "", [])], Kind.LIMIT_UNCOUNTABLE),
        ([("", "", "Theo quy định", [])], Kind.LIMIT_MISSING),
        ([("3", "Ngày", "Không xác minh", []), ("8", "Ngày", "Có xác minh", [])], Kind.LIMITS_DIFFER),
    ],
)
def test_a_limit_that_is_not_certain_stays_unknown(rows, kind):
    version, found, _ = made(**times(*rows))
    assert kind in [k for k, _ in found]
    channel = version.variants[0].channels[0]
    assert channel.limit.unit is LimitUnit.UNKNOWN
    assert [(t.value or "", t.unit or "", t.text or "") for t in channel.announced] == [r[:3] for r in rows]


def test_half_an_hour_can_be_counted():
    version, found, _ = made(**times(("0.5", "Giờ", "", [])))
    assert (found, version.variants[0].channels[0].limit.unit) == ([], LimitUnit.HOUR)


@pytest.mark.parametrize(
    ("amount", "currency", "text", "kind"),
    [
        ("0", "", "", None),
        ("50000", "VNĐ", "Lệ phí", None),
        ("50000", "Việt Nam Đồng", "", None),
        ("20", "VNĐ", "20.000 vnđ/tờ khai", Kind.FEE_SMALL),
        ("0", "", "Lệ phí 8.000 đồng/bản", Kind.FEE_IN_TEXT),
        ("0", "", "Mức thu 1.200.000", Kind.FEE_IN_TEXT),
        ("0", "", "0,1% giá trị", Kind.FEE_IN_TEXT),
        ("0", "", "Theo nghị quyết của Hội đồng nhân dân", Kind.FEE_WORDS),
        ("0", "", "Không có", Kind.FEE_WORDS),
        ("", "", "125 VNĐ", Kind.FEE_UNREAD),
        ("100", "USD", "", Kind.FEE_CURRENCY),
        ("50000", "", "", Kind.FEE_CURRENCY),
    ],
)
def test_fees_stay_in_words_and_doubtful_ones_are_found(amount, currency, text, kind):
    fee = {"MAPHILEPHI": "", "SOTIEN": amount, "DONVI": currency, "MOTA": text}
    version, found, _ = made(**times(("3", "Ngày", "", [fee, fee])))
    assert [k for k, _ in found] == ([kind] if kind else [])
    assert version.fees == (), "no sum is ever reckoned from an announcement"
    told = version.variants[0].channels[0].announced[0].fees[0]
    assert (told.amount or "", told.currency or "", told.text or "") == (amount, currency, text)


@pytest.mark.parametrize(
    ("name", "originals", "copies", "kind", "found"),
    [
        ("Đơn đề nghị", "1", "0", ComponentKind.REQUIRED, []),
        ("Đơn đề nghị (nếu có)", "1", "0", ComponentKind.ANNOUNCED, [Kind.PAPERS_CONDITIONAL]),
        ("Hộ chiếu hoặc căn cước", "1", "0", ComponentKind.ANNOUNCED, [Kind.PAPERS_CONDITIONAL]),
        ("Hộ chiếu/Căn cước", "0", "1", ComponentKind.ANNOUNCED, [Kind.PAPERS_CONDITIONAL]),
        ("* Lưu ý: mang bản chính", "0", "0", ComponentKind.NOTE, []),
        ("Ảnh", "0", "0", ComponentKind.ANNOUNCED, [Kind.PAPERS_CONDITIONAL]),
        ("Ảnh", "", "1", ComponentKind.ANNOUNCED, [Kind.PAPER_UNCOUNTED]),
        ("", "1", "0", ComponentKind.ANNOUNCED, [Kind.PAPER_NAMELESS]),
        ("G" * 201, "1", "0", ComponentKind.ANNOUNCED, [Kind.PAPERS_CONDITIONAL]),
    ],
)
def test_only_what_is_plainly_asked_for_is_required(name, originals, copies, kind, found):
    version, kinds, _ = made(**papers((name, originals, copies)))
    assert version.components[0].kind is kind
    assert [k for k, _ in kinds] == found


def test_groups_wait_for_a_person():
    one = papers(("Hộ chiếu", "1", "0"), heading="* Giấy tờ phải xuất trình:")["THANHPHANHOSO"]
    two = papers(("Tờ khai", "1", "0"), heading="* Giấy tờ phải nộp:")["THANHPHANHOSO"]
    version, found, _ = made(THANHPHANHOSO=[*one, *two])
    assert [k for k, _ in found] == [Kind.PAPERS_GROUPED]
    assert [(c.kind, c.heading) for c in version.components] == [
        (ComponentKind.ANNOUNCED, "* Giấy tờ phải xuất trình:"),
        (ComponentKind.ANNOUNCED, "* Giấy tờ phải nộp:"),
    ]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("KQ.G15.000031", None),
        ("", Kind.RESULT_UNCODED),
        ("000.00.00.G15-KQ0012", Kind.RESULT_CODE_OTHER),
        ("KQ-G15.000031", Kind.RESULT_CODE_OTHER),
        ("dsfas", Kind.RESULT_CODE_NONSENSE),
        ("1231", Kind.RESULT_CODE_NONSENSE),
        ("Chưa xác định", Kind.RESULT_CODE_NONSENSE),
    ],
)
def test_codes_of_results(code, kind):
    version, found, _ = made(KETQUATHUCHIEN=[{"MAKETQUA": code, "TENKETQUA": "Giấy mẫu"}])
    assert [k for k, _ in found] == ([kind] if kind else [])
    assert version.results[0].code == (None if kind else code)


def test_one_code_for_two_results_is_the_first_ones():
    twice = [{"MAKETQUA": "KQ.G15.000031", "TENKETQUA": name} for name in ("Một", "Hai")]
    version, found, _ = made(KETQUATHUCHIEN=twice)
    assert [(r.code, r.name.vi) for r in version.results] == [("KQ.G15.000031", "Một"), (None, "Hai")]
    assert [k for k, _ in found] == [Kind.RESULT_CODE_DOUBLED]


def test_a_stub_stays_a_stub():
    only = {k: v for k, v in WHOLE.items() if k in ("MATTHC", "TENTTHC", "LINHVUCTHUCHIEN")}
    record = structured(read_record(only))
    version = parse(record.document)
    assert [f.kind for f in record.findings] == [Kind.STUB]
    assert (version.variants, version.components, version.agency, version.decision.number) == (
        (),
        (),
        None,
        None,
    )


def test_texts_are_kept_as_letters():
    version, found, _ = made(
        TENTTHC="Cấp <script>alert(1)</script> giâ\u0301y\x00 mẫu",
        YEUCAU="Không có thông tinTừ khóaKhông có thông tin",
    )
    assert version.title.vi == "Cấp <script>alert(1)</script> giấy mẫu"
    assert [k for k, _ in found] == [Kind.PAGE_NOISE, Kind.MARKUP, Kind.NORMALISED, Kind.INVISIBLE]
    assert version.conditions == ()


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("{", "(root)"),
        ("[1]", "(root)"),
        ('{"MATTHC": "x", "TENTTHC": "y"}', "MATTHC"),
        ('{"MATTHC": "1.000001", "TENTTHC": " "}', "TENTTHC"),
        ('{"MATTHC": "1.000001", "TENTTHC": 5}', "TENTTHC"),
        ('{"MATTHC": "1.000001", "TENTTHC": "y", "CAPTHUCHIEN": "Cấp xã"}', "CAPTHUCHIEN"),
        (
            '{"MATTHC": "1.000001", "TENTTHC": "y", "CACHTHUCTHUCHIEN": [{"THOIGIAN": [1]}]}',
            "CACHTHUCTHUCHIEN[0].THOIGIAN[0]",
        ),
        ('{"MATTHC": "1.000001", "TENTTHC": "\\ud800"}', "TENTTHC"),
        ("[" * 100_000, "(root)"),
    ],
)
def test_what_is_no_record_is_refused_with_its_place(line, place):
    with pytest.raises(Invalid) as refused:
        read_record(raw_record(line))
    assert refused.value.en.startswith(f"{place}:")


def test_an_unknown_key_is_told():
    _, found, _ = made(
        GHICHU="x", KETQUATHUCHIEN=[{"MAKETQUA": "KQ.G15.000031", "TENKETQUA": "G", "LOAI": "1"}]
    )
    assert found == [(Kind.UNKNOWN_KEY, "GHICHU"), (Kind.UNKNOWN_KEY, "KETQUATHUCHIEN[0].LOAI")]


def test_every_kind_has_its_words():
    assert set(FINDINGS) == set(Kind)


TELLING = ("", "0", "1", "2", "1.5", "20", "Ngày", "Ngày làm việc", "nếu có", "VNĐ", "KQ.G15.000031")
WORD = st.sampled_from(TELLING) | st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)


def shaped(kind):
    """Any value of the shape of a record's part, by the service's keys."""
    hints = typing.get_type_hints(kind)
    keys = {key: hints[name] for key, name in KEYS[kind].items()}
    return st.fixed_dictionaries({}, optional={key: _values(hint) for key, hint in keys.items()})


def _values(hint):
    if hint is str:
        return WORD
    item = typing.get_args(hint)[0]
    return st.lists(WORD if item is str else st.deferred(lambda: shaped(item)), max_size=3)


def words(value):
    if isinstance(value, str):
        return {value} if value else set()
    if isinstance(value, tuple):
        return set().union(*map(words, value))
    if dataclasses.is_dataclass(value):
        return set().union(*(words(getattr(value, f.name)) for f in dataclasses.fields(value)))
    return set()


@given(shaped(Record), st.sampled_from(["1", "2", "3", "", "9"]))
def test_any_record_makes_a_version_and_loses_no_word(raw, channel):
    raw |= {"MATTHC": "1.234567", "TENTTHC": raw.get("TENTTHC", "").strip() or "Tên"}
    for way in raw.get("CACHTHUCTHUCHIEN", []):
        way["KENH"] = channel
    record = read_record(json.loads(json.dumps(raw)))
    result = structured(record)
    parse(result.document)
    kept = json.dumps(result.document, ensure_ascii=False) + json.dumps(
        [f.text for f in result.findings], ensure_ascii=False
    )
    skipped = {"1", "2", "3"}  # channels stand under their own names
    assert [w for w in words(record) - skipped if json.dumps(w, ensure_ascii=False)[1:-1] not in kept] == []
