"""A dossier handed in from home about which the population register has answered, without a register."""

from datetime import date, datetime

from motcua.flows import registers
from motcua.flows.reception import submit
from motcua.kernel.actor import SYSTEM
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.parties.registers import Answer, Outcome, Question, Registered
from tests.support.acts import act
from tests.support.register import TUYET
from tests.support.world import intake

WAITS = tuple(f"population.0.{name}" for name in ("name", "born_on", "address"))


def answered_by_register(at: datetime) -> str:
    """The dossier's code: of name and residence it says the same, of the day of birth something else."""
    asked = intake(
        number=TUYET[0], name=TUYET[1], born_on=date(1990, 2, 16), channel="online", degraded=WAITS
    )
    row = act("tiepnhan1", at, submit, intake=asked).row
    person = Registered(
        number=TUYET[0], name=TUYET[1].upper(), born_on=date(1990, 2, 15), address="Thôn Đông"
    )
    answer = Answer(
        register="population",
        number="01a205f8-54c1-78be-ae4a-0b77bdb8de8f",
        asked_at=at,
        question=Question(number=TUYET[0], name=TUYET[1]),
        outcome=Outcome.FOUND,
        person=person,
    )
    found = registers.person_at(row, 0)
    assert found is not None
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin="simulated"):
        registers.keep_answer(dossier=row["id"], place=0, answer=answer, about=found[0], actor=SYSTEM, at=at)
    return str(row["code"])
