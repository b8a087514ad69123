"""Who has how much in hand, for those who lead: the figures, what is behind them, and giving it to others."""

import re
from dataclasses import replace
from urllib.parse import urlencode
from uuid import UUID

import pytest
from tests.support.acts import moment
from tests.support.site import pages_at
from tests.support.statements import statements
from tests.support.world import COMMUNE, logins, viewer

from motcua.dossiers.load import SHOWS, Load, in_hand, loads
from motcua.kernel.errors import Denied
from motcua.kernel.ids import uuid7
from motcua.web.desk.tests.support import Story, browser, row_of
from motcua.web.desk.tests.test_lists import codes, text

pytestmark = pytest.mark.django_db
NOW = moment(26, 11)
JUSTICE, CHAIRS = f"{COMMUNE}/justice_officer", f"{COMMUNE}/leaders"
WHO = 1


def by_hand(found: list[Load]) -> dict[tuple[UUID | None, str], tuple[int, int, int, int]]:
    return {(one.account, one.queue): (one.open, one.today, one.late, one.waits) for one in found}


def behind(account: UUID | None, queue: str, show: str, login: str = "chutich") -> set[str]:
    page = in_hand(viewer=viewer(login, at=NOW), at=NOW, account=account, queue=queue, show=show)
    return {one.line.code for one in page.lines}


def test_the_figures_and_what_is_behind_them() -> None:
    late = Story(begins=moment(17, 9)).started().code
    asked = Story(begins=moment(24, 9)).started().asked().code
    suspended = Story(begins=moment(24, 9)).started().suspended().code
    fresh = Story(begins=moment(26, 8)).code
    today = Story(begins=moment(24, 10)).code
    signing = Story(begins=moment(26, 8)).proposed().code
    Story(begins=moment(24, 8)).decided()
    Story(begins=moment(24, 8), submitted=True)
    officer = logins()["tuphap1"]
    found = loads(viewer=viewer("chutich", at=NOW), at=NOW)
    assert by_hand(found) == {
        (officer, JUSTICE): (3, 0, 1, 2),
        (None, JUSTICE): (2, 1, 0, 0),
        (None, CHAIRS): (1, 0, 0, 0),
    }
    assert found[0].account == officer, "the most late first"
    assert found[0].age.days == 4, "9, 2 and 2 days"
    assert behind(officer, JUSTICE, "open") == {late, asked, suspended}
    assert behind(officer, JUSTICE, "late") == {late}
    assert behind(officer, JUSTICE, "waits") == {asked, suspended}
    assert behind(None, JUSTICE, "open") == {fresh, today}
    assert behind(None, JUSTICE, "today") == {today}
    assert behind(None, CHAIRS, "open") == {signing}
    for one in found:
        for show in SHOWS:
            assert len(behind(one.account, one.queue, show)) == getattr(one, show)


def test_a_section_head_sees_what_their_unit_holds() -> None:
    started = Story(begins=moment(24, 9)).started()
    Story(begins=moment(24, 9)).proposed()
    unit = started.row["holder_unit"]
    chair = viewer("chutich", at=NOW)
    for seen, of in ((unit, {(logins()["tuphap1"], JUSTICE)}), (uuid7(), set())):
        head = replace(chair, capacities=(replace(chair.capacities[0], kind="section_head", unit=seen),))
        assert set(by_hand(loads(viewer=head, at=NOW))) == of
        page = in_hand(viewer=head, at=NOW, account=logins()["tuphap1"], queue=JUSTICE, show="open")
        assert {one.line.code for one in page.lines} == ({started.code} if of else set())
        assert in_hand(viewer=head, at=NOW, account=None, queue=CHAIRS, show="open").lines == ()


def test_another_agency_shows_nothing_of_this_one() -> None:
    Story(begins=moment(24, 9)).started()
    assert loads(viewer=viewer("chutich.mauhai", at=NOW), at=NOW) == []
    assert behind(logins()["tuphap1"], JUSTICE, "open", "chutich.mauhai") == set()


@pytest.mark.parametrize("login", ["tuphap1", "tiepnhan1", "truongquay", "thanhtra", "kythuat"])
def test_it_is_for_those_who_lead(login: str) -> None:
    Story().started()
    client = browser(login)
    for address in ("/load", f"/load/dossiers?{urlencode({'who': 'nobody', 'queue': JUSTICE})}"):
        answer = client.get(address)
        assert answer.status_code == 403
        assert "H99.01.01-" not in answer.content.decode()
    with pytest.raises(Denied):
        loads(viewer=viewer(login, at=NOW), at=NOW)


def test_from_a_figure_to_its_dossiers_to_another_person() -> None:
    code = Story().started().code
    client = browser("chutich")
    page = text(client, "/load")
    assert "Hoàng Văn Sơn" in page
    (there,) = set(re.findall(r'href="(/load/dossiers\?[^"]+show=open)"', page))
    address = there.replace("&amp;", "&")
    listed = text(client, address)
    assert codes(listed) == [code]
    assert re.findall(r'name="do" value="(\w+)"', listed) == ["assign"]
    (back,) = re.findall(r'name="from" value="([^"]+)"', listed)
    fields = {
        "do": "assign",
        "codes": [code],
        "from": back.replace("&amp;", "&"),
        "confirmed": "1",
        "to": str(logins()["tuphap2"]),
        "reason": "Chia việc.",
        "idempotency_key": "k",
    }
    done = client.post("/inbox/acts", fields).content.decode()
    assert row_of(code)["holder_account"] == logins()["tuphap2"]
    assert "/load/dossiers?" in done, "back to where it was chosen"
    assert codes(text(client, address)) == []


def test_its_statements() -> None:
    Story().started()
    client = browser("chutich")
    there = f"/load/dossiers?{urlencode({'who': str(logins()['tuphap1']), 'queue': JUSTICE})}"
    for address in ("/load", there):
        client.get(address)
        with statements(most=WHO + 1):
            assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "query", ["", "who=nobody", f"queue={JUSTICE}", "who=x&queue=H99.01.01/leaders", "who=nobody&queue=%27"]
)
def test_rubbish_is_no_page(query: str) -> None:
    assert browser("chutich").get(f"/load/dossiers?{query}").status_code == 404


def test_the_page_in_english_says_who_has_taken_up_nothing() -> None:
    Story(begins=moment(24, 9))
    with pages_at(NOW):
        page = text(browser("chutich", at=NOW, language="en"), "/load")
    assert "Taken up by nobody" in page


def test_the_page_of_what_may_be_late_opens_where_there_is_some() -> None:
    """Its parts say how many they hold; nothing asked for, the first that holds any is shown."""
    late = Story(begins=moment(17, 9)).started().code
    waits = Story(begins=moment(24, 9)).started().apologising().code
    with pages_at(NOW):
        chair = browser("chutich", at=NOW)
        page = text(chair, "/load/late")
        assert codes(page) == [late], "past its date, without a letter"
        assert "Chưa có văn bản xin lỗi: 0" in page
        assert "Đã quá hẹn, chưa xin lỗi: 1" in page
        assert "Văn bản chờ ký: 1" in page
        assert codes(text(chair, "/load/late?show=unsigned")) == [waits]
        assert codes(text(chair, "/load/late?show=ahead")) == []
