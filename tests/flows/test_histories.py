"""A history names the agencies a dossier came through, in both languages, and shows no code of theirs."""

from typing import Any

import pytest

from motcua.agencies.selectors import called
from motcua.dossiers.selectors import dossier
from motcua.dossiers.tracked import tracked
from motcua.flows import progress, transfers
from motcua.flows.reception import receive
from tests.support.acts import act, moment
from tests.support.lives import row_of
from tests.support.world import COMMUNE, OTHER_COMMUNE, intake, viewer

pytestmark = pytest.mark.django_db


def sent(code: str, at: Any, who: str, **more: Any) -> None:
    act(who, at, transfers.transfer, code=code, to=OTHER_COMMUNE, reason="Không thuộc thẩm quyền.", **more)


def received(at: Any, **about: Any) -> str:
    return str(act("tiepnhan1", at, receive, intake=intake(**about)).row["code"])


def test_histories_name_the_agencies_and_show_no_codes():
    code = received(moment(24, 9), competent=OTHER_COMMUNE)
    sent(code, moment(24, 10), "tiepnhan1")
    act("tiepnhan1.mauhai", moment(24, 11), transfers.decline, code=code, reason="Sai địa bàn.")
    sent(code, moment(24, 12), "tiepnhan1")
    act("tiepnhan1.mauhai", moment(24, 14), transfers.accept, code=code)
    away = called(OTHER_COMMUNE)
    staff_read = [x.sentence for x in dossier(code, viewer=viewer("tiepnhan1")).entries]
    citizen_reads = [x.sentence for x in tracked(row_of(code)["id"]).entries]
    for told in (staff_read, citizen_reads):
        assert [away.vi in say.vi and away.en in say.en for say in told] == [True] * 5
        assert not any("H99" in say.vi + say.en for say in told)


def test_who_hands_on_is_named_too():
    code = received(moment(24, 9))
    act("tuphap1", moment(24, 10), progress.start, code=code)
    sent(code, moment(25, 10), "chutich")
    last = tracked(row_of(code)["id"]).entries[-1].sentence
    own, away = called(COMMUNE), called(OTHER_COMMUNE)
    assert last.vi == (
        f"Chuyển đến {away.vi} vì không thuộc thẩm quyền của {own.vi}; "
        "thời gian chuyển không tính vào thời hạn của người dân."
    )
    assert (
        last.en == f"Handed on to {away.en}, as {own.en} is not competent; the way is charged to the giver."
    )
