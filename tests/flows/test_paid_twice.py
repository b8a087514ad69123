"""Money that two sources tell of: the same once, a second payment as a second one, and what the platform hands over in
one sum."""

from uuid import UUID

import pytest

from motcua.flows import online_money
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.operations import AlreadyDone
from motcua.ledger.selectors import check
from motcua.payments import matching, online, reconciling
from motcua.payments.operations import incoming
from motcua.payments.ordering import Outcome, Source
from tests.support.acts import moment
from tests.support.lives import opened
from tests.support.money_days import AT, asked_online as asked, came_in, do, fees
from tests.support.streams import count
from tests.support.world import COMMUNE, actor, viewer

pytestmark = pytest.mark.django_db
LATER = moment(25, 9)
PLATFORM, BANK = Source.PLATFORM, Source.BANK


def came(told, amount=10_000, **more):
    return came_in(told, amount, at=LATER, **more)


def written():
    return tuple(count(t) for t in ("ledger_event", "payments_receipt", "payments_credit", "payments_match"))


def text():
    """The text of a new dossier's order of 10.000 đồng."""
    return asked(opened(AT)).order["text"]


def matched(credit, *others, login="thuquy"):
    return do(login, incoming.match, LATER, credit=credit["id"], others=[one["id"] for one in others])


def outcomes(told, *tellings):
    """What becomes of the tellings, in order: (attempt's figures or "", source)."""
    rows = [came(f"{told}{n}", number=f"N{i}", source=s) for i, (n, s) in enumerate(tellings)]
    return [row["outcome"] for row in rows]


PAID, SAME, TWICE = Outcome.PAID, Outcome.SAME, Outcome.TWICE


@pytest.mark.parametrize(
    ("tellings", "become"),
    [
        ([("01", PLATFORM), ("01", BANK)], [PAID, SAME]),
        ([("01", BANK), ("01", PLATFORM)], [PAID, SAME]),
        ([("", BANK), ("01", PLATFORM)], [PAID, TWICE]),
        ([("01", PLATFORM), ("", BANK)], [PAID, TWICE]),
        ([("", BANK), ("01", PLATFORM), ("01", BANK)], [PAID, TWICE, SAME]),
        ([("01", PLATFORM), ("01", BANK), ("01", BANK)], [PAID, SAME, TWICE]),
        ([("02", PLATFORM), ("01", PLATFORM), ("01", BANK), ("02", BANK)], [PAID, TWICE, SAME, SAME]),
        ([("02", PLATFORM), ("01", BANK)], [PAID, TWICE]),
    ],
    ids=lambda value: "-".join(f"{n}{s}" for n, s in value) if isinstance(value[0], tuple) else "",
)
def test_the_same_money_is_one_and_a_second_payment_is_a_second_one(tellings, become):
    order = asked(opened(AT)).order
    assert outcomes(order["text"], *tellings) == become
    assert count("payments_credit") == len(tellings)
    assert count("payments_receipt") == 1
    assert {state for _, _, state in fees(order["reference"])} == {"paid"}
    waits, many, _ = online.to_settle(viewer=viewer("thuquy"))
    assert many == len(waits) == become.count(TWICE)
    beside = online.beside(order["reference"])
    assert [(one["outcome"], one["amount"]) for one in beside] == [("twice", 10_000)] * become.count(TWICE)
    assert check().faults == ()


def test_the_second_one_goes_back_and_the_payer_sees_by_which_order():
    order = asked(opened(AT)).order
    came(order["text"])
    second = came(f"{order['text']}01", number="P1", source=PLATFORM)
    do("thuquy", online_money.give_back, LATER, credit=second["id"], slip="UNC 9")
    assert [one["slip"] for one in online.beside(order["reference"])] == ["UNC 9"]
    assert count("payments_receipt") == 1


def test_another_sum_told_by_both_is_one_sum_that_waits():
    order = text()
    first = came(f"{order}01", 9_000, number="P1", source=PLATFORM)
    again = came(f"{order}01", 9_000)
    assert (first["outcome"], again["outcome"], again["same"]) == (Outcome.AMOUNT, SAME, first["id"])


def test_money_the_cashier_assigned_hides_no_second_payment():
    code = opened(AT)
    order = asked(code).order["text"]
    first = came("nop le phi", number="A1")
    do("thuquy", online_money.assign, LATER, credit=first["id"], code=code)
    second = came(f"{order}01", number="P1", source=PLATFORM)
    assert second["outcome"] == Outcome.NOT_OWED
    shown = online.credit(second["id"], viewer=viewer("thuquy"))
    found = matching.candidates(shown.row, viewer=viewer("thuquy"), first=LATER.date(), last=LATER.date())
    assert [row["id"] for row in found] == [first["id"]]
    matched(second, first)
    assert online.beside(code) == []
    assert count("payments_receipt") == 1


