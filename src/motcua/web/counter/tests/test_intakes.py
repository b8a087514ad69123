"""Intakes half done, people who came before, procedures at hand."""

import re
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from tests.support.acts import act
from tests.support.pages import visitor
from tests.support.site import pages_at
from tests.support.statements import statements
from tests.support.world import COMMUNE, OTHER_COMMUNE, intake, logins, viewer

from motcua.flows.reception import receive
from motcua.kernel.errors import NotFound
from motcua.kernel.ids import uuid7
from motcua.kernel.time import ZONE, now
from motcua.ledger import dispatcher, sequencer
from motcua.reception.operations import intakes
from motcua.reception.selectors.at_hand import most_received, people
from motcua.reception.selectors.intakes import count_waiting, waiting
from motcua.web.counter.tests.support import NAME, NUMBER, filled, form_of, post, received


def kept_rows() -> list[tuple[bool, bool]]:
    """(has typed text, is closed) of each kept intake."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed IS NOT NULL, closed_at IS NOT NULL FROM reception_kept")
        return [(bool(typed), bool(closed)) for typed, closed in cursor.fetchall()]


def search(client: Client) -> str:
    return str(client.get("/dossiers/receive").content.decode())


# --- parked ------------------------------------------------------------


def test_what_is_typed_is_kept_and_comes_back(clerk: Client, at: datetime) -> None:
    fields = filled(clerk) | {"applicant-0-phone": "0912 345 678"}
    assert clerk.post("/dossiers/receive", fields | {"_keep": "1"}).status_code == 204
    # The browser was closed; signing in again offers it.
    again = visitor("tiepnhan1", at=at)
    page = search(again)
    assert "Hồ sơ đang nhập dở" in page
    assert "Nguyễn T. Á. T." in page
    assert NAME not in page
    opened = again.get("/dossiers/receive", {"intake": fields["intake"]})
    back = form_of(opened).fields
    assert {n: v for n, v in back.items() if n in fields} == {
        n: v for n, v in fields.items() if n in back
    } | {"csrfmiddlewaretoken": back["csrfmiddlewaretoken"]}
    code = received(again, {n: v for n, v in fields.items() if n != "csrfmiddlewaretoken"} | back)
    assert code.endswith("-0001")
    assert "Hồ sơ đang nhập dở" not in search(again)
    assert kept_rows() == [(False, True)]
    # A save that was under way when it was received brings nothing back.
    assert again.post("/dossiers/receive", fields | {"_keep": "1"}).status_code == 204
    assert kept_rows() == [(False, True)]


def test_a_page_loaded_anew_waits_once_and_goes_with_the_reception(clerk: Client) -> None:
    fields = filled(clerk)
    last = str(uuid7())
    for one in (str(uuid7()), str(uuid7()), last):
        saved = fields | {"intake": one, "_keep": "1"}
        assert clerk.post("/dossiers/receive", saved).status_code == 204
    other = fields | {"intake": str(uuid7()), "applicant-0-name": "Lý Văn Tín", "_keep": "1"}
    clerk.post("/dossiers/receive", other)
    page = search(clerk)
    assert page.count("Nguyễn T. Á. T.") == 1
    assert f"/intakes/{last}/resume" in page
    received(clerk, fields)
    assert sorted(kept_rows()) == [(False, True)] * 4 + [(True, False)]
    assert "Lý V. T." in search(clerk)


def test_sent_twice_over_a_power_cut_is_received_once(clerk: Client, at: datetime) -> None:
    fields = filled(clerk)
    clerk.post("/dossiers/receive", fields | {"_keep": "1"})
    first = post(clerk, fields | {"intake": ""})["Location"]  # the cut came before the intake was closed
    back = form_of(clerk.get("/dossiers/receive", {"intake": fields["intake"]})).fields
    assert back["idempotency_key"] == fields["idempotency_key"]
    assert post(clerk, fields | {"intake": ""})["Location"] == first


@pytest.mark.parametrize(("how", "others_see"), [("mine", False), ("desk", True)])
def test_parked_for_oneself_or_for_the_desk(clerk: Client, at: datetime, how: str, others_see: bool) -> None:
    fields = filled(clerk)
    answer = post(clerk, fields | {"_park": how})
    assert (answer.status_code, answer["Location"]) == (302, "/dossiers/receive")
    assert count_waiting(COMMUNE, at=now()) == 1
    colleague, stranger = visitor("tiepnhan2", at=at), visitor("tiepnhan1.mauhai", at=at)
    assert ("Nguyễn T. Á. T." in search(colleague)) is others_see
    resume = f"/intakes/{fields['intake']}/resume"
    assert stranger.post(resume).status_code == 404
    assert colleague.post(resume).status_code == (302 if others_see else 404)
    mine = clerk.get("/dossiers/receive", {"intake": fields["intake"]}).status_code
    assert mine == (404 if others_see else 200)
    assert "Nguyễn T. Á. T." not in search(stranger)


@pytest.mark.parametrize("whose", ["tiepnhan1", "tiepnhan2"])
def test_what_was_typed_last_is_found_however_much_lies_about(at: datetime, whose: str) -> None:
    def kept(login: str, name: str, when: datetime) -> UUID:
        seat, made = viewer(login).capacities[0], uuid7()
        fields = {"applicant-0-name": [name]}
        intakes.keep(intake=made, fields=fields, account=logins()[login], seat=seat, at=when)
        return made

    for n in range(120):
        kept(whose, f"Người {n}", at + timedelta(seconds=n))
    mine = kept("tiepnhan1", NAME, at + timedelta(minutes=5))
    seat = viewer("tiepnhan1").capacities[0]
    found = waiting(account=logins()["tiepnhan1"], seat=seat, at=at + timedelta(minutes=6))
    assert found[-1].id == mine
    assert len(found) <= 20


def test_two_officers_take_one_parked_intake_and_one_gets_it(clerk: Client, at: datetime) -> None:
    fields = filled(clerk)
    post(clerk, fields | {"_park": "desk"})
    which, moment = UUID(fields["intake"]), now()
    seat = viewer("tiepnhan1", at=at).capacities[0]
    intakes.resume(intake=which, account=logins()["tiepnhan2"], seat=seat, at=moment)
    with pytest.raises(NotFound):
        intakes.resume(intake=which, account=logins()["tiepnhan1"], seat=seat, at=moment)


def test_a_colleague_s_reception_leaves_what_somebody_is_typing(clerk: Client, at: datetime) -> None:
    fields = filled(clerk)
    clerk.post("/dossiers/receive", fields | {"_keep": "1"})
    colleague = visitor("tiepnhan2", at=at)
    own = filled(colleague)
    assert post(colleague, own | {"intake": fields["intake"]}).status_code == 409, (
        "it is not theirs to receive"
    )
    assert "/received" in post(colleague, own)["Location"]
    # Closed is only what saved itself on the colleague's own page.
    assert sorted(kept_rows()) == [(False, True), (True, False)]
    mine = clerk.get("/dossiers/receive", {"intake": fields["intake"]})
    assert (mine.status_code, NAME in mine.content.decode()) == (200, True)


def test_dropped_and_expired_are_gone(clerk: Client, at: datetime) -> None:
    fields = filled(clerk)
    post(clerk, fields | {"_park": "mine"})
    assert clerk.post(f"/intakes/{fields['intake']}/drop").status_code == 302
    assert kept_rows() == [(False, True)]
    assert clerk.get("/dossiers/receive", {"intake": fields["intake"]}).status_code == 404
    assert clerk.get("/dossiers/receive", {"intake": "x"}).status_code == 404
    assert clerk.get("/dossiers/receive", {"intake": str(uuid7())}).status_code == 404


def test_a_parked_intake_goes_with_the_next_working_day(at: datetime) -> None:
    friday = datetime(2026, 8, 7, 10, 0, tzinfo=ZONE)
    assert intakes.end_of_next_day(COMMUNE, friday) == datetime(2026, 8, 10, 17, 0, tzinfo=ZONE)
    who = viewer("tiepnhan1", at=friday)
    seat, typed = who.capacities[0], {"applicant-0-name": [NAME], "procedure": ["1.004873"]}
    kept = uuid7()
    intakes.keep(intake=kept, fields=typed, account=who.account, seat=seat, at=friday)
    monday = datetime(2026, 8, 10, 16, 59, tzinfo=ZONE)
    assert [w.minutes(monday) for w in waiting(account=who.account, seat=seat, at=monday)] == [3 * 1440 + 419]
    over = monday + timedelta(minutes=1)
    assert waiting(account=who.account, seat=seat, at=over) == []
    assert (intakes.sweep(at=monday), intakes.sweep(at=over)) == (0, 1)


def test_what_is_kept_is_sealed(clerk: Client) -> None:
    clerk.post("/dossiers/receive", filled(clerk) | {"_keep": "1"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM reception_kept")
        body = bytes(cursor.fetchone()[0])
    assert NUMBER.encode() not in body
    assert NAME.encode() not in body


def test_only_a_desk_keeps_intakes(at: datetime, clerk: Client) -> None:
    fields = filled(clerk)
    kept = kept_rows()
    for login in ("chutich", "tuphap1", "thanhtra"):
        assert visitor(login, at=at).post("/dossiers/receive", fields | {"_keep": "1"}).status_code == 403
        assert visitor(login, at=at).post("/procedures/1.004873/pin").status_code == 403
    assert kept_rows() == kept


# --- found again ------------------------------------------------------------


@pytest.fixture
def seen(clerk: Client, at: datetime) -> str:
    """Somebody who came before, and what followed it."""
    code = received(clerk, filled(clerk) | {"applicant-0-phone": "0912 345 678"})
    sequencer.sequence()
    dispatcher.dispatch(clock=now)
    return code


@pytest.mark.parametrize(
    "words", ["anh tuyet", "TUYẾT nguyễn", "0912345678", "+84 912.345.678", NUMBER, "code"]
)
def test_somebody_is_found_and_filled_in(clerk: Client, seen: str, words: str) -> None:
    page = filled(clerk) | {"applicant-0-name": "", "applicant-0-number": ""}
    text = seen.lower() if words == "code" else words
    asked = page | {"applicant-0-scan": text, "_update": "1"}
    answer = post(clerk, asked, **{"HX-Request": "true", "HX-Target": "people"})
    html = answer.content.decode()
    assert "Nguyễn T. Á. T." in html
    assert NAME not in html
    assert NUMBER not in html.replace(f'value="{words}"', "")
    token = re.search(r'name="_take-applicant-0" value="([^"]+)"', html)
    assert token is not None
    taken = form_of(post(clerk, page | {"_take-applicant-0": token[1]})).fields
    assert (taken["applicant-0-name"], taken["applicant-0-number"]) == (NAME, NUMBER)
    assert taken["applicant-0-phone"] == "0912 345 678"
    assert taken["applicant-0-scan"] == ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT what, subject FROM access_log_look WHERE what = 'person_found'")
        assert cursor.fetchall() == [("person_found", seen)]


def test_nobody_is_found_at_another_desk(seen: str, clerk: Client, at: datetime) -> None:
    for words in ("anh tuyet", "0912345678", NUMBER, seen):
        assert people(words, agency=OTHER_COMMUNE, viewer=viewer("tiepnhan1.mauhai", at=at)) == []
        found = people(words, agency=COMMUNE, viewer=viewer("tiepnhan1"))
        assert [(p.name, p.number) for p in found] == [("Nguyễn T. Á. T.", "•••••••••901")]
    token = people(NUMBER, agency=COMMUNE, viewer=viewer("tiepnhan1"))[0].token
    other = visitor("tiepnhan1.mauhai", at=at)
    fields = {"procedure": "1.004873", "variant": "no_verification", "_take-applicant-0": token}
    assert post(other, fields).status_code == 404
    assert post(clerk, fields | {"_take-applicant-0": "x.y"}).status_code == 404


def test_what_finds_nobody_says_so_and_receives_nothing(clerk: Client, seen: str) -> None:
    for words, said in (
        ("phi thuyền", "Không tìm thấy ai"),
        ("ab", "Không tìm thấy ai"),
        ("%__", "Không tìm thấy ai"),
        ("anh tuyet", "Hãy chọn một người tìm thấy"),
        ("012190|Ng", "Không đọc được thẻ"),
    ):
        answer = post(clerk, filled(clerk) | {"applicant-0-scan": words})
        assert answer.status_code == 422
        assert said in answer.content.decode()


def test_finding_takes_few_statements(seen: str) -> None:
    who = viewer("tiepnhan1")
    for words in ("anh tuyet", "0912345678", seen):
        with statements(most=2):
            assert people(words, agency=COMMUNE, viewer=who)


# --- at hand ------------------------------------------------------------


def test_favourites_come_first(clerk: Client, at: datetime) -> None:
    assert clerk.post("/procedures/1.000894/pin").status_code == 302
    assert clerk.post("/procedures/9.999999/pin").status_code == 404
    html = search(clerk)
    assert "Hay dùng" in html
    assert html.index("procedure=1.000894") < html.index("<table")
    found = clerk.get(
        "/procedures/suggestions", {"q": "ket hon"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert found.index("procedure=1.000894") == found.index("procedure=")
    clerk.post("/procedures/1.000894/pin", {"off": "1"})
    assert "Hay dùng" not in search(clerk)
    assert "Hay dùng" not in search(visitor("tiepnhan2", at=at))


def test_the_desk_s_most_received_are_counted_once_each(at: datetime) -> None:
    day = datetime(2026, 8, 25, 8, 0, tzinfo=ZONE)
    for hours, procedure in enumerate(["1.000656", "1.004873", "1.004873"]):
        act("tiepnhan1", day + timedelta(hours=hours), receive, intake=intake(procedure))
    sequencer.sequence()
    dispatcher.dispatch(clock=lambda: day)
    dispatcher.dispatch(clock=lambda: day)
    assert most_received(COMMUNE, on=day.date()) == ["1.004873", "1.000656"]
    assert most_received(COMMUNE, on=day.date() + timedelta(days=29)) == ["1.004873", "1.000656"]
    assert most_received(COMMUNE, on=day.date() + timedelta(days=30)) == []
    assert most_received(OTHER_COMMUNE, on=day.date()) == []
    with pages_at(day + timedelta(hours=4)):
        html = search(visitor("tiepnhan1", at=day + timedelta(hours=4)))
    assert html.index("procedure=1.004873") < html.index("procedure=1.000656")
