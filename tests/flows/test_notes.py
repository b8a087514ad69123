"""Notes and messages of officers on a dossier: who reads them, who saw them, and that nothing else changes by them."""

from datetime import timedelta

import pytest
from django.db import connection

from motcua.dossiers import projector
from motcua.dossiers.consultations import shared
from motcua.dossiers.selectors import dossier
from motcua.dossiers.thread import mark_read
from motcua.dossiers.tracked import tracked
from motcua.flows import consultations, notes, progress
from motcua.flows.reception import receive
from motcua.kernel.errors import Denied, Invalid, NotFound
from motcua.kernel.time import now
from motcua.ledger.selectors import history
from motcua.web.desk.tests.support import browser
from motcua.workday.selectors import words_of
from tests.flows.test_officers_told import told
from tests.support.acts import act, moment
from tests.support.bundle import Bundle
from tests.support.lives import plain
from tests.support.opinions import NEIGHBOUR
from tests.support.pages import plain_static
from tests.support.talk import wrote
from tests.support.told import follow, nothing_is_news
from tests.support.world import COMMUNE, INSURANCE, OTHER_COMMUNE, POLICE, actor, intake, logins, viewer

pytestmark = pytest.mark.django_db
AT = moment(24, 9)
MINUTE = timedelta(minutes=1)


def opened(at=AT):
    """A dossier that tuphap1 works on."""
    code = act("tiepnhan1", at, receive, intake=intake()).row["code"]
    act("tuphap1", at, progress.start, code=code)
    return code


def read_by(login, code):
    return [x.text for x in dossier(code, viewer=viewer(login)).said]


def test_who_reads_what_and_nothing_else_changes():
    code = opened()
    before = plain(code)
    own = wrote("tuphap1", code, "own", "Riêng tôi.", AT + MINUTE)
    wrote("tuphap1", code, "unit", "Cho đơn vị.", AT + 2 * MINUTE)
    question = wrote("chutich", code, "person:tuphap1", "Vướng gì?", AT + 3 * MINUTE)
    answer = wrote("tuphap1", code, "", "Chờ xã bên.", AT + 4 * MINUTE, answers=question)
    everything = ["Riêng tôi.", "Cho đơn vị.", "Vướng gì?", "Chờ xã bên."]
    assert read_by("tuphap1", code) == read_by("thanhtra", code) == everything
    assert read_by("tuphap2", code) == everything[1:]
    assert read_by("tiepnhan1", code) == read_by("chutich", code) == everything[2:]
    assert dossier(code, viewer=viewer("chutich")).said[-1].to["account"] == str(logins()["chutich"])
    with pytest.raises(NotFound):
        dossier(code, viewer=viewer("chutich.mauhai"))
    after, changed = plain(code), {"head_seq", "head_hash", "head_at"}
    assert {name for name in after if after[name] != before[name]} == changed
    assert projector.replay(history(after["id"]))["dossiers_dossier"] == [after]
    entries = [x for x in dossier(code, viewer=viewer("thanhtra")).entries if x.seq in (own, answer)]
    assert [(x.sentence.vi, x.texts) for x in entries] == [
        ("Ghi chú riêng.", ()),
        (f"Trả lời tin nhắn của {viewer('chutich').name}.", ()),
    ]
    told_people = " ".join(x.sentence.vi for x in tracked(after["id"]).entries)
    assert "Ghi chú" not in told_people
    assert "tin nhắn" not in told_people
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_event WHERE envelope::text LIKE '%%Vướng gì%%'")
        assert cursor.fetchone() == (0,)


def test_what_is_refused_is_not_written():
    code = opened()
    head = plain(code)["head_seq"]
    for login, to, body, refusal in (
        ("thanhtra", "own", "Xem.", Denied),
        ("chutich.mauhai", "own", "Xem.", Denied),
        ("tuphap1", f"agency:{OTHER_COMMUNE}", "Hỏi.", Invalid),
        ("tuphap1", "person:chutich", "Chủ tịch chưa làm gì ở hồ sơ này.", Invalid),
        ("tuphap1", "own", "  ", Invalid),
        ("tuphap1", "own", "x" * 4001, Invalid),
    ):
        with pytest.raises(refusal):
            wrote(login, code, to, body, AT + MINUTE)
    with pytest.raises(Invalid):
        wrote("tuphap1", code, "", "Trả lời ai?", AT + MINUTE, answers=1)
    assert plain(code)["head_seq"] == head


