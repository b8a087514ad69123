"""Who acts for another by a document: to the hour, within its scope, named on every paper, and one person with them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings, strategies as st

from motcua.agencies.models import Appointment
from motcua.agencies.operations import NewMandate, appoint_stand_in, end_appointment
from motcua.catalogue.selectors import version as procedure_version
from motcua.certification.selectors.desk import open_numbers
from motcua.dossiers.policy import Refused
from motcua.dossiers.selectors import dossier
from motcua.dossiers.states import Act
from motcua.dossiers.worklist import inbox, work_lists
from motcua.flows import delays, mends, money, progress
from motcua.kernel.errors import Denied, Invalid
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import history
from motcua.web.certification.clauses import _signing
from motcua.web.certification.shown import group_of
from motcua.web.common.money_paper import signed_by
from motcua.web.counter.letters import apology_facts
from motcua.web.counter.receipt import read
from motcua.web.counter.routing_slip import routing_slip
from motcua.web.desk.tests.support import Story, browser
from motcua.web.desk.told import told as told_of
from tests.flows.test_paper import pad
from tests.support.acts import act, moment, open_day
from tests.support.certification import copies, enter
from tests.support.lives import opened
from tests.support.money_days import CASH
from tests.support.pages import plain_static
from tests.support.world import COMMUNE, actor, logins, viewer

pytestmark = pytest.mark.django_db
AT = moment(24, 8)
HOUR = timedelta(hours=1)
SECOND, MICRO = timedelta(seconds=1), timedelta(microseconds=1)


def give(*, to, of, at=AT, since=AT, until=AT + 4 * HOUR, number="12/QĐ-UBND", **more):
    """The mandate of `of` for `to`, from `since` to `until`."""
    who = actor("kythuat", at=at)
    held = Appointment.objects.get(account_id=logins()[of], acting_for=None)
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        return appoint_stand_in(
            agency=COMMUNE,
            account=logins()[to],
            appointment=held.id,
            mandate=NewMandate(number=number, **more),
            valid_from=since,
            valid_to=until,
            actor=who,
            at=at,
        )


def acts_as(login, at, flow, **arguments):
    """`login` does it in the seat they hold by a mandate."""
    who = viewer(login, at=at)
    actor_ = who.actor(next(c for c in who.able if c.acting_for))
    with unit_of_work(actor=actor_, at=at, request=Request.fresh(), origin="simulated"):
        return flow(actor=actor_, at=at, **arguments)


def test_who_acts_for_the_preparer_of_a_letter_does_not_sign_it():
    story = Story(begins=AT - 3 * HOUR).proposed()
    day = open_day((AT + timedelta(days=40)).date())
    told = {"code": story.code, "apology_date": day, "reason": "Chờ xác minh."}
    prepared = act("chutich", AT, delays.prepare, **told)
    give(to="phochutich", of="chutich", kind="kt")
    sign = {"code": story.code, "signs": prepared.meta.seq}
    with pytest.raises(Denied, match="không được tự ký"):
        acts_as("phochutich", AT + HOUR, delays.notify_delay, **sign)
    back = acts_as("phochutich", AT + HOUR, delays.send_back, **sign, reason="Để lãnh đạo khác ký.")
    assert back.row["delay"] is None


def test_a_deputy_signs_for_the_head_and_every_paper_says_so():
    story = Story(begins=AT - 3 * HOUR).proposed()
    give(to="phochutich", of="chutich", kind="kt")
    at = AT + HOUR
    acts_as("phochutich", at, progress.step, code=story.code, outcome="granted")
    day = open_day((at + timedelta(days=40)).date())
    acts_as(
        "phochutich", at, progress.notify_delay, code=story.code, apology_date=day, reason="Chờ xác minh."
    )
    signed = history(story.row["id"])[-2]
    assert (signed.actor["for"], signed.actor["mandate"]) == (str(logins()["chutich"]), "KT. 12/QĐ-UBND")
    names = {login: viewer(login).name for login in ("phochutich", "chutich")}
    with plain_static():
        page = browser("chutich").get(f"/dossiers/{story.code}").text
    assert f"KT. CHỦ TỊCH, làm thay {names['chutich']} theo 12/QĐ-UBND" in page
    assert f"{names['phochutich']}\n(thay {names['chutich']}, theo văn bản số 12/QĐ-UBND)" in page
    printed = read(story.code, viewer=viewer("tiepnhan1"))
    envelope = printed.envelopes[-1]
    entry = next(x for x in printed.shown.entries if x.seq == envelope.seq)
    facts = apology_facts(printed, envelope, entry)
    assert facts.signer_position == "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"
    assert facts.signer == f"{names['phochutich']}\n(thay {names['chutich']}, theo văn bản số 12/QĐ-UBND)"
    assert routing_slip(printed, viewer=viewer("tiepnhan1"), at=at).startswith(b"%PDF")


def test_a_delegation_opens_what_it_names_and_nothing_else():
    story = Story(begins=AT - 3 * HOUR).proposed()
    give(to="vanthu", of="chutich", kind="tuq", acts=("step",), procedures=(story.row["procedure"],))
    at = AT + HOUR
    who = viewer("vanthu", at=at)
    assert {c.kind for c in who.capacities} == {"clerk"}
    assert story.code in {one.line.code for one in inbox(viewer=who, at=AT).lines}
    refused = dossier(story.code, viewer=who).acts[Act.SUSPEND]
    assert isinstance(refused, Refused)
    assert "TUQ. 12/QĐ-UBND không giao việc" in refused.reason.vi
    before = len(history(story.row["id"]))
    with pytest.raises(Denied, match="không giao việc"):
        acts_as(
            "vanthu", at, progress.suspend, code=story.code, ground="verification", reason="Gửi xác minh."
        )
    assert len(history(story.row["id"])) == before
    done = acts_as("vanthu", at, progress.step, code=story.code, outcome="granted")
    assert done.row["approval"]["mandate"] == "TUQ. 12/QĐ-UBND"


def test_of_two_delegations_for_one_list_both_show_their_work():
    give(to="vanthu", of="chutich", kind="tuq", procedures=("1.004873",))
    who = viewer("vanthu", at=AT + HOUR)
    other = replace(who.limited[0], procedures=frozenset({"9.999999"}))
    queue = work_lists(who)[-1][0]
    assert (queue, "", ["1.004873", "9.999999"]) in work_lists(replace(who, limited=(*who.limited, other)))
    whole = replace(other, procedures=frozenset(), acts=frozenset({"step"}))
    assert (queue, "", []) in work_lists(replace(who, limited=(*who.limited, whole)))


def test_another_procedure_than_the_named_ones_is_refused_and_not_listed():
    story = Story(begins=AT - 3 * HOUR).proposed()
    give(to="vanthu", of="chutich", kind="tuq", procedures=("9.999999",))
    assert story.code not in {
        one.line.code for one in inbox(viewer=viewer("vanthu", at=AT + HOUR), at=AT + HOUR).lines
    }
    with pytest.raises(Denied, match="không giao thủ tục"):
        acts_as("vanthu", AT + HOUR, progress.step, code=story.code, outcome="granted")


@pytest.mark.parametrize("hours", [-1, 4, 30])
def test_outside_its_hours_it_is_refused_with_the_hours(hours):
    story = Story(begins=AT - 4 * HOUR).proposed()
    give(to="vanthu", of="chutich", kind="tuq", acts=("step",), at=AT - 2 * HOUR)
    who = viewer("vanthu", at=AT + hours * HOUR)
    assert not who.limited
    refused = dossier(story.code, viewer=who).acts[Act.STEP]
    assert isinstance(refused, Refused)
    assert "từ 08:00 24/08/2026 đến 12:00 24/08/2026" in refused.reason.vi
    with pytest.raises(Denied):
        act("vanthu", AT + hours * HOUR, progress.step, code=story.code, outcome="granted")


def test_what_is_held_by_a_mandate_is_not_given_on_and_a_seat_is_given_whole_once():
    given = give(to="phochutich", of="chutich", kind="kt")
    who = actor("kythuat", at=AT)
    told = {"agency": COMMUNE, "valid_from": AT, "valid_to": AT + HOUR, "actor": who, "at": AT}
    for more in ({"appointment": given}, {"appointment": Appointment.objects.get(id=given).id}):
        with (
            pytest.raises(Invalid, match="không ủy quyền tiếp"),
            unit_of_work(actor=who, at=AT, request=Request.fresh(), origin="simulated"),
        ):
            appoint_stand_in(
                account=logins()["vanthu"], mandate=NewMandate(number="13/QĐ", kind=""), **more, **told
            )
    with pytest.raises(Invalid, match="giao trọn cho người khác"):
        give(to="vanthu", of="chutich", since=AT + 3 * HOUR, until=AT + 5 * HOUR)
    give(to="vanthu", of="chutich", since=AT + 4 * HOUR, until=AT + 5 * HOUR)
    give(to="tuphap1", of="chutich", kind="tl", acts=("step",))


def test_it_ends_early():
    given = give(to="phochutich", of="chutich", kind="kt")
    who = actor("kythuat", at=AT + HOUR)
    with unit_of_work(actor=who, at=AT + HOUR, request=Request.fresh(), origin="simulated"):
        end_appointment(agency=COMMUNE, appointment=given, actor=who, at=AT + HOUR)
    assert {c.kind for c in viewer("phochutich", at=AT + HOUR).capacities} == {"vice_chair"}
    assert [c.until for c in viewer("phochutich", at=AT + HOUR).lapsed] == [AT + HOUR]


def test_giver_and_taker_are_never_both_ends():
    story = Story(begins=AT - 6 * HOUR).decided()
    give(to="tuphap1", of="chutich", kind="tuq", acts=("reopen_for_correction",))
    told = {"to": "examine", "fault": "office", "reason": "Sai ngày sinh."}
    proposed = acts_as("tuphap1", AT + HOUR, mends.reopen_for_correction, code=story.code, **told)
    seq = proposed.row["pending"]["seq"]
    assert proposed.row["pending"]["for"] == str(logins()["chutich"])
    for login in ("chutich", "tuphap1"):
        with pytest.raises(Denied):
            act(login, AT + 2 * HOUR, mends.confirm, code=story.code, seq=seq)
    with pytest.raises(Denied):
        acts_as("tuphap1", AT + 2 * HOUR, mends.confirm, code=story.code, seq=seq)
    act("phochutich", AT + 2 * HOUR, mends.confirm, code=story.code, seq=seq)


def test_who_is_asking_is_one_statement(django_assert_num_queries):
    give(to="phochutich", of="chutich", kind="kt")
    with django_assert_num_queries(1):
        viewer("phochutich", at=AT + HOUR)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM agencies_appointment WHERE mandate_kind = 'kt'")
        assert cursor.fetchone() == (1,)


def test_a_sector_is_the_scope_and_another_is_refused_by_name():
    story = Story(begins=AT - 3 * HOUR).proposed()
    ours = procedure_version(story.row["procedure_version"]).sector.name.vi
    given = give(to="vanthu", of="chutich", kind="tuq", sectors=("Đất đai",))
    at = AT + HOUR
    assert story.code not in {one.line.code for one in inbox(viewer=viewer("vanthu", at=at), at=at).lines}
    before = len(history(story.row["id"]))
    with pytest.raises(Denied, match=f"chỉ giao lĩnh vực Đất đai; hồ sơ này thuộc lĩnh vực {ours}"):
        acts_as("vanthu", at, progress.step, code=story.code, outcome="granted")
    assert len(history(story.row["id"])) == before
    who = actor("kythuat", at=at)
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        end_appointment(agency=COMMUNE, appointment=given, actor=who, at=at)
    give(to="vanthu", of="chutich", kind="tuq", sectors=(ours,), at=at, since=at)
    assert story.code in {one.line.code for one in inbox(viewer=viewer("vanthu", at=at), at=at).lines}
    assert acts_as("vanthu", at, progress.step, code=story.code, outcome="granted").row["approval"]


def vacant():
    """The chair's seat after its holder has gone."""
    held = Appointment.objects.get(account_id=logins()["chutich"], acting_for=None)
    Appointment.objects.filter(id=held.id).update(valid_to=AT)
    return held.position_id


