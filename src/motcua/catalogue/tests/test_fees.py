"""Fees: what is due, what is not known, and why."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from motcua.catalogue.fees import Claim, FeeOrder, Lacking, Quantities, Resolved, compute
from motcua.catalogue.shapes import (
    Amount,
    Audience,
    Channel,
    Condition,
    Exemption,
    FeeNature,
    FeeRule,
    FeeUnit,
    Question,
    SetBy,
    Tier,
)
from motcua.kernel.errors import Invalid
from motcua.kernel.say import Say

# Certified copies: 2,000 đồng a page, 1,000 from the third, at most 200,000 a copy (226/2016/TT-BTC).
COPIES = FeeRule(
    code="copies",
    name=Say("Phí chứng thực bản sao", "Certified copies"),
    nature=FeeNature.PHI,
    set_by=SetBy.LAW,
    unit=FeeUnit.PAGE,
    basis="226/2016/TT-BTC",
    amounts=(Amount(2000, tiers=(Tier(3, 1000),), cap=200_000),),
)
POOR = Exemption(
    "poor", Say("Hộ nghèo", "Poor household"), Say("giấy chứng nhận", "certificate"), "60/2014/QH13"
)
IN_TIME = Exemption(
    "in_time", Say("Đúng hạn", "In time"), Say("ngày chết", "date"), "60/2014/QH13", when=Condition("in_time")
)
LEVY = FeeRule(
    code="levy",
    name=Say("Lệ phí", "Levy"),
    nature=FeeNature.LE_PHI,
    set_by=SetBy.PROVINCIAL_COUNCIL,
    unit=FeeUnit.REQUEST,
    basis="85/2019/TT-BTC",
    exemptions=(POOR, IN_TIME),
)
EXTRACT = FeeRule(
    code="extract",
    name=Say("Bản sao trích lục", "Copies of the extract"),
    nature=FeeNature.PHI,
    set_by=SetBy.LAW,
    unit=FeeUnit.COPY,
    basis="281/2016/TT-BTC",
    amounts=(Amount(8000),),
    optional=True,
)
PROVINCE = Resolved("levy", (Amount(8000, channels=(Channel.ONLINE,)), Amount(10_000)), "NQ 1/2026")


def order(*rules: FeeRule, **more: object) -> FeeOrder:
    return compute(
        rules=rules,
        **{  # type: ignore[arg-type]
            "channel": Channel.COUNTER,
            "applicant": Audience.CITIZEN,
            "answers": {"in_time": "no"},
            **more,
        },
    )


@pytest.mark.parametrize(
    ("pages", "copies", "amount"),
    [
        (1, 1, 2000),
        (2, 1, 4000),
        (3, 1, 5000),
        (10, 1, 12_000),
        (10, 3, 36_000),
        (199, 1, 200_000),
        (500, 2, 400_000),
    ],
)
def test_pages_have_steps_and_a_cap_for_each_copy(pages: int, copies: int, amount: int) -> None:
    assert order(COPIES, quantities=Quantities(pages=pages, copies=copies)).total == amount


def test_what_the_province_has_not_set_is_unknown_and_not_zero() -> None:
    fees = order(LEVY, EXTRACT, quantities=Quantities(copies=2))
    assert [(line.rule, line.amount) for line in fees.lines] == [("levy", None), ("extract", 16_000)]
    assert fees.total is None
    assert [line.rule for line in fees.unknown] == ["levy"]
    assert "Hội đồng nhân dân cấp tỉnh" in fees.lines[0].reasons[0].vi


@pytest.mark.parametrize(
    ("channel", "amount"), [(Channel.COUNTER, 10_000), (Channel.ONLINE, 8000), (Channel.POST, 10_000)]
)
def test_the_province_sets_by_channel(channel: Channel, amount: int) -> None:
    fees = order(LEVY, channel=channel, province=[PROVINCE])
    assert fees.total == amount
    assert fees.lines[0].reasons[0].basis == "NQ 1/2026"


def test_a_province_cannot_change_what_the_law_sets() -> None:
    set_here = Resolved("extract", (Amount(1),), "NQ 1/2026")
    assert order(EXTRACT, quantities=Quantities(copies=1), province=[set_here]).total == 8000


def test_nothing_asked_of_an_optional_fee_makes_no_line() -> None:
    assert order(EXTRACT).lines == ()
    assert order(EXTRACT).total == 0


def test_a_fee_by_the_page_without_pages_is_unknown() -> None:
    fees = order(COPIES)
    assert fees.total is None
    assert fees.lines[0].reasons[0].vi == "Chưa nhập số trang nên chưa tính được"


def test_an_exemption_needs_its_evidence() -> None:
    fees = order(LEVY, province=[PROVINCE], claims=[Claim("poor")])
    assert fees.total == 10_000
    assert [r.vi for r in fees.lines[0].reasons] == [
        "Chưa áp dụng “Hộ nghèo”: cần giấy chứng nhận",
        "Lệ phí: 1 trường hợp, 10.000 đồng",
    ]


@pytest.mark.parametrize("province", [[], [PROVINCE]])
def test_a_full_exemption_is_zero_also_where_the_amount_is_unknown(province: list[Resolved]) -> None:
    fees = order(LEVY, province=province, claims=[Claim("poor", "HN-12/2026")])
    assert fees.total == 0
    assert fees.lines[0].exemption == "poor"
    assert fees.lines[0].reasons[-1].basis == "60/2014/QH13"


def test_a_part_exemption_of_an_unknown_amount_stays_unknown() -> None:
    half = replace(LEVY, exemptions=(Exemption("half", POOR.label, POOR.evidence, "x", percent=50),))
    assert order(half, claims=[Claim("half", "shown")]).total is None
    assert order(half, claims=[Claim("half", "shown")], province=[PROVINCE]).total == 5000


@pytest.mark.parametrize(
    ("answers", "amount"), [({"in_time": "yes"}, 0), ({"in_time": "no"}, 10_000), ({}, None)]
)
def test_an_exemption_may_follow_from_an_answer(answers: dict[str, str], amount: int) -> None:
    assert order(LEVY, province=[PROVINCE], answers=answers).total == amount


def test_a_fee_whose_condition_nobody_answered_is_open() -> None:
    rule = replace(EXTRACT, optional=False, unit=FeeUnit.REQUEST, when=Condition("abroad"))
    assert order(rule).total is None
    assert order(rule, answers={"abroad": "yes"}).total == 8000
    assert order(rule, answers={"abroad": "no"}).lines == ()


@pytest.mark.parametrize(
    ("rule", "more", "lacking"),
    [
        (replace(LEVY, when=Condition("late")), {"province": [PROVINCE], "answers": {}}, Lacking.ANSWER),
        (LEVY, {"province": [PROVINCE], "answers": {}}, Lacking.ANSWER),
        (LEVY, {"claims": [Claim("poor", "HN-12/2026")]}, None),
        (LEVY, {}, Lacking.AMOUNT),
        (COPIES, {}, Lacking.QUANTITY),
    ],
)
def test_what_is_not_known_says_what_it_lacks(
    rule: FeeRule, more: dict[str, object], lacking: Lacking | None
) -> None:
    (line,) = order(rule, **more).lines
    assert line.lacking is lacking
    assert (line.amount is None) is (lacking is not None)


def test_an_open_question_is_asked_in_its_own_words() -> None:
    asked = Question("in_time", Say("Đăng ký đúng hạn?", "Registered in time?"))
    (line,) = order(LEVY, province=[PROVINCE], questions=[asked], answers={}).lines
    assert "“Đăng ký đúng hạn?”" in line.reasons[-1].vi
    assert "10.000" not in line.reasons[-1].vi


def test_amounts_may_depend_on_the_kind_of_applicant() -> None:
    rule = replace(EXTRACT, unit=FeeUnit.REQUEST, amounts=(Amount(990, applicants=(Audience.BUSINESS,)),))
    assert order(rule, applicant=Audience.BUSINESS).total == 990
    assert order(rule).total is None
    assert order(rule).lines[0].reasons[0].vi == "Văn bản không nêu mức thu cho kênh và đối tượng này"


def test_a_claim_no_fee_knows_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        order(EXTRACT, claims=[Claim("poor", "x")])
    assert refused.value.field == "claims"


@pytest.mark.parametrize("name", ["requests", "documents", "pages", "copies", "signatures"])
def test_negative_quantities_are_refused(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        order(EXTRACT, quantities=Quantities(**{name: -1}))
    assert refused.value.field == f"quantities.{name}"


def test_the_law_may_charge_nothing_and_says_so() -> None:
    rule = replace(LEVY, set_by=SetBy.LAW, amounts=(Amount(0),), exemptions=())
    fees = order(rule)
    assert fees.total == 0
    assert fees.lines[0].reasons[0].vi == "Lệ phí: không thu"
    assert fees.lines[0].reasons[0].basis == "85/2019/TT-BTC"


amounts = st.builds(
    Amount,
    value=st.integers(0, 50_000),
    tiers=st.lists(st.integers(2, 40), max_size=3, unique=True).flatmap(
        lambda starts: st.tuples(
            *(st.builds(Tier, st.just(s), st.integers(0, 50_000)) for s in sorted(starts))
        )
    ),
    cap=st.none() | st.integers(0, 500_000),
)


@given(amount=amounts, pages=st.integers(1, 60), more=st.integers(0, 60), copies=st.integers(1, 5))
def test_more_never_costs_less_and_the_cap_holds(amount: Amount, pages: int, more: int, copies: int) -> None:
    rule = replace(COPIES, amounts=(amount,))
    few = order(rule, quantities=Quantities(pages=pages, copies=copies)).total
    many = order(rule, quantities=Quantities(pages=pages + more, copies=copies)).total
    assert few is not None
    assert many is not None
    assert 0 <= few <= many
    if amount.cap is not None:
        assert many <= amount.cap * copies


@given(amount=amounts, pages=st.integers(1, 60))
def test_tiers_price_page_by_page(amount: Amount, pages: int) -> None:
    rule = replace(COPIES, amounts=(amount,))
    by_page = 0
    for page in range(1, pages + 1):
        by_page += next((t.value for t in reversed(amount.tiers) if t.start <= page), amount.value)
    expected = by_page if amount.cap is None else min(by_page, amount.cap)
    assert order(rule, quantities=Quantities(pages=pages, copies=1)).total == expected


@given(value=st.integers(0, 10**9), percent=st.integers(1, 100))
def test_an_exemption_never_adds_and_never_goes_below_zero(value: int, percent: int) -> None:
    rule = replace(
        LEVY,
        set_by=SetBy.LAW,
        amounts=(Amount(value),),
        exemptions=(Exemption("e", POOR.label, POOR.evidence, "x", percent=percent),),
    )
    total = order(rule, claims=[Claim("e", "shown")]).total
    assert total == value * (100 - percent) // 100
