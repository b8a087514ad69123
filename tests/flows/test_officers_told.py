"""Word to officers: what came into somebody's hands and what they wait for, once each, and for who stands in."""

from datetime import timedelta
from uuid import UUID

import pytest

from motcua.accounts.models import Account
from motcua.dossiers.states import Act
from motcua.flows import assignment, consultations as flows, progress, transfers
from motcua.flows.reception import receive
from motcua.kernel.errors import NotFound
from motcua.kernel.time import parse_utc
from motcua.ledger import dispatcher
from motcua.ledger.models import Reacted
from motcua.reactions.consultations import let_lapse
from motcua.workday.operations import mark_seen, sweep
from motcua.workday.selectors import word_of, words_of
from tests.flows.test_absences import away
from tests.flows.test_interests import says_own
from tests.flows.test_mandates import give
from tests.support.acts import act, moment
from tests.support.lives import doings, opened, plain
from tests.support.opinions import NEIGHBOUR, OPINION, ask
from tests.support.pages import plain_static, visitor
from tests.support.site import pages_at
from tests.support.told import follow, nothing_is_news
from tests.support.world import OTHER_COMMUNE, intake, logins

pytestmark = pytest.mark.django_db
AT = moment(24, 9)
MINUTE = timedelta(minutes=1)
EXAMINE = "Thẩm tra tính thống nhất, hợp lệ của thông tin và giấy tờ; dự thảo kết quả"
MAU = "Ủy ban nhân dân Xã Mẫu"


def told(login):
    """What this person was told and has not seen, the oldest first; it is seen with that."""
    account = logins()[login]
    lines, _ = words_of(account, unseen=True)
    assert Account.objects.get(id=account).unread == len(lines)
    mark_seen(account=account, at=AT)
    assert Account.objects.get(id=account).unread == 0
    return [line.said.vi for line in reversed(lines)]


def test_who_gets_a_dossier_is_told_once_and_who_did_it_never():
    nothing_is_news()
    code = act("tiepnhan1", AT, receive, intake=intake()).row["code"]
    follow(AT)
    assert told("tuphap1") == [], "on a shared list it is in nobody's hands"
    assigned = {"code": code, "to": str(logins()["tuphap2"]), "reason": "Đúng việc."}
    act("chutich", AT + MINUTE, assignment.assign, **assigned)
    follow(AT + MINUTE)
    assert told("tuphap2") == [f"Hồ sơ được giao cho bạn, bước “{EXAMINE}”."]
    assert told("chutich") == told("tuphap1") == []
    act("tuphap2", AT + 2 * MINUTE, assignment.put_back, code=code, reason="Quá nhiều việc.")
    act("tuphap1", AT + 3 * MINUTE, progress.step, code=code, outcome="granted")
    act("chutich", AT + 4 * MINUTE, progress.return_step, code=code, to="examine", reason="Thiếu bản kê.")
    follow(AT + 4 * MINUTE)
    back, returned = told("tuphap1")
    assert back.startswith("Hồ sơ trả về danh sách chung")
    assert returned.startswith("Hồ sơ được trả lại cho bạn")
    assert told("tuphap2") == []
    # The worker was killed after it told and before it noted that it had: it tells again, and nobody twice.
    Reacted.objects.filter(reaction="tell_officers").update(done_at=None)
    assert dispatcher.retry_open(clock=lambda: AT + 5 * MINUTE) > 0
    assert told("tuphap1") == []
    follow(AT + timedelta(days=5))
    account = logins()["tuphap1"]
    (line, *_), _ = words_of(account)
    assert word_of(account, line.id) == line
    assert line.code == code
    with pytest.raises(NotFound):
        word_of(logins()["tuphap2"], line.id)
    assert mark_seen(account=logins()["tuphap2"], at=AT, words=[line.id]) == 0
    assert sweep(at=AT + timedelta(days=89)) == 0
    assert sweep(at=AT + timedelta(days=92)) > 0
    assert words_of(account) == ((), None)


