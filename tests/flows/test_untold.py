"""Each word that an applicant is owed is told on its own: what was shown and said, and nothing newer."""

import json
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from hypothesis import given, strategies as st

from motcua.dossiers import projector as dossiers
from motcua.dossiers.projections.base import WAITED_FOR
from motcua.dossiers.states import Act, State
from motcua.dossiers.untold import owing, subject, untold, without
from motcua.flows import progress, transfers
from motcua.flows.reception import submit
from motcua.kernel.errors import NotAllowedNow
from motcua.ledger.selectors import history
from motcua.notifications.models import Notice
from motcua.reactions.messages import tell_in_time
from tests.support.acts import act, moment, open_day
from tests.support.lives import brought_to, doings, plain, row_of
from tests.support.outlets import Outlets, outlets
from tests.support.told import (
    MINUTE,
    MORNING,
    follow,
    in_supplement,
    listed,
    nothing_is_news,
    owed,
    received,
    send,
    tried,
)
from tests.support.world import intake


@pytest.fixture
def out() -> Iterator[Outlets]:
    nothing_is_news()
    with outlets() as both:
        yield both


def late(code: str, at: Any) -> None:
    """The delay is told of, to nobody's telephone."""
    told: dict[str, Any] = {"apology_date": open_day(moment(28, 9).date()), "reason": "Chờ trả lời."}
    act("chutich", at, progress.notify_delay, code=code, **told)
    follow(at)
    send(at)


def longer(code: str, at: Any) -> None:
    """So is a later date."""
    told: dict[str, Any] = {"ground": "verification", "value": "1", "reason": "Xác minh."}
    act("chutich", at, progress.extend, code=code, **told)
    follow(at)
    send(at)


def with_two_words() -> str:
    """A dossier whose applicant no message reached: about papers, then about a delay."""
    code = in_supplement(email="", phone="")
    send(MORNING + 4 * MINUTE)
    late(code, MORNING + 5 * MINUTE)
    return code


@pytest.mark.django_db
def test_a_second_word_stands_beside_the_first_and_each_is_told_by_itself(out):
    code = with_two_words()
    assert listed() == [(code, "papers"), (code, "delay")]
    papers, delay = owed(code)
    act("tiepnhan1", MORNING + 9 * MINUTE, transfers.tell, code=code, words=[papers], way="phone")
    assert listed() == [(code, "delay")]
    assert dossiers.replay(history(row_of(code)["id"]))["dossiers_dossier"] == [plain(code)]
    act("tiepnhan1", MORNING + 10 * MINUTE, transfers.tell, code=code, words=[papers, delay], way="letter")
    told = [one.data for one in history(row_of(code)["id"]) if one.type == "dossier_applicant_told"]
    assert [(one["about"], one["word"], one["way"]) for one in told] == [
        ("papers", papers, "phone"),
        ("delay", delay, "letter"),
    ]
    assert (listed(), row_of(code)["to_tell"]) == ([], None)


@pytest.mark.django_db
def test_one_call_may_tell_two_words(out):
    code = with_two_words()
    act("tiepnhan1", MORNING + 9 * MINUTE, transfers.tell, code=code, words=owed(code), way="phone")
    assert listed() == []
    assert dossiers.replay(history(row_of(code)["id"]))["dossiers_dossier"] == [plain(code)]


@pytest.mark.django_db
def test_what_failed_after_the_page_was_opened_stays(out):
    code = in_supplement(email="", phone="")
    send(MORNING + 4 * MINUTE)
    shown = owed(code)
    late(code, MORNING + 5 * MINUTE)
    act("tiepnhan1", MORNING + 9 * MINUTE, transfers.tell, code=code, words=shown, way="phone")
    assert listed() == [(code, "delay")]
    before = plain(code)
    with pytest.raises(NotAllowedNow):
        act("tiepnhan1", MORNING + 10 * MINUTE, transfers.tell, code=code, words=shown, way="phone")
    assert plain(code) == before


@pytest.mark.django_db
def test_a_newer_promise_is_not_told_by_who_was_shown_the_older(out):
    code = received(email="", phone="")
    longer(code, MORNING + MINUTE)
    shown = owed(code)
    longer(code, MORNING + 3 * MINUTE)
    assert listed() == [(code, "due_moved")], "of one thing there is one word, the newest"
    with pytest.raises(NotAllowedNow):
        act("tiepnhan1", MORNING + 4 * MINUTE, transfers.tell, code=code, words=shown, way="phone")
    assert listed() == [(code, "due_moved")]


