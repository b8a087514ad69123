"""What is collected for another agency: whose it is, settled by the day, confirmed twice, sent, received."""

import json
import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from motcua.agencies.selectors import called
from motcua.flows import money, settlements
from motcua.flows.payees import payee_of
from motcua.flows.reception import receive
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from motcua.ledger.selectors import history
from motcua.payments import projector, settling
from motcua.payments.operations.settlements import agrees
from motcua.workday.selectors import words_of
from tests.support.acts import act, moment
from tests.support.bundle import brought
from tests.support.combined_answers import BIRTH, answered
from tests.support.lives import plain
from tests.support.money_days import account_set, asked_online, came_in, closed, do, given_back, taken
from tests.support.pages import plain_static, visitor
from tests.support.site import pages_at
from tests.support.streams import count
from tests.support.told import follow, nothing_is_news
from tests.support.world import COMMUNE, OTHER_COMMUNE, POLICE, intake, logins, viewer

pytestmark = pytest.mark.django_db
AT, EVENING = moment(24, 9), moment(24, 16)
TOMORROW = moment(25, 16)
FEE = 10_000


def received(competent: str = OTHER_COMMUNE, at=AT) -> str:
    return str(act("tiepnhan1", at, receive, intake=intake(competent=competent)).row["code"])


def left(login: str = "thuquy") -> dict[str, settling.Unsettled]:
    return {
        one.payee: one
        for one in settling.unsettled(agency=COMMUNE, viewer=viewer(login, at=AT), on=AT.date())
    }


def settled(at=EVENING, payee: str = OTHER_COMMUNE):
    return do("thuquy", settlements.close, at, payee=payee)


def seen(row):
    return settling.settlement(row["id"], viewer=viewer("thuquy", at=AT))


def test_a_charge_is_of_whom_the_fee_rule_names_else_of_who_settles_the_dossier():
    assert payee_of(plain(received("")), "registration") == ""
    assert payee_of(plain(received()), "registration") == OTHER_COMMUNE
    birth = plain(brought(replace(intake(BIRTH), form=answered()), AT))
    assert payee_of(birth, "residence") == POLICE
    assert payee_of(birth, "extract") == ""
    elsewhere = {**birth, "competent_agency": OTHER_COMMUNE}
    assert payee_of(elsewhere, "residence") == "police", "no police of that place is on the system"


def test_the_day_is_settled_with_the_agency_whose_money_it_is():
    ours, theirs = received(""), [received(), received()]
    taken(ours, theirs[0], at=AT)
    other = taken(theirs[1], at=AT)
    assert left() == {OTHER_COMMUNE: settling.Unsettled(OTHER_COMMUNE, 0, 0, 0, None, 2 * FEE)}
    with pytest.raises(NotAllowedNow, match="chốt sổ"):
        settled()
    closed({FEE: 3}, at=EVENING)
    assert left()[OTHER_COMMUNE] == settling.Unsettled(OTHER_COMMUNE, 2, 2 * FEE, 0, AT.date(), 0)

    row = settled()
    assert (row["payee"], row["taken"], row["back"], row["total"]) == (OTHER_COMMUNE, 2 * FEE, 0, 2 * FEE)
    lines = settling.lines_of(row["id"])
    assert [(one["reference"], one["procedure"]) for one in lines] == [(code, "1.004873") for code in theirs]
    assert [(one["procedure"], one["count"], one["amount"]) for one in settling.by_procedure(row["id"])] == [
        ("1.004873", 2, 2 * FEE)
    ]
    assert left() == {}
    before = count("ledger_event")
    with pytest.raises(NotAllowedNow, match="hôm nay đã lập"):
        settled(EVENING + timedelta(minutes=5))
    assert count("ledger_event") == before

    given_back(other["id"], theirs[1], at=EVENING)
    assert left()[OTHER_COMMUNE].back == FEE, "what goes back after the closing is the next day's"
    with pytest.raises(NotAllowedNow, match="hôm nay đã lập"):
        settled(EVENING + timedelta(minutes=6))
    again = settled(TOMORROW)
    assert (again["day"], again["taken"], again["back"], again["total"]) == (TOMORROW.date(), 0, FEE, -FEE)
    assert (row["number"], again["number"]) == (1, 2)
    for one in (row, again):
        rebuilt = projector.replay(history(one["id"]))
        assert rebuilt["payments_settlement"] == [seen(one)]
        assert rebuilt["payments_settledline"] == settling.lines_of(one["id"])