def test_a_message_is_told_seen_once_and_answered_by_whom_is_asked_for_an_opinion():
    nothing_is_news()
    begins = now() - timedelta(minutes=10)
    code = opened(begins)
    asked = {"about": "Có đăng ký kết hôn không?", "value": "2", "unit": "working_day"}
    act("tuphap1", begins, consultations.consult, code=code, whom=[NEIGHBOUR], **asked)
    keys = {key for key, _name, _agency in notes.choices(plain(code), actor=actor("tuphap1"), at=begins)}
    assert f"agency:{OTHER_COMMUNE}" in keys
    assert f"person:{logins()['tiepnhan1']}" in keys
    assert not {f"person:{logins()['tuphap1']}", f"agency:{COMMUNE}"} & keys
    question = wrote("tuphap1", code, f"agency:{OTHER_COMMUNE}", "Xin bản chụp sổ.", begins + MINUTE)
    wrote("tuphap1", code, "unit", "Đã hỏi xã bên.", begins + MINUTE)
    follow(begins + 2 * MINUTE)
    assert told("chutich.mauhai")[-1] == "Có tin nhắn cho bạn về hồ sơ."
    assert told("tuphap1") == told("tiepnhan1.mauhai") == []
    one = plain(code)["consultations"][0]
    place = f"/consultations/{one['id']}/notes"
    with plain_static():
        theirs = browser("chutich.mauhai")
        page = theirs.get(place).content.decode()
        assert "Xin bản chụp sổ." in page
        assert "Đã hỏi xã bên." not in page
        theirs.get(place)
        sent = {"text": "Đã gửi.", "answers": str(question), "idempotency_key": "k"}
        assert [theirs.post(place, sent).status_code for _ in range(2)] == [302, 302]
        assert browser("tiepnhan1.mauhai").get(place).status_code == 404
        assert "Đã gửi." in browser("tuphap1").get(f"/dossiers/{code}").content.decode()
    said = dossier(code, viewer=viewer("tuphap1")).said
    assert [x.text for x in said] == ["Xin bản chụp sổ.", "Đã hỏi xã bên.", "Đã gửi."]
    assert [[who for who, _at in x.seen] for x in said] == [
        [logins()["chutich.mauhai"]],
        [],
        [logins()["tuphap1"]],
    ]
    mark_read(plain(code), said, viewer=viewer("tuphap1"), at=begins)
    assert shared(one["id"], viewer=viewer("chutich.mauhai"))
    act(
        "chutich.mauhai",
        now(),
        notes.write,
        code=code,
        to=f"agency:{COMMUNE}",
        body="Còn gì nữa không?",
    )
    with pytest.raises(Invalid):
        act(
            "chutich.mauhai",
            now(),
            notes.write,
            code=code,
            to="own",
            body="Ở đây không ghi.",
        )


def test_who_leads_a_bundle_and_who_does_a_part_write_to_each_other_and_a_third_reads_nothing():
    bundle = Bundle().registered()
    police = f"{bundle.code}.1"
    at = bundle.at + MINUTE
    question = wrote("cutru.congan", police, f"agency:{COMMUNE}", "Chủ hộ là ai?", at)
    wrote("cutru.congan", police, "unit", "Chờ xã.", at + MINUTE)
    wrote("tuphap1", police, "", "Là bà nội.", at + 2 * MINUTE, answers=question)
    wrote("tiepnhan1", police, f"agency:{POLICE}", "Cần trước thứ Năm.", at + 3 * MINUTE)
    assert read_by("cutru.congan", police) == ["Chủ hộ là ai?", "Chờ xã.", "Là bà nội.", "Cần trước thứ Năm."]
    before = plain(police)["head_seq"]
    for login, code, to in (
        ("the.bhxh", police, f"agency:{POLICE}"),
        ("tuphap1.mauhai", police, f"agency:{POLICE}"),
    ):
        with pytest.raises(Denied):
            wrote(login, code, to, "Cho tôi xem.", at + 4 * MINUTE)
    for to in ("unit", "own", f"agency:{INSURANCE}"):
        with pytest.raises(Invalid):
            wrote("tuphap1", police, to, "Ghi.", at + 4 * MINUTE)
    assert plain(police)["head_seq"] == before
    page, notes_of = f"/dossiers/{police}/notes", {}
    with plain_static():
        for login in ("tuphap1", "the.bhxh", "chutich.mauhai", "cutru.congan"):
            notes_of[login] = browser(login).get(page)
        assert police in browser("tuphap1").get(f"/dossiers/{bundle.code}").text
    assert [notes_of[one].status_code for one in ("the.bhxh", "chutich.mauhai")] == [404, 404]
    lead = notes_of["tuphap1"].text
    assert "Chủ hộ là ai?" in lead
    assert "Chờ xã." not in lead, "what the part's unit notes is its own"
    assert f'<a href="/dossiers/{bundle.code}">Hồ sơ {bundle.code}</a>' in lead
    assert "Chờ xã." in notes_of["cutru.congan"].text
    follow(at + 5 * MINUTE)
    words, _ = words_of(logins()["vanthu"])
    assert words[0].opens == ("dossier_notes", police), "who has the dossier of the bundle is told"
