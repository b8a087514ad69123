"""The combined forms of the shipped bundles as a person answers them, and a bundle that came from home with one."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from motcua.catalogue.selectors import version as procedure_version
from motcua.catalogue.shapes import LOOKED_UP
from motcua.dossiers.operations import FormAnswers
from motcua.eforms.answers import check
from motcua.eforms.selectors import forms
from motcua.flows.reception import submit
from motcua.flows.submissions import accept
from tests.support.bundle import BIRTH, CHILD, MORNING, Bundle
from tests.support.told import nothing_is_news
from tests.support.world import intake

HOME = {"province": "01", "commune": "00004", "detail": "Số 5 phố Chùa"}
ELSEWHERE = {"province": "01", "commune": "00004", "detail": "Số 8 ngõ Chợ"}
REQUESTER = {
    "name": "Nguyễn Thị Ánh Tuyết",
    "born": "1990-02-15",
    "paper": "identity_card",
    "personal_id": "001190000001",
    "residence_kind": "permanent",
    "residence": HOME,
    "phone": "0912345678",
}
BIRTH_ANSWERS: dict[str, Any] = {
    "requester": REQUESTER,
    "relation": "mother",
    "child": {"name": "Nguyễn Minh An", "born": "2026-08-10", "sex": "male", "ethnicity": "kinh"},
    "born_at": "clinic",
    "clinic": "Trạm y tế Xã Mẫu",
    "birth_place": HOME,
    "origin": HOME,
    "notice": "yes",
    "mother_known": "yes",
    "mother": {
        "name": "Nguyễn Thị Ánh Tuyết",
        "born_year": "1990",
        "ethnicity": "kinh",
        "paper": "identity_card",
        "personal_id": "001190000001",
        "residence_kind": "permanent",
        "residence": HOME,
    },
    "father_known": "no",
    "residence_wanted": "yes",
    "residence_with": "mother",
    "is_head": "yes",
    "head_relation": "Con",
    "owner": "own",
    "first_clinic": "Trạm y tế Xã Mẫu",
    "card_way": "electronic",
    "wants_copies": "no",
    "truth": "on",
}
DEATH_ANSWERS: dict[str, Any] = {
    "requester": REQUESTER,
    "relation": "child",
    "dead": {"name": "Nguyễn Văn Cổ", "sex": "male", "residence_kind": "permanent", "residence": HOME},
    "dead_born_year": "1940",
    "died_on": "2026-08-20",
    "died_where": "home",
    "cause": "Tuổi cao",
    "notice": "yes",
    "notice_number": "12/GBT",
    "notice_on": "2026-08-20",
    "notice_by": "Trạm y tế Xã Mẫu",
    "funeral": "yes",
    "claimant": "requester",
    "asks": ["funeral", "once"],
    "pay_way": "account",
    "bank": "Ngân hàng Mẫu",
    "bank_account": "0123456789",
    "wants_copies": "no",
    "truth": "on",
}
FORMS = {BIRTH: ("birth_together", BIRTH_ANSWERS), "2.002622": ("death_together", DEATH_ANSWERS)}


def answered(procedure: str = BIRTH, **changed: Any) -> FormAnswers:
    """The combined form of a bundle, answered whole but for what `changed` says."""
    code, told = FORMS[procedure]
    checked = check(forms()[code, 1], {k: v for k, v in (told | changed).items() if v is not None})
    assert checked.faults == (), checked.faults
    return FormAnswers(form=code, version=1, answers=checked.answers)


class FromHome(Bundle):
    """A bundle handed in from home with its form, and received at the desk as it came. `questions`: answers of the
    procedure's questions; `changed`: of the form; `party`: whose it is."""

    def __init__(
        self,
        procedure: str = BIRTH,
        questions: dict[str, str] | None = None,
        party: UUID | None = None,
        **changed: Any,
    ) -> None:
        nothing_is_news()
        self.at = MORNING
        made = intake(procedure, channel="online")
        said = {"birth_notice": "yes", "death_notice": "yes", "funeral": "yes", "last_residence": "yes"} | (
            questions or {}
        )
        answers = {**made.answers} | {k: v for k, v in said.items() if k in made.answers}
        people = (*made.people, ("subject", CHILD))
        made = replace(made, answers=answers, people=people, form=answered(procedure, **changed))
        if party is not None:
            made = replace(made, party=party)
        self.code = str(self.act("tiepnhan1", submit, intake=made, code=None).row["code"])
        handed = [one.component for one in made.handed]
        looked_up = [
            c.code for c in procedure_version(self.row["procedure_version"]).components if c.kind in LOOKED_UP
        ]
        told = {"good": [c for c in handed if c not in looked_up], "found": looked_up}
        self.act("tiepnhan1", accept, row=self.row, variant="general", **told)
        self.work()
