"""A birth from home, with its electronic form, of which the desk has found fields wrong."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from motcua.dossiers.operations import FormAnswers, MissingPaper
from motcua.eforms.answers import check
from motcua.eforms.tests.whole import BIRTH, birth
from motcua.flows import progress
from motcua.flows.reception import submit
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.parties.selectors import Citizen
from tests.support.acts import act
from tests.support.world import intake

NAME = MissingPaper(component=None, topic="child", fields=("child.name",), text="Họ của trẻ sai.")
WHO = MissingPaper(component=None, text="Ai đặt tên cho trẻ?")


def birth_from_home(who: Citizen, at: datetime, **changed: Any) -> str:
    """The code of a birth that `who` handed in."""
    born = {**birth()["child"], "born": "2026-08-01"}
    answers = check(BIRTH, birth(**{"child": born} | changed)).answers
    form = FormAnswers(form=BIRTH.code, version=BIRTH.version, answers=answers)
    asked = replace(intake("1.001193", channel="online"), form=form, party=who.id)
    with unit_of_work(actor=who.actor, at=at, request=Request.fresh(), origin="simulated"):
        return str(submit(intake=asked, actor=who.actor, at=at).row["code"])


def birth_returned(
    who: Citizen, at: datetime, items: Sequence[MissingPaper] = (NAME, WHO), **changed: Any
) -> str:
    """The same, returned with `items`."""
    code = birth_from_home(who, at, **changed)
    act("tiepnhan1", at, progress.request_supplement, code=code, items=items)
    return code