@pytest.mark.django_db
def test_an_older_message_that_arrives_late_tells_no_newer_word(out):
    code = received()
    out.sms.mode = out.mail.mode = "busy"
    longer(code, MORNING + MINUTE)
    out.sms.mode = out.mail.mode = "refuse"
    longer(code, MORNING + 1.5 * MINUTE)
    assert listed() == [(code, "due_moved")]
    out.sms.mode = out.mail.mode = "ok"
    tried(MORNING + timedelta(hours=2), 3)
    assert Notice.objects.filter(reference=code, about="extended", outcome="reached").count() == 1
    assert listed() == [(code, "due_moved")]


@pytest.mark.django_db
def test_a_reminder_that_arrives_takes_what_it_reminds_of_off_the_list(out):
    code = in_supplement()
    out.sms.mode = out.mail.mode = "refuse"
    send(MORNING + 4 * MINUTE)
    assert listed() == [(code, "papers")]
    out.sms.mode = out.mail.mode = "ok"
    later = MORNING + timedelta(days=5, minutes=3)
    assert tell_in_time(clock=lambda: later) >= 1
    tried(later, 3)
    assert listed() == []


@pytest.mark.django_db
def test_what_the_desk_told_is_not_told_again_when_the_message_fails_after(out):
    out.sms.mode = out.mail.mode = "busy"
    code, at = brought_to(State.TRANSFERRED)
    act("tiepnhan1.mauhai", at, transfers.accept, code=code)
    follow(at)
    send(at)
    act("tiepnhan1", at + MINUTE, transfers.tell, code=code, words=owed(code), way="phone")
    out.sms.mode = out.mail.mode = "refuse"
    send(at + timedelta(hours=2))
    assert listed() == []


def submitted(at: Any) -> str:
    return str(act("tiepnhan1", at, submit, intake=intake(channel="online")).row["code"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("what", "about"), [(Act.RECEIVE, "received"), (Act.REFUSE, "refused"), (Act.STOP, "stopped")]
)
def test_what_from_home_nobody_else_would_be_told_is_telephoned(out, what, about):
    code = in_supplement() if what is Act.STOP else submitted(MORNING)
    at = MORNING + 9 * MINUTE
    out.sms.mode = out.mail.mode = "refuse"
    doing = doings(at, whole=intake(channel="online"))[what]
    act(doing.login, at, doing.flow, code=code, **doing.arguments)
    follow(at)
    send(at)
    assert listed() == [(code, about)]
    act("tiepnhan1", at + MINUTE, transfers.tell, code=code, words=owed(code), way="phone")
    assert listed() == []
    assert dossiers.replay(history(row_of(code)["id"]))["dossiers_dossier"] == [plain(code)]


ABOUTS = ["papers", "payment", "delay", "due_date", "due_moved", "received", "refused", "stopped"]
steps = st.lists(
    st.one_of(
        st.tuples(st.just("owing"), st.sampled_from(ABOUTS)),
        st.tuples(st.just("told"), st.integers(1, 12)),
        st.tuples(st.just("over"), st.none()),
    ),
    max_size=12,
)


@given(steps)
def test_of_each_subject_there_is_the_newest_word_and_no_other_goes(done: list[tuple[str, Any]]) -> None:
    row: dict[str, Any] = {"to_tell": None}
    expected: dict[str, tuple[int, str]] = {}
    for seq, (what, which) in enumerate(done, 1):
        if what == "owing":
            row["to_tell"] = owing(row, which, seq=seq, since=MORNING + seq * MINUTE)
            kept = expected.get(subject(which), (0, which))[1]
            expected[subject(which)] = (seq, kept)
        elif what == "told":
            row["to_tell"] = without(row, seqs=[which])
            expected = {name: one for name, one in expected.items() if one[0] != which}
        else:
            row["to_tell"] = without(row, abouts=WAITED_FOR)
            expected = {name: one for name, one in expected.items() if one[1] not in WAITED_FOR}
        assert row["to_tell"] != []
        assert {(word.seq, word.about) for word in untold(row["to_tell"])} == set(expected.values())


@pytest.mark.django_db
def test_an_upgrade_numbers_the_words_that_are_owed(out):
    code, at = brought_to(State.TRANSFERRED)
    act("tiepnhan1.mauhai", at, transfers.accept, code=code)
    after = plain(code)
    before = {name: value for name, value in after["to_tell"][0].items() if name != "seq"}
    forward = import_module("motcua.dossiers.migrations.0018_untold").FORWARD
    with connection.cursor() as cursor:
        cursor.execute("UPDATE dossiers_dossier SET to_tell = %s WHERE code = %s", [json.dumps(before), code])
        cursor.execute(forward)
    assert plain(code) == after
