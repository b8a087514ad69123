"""What a procedure's questions were told stands in its form already."""

from motcua.catalogue.starter import linked, procedures
from motcua.eforms.prefill import prefilled
from motcua.eforms.selectors import forms

TAKEN = {
    ("birth", "birth_notice", "notice"),
    ("birth_together", "birth_notice", "notice"),
    ("birth_together", "residence", "residence_wanted"),
    ("civil_status_change", "matter", "matter"),
    ("death", "death_notice", "notice"),
    ("death_together", "death_notice", "notice"),
    ("death_together", "funeral", "funeral"),
    ("marital_status", "reissue", "reissue"),
}


def test_what_forms_take_over_is_asked_by_their_procedures() -> None:
    asked = {
        v.code: {q.code: [o.code for o in q.options] for q in v.questions} for v in (*procedures(), *linked())
    }
    seen = set()
    for form in forms().values():
        fields = [f for f in form.fields if f.prefill.startswith("answers.")]
        for field, serves in ((f, s) for f in fields for s in form.procedures):
            question = field.prefill.removeprefix("answers.")
            for option in asked[serves.code][question]:
                assert prefilled(form, {"answers": {question: option}}, {}) == {field.key: option}
            seen.add((form.code, question, field.key))
    assert seen == TAKEN