def handed_over(*, of=3, amount=30_000):
    """Orders the platform told of, and the line in which it handed the money over."""
    told = [came(f"{text()}01", number=f"P{n}", source=PLATFORM) for n in range(of)]
    return told, came("QT NTTT 24/08", amount, number="FT9")


def test_one_line_for_many_orders_is_settled_once_and_pays_nothing_twice():
    told, line = handed_over()
    before = written()
    assert line["outcome"] == Outcome.UNKNOWN
    row = matched(line, *told)
    assert row["settled_by"] == str(actor("thuquy", at=LATER).id)
    assert written() == (before[0] + 1, before[1], before[2], 3)
    assert online.to_settle(viewer=viewer("thuquy"))[1] == 0
    held = reconciling.held(viewer=viewer("thuquy"), agency=COMMUNE, first=LATER.date(), last=LATER.date())
    assert held.counts == {
        reconciling.Agreement.AGREES: (3, 30_000),
        reconciling.Agreement.HANDED_OVER: (1, 30_000),
    }
    assert {one["other"] for one in held.lines if one["source"] == "platform"} == {"FT9"}
    for again in (line, *told):
        with pytest.raises(NotAllowedNow):
            matched(again, *(told if again is line else [line]))
    assert check().faults == ()


def test_a_sum_that_differs_says_by_how_much_and_writes_nothing():
    told, line = handed_over(amount=25_000)
    before = written()
    for chosen, said in ((told, "thừa 5.000"), (told[:2], "thiếu 5.000"), ([], "Hãy chọn")):
        with pytest.raises(Invalid, match=said):
            matched(line, *chosen)
    assert written() == before


def test_only_the_agencys_cashier_matches_and_only_what_may_be_the_same():
    told, line = handed_over()
    other = came("nop", 30_000, number="FT10")
    before = written()
    for login in ("tiepnhan1", "chutich", "truongquay"):
        with pytest.raises(Denied):
            matched(line, *told, login=login)
    with pytest.raises(NotAllowedNow):
        matched(line, other)
    with pytest.raises(NotFound):
        matched(line, {"id": UUID(int=7)})
    assert written() == before


def offered(credit):
    shown = online.credit(credit["id"], viewer=viewer("thuquy"))
    days = {"first": LATER.date(), "last": LATER.date()}
    return [row["id"] for row in matching.candidates(shown.row, viewer=viewer("thuquy"), **days)]


def test_a_line_that_names_an_order_is_nobody_elses_payment():
    own, other = text(), text()
    elsewhere = came(f"{other}01", number="P1", source=PLATFORM)
    came(own, number="FT1")
    second, before = came(own, number="FT2"), written()
    assert second["outcome"] == TWICE
    assert offered(second) == []
    with pytest.raises(NotAllowedNow, match="chính lệnh đó"):
        matched(second, elsewhere)
    assert written() == before
    assert came(f"{other}01", number="FT3")["outcome"] == SAME
    told = came(f"{own}01", number="P2", source=PLATFORM)
    assert offered(second) == [told["id"]]
    matched(second, told)
    assert check().faults == ()


def test_a_confirmation_is_not_matched_with_the_line_that_paid_somebody_else():
    paid = came(text(), number="FT1")
    order = text()
    came(f"{order}01", number="P1", source=PLATFORM)
    second, before = came(f"{order}02", number="P2", source=PLATFORM), written()
    assert (second["outcome"], offered(second)) == (TWICE, [])
    with pytest.raises(NotAllowedNow, match="chính lệnh đó"):
        matched(second, paid)
    assert written() == before


def test_what_was_matched_is_told_by_no_later_line():
    order = text()
    told = came(f"{order}01", number="P1", source=PLATFORM)
    line = came("QT NTTT", number="FT1")
    matched(line, told)
    assert came(f"{order}01", number="FT2")["outcome"] == TWICE


@pytest.mark.parametrize(
    ("amounts", "total", "run"),
    [
        ([1, 2, 3], 5, range(1, 3)),
        ([1, 2, 3], 6, range(3)),
        ([5, 5, 5], 10, range(2)),
        ([1, 2, 3], 4, range(0)),
        ([7], 3, range(0)),
        ([5], 5, range(0)),
        ([5, 2, 3], 5, range(1, 3)),
        ([], 1, range(0)),
    ],
)
def test_sums_next_to_each_other_are_proposed(amounts, total, run):
    assert matching.run_of(amounts, total) == run


def test_the_same_click_again_is_one_deed():
    told, line = handed_over()
    who, request = actor("thuquy", at=LATER), Request.of("one click")

    def clicked():
        with unit_of_work(actor=who, at=LATER, request=request, origin="simulated"):
            incoming.match(credit=line["id"], others=[one["id"] for one in told], actor=who, at=LATER)

    clicked()
    before = written()
    with pytest.raises(AlreadyDone):
        clicked()
    assert written() == before
