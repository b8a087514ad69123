"""A dossier's whole life, told: each occasion at which people would call, by each channel, in both languages."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from motcua.dossiers.notified import notified
from motcua.dossiers.states import Act
from motcua.flows import progress
from motcua.flows.reception import submit
from motcua.kernel.errors import NotAllowedNow
from motcua.ledger import duties
from motcua.ledger.selectors import history
from motcua.notifications import operations
from motcua.notifications.rules import CHANNELS
from tests.support.acts import act, moment
from tests.support.lives import doings, row_of
from tests.support.outlets import Outlets, outlets
from tests.support.told import follow, in_supplement, nothing_is_news, send
from tests.support.world import intake

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)

SAID = {
    "vi": [
        ("da den noi, tra loi truoc {answer_by}", "Đã nhận được hồ sơ gửi đến"),
        ("da tiep nhan, hen tra {due}", "Hồ sơ đã được tiếp nhận, hẹn trả {due}"),
        ("can bo sung giay to, den het ngay {until}", "Cần bổ sung giấy tờ, đến hết ngày {until}"),
        ("cho bo sung giay to tu", "Nhắc bổ sung giấy tờ"),
        ("da qua nua thoi han, dang giai quyet, van hen tra {moved}", "Hồ sơ đang được giải quyết đúng hẹn"),
        ("cham hen, hen lai ngay {apology}", "Xin lỗi vì chậm trả kết quả, hẹn lại {apology}"),
        ("da co ket qua, moi den nhan", "Đã có kết quả"),
        ("Ket qua ho so", "Nhắc nhận kết quả"),
    ],
    "en": [
        ("arrived, answer by {answer_by}", "Your dossier has arrived"),
        ("received, due {due}", "Dossier received, due {due}"),
        ("waits for papers from you until {until}", "Papers are missing, due by {until}"),
        ("has waited for papers since", "Papers are still missing"),
        ("is half way, in process, still due {moved}", "Your dossier is under way"),
        ("is late, new date {apology}", "We are late and sorry; new date {apology}"),
        ("is ready to be collected", "The result is ready"),
        ("still waits to be collected", "Your result waits for you"),
    ],
}


@pytest.fixture(autouse=True)
def past() -> None:
    nothing_is_news()


@pytest.fixture
def out() -> Iterator[Outlets]:
    with outlets() as both:
        yield both


def stamp(at: datetime) -> str:
    return f"{at.astimezone(moment(24, 9).tzinfo):%H:%M %d/%m/%Y}"


class Life:
    """One dossier, act by act, with the worker behind it."""

    def __init__(self, language: str) -> None:
        self.at = moment(24, 9)
        told = intake(variant="verification", channel="online", number="001190000001")
        ((role, person),) = told.people
        self.intake = replace(told, people=((role, replace(person, email="tuyet@example.vn")),))
        self.code = str(act("tiepnhan1", self.at, submit, intake=self.intake).row["code"])
        operations.prefer(
            addressee=notified(self.row)[0].party, language=language, channels=CHANNELS, at=self.at
        )
        self.work()

    @property
    def row(self) -> dict[str, Any]:
        return row_of(self.code)

    def work(self) -> None:
        """What `motcua work` does, until the next act."""
        follow(self.at)
        duties.run(clock=lambda: self.at, origin="simulated")
        send(self.at)

    def do(self, *acts: Act, login: str = "", **arguments: Any) -> None:
        for each in acts:
            self.at += MINUTE
            doing = doings(self.at, self.intake)[each]
            told = {**doing.arguments, **arguments}
            act(login or doing.login, self.at, doing.flow, code=self.code, **told)
        self.work()

    def wait(self, until: datetime) -> None:
        self.at = until
        self.work()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_each_occasion_is_told_once_by_each_channel(out, language):
    life = Life(language)
    told = {"answer_by": stamp(life.row["answer_due_at"])}
    life.do(Act.RECEIVE)
    told["due"] = stamp(life.row["due_at"])
    life.do(Act.START, Act.REQUEST_SUPPLEMENT)
    told["until"] = "23/09/2026"
    life.wait(life.at + 5 * DAY)
    life.do(Act.SUPPLY)
    row = life.row
    told["moved"] = stamp(row["due_at"])
    life.wait(row["clock_from"] + (row["due_at"] - row["clock_from"]) / 2 + MINUTE)
    life.wait(row["due_at"] + DAY)
    life.do(Act.NOTIFY_DELAY)
    told["apology"] = f"{life.row['apology_date']:%d/%m/%Y}"
    life.do(Act.STEP)
    life.do(Act.STEP, login="chutich")
    life.do(Act.DECIDE, Act.MAKE_AVAILABLE)
    life.wait(life.at + 10 * MINUTE)  # the telephone has it: the desk need not tell it any more
    life.wait(life.at + 8 * DAY)
    assert len(out.sms.kept) == len(out.mail.kept) == len(SAID[language])
    for text, letter, (short, subject) in zip(out.sms.kept, out.mail.kept, SAID[language], strict=True):
        assert short.format_map(told) in text["text"]
        assert letter["subject"] == f"{subject.format_map(told)} – {life.code}"
    assert (out.sms.repeated, out.mail.repeated) == (0, 0)


def test_a_dossier_is_not_stopped_for_papers_that_may_still_come():
    code = in_supplement()
    ground = {
        "ground": "supplement_window_over",
        "basis": "03/2025/TT-VPCP, mẫu số 05",
        "reason": "Không bổ sung.",
    }
    before = history(row_of(code)["id"])
    with pytest.raises(NotAllowedNow, match="23/09/2026"):
        act("chutich", moment(24, 9) + 30 * DAY, progress.stop, code=code, **ground)
    assert history(row_of(code)["id"]) == before
    act("chutich", moment(24, 9) + 31 * DAY, progress.stop, code=code, **ground)
    assert row_of(code)["state"] == "stopped"
