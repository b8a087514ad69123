"""A birth that goes to three agencies: received once, each does its part, one hand-over."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from motcua.dossiers.operations import IssuedPaper
from motcua.flows import progress, results
from motcua.flows.reception import Intake, receive, submit
from motcua.ledger import dispatcher
from motcua.ledger.sequencer import sequence
from motcua.parties.operations import Particulars
from tests.support.acts import act, moment
from tests.support.combined_answers import BIRTH, DEATH, answered
from tests.support.lives import plain
from tests.support.told import nothing_is_news
from tests.support.world import intake

MINUTE = timedelta(minutes=1)
MORNING = moment(24, 8)
CHILD = Particulars(name="Nguyễn Minh An", born_on=date(2026, 8, 10), address="Thôn Trung Tâm, Xã Mẫu")
POLICE_STAFF = ("cutru.congan", "truongcongan", "vanthu.congan")
INSURANCE_STAFF = ("the.bhxh", "giamdoc.bhxh", "vanthu.bhxh")


def brought(made: Intake, at: datetime, desk: str = "tiepnhan1") -> str:
    """The code of a dossier with its form, typed at the desk and received a minute after `at`."""
    code = str(act(desk, at, submit, intake=made).row["code"])
    act(desk, at + MINUTE, receive, intake=replace(made, form=None), submitted=code)
    return code


class Bundle:
    """The dossier of a bundle, and the minutes of its day."""

    def __init__(self, procedure: str = BIRTH, at: datetime = MORNING, **told: Any) -> None:
        nothing_is_news()
        self.at = at
        made = intake(procedure, **told)
        answers = {**made.answers, "funeral": "yes"} if procedure == DEATH else made.answers
        people = (*made.people, ("subject", CHILD))
        made = replace(made, answers=answers, people=people, form=answered(procedure))
        self.code = brought(made, self.at)
        self.at += MINUTE
        self.work()

    def act(self, login: str, flow: Any, **told: Any) -> Any:
        """One act, a minute after the last."""
        self.at += MINUTE
        code = told.pop("code", self.__dict__.get("code"))
        return act(login, self.at, flow, **({"code": code} if code else {}), **told)

    def work(self) -> None:
        """What `motcua work` does, until nothing follows any more."""
        while sequence() + dispatcher.dispatch(clock=lambda: self.at):
            pass

    @property
    def row(self) -> dict[str, Any]:
        """The dossier the applicant has."""
        return plain(self.code)

    def child(self, number: int) -> dict[str, Any]:
        """A part, in the order they began."""
        return plain(f"{self.code}.{number}")

    def registered(self) -> "Bundle":
        """The commune has registered and sealed; what waits for it begins."""
        self.act("tuphap1", progress.start)
        self.act("tuphap1", progress.step, outcome="granted")
        self.act("chutich", progress.step, outcome="granted")
        self.act("vanthu", progress.step, outcome="granted")
        self.work()
        return self

    def settled(
        self, number: int, staff: tuple[str, str, str], *, kind: str, outcome: str = "granted"
    ) -> "Bundle":
        """The agency of a part does all of it."""
        code = f"{self.code}.{number}"
        clerk, leader, sealer = staff
        why = {} if outcome == "granted" else {"note": "Chủ hộ chưa đồng ý.", "basis": "68/2020/QH14"}
        self.act(clerk, progress.start, code=code)
        self.act(clerk, progress.step, code=code, outcome=outcome, **why)
        self.act(leader, progress.step, code=code, outcome=outcome, **why)
        role = "result" if outcome == "granted" else "refusal"
        self.act(sealer, progress.decide, code=code, papers=[issued(role, kind, f"0{number}/TB")])
        self.work()
        return self

    def decided(self) -> "Bundle":
        """The lead issues everything together."""
        self.act("vanthu", progress.decide, papers=[issued("result", "KQ.G15.000031", "15/2026")])
        self.work()
        return self

    def handed_over(self) -> "Bundle":
        """One hand-over at the desk."""
        self.act("tiepnhan1", results.make_available, shelf="A1")
        self.act(
            "tiepnhan1",
            results.hand_over,
            way="in_person",
            recipient="Nguyễn Thị Ánh Tuyết",
            checked_by="citizen_id",
        )
        self.work()
        return self


def issued(role: str, kind: str, number: str) -> IssuedPaper:
    """A numbered paper of a result."""
    return IssuedPaper(role=role, kind=kind, number=number, date=date(2026, 8, 24), medium="electronic")


def residence(bundle: Bundle, outcome: str = "granted") -> Bundle:
    """The police do their part."""
    return bundle.settled(1, POLICE_STAFF, kind="KQ.G01.000065", outcome=outcome)


def insurance(bundle: Bundle, outcome: str = "granted") -> Bundle:
    """The social insurance does its part."""
    return bundle.settled(2, INSURANCE_STAFF, kind="KQ.G99.000001", outcome=outcome)
