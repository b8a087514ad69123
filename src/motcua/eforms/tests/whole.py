"""Whole answers to the birth form."""

from typing import Any

from motcua.eforms.selectors import forms

BIRTH = forms()["birth", 1]


def birth(**changed: Any) -> dict[str, Any]:
    """Answers as a person types them; nothing is wrong."""
    parent = {
        "name": "Trần Thị Hường",
        "born_year": "1992",
        "ethnicity": "kinh",
        "residence_kind": "permanent",
        "residence": {"province": "01", "commune": "ba dinh", "detail": "Số 3"},
    }
    return {
        "requester": {
            "name": "  Nguyễn   Văn An ",
            "born": {"day": "5", "month": "9", "year": "1990"},
            "paper": "identity_card",
            "personal_id": "001 090 001 234",
            "residence_kind": "permanent",
            "residence": {"province": "01", "commune": "Phường Ba Đình", "detail": ""},
            "phone": "+84 912.345.678",
        },
        "relation": "father",
        "child": {"name": "Nguyễn Minh", "born": "2026-11-01", "sex": "male", "ethnicity": "kinh"},
        "born_at": "elsewhere",
        "birth_place": {"province": "01", "commune": "00004"},
        "origin": {"province": "01", "commune": "00004"},
        "notice": "no",
        "notice_lacking": "pledge",
        "mother_known": "yes",
        "mother": parent,
        "father_known": "no",
        "wants_copies": "yes",
        "copies": "3",
        "truth": "on",
    } | changed