def test_who_is_away_is_told_with_who_stands_in():
    nothing_is_news()
    give(to="vanhoa", of="tuphap2", at=AT, since=AT, until=AT + timedelta(days=30), when_absent=True)
    code = act("tiepnhan1", AT, receive, intake=intake()).row["code"]
    act("chutich", AT, assignment.assign, code=code, to=str(logins()["tuphap2"]), reason="Đúng việc.")
    away("tuphap2", at=AT, since=AT, until=AT + timedelta(hours=8))
    follow(AT + MINUTE)
    assert len(told("tuphap2")) == 1
    lines, _ = words_of(logins()["vanhoa"])
    assert [line.instead_of for line in lines] == [logins()["tuphap2"]]


def test_opinions_and_transfers():
    nothing_is_news()
    code = act("tiepnhan1", AT, receive, intake=intake()).row["code"]
    act("tuphap1", AT, progress.start, code=code)
    asked = {"code": code, "about": "Có đăng ký kết hôn không?", "value": "2", "unit": "working_day"}
    act("tuphap1", AT + MINUTE, flows.consult, whom=[NEIGHBOUR], **asked)
    follow(AT + 2 * MINUTE)
    assert told("tiepnhan1.mauhai") == []
    (first,) = plain(code)["consultations"]
    (line,), _ = words_of(logins()["chutich.mauhai"])
    assert (line.said.vi, line.opens) == (f"{MAU} lấy ý kiến đơn vị bạn.", ("consultation", first["id"]))
    answered = {"code": code, "consultation": UUID(first["id"])}
    act("chutich.mauhai", AT + 3 * MINUTE, flows.answer, **answered, **OPINION)
    act("tuphap1", AT + 4 * MINUTE, flows.consult, whom=[NEIGHBOUR], **asked)
    second = plain(code)["consultations"][1]
    late = parse_utc(second["due_at"]) + MINUTE
    let_lapse(clock=lambda: late, origin="simulated")
    follow(late)
    name = first["name"]
    assert told("tuphap1") == [f"{name} đã cho ý kiến.", f"{name} không cho ý kiến trong thời hạn."]
    act(
        "tiepnhan1",
        late,
        transfers.transfer,
        code=code,
        to=OTHER_COMMUNE,
        way="electronic",
        reason="Thuộc xã bạn.",
    )
    follow(late)
    assert told("tiepnhan1.mauhai") == [f"Hồ sơ được chuyển từ {MAU}, chờ trả lời."]
    act("tiepnhan1.mauhai", late + MINUTE, transfers.decline, code=code, reason="Không thuộc xã chúng tôi.")
    follow(late + MINUTE)
    (said,) = told("tuphap1")
    assert "không nhận chuyển" in said


def test_of_a_whole_seat_only_who_may_do_it_is_told():
    nothing_is_news()
    for login in ("tuphap2", "chutich"):
        says_own(login, "001190000001", AT)
    code = opened(AT, number="001190000001")
    act("tuphap1", AT, progress.start, code=code)
    ask(code, AT + MINUTE, login="phochutich", whom=["unit:office"])
    prepare = doings(AT)[Act.PREPARE_DELAY]
    act("tuphap1", AT + MINUTE, prepare.flow, code=code, **prepare.arguments)
    follow(AT + MINUTE)
    found = [[said for said in told(login) if "ý kiến" in said] for login in ("vanthu", "tuphap1", "tuphap2")]
    assert [len(said) for said in found] == [1, 0, 0]
    assert [len(told(login)) for login in ("phochutich", "chutich")] == [1, 0]


def test_who_is_noted_as_absent_by_another_is_told_once_and_led_to_where_it_is_ended():
    nothing_is_news()
    away("chutich", by="kythuat", at=AT, since=AT, until=AT + 60 * MINUTE)
    away("phochutich", at=AT)
    for _twice in range(2):
        follow(AT)
    assert told("phochutich") == told("kythuat") == [], "what they noted themselves"
    reader = visitor("chutich", at=AT)
    with plain_static(), pages_at(AT):
        assert "Vắng mặt</a>" in reader.get("/notices").text
        (line,) = words_of(logins()["chutich"])[0]
        assert reader.get(f"/notices/{line.id}")["Location"] == "/absences"
    assert line.by == logins()["kythuat"]
    since, until = "từ 09:00, thứ Hai 24/08/2026", "đến 10:00, thứ Hai 24/08/2026"
    assert line.said.vi == f"Bạn được ghi vắng mặt {since} {until}. Nếu không đúng, hãy ghi đã trở lại."
