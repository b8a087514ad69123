"""The combined forms of the shipped bundles as a person answers them."""

from typing import Any

from motcua.dossiers.operations import FormAnswers
from motcua.eforms.answers import check
from motcua.eforms.selectors import forms

BIRTH, DEATH = "2.002621", "2.002622"
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
FORMS = {BIRTH: ("birth_together", BIRTH_ANSWERS), DEATH: ("death_together", DEATH_ANSWERS)}


def answered(procedure: str = BIRTH, **changed: Any) -> FormAnswers:
    """The combined form of a bundle, answered whole but for what `changed` says."""
    code, told = FORMS[procedure]
    checked = check(forms()[code, 1], {k: v for k, v in (told | changed).items() if v is not None})
    assert checked.faults == (), checked.faults
    return FormAnswers(form=code, version=1, answers=checked.answers)