def acting_head(position, kind="q", account="phochutich", **more):
    who = actor("kythuat", at=AT)
    with unit_of_work(actor=who, at=AT, request=Request.fresh(), origin="simulated"):
        return appoint_stand_in(
            agency=COMMUNE,
            account=logins()[account],
            position=position,
            mandate=NewMandate(number="30/QĐ-UBND", kind=kind, **more),
            valid_from=AT,
            valid_to=AT + 4 * HOUR,
            actor=who,
            at=AT,
        )


def test_a_vacant_seat_has_an_acting_head_who_signs_as_such_for_nobody():
    story = Story(begins=AT - 3 * HOUR).proposed()
    seat = Appointment.objects.get(account_id=logins()["chutich"], acting_for=None).position_id
    with pytest.raises(Invalid) as refusal:
        acting_head(seat)
    assert refusal.value.field == "appointment"
    assert vacant() == seat
    for wrong in ({"kind": "kt"}, {"kind": ""}, {"when_absent": True}, {"acts": ("step",)}):
        with pytest.raises(Invalid):
            acting_head(seat, **wrong)
    acting_head(seat)
    at = AT + HOUR
    who = viewer("phochutich", at=at)
    held = next(c for c in who.capacities if c.kind == "chair")
    assert (held.acting_for, held.mandate) == (None, "Q. 30/QĐ-UBND")
    signs = who.actor(held)
    told = {"apology_date": open_day((at + timedelta(days=40)).date()), "reason": "Chờ trả lời."}
    with unit_of_work(actor=signs, at=at, request=Request.fresh(), origin="simulated"):
        progress.notify_delay(code=story.code, actor=signs, at=at, **told)
    printed = read(story.code, viewer=who)
    envelope = printed.envelopes[-1]
    facts = apology_facts(printed, envelope, printed.shown.entries[-1])
    assert facts.signer_position == "Q. CHỦ TỊCH"
    assert facts.signer.endswith("(theo văn bản số 30/QĐ-UBND)")
    assert told_of(printed.shown.entries[-1]).actor.vi.endswith("; Q. CHỦ TỊCH, theo 30/QĐ-UBND")
    assert not [c for c in viewer("phochutich", at=AT + 4 * HOUR).capacities if c.kind == "chair"]


