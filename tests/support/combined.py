"""A bundle that came from home with its form."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from motcua.catalogue.selectors import version as procedure_version
from motcua.catalogue.shapes import LOOKED_UP
from motcua.flows.reception import submit
from motcua.flows.submissions import accept
from motcua.submissions import operations as submissions
from tests.support.bundle import CHILD, MORNING, Bundle
from tests.support.combined_answers import BIRTH, answered
from tests.support.told import nothing_is_news
from tests.support.world import COMMUNE, intake


class FromHome(Bundle):
    """A bundle handed in from home with its form, and received at the desk as it came. `questions`: answers of the
    procedure's questions; `changed`: of the form; `party`: whose it is; `desk`: at whose, `where`: and who decides,
    where that is another agency; `visit`: in which it was typed."""

    def __init__(
        self,
        procedure: str = BIRTH,
        questions: dict[str, str] | None = None,
        party: UUID | None = None,
        desk: str = "tiepnhan1",
        where: dict[str, str] | None = None,
        visit: UUID | None = None,
        **changed: Any,
    ) -> None:
        nothing_is_news()
        self.at = MORNING
        made = intake(procedure, channel="online", **(where or {}))
        said = {"birth_notice": "yes", "death_notice": "yes", "funeral": "yes", "last_residence": "yes"} | (
            questions or {}
        )
        answers = {**made.answers} | {k: v for k, v in said.items() if k in made.answers}
        people = (*made.people, ("subject", CHILD))
        made = replace(made, answers=answers, people=people, form=answered(procedure, **changed))
        if party is not None:
            made = replace(made, party=party)
        self.code = str(self.act(desk, submit, intake=made, code=None).row["code"])
        if visit is not None:
            typed = {"owner": visit, "agency": COMMUNE, "procedure": procedure, "at": self.at}
            submissions.finish(draft=submissions.begin(**typed, visit=visit), code=self.code, at=self.at)
        handed = [one.component for one in made.handed]
        looked_up = [
            c.code for c in procedure_version(self.row["procedure_version"]).components if c.kind in LOOKED_UP
        ]
        told = {"good": [c for c in handed if c not in looked_up], "found": looked_up}
        self.act(desk, accept, row=self.row, variant="general", **told)
        self.work()
