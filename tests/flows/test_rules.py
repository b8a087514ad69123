"""Single rules of the law, through the flows; each denial asserts that nothing happened."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from motcua.catalogue.models import Handling
from motcua.dossiers.events import PaperMark
from motcua.dossiers.operations import MissingPaper
from motcua.dossiers.selectors import dossier
from motcua.dossiers.states import NATIONAL, State
from motcua.flows import progress
from motcua.flows.reception import Intake, receive, submit
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow
from motcua.kernel.ids import uuid7
from tests.support.acts import act, moment
from tests.support.situations import dossier_in
from tests.support.world import intake, logins, viewer
from tests.support.written import written

pytestmark = pytest.mark.django_db


def events() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_event")
        return int(cursor.fetchone()[0])


def in_process() -> str:
    code = act("tiepnhan1", moment(24, 9), receive, intake=intake()).row["code"]
    act("tuphap1", moment(24, 10), progress.start, code=code)
    return str(code)


def ask(login: str, at: datetime, code: str, text: str = "Thiếu giấy tờ."):
    return act(
        login, at, progress.request_supplement, code=code, items=[MissingPaper(component=None, text=text)]
    )


def test_second_supplement_is_the_leaders_and_counts_as_late_a_third_is_barred():
    code = in_process()
    first = ask("tuphap1", moment(24, 11), code)
    assert first.row["state"] == State.SUPPLEMENT_REQUESTED
    assert first.row["due_at"] is None
    assert first.event.counts_as_late is False
    supplied = act("tiepnhan1", moment(26, 9), progress.supply, code=code, items=["1"])
    assert supplied.row["due_at"] == datetime(2026, 9, 3, 17, tzinfo=moment(1, 1).tzinfo)
    with pytest.raises(Denied):
        ask("tuphap1", moment(26, 10), code)
    second = ask("chutich", moment(26, 11), code)
    assert second.event.counts_as_late is True
    act("tiepnhan1", moment(27, 9), progress.supply, code=code, items=["1"])
    before = events()
    with pytest.raises(NotAllowedNow, match="lần thứ ba"):
        ask("chutich", moment(27, 10), code)
    assert events() == before


def test_papers_outside_the_published_ones_may_not_be_asked_for():
    code = in_process()
    before = events()
    items = [MissingPaper(component="khong-co-trong-thu-tuc", text="Thêm giấy này.")]
    with pytest.raises(Invalid, match="đã công bố"):
        act("tuphap1", moment(24, 11), progress.request_supplement, code=code, items=items)
    assert events() == before


def test_missing_papers_are_told_at_once_and_nothing_is_written():
    whole = intake()
    bare = Intake(
        agency=whole.agency,
        procedure=whole.procedure,
        variant=whole.variant,
        channel=whole.channel,
        people=whole.people,
        answers=whole.answers,
    )
    before = events()
    with pytest.raises(Invalid, match="Hồ sơ chưa đủ") as refusal:
        act("tiepnhan1", moment(24, 9), receive, intake=bare)
    assert refusal.value.field == "components"
    assert events() == before


def test_refusal_needs_reason_and_basis():
    code = act("tiepnhan1", moment(24, 9), submit, intake=intake()).row["code"]
    before = events()
    with pytest.raises(Invalid, match="lý do"):
        act("tiepnhan1", moment(24, 10), progress.refuse, code=code, reason=" ", basis="NĐ 118/2025")
    with pytest.raises(Invalid, match="căn cứ"):
        act("tiepnhan1", moment(24, 10), progress.refuse, code=code, reason="Sai thẩm quyền.", basis="")
    assert events() == before
    refused = act(
        "tiepnhan1", moment(24, 10), progress.refuse, code=code, reason="Sai.", basis="NĐ 118/2025 Đ17"
    )
    assert (refused.row["state"], refused.row["national"]) == (State.REFUSED, 3)


def test_a_submission_is_answered_within_eight_working_hours():
    submitted = act("tiepnhan1", moment(24, 16), submit, intake=intake())
    assert submitted.row["answer_due_at"] == moment(25, 16)
    assert submitted.row["queue"] == "H99.01.01/desk"


def test_a_procedure_handled_elsewhere_is_not_received():
    Handling.objects.create(
        id=uuid7(), procedure_id="1.004873", agency="", handled_in="police", valid_from=date(2026, 1, 1)
    )
    before = events()
    with pytest.raises(NotAllowedNow, match="công an"):
        act("tiepnhan1", moment(24, 9), receive, intake=intake())
    assert events() == before


def test_every_state_has_its_national_code():
    assert sorted(code for code in NATIONAL.values() if code is not None) == list(range(1, 11))
    assert NATIONAL[State.TRANSFERRED] is None


def test_no_personal_text_in_events_or_requests():
    code = act(
        "tiepnhan1",
        moment(24, 9),
        receive,
        intake=intake(name="Hoàng Canari Thị Vàng", number="099301001234"),
    ).row["code"]
    act("tuphap1", moment(24, 10), progress.start, code=code)
    ask("tuphap1", moment(24, 11), code, text="Bổ sung giấy của Canari Vàng")
    with connection.cursor() as cursor:
        for table, column in (("ledger_event", "envelope"), ("ledger_request", "key")):
            cursor.execute(
                f"SELECT count(*) FROM {table} WHERE {column} ILIKE ANY (%s)",
                [["%canari%", "%099301001234%", "%0912345678%"]],
            )
            assert cursor.fetchone()[0] == 0, table
        cursor.execute("SELECT count(*) FROM dossiers_content WHERE position('Canari'::bytea in sealed) > 0")
        assert cursor.fetchone()[0] == 0


def test_only_the_desk_of_the_agency_receives():
    before = events()
    for login in ("tuphap1", "chutich", "vanthu", "thanhtra"):
        with pytest.raises(Denied):
            act(login, moment(24, 9), receive, intake=intake())
    assert events() == before


def test_who_proposes_does_not_approve():
    code = in_process()
    act("tuphap1", moment(24, 11), progress.step, code=code, outcome="granted")
    with pytest.raises(Denied):
        act("tuphap1", moment(24, 12), progress.step, code=code, outcome="granted")


def test_extension_only_before_the_due_moment_and_within_the_whole():
    code = in_process()
    before = events()
    with pytest.raises(Invalid, match="tối đa"):
        act(
            "chutich",
            moment(25, 9),
            progress.extend,
            code=code,
            ground="verification",
            value="21",
            reason="Xác minh nơi cư trú cũ.",
        )
    with pytest.raises(NotAllowedNow, match="hết"):
        act(
            "chutich",
            moment(28, 9),
            progress.extend,
            code=code,
            ground="verification",
            value="5",
            reason="Xác minh nơi cư trú cũ.",
        )
    assert events() == before
    extended = act(
        "chutich",
        moment(26, 9),
        progress.extend,
        code=code,
        ground="verification",
        value="5",
        reason="Xác minh nơi cư trú cũ.",
    )
    assert extended.row["due_at"] > moment(27, 17)


def test_suspension_pauses_and_resume_moves_the_due_date():
    code = in_process()
    suspended = act(
        "chutich", moment(25, 9), progress.suspend, code=code, ground="verification", reason="Chờ xác minh."
    )
    assert suspended.row["due_at"] is None
    assert suspended.row["suspended"] is True
    with pytest.raises(NotAllowedNow, match="tạm dừng"):
        act("tuphap1", moment(25, 10), progress.step, code=code, outcome="granted")
    resumed = act("chutich", moment(26, 9), progress.resume, code=code)
    assert resumed.row["due_at"] == moment(28, 17)
    assert resumed.row["suspended"] is False


def test_apology_changes_no_due_date():
    code = in_process()
    told = act(
        "chutich",
        moment(28, 9),
        progress.notify_delay,
        code=code,
        apology_date=date(2026, 9, 8),
        reason="Chờ cơ quan khác trả lời.",
    )
    assert told.row["due_at"] == moment(27, 17)
    assert told.row["apology_date"] == date(2026, 9, 8)


def test_an_extension_may_not_reach_beyond_the_whole_whatever_its_unit():
    """Three working days over a long weekend and 20 calendar days more are over 23 days in all."""
    code = act("tiepnhan1", moment(28, 9), receive, intake=intake()).row["code"]
    act("tuphap1", moment(28, 10), progress.start, code=code)
    before = events()
    extending = {"code": code, "ground": "verification", "reason": "Xác minh nơi cư trú cũ."}
    with pytest.raises(Invalid, match="hạn trả không được sau 17:00 21/09/2026"):
        act("chutich", moment(28, 11), progress.extend, value="20", **extending)
    assert events() == before
    extended = act("chutich", moment(28, 12), progress.extend, value="14", **extending)
    assert extended.row["due_at"] == datetime(2026, 9, 21, 17, tzinfo=moment(1, 1).tzinfo)


def test_no_pause_opens_what_the_whole_does_not_allow():
    code = act("tiepnhan1", moment(28, 9), receive, intake=intake()).row["code"]
    act("tuphap1", moment(28, 10), progress.start, code=code)
    act("chutich", moment(28, 11), progress.suspend, code=code, ground="verification", reason="Chờ.")
    before = events()
    extending = {"code": code, "ground": "verification", "reason": "Xác minh nơi cư trú cũ."}
    with pytest.raises(Invalid, match="không được sau 17:00 21/09/2026, chưa kể lần đang tạm dừng"):
        act("chutich", moment(28, 12), progress.extend, value="20", **extending)
    assert events() == before
    act("chutich", moment(28, 12), progress.extend, value="14", **extending)
    with pytest.raises(Invalid, match="không được sau"):
        act("chutich", moment(28, 13), progress.extend, value="1", **extending)
    resumed = act("chutich", moment(28, 14), progress.resume, code=code)
    assert resumed.row["due_at"] == moment(28, 17) + timedelta(days=24)


def test_an_extension_noted_afterwards_is_held_against_the_whole_as_of_its_paper():
    code = act("tiepnhan1", moment(27, 9), receive, intake=intake()).row["code"]
    act("tuphap1", moment(27, 10), progress.start, code=code)
    before = events()
    pad = PaperMark(pad="S001", number="2", occurred_at=moment(28, 9))
    extending = {"code": code, "ground": "verification", "reason": "Xác minh nơi cư trú cũ.", "paper": pad}
    late = datetime(2026, 9, 8, 9, tzinfo=moment(1, 1).tzinfo)
    with pytest.raises(Invalid, match="không được sau"):
        act("chutich", late, progress.extend, value="20", **extending)
    assert events() == before


def test_a_returned_dossier_goes_back_to_who_did_the_step():
    code = in_process()
    act("tuphap1", moment(24, 11), progress.step, code=code, outcome="granted")
    back = act("chutich", moment(24, 14), progress.return_step, code=code, to="examine", reason="Thiếu.")
    assert back.row["holder_account"] == logins()["tuphap1"]
    assert back.row["queue"] == "H99.01.01/justice_officer"


def test_a_fault_is_picked_and_the_applicant_reads_it():
    code = dossier_in("in_process", since=moment(24, 9))["code"]
    items = [
        MissingPaper(component="form", fault="not_signed", text="Chưa ký trang 2."),
        MissingPaper(component="identity", fault="expired"),
    ]
    event = act("tuphap1", moment(24, 15), progress.request_supplement, code=code, items=items).event
    assert [(i.component, i.fault) for i in event.items] == [("form", "not_signed"), ("identity", "expired")]
    texts = dossier(code, viewer=viewer("tuphap1")).texts
    assert [texts[i.text.content] for i in event.items] == [
        "Thiếu chữ ký, con dấu hoặc nội dung phải khai: Chưa ký trang 2.",
        "Hết hạn",
    ]


def test_a_fault_nobody_knows_is_refused_and_writes_nothing():
    code = dossier_in("in_process", since=moment(24, 9))["code"]
    before = written()
    for item in (MissingPaper(component="form", fault="ugly", text="x"), MissingPaper(component="form")):
        with pytest.raises(Invalid):
            act("tuphap1", moment(24, 15), progress.request_supplement, code=code, items=[item])
    assert written() == before