_SINCE = st.integers(0, 6 * 3600)


@settings(max_examples=40, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(begins=_SINCE, lasts=st.integers(1, 6 * 3600), looked=st.integers(-10, 13 * 3600), named=st.booleans())
def test_a_mandate_holds_from_its_first_instant_to_before_its_last(begins, lasts, looked, named):
    """To the second: held at its beginning, no more at its end, and outside told with its hours."""
    since, until = AT + begins * SECOND, AT + (begins + lasts) * SECOND
    Appointment.objects.filter(acting_for__isnull=False).delete()
    give(
        to="vanthu",
        of="chutich",
        since=since,
        until=until,
        **({"acts": ("step",), "kind": "tuq"} if named else {}),
    )
    for at in (AT + looked * SECOND, since, since - MICRO, until, until - MICRO):
        who = viewer("vanthu", at=at)
        holds = any(c.acting_for for c in who.able)
        assert holds == (since <= at < until)
        assert any(c.acting_for for c in who.lapsed) != holds


def test_a_receipt_and_a_clause_say_for_whom_they_were_signed():
    give(to="vanhoa", of="thuquy", number="9/QĐ-UBND")
    code, at = opened(AT - HOUR), AT + HOUR
    row = acts_as("vanhoa", at, money.take, codes=[code], tender=CASH).row
    assert signed_by(row["cashier"], row["id"]).endswith("theo văn bản số 9/QĐ-UBND)")
    give(to="vanthu", of="chutich")
    signed = {}
    for login in ("chutich", "phochutich", "vanthu"):
        dossier_ = enter(copies(("citizen_card", 1, 1), signer=login), at).dossier
        (entry,) = open_numbers(dossier_, agency=COMMUNE)
        signed[login] = _signing(group_of([entry]), entry).split("\n")
    chair = viewer("chutich", at=at).name
    assert signed == {
        "chutich": ["CHỦ TỊCH"],
        "phochutich": ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
        "vanthu": ["CHỦ TỊCH", f"(thay {chair}, theo văn bản số 12/QĐ-UBND)"],
    }


def test_what_was_done_on_paper_before_or_after_the_mandate_is_not_entered_under_it():
    story = Story(begins=AT - 3 * HOUR).proposed()
    since = AT + 2 * HOUR
    give(to="vanhoa", of="chutich", since=since, until=since + 2 * HOUR)
    told = {"code": story.code, "outcome": "granted"}
    before = len(history(story.row["id"]))
    with pytest.raises(Invalid, match="trong thời gian ấy") as refused:
        acts_as("vanhoa", since + HOUR, progress.step, **told, paper=pad(since - SECOND))
    assert refused.value.field == "occurred_at"
    assert len(history(story.row["id"])) == before
    done = acts_as("vanhoa", since + HOUR, progress.step, **told, paper=pad(since))
    assert done.event.occurred_at == since
