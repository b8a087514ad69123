"""Dossiers handed in from home and the registers: hand-in waits for none, the officer sees why, nothing is asked for
that is proven, nothing happens twice."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test import Client

from motcua.dossiers import projector
from motcua.dossiers.operations import MissingPaper
from motcua.dossiers.selectors import find_row
from motcua.dossiers.states import State
from motcua.dossiers.tracked import tracked
from motcua.flows import progress, registers, submissions
from motcua.flows.reception import submit
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.time import now
from motcua.ledger.selectors import history
from motcua.parties.models import Party
from motcua.reactions.registers import PAUSE, ask_again
from tests.support.acts import act, moment
from tests.support.html import Page
from tests.support.lives import MINUTE, doings, everything, opened, plain
from tests.support.pages import plain_static, visitor
from tests.support.register import HUNG, TUYET, stand_in
from tests.support.scenes_citizen import written_online
from tests.support.streams import count
from tests.support.world import intake, logins, viewer

pytestmark = pytest.mark.django_db
AT = moment(24, 9)
BORN = date(1990, 2, 15)
NAME, BORN_ON, ADDRESS = (f"population.0.{name}" for name in ("name", "born_on", "address"))
WAITS = [NAME, BORN_ON, ADDRESS]


def handed_in(**told):
    asked = intake(**{"number": TUYET[0], "name": TUYET[1], "born_on": BORN, "channel": "online", **told})
    return act("tiepnhan1", AT, submit, intake=asked).row["code"]


def accepted(code, at, good=("online_form", "identity"), found=("residence",)):
    row = find_row(code, viewer=viewer("tiepnhan1", at=at))[0]
    told = {"row": row, "variant": row["variant"], "good": [*good], "found": [*found]}
    return act("tiepnhan1", at, submissions.accept, code=code, **told).row


def asks(at):
    return ask_again(clock=lambda: at, origin="simulated")


def waits(code):
    return [one["field"] for one in plain(code)["degraded"] or []]


def asked():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT q.who, q.position, q.subject, coalesce(a.outcome, '') FROM access_log_registerquestion q"
            " LEFT JOIN access_log_registeranswer a ON a.question = q.id ORDER BY q.id"
        )
        return cursor.fetchall()


def decided(code, at):
    for login, what in (("tuphap1", "start"), ("tuphap1", "step"), ("chutich", "step"), ("vanthu", "decide")):
        at += MINUTE
        doing = doings(at)[what]
        row = act(login, at, doing.flow, code=code, **doing.arguments).row
    return row


def test_the_register_dies_the_citizen_hands_in_and_the_work_is_completed_once_when_it_is_back():
    with stand_in() as register:
        register.kill()
        code = handed_in()
        assert asked() == [], "handing in asks nobody"
        assert (plain(code)["state"], waits(code)) == (State.SUBMITTED, WAITS)
        assert asks(AT + MINUTE) == 0
        with plain_static():
            page = visitor("tiepnhan1", at=now()).get(f"/dossiers/{code}/receive").content.decode()
        assert "chờ CSDL dân cư trả lời" in page
        row = accepted(code, AT + 2 * MINUTE)
        assert (row["state"], waits(code)) == (State.RECEIVED, WAITS)
        assert row["degraded"][0]["since"] == "2026-08-24T02:00:00.000000Z", "since it was handed in"
        with pytest.raises(NotAllowedNow):
            decided(code, AT + 3 * MINUTE)
        assert plain(code)["state"] == State.IN_PROCESS
        register.come_back()
        events = count("ledger_event")
        assert asks(AT + 2 * PAUSE) == 1
        assert asks(AT + 3 * PAUSE) == 0
    row = plain(code)
    assert (row["degraded"], count("ledger_event")) == (None, events + 1)
    assert [(one["field"], one["outcome"]) for one in row["filled"]] == [(field, "same") for field in WAITS]
    assert [line[-1] for line in asked()] == ["silent", "found"]
    doing = doings(AT + 3 * PAUSE)["decide"]
    assert (
        act("vanthu", AT + 4 * PAUSE, doing.flow, code=code, **doing.arguments).row["state"] == State.DECIDED
    )
    row = plain(code)
    (again,) = projector.replay(history(row["id"]))["dossiers_dossier"]
    assert again == row


def test_what_is_handed_in_from_a_draft_is_looked_up_afterwards():
    with stand_in():
        code = written_online(AT)["online"]
        assert asked() == []
        assert waits(code)[:2] == [NAME, BORN_ON]
        assert asks(AT + MINUTE) >= 1
        row = plain(code)
        assert row["degraded"] is None
        assert {NAME, BORN_ON} <= {one["field"] for one in row["filled"]}


def test_without_a_register_nothing_handed_in_waits():
    assert plain(handed_in())["degraded"] is None


@pytest.fixture
def clerk():
    with plain_static():
        yield visitor("tiepnhan1", at=now())


def pressed(clerk: Client, code, place="0", **typed):
    return clerk.post(f"/dossiers/{code}/receive", {"_look_up": place, **typed}, follow=True)


def test_the_officer_looks_up_before_they_decide(clerk):
    with stand_in():
        code = handed_in(name="Nguyễn Thị Anh Tuyết")
        assert "Tra cứu chủ hồ sơ" in clerk.get(f"/dossiers/{code}/receive").content.decode()
        page = pressed(clerk, code)
        assert (page.status_code, page.redirect_chain) == (200, [])
        html = page.content.decode()
        assert "CSDL dân cư ghi họ tên: NGUYỄN THỊ ÁNH TUYẾT" in html
        assert asked() == [(str(logins()["tiepnhan1"]), "reception_officer", code, "found")]
        row = plain(code)
        assert [one["field"] for one in row["filled"]] == [BORN_ON, ADDRESS]
        events = count("ledger_event")
        pressed(clerk, code)
        assert count("ledger_event") == events, "the same answer is no news"
    assert "CSDL dân cư ghi khác" in clerk.get(f"/dossiers/{code}/look-up").content.decode()
    number = row["filled"][0]["number"]
    assert number in clerk.get(f"/dossiers/{code}").content.decode(), "the source stands with the person"


def typed_in(page):
    fields = Page(page.content.decode()).form("paper_pad").fields
    return {name: values[-1] for name, values in fields.items()}


@pytest.mark.parametrize("mode", ["answer", "fail"])
def test_a_look_up_keeps_what_was_ticked_and_typed_and_judges_nothing(clerk, mode):
    typed = {"good_online_form": "on", "found_residence": "on", "paper_pad": "Q-7", "paper_on_0": "31"}
    with stand_in(mode):
        code = handed_in(name="Nguyễn Thị Anh Tuyết")
        page = pressed(clerk, code, **typed)
    fields = typed_in(page)
    assert {name: fields.get(name) for name in typed} == typed
    assert "good_identity" not in fields, "what was not ticked is not, whatever it began with"
    html = page.content.decode()
    assert "data-problems" not in html
    assert "Lỗi:" not in html
    assert plain(code)["state"] == State.SUBMITTED


def test_a_look_up_keeps_the_words_of_a_notice(clerk):
    with stand_in():
        code = handed_in(name="Nguyễn Thị Anh Tuyết")
        there = f"/dossiers/{code}/refuse"
        fields = typed_in(clerk.get(there))
        page = clerk.post(there, {**fields, "reason": "Không thuộc xã này.", "_look_up": "0"})
        assert "CSDL dân cư ghi họ tên: NGUYỄN THỊ ÁNH TUYẾT" in page.content.decode()
        assert typed_in(page)["reason"] == "Không thuộc xã này."
    assert plain(code)["state"] == State.SUBMITTED


@pytest.mark.parametrize("page", ["look-up", "backfill"])
def test_after_the_last_answer_one_is_led_to_the_dossier(clerk, page):
    code = opened(AT, degraded=(NAME,), number=TUYET[0], name=TUYET[1])
    with stand_in():
        answer = clerk.post(f"/dossiers/{code}/{page}", {"_look_up": "0"}, follow=True)
    assert (answer.status_code, answer.redirect_chain) == (200, [(f"/dossiers/{code}", 302)])
    assert "CSDL dân cư đã trả lời" in answer.content.decode()


@pytest.mark.parametrize("mode", ["fail", "away", "garbage"])
def test_a_look_up_in_vain_is_said_and_changes_nothing(clerk, mode):
    with stand_in(mode):
        code = handed_in()
        before = everything(code)
        html = pressed(clerk, code).content.decode()
        assert "Hồ sơ vẫn làm tiếp được, trừ việc ban hành" in html
        assert everything(code) == before
        assert pressed(clerk, code, place="7").status_code == 200
        assert len(asked()) == 1, "nobody stands there to be asked about"


def test_others_have_no_business_with_the_register(clerk):
    with stand_in():
        code = handed_in()
        before = everything(code)
        for login in ("thuquy", "tuphap1", "chutich.mauhai"):
            for page in ("look-up", "receive"):
                there = f"/dossiers/{code}/{page}"
                assert visitor(login, at=now()).post(there, {"_look_up": "0"}).status_code in (403, 404)
        assert (asked(), everything(code)) == ([], before)


def asks_for(code, at, component):
    items = [MissingPaper(component=component, text="Chưa rõ.")]
    return act("tiepnhan1", at, progress.request_supplement, code=code, items=items)


def test_what_the_register_proved_is_not_asked_for(clerk):
    with stand_in():
        code = handed_in()
        page = clerk.get(f"/dossiers/{code}/request_supplement").content.decode()
        assert 'name="missing_identity"' in page, "as long as nothing is proven it may be asked for"
        assert asks(AT + MINUTE) == 1
    before = everything(code)
    page = clerk.get(f"/dossiers/{code}/request_supplement").content.decode()
    assert 'name="missing_identity"' not in page
    assert "Cơ sở dữ liệu đã xác nhận, không yêu cầu lại" in page
    with pytest.raises(Invalid) as refusal:
        asks_for(code, AT + 2 * MINUTE, "identity")
    assert "đã xác nhận" in refusal.value.vi
    assert everything(code) == before
    assert asks_for(code, AT + 2 * MINUTE, "online_form").row["state"] == State.SUPPLEMENT_REQUESTED


def test_what_differs_may_be_asked_for():
    with stand_in():
        code = handed_in(born_on=date(1990, 2, 16))
        assert asks(AT + MINUTE) == 1
    assert asks_for(code, AT + 2 * MINUTE, "identity").row["state"] == State.SUPPLEMENT_REQUESTED


def test_what_the_desk_has_looked_up_is_not_asked_for():
    code = handed_in()
    accepted(code, AT + MINUTE)
    act("tuphap1", AT + 2 * MINUTE, progress.start, code=code)
    before = everything(code)
    items = [MissingPaper(component="residence", text="Bản sao.")]
    with pytest.raises(Invalid):
        act("tuphap1", AT + 3 * MINUTE, progress.request_supplement, code=code, items=items)
    assert everything(code) == before


def test_who_handed_in_without_a_number_is_the_same_person_when_it_is_received():
    code = handed_in(number="")
    party, parties = plain(code)["parties"][0]["party"], Party.objects.count()
    row = accepted(code, AT + MINUTE)
    assert (row["parties"][0]["party"], Party.objects.count()) == (party, parties)


def test_a_paper_is_looked_at_where_the_register_stays_away():
    with stand_in() as register:
        register.kill()
        code = handed_in(number=HUNG[0], name=HUNG[1])
        accepted(code, AT + MINUTE)
        act(
            "tiepnhan1",
            AT + 2 * MINUTE,
            registers.backfill,
            code=code,
            fields=WAITS,
            shown="Căn cước bản chính.",
        )
        assert decided(code, AT + 3 * MINUTE)["state"] == State.DECIDED
        assert opened(AT + MINUTE)


def formed(living_at="Thôn Trung Tâm, Xã Mẫu"):
    """Handed in with the form alone."""
    asked = intake(number=TUYET[0], name=TUYET[1], born_on=BORN, channel="online")
    ((role, person),) = asked.people
    form = tuple(one for one in asked.handed if one.component == "online_form")
    asked = replace(asked, people=((role, replace(person, address=living_at)),), handed=form)
    return act("tiepnhan1", AT, submit, intake=asked).row["code"]


def receiving(clerk, code):
    return clerk.get(f"/dossiers/{code}/receive").content.decode()


def test_what_the_register_has_said_is_received_without_a_tick_and_says_so(clerk):
    with stand_in():
        same, elsewhere = formed(), formed("Thôn Đoài, Xã Mẫu")
        before = everything(same)
        with pytest.raises(Invalid, match="Giấy tờ chứng minh nơi cư trú"):
            accepted(same, AT + MINUTE, good=("online_form",), found=())
        assert everything(same) == before
        asked_for = receiving(clerk, same)
        assert 'name="found_residence"' in asked_for
        assert 'name="good_identity"' in asked_for
        assert asks(AT + MINUTE) == 2
    for code, said in ((same, "Cơ sở dữ liệu dân cư đã xác nhận"), (elsewhere, "khác với lời khai")):
        page = receiving(clerk, code)
        assert said in page
        for name in ("found_residence", "good_residence", "good_identity", "found_identity"):
            assert f'name="{name}"' not in page
        row = accepted(code, AT + 2 * MINUTE, good=("online_form",), found=())
        assert row["state"] == State.RECEIVED
        assert {"identity", "residence"} <= {one["component"] for one in row["components"]}


def test_who_has_signed_in_need_not_show_who_they_are(clerk):
    code = written_online(AT)["online"]
    page = receiving(clerk, code)
    assert "Người nộp đã đăng nhập bằng tài khoản định danh điện tử" in page
    assert 'name="good_identity"' not in page
    sent = [one["component"] for one in plain(code)["components"]]
    assert accepted(code, AT + MINUTE, good=sent)["state"] == State.RECEIVED


def test_the_page_of_reception_begins_at_the_top_and_asks_no_question_with_one_answer(clerk):
    code = handed_in(procedure="2.000635")
    page = receiving(clerk, code)
    assert "autofocus" not in page
    assert 'type="radio"' not in page
    (variant,) = re.findall(r'<input type="hidden" name="variant" value="([^"]+)"', page)
    assert variant == plain(code)["variant"]
    assert "<strong>Trường hợp:</strong>" in page


def test_people_read_that_they_were_checked_and_officers_with_what_outcome(clerk):
    with stand_in():
        code = written_online(AT)["online"]
        assert asks(AT + MINUTE) >= 1
    row = plain(code)
    number = row["filled"][0]["number"]
    told = "".join(one.sentence.vi for one in tracked(row["id"]).entries)
    assert told.endswith("Cơ quan đã đối chiếu thông tin với Cơ sở dữ liệu dân cư.")
    assert number not in told
    assert "khác" not in told
    assert number in clerk.get(f"/dossiers/{code}").content.decode()
