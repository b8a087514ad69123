"""What a procedure's questions were told stands in its form already."""

from motcua.catalogue.starter import procedures
from motcua.eforms.prefill import prefilled
from motcua.eforms.selectors import forms

TAKEN = {
    "birth": ("birth_notice", "notice"),
    "civil_status_change": ("matter", "matter"),
    "death": ("death_notice", "notice"),
    "marital_status": ("reissue", "reissue"),
}


def test_what_forms_take_over_is_asked_by_their_procedures() -> None:
    asked = {v.code: {q.code: [o.code for o in q.options] for q in v.questions} for v in procedures()}
    seen = set()
    for form in forms().values():
        fields = [f for f in form.fields if f.prefill.startswith("answers.")]
        for field, serves in ((f, s) for f in fields for s in form.procedures):
            question = field.prefill.removeprefix("answers.")
            for option in asked[serves.code][question]:
                assert prefilled(form, {"answers": {question: option}}, {}) == {field.key: option}
            seen.add((form.code, question, field.key))
    assert seen == {(code, *each) for code, each in TAKEN.items()}