def test_two_people_here_and_the_payees_own_word():
    code = received()
    with pages_at(AT), plain_static():
        page = visitor("thuquy", at=AT).get(f"/payments/take?code={code}").text
        assert f"Thu hộ cho {called(OTHER_COMMUNE).vi}" in page
    taken(code, at=AT)
    closed({FEE: 1}, at=EVENING)
    nothing_is_news()
    key = settled()["id"]
    follow(EVENING)
    (waits,) = words_of(logins()["truongquay"], unseen=True)[0]
    assert waits.opens == ("settlement", str(key))
    for nobody in ("thuquy", "chutich", "chutich.mauhai"):
        assert words_of(logins()[nobody], unseen=True)[0] == ()
    with pages_at(EVENING), plain_static():
        assert visitor("truongquay", at=EVENING).get(f"/notices/{waits.id}").url.endswith(str(key))
        page = visitor("chutich", at=EVENING).get(f"/payments/settlements/{key}").text
        assert "người lập không tự xác nhận" in page
    theirs = viewer("chutich.mauhai", at=AT)
    with pytest.raises(NotFound):
        settling.settlement(key, viewer=theirs)
    told = {"slip": "UNC 77", "on": EVENING.date()}
    before = count("ledger_event")
    for who, flow, more, wrong in (
        ("thuquy", settlements.confirm, {}, Denied),
        ("tiepnhan1", settlements.confirm, {}, Denied),
        ("thuquy", settlements.send, told, NotAllowedNow),
        ("chutich.mauhai", settlements.confirm, {}, Denied),
        ("chutich.mauhai", settlements.receive, {"amount": FEE}, NotAllowedNow),
    ):
        with pytest.raises(wrong):
            do(who, flow, EVENING, settlement=key, **more)
    assert count("ledger_event") == before

    do("truongquay", settlements.confirm, EVENING, settlement=key)
    for wrong in ({"slip": ""}, {"on": AT.date() - timedelta(days=1)}, {"on": TOMORROW.date()}):
        with pytest.raises(Invalid):
            do("thuquy", settlements.send, EVENING, settlement=key, **{**told, **wrong})
    do("thuquy", settlements.send, EVENING, settlement=key, **told)
    assert [one["id"] for one in settling.settlements(viewer=theirs)[0]] == [key]
    follow(EVENING)
    (sent,) = words_of(logins()["vanthu.mauhai"], unseen=True)[0]  # who takes money there, too
    assert settling.settlement(key, viewer=viewer("vanthu.mauhai", at=AT))["id"] == key
    assert ("đã chuyển cho cơ quan bạn" in sent.said.vi, sent.opens) == (True, ("settlement", str(key)))
    for nobody in ("tiepnhan1.mauhai", "chutich.mauhai"):
        assert words_of(logins()[nobody], unseen=True)[0] == ()

    with pytest.raises(Denied):
        do("thuquy", settlements.receive, EVENING, settlement=key, amount=FEE)
    with pytest.raises(Invalid, match="khác ở đâu"):
        do("chutich.mauhai", settlements.receive, EVENING, settlement=key, amount=FEE - 1)
    short = do(
        "chutich.mauhai", settlements.receive, EVENING, settlement=key, amount=FEE - 1, note="Thiếu 1 đồng."
    )
    assert not agrees(short)
    assert settling.note_of(seen(short)) == "Thiếu 1 đồng."
    done = do("chutich.mauhai", settlements.receive, TOMORROW, settlement=key, amount=FEE)
    assert agrees(done)
    with pytest.raises(NotAllowedNow, match="đã khớp"):
        do("thuquy", settlements.send, TOMORROW, settlement=key, slip="UNC 78", on=TOMORROW.date())


def test_money_paid_online_is_settled_too():
    account_set(AT)
    code = received()
    came_in(asked_online(code, AT).order["text"], at=AT)
    row = settled()
    assert [(one["reference"], one["amount"]) for one in settling.lines_of(row["id"])] == [(code, FEE)]


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_taken_and_given_back_the_settlements_and_what_is_left_are_the_receipts(seed):
    chance = random.Random(seed)  # noqa: S311 - a test
    kept: list[tuple[UUID, str]] = []
    for day in (24, 25, 26):
        for hour in range(9, 14):
            at = moment(day, hour)
            code = received(chance.choice([OTHER_COMMUNE, ""]), at)
            receipt = taken(code, at=at)["id"]
            if chance.random() < 0.2:
                do("thuquy", money.void, at, receipt=receipt, reason="Ghi nhầm.")
            else:
                kept.append((receipt, code))
        closed({FEE: 0}, at=moment(day, 15), note="Chưa đếm.")
        if chance.random() < 0.7:
            given_back(*kept.pop(chance.randrange(len(kept))), at=moment(day, 15, 30))
        if chance.random() < 0.7 and OTHER_COMMUNE in left():
            settled(moment(day, 16))
    with connection.cursor() as cursor:
        cursor.execute("SELECT payee, amount FROM payments_line WHERE standing AND payee <> ''")
        owed = Counter[str]()
        for payee, amount in cursor.fetchall():
            owed[payee] += amount
        cursor.execute("SELECT lines FROM payments_refund WHERE paid_at IS NOT NULL")
        for (lines,) in cursor.fetchall():
            for line in json.loads(lines):
                owed[line["payee"]] -= line["amount"] if line["payee"] else 0
        cursor.execute(
            "SELECT s.payee, sum(l.amount), sum(DISTINCT s.total) FROM payments_settlement s"
            " JOIN payments_settledline l ON l.settlement = s.id GROUP BY s.payee, s.id"
        )
        has = Counter[str]()
        for payee, lines, total in cursor.fetchall():
            assert lines == total
            has[payee] += total
    for payee, one in left().items():
        has[payee] += one.taken - one.back + one.uncounted
    assert +owed == +has
