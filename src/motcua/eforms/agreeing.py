"""Whether a form's answer agrees with the procedure's question that it was filled in from. Pure: papers, fees and the
parts of other agencies hang on the question, so the two may not differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motcua.eforms.shapes import Form
from motcua.kernel.say import Say

QUESTION = "answers."


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What the form was answered at `label`, and the procedure's question otherwise."""

    label: Say
    told: Say

    @property
    def for_applicant(self) -> Say:
        """What to tell whoever answered, before it is handed in."""
        return Say(
            f"Trong tờ khai, “{self.label.vi}” trả lời “{self.told.vi}”, khác với câu trả lời ở đây. "
            "Hãy sửa một trong hai cho khớp: giấy tờ và lệ phí tính theo câu trả lời ở đây.",
            f"In the form, “{self.label('en')}” is answered “{self.told('en')}”, here it is answered otherwise. "
            "Make the two agree: papers and fees are reckoned by the answer here.",
        )

    @property
    def for_officer(self) -> Say:
        """What to tell who receives it."""
        return Say(
            f"Trong tờ khai, “{self.label.vi}” trả lời “{self.told.vi}”, khác với câu trả lời khi nộp. Giấy tờ và lệ "
            "phí đang tính theo câu trả lời khi nộp: hãy hỏi lại người nộp trước khi tiếp nhận.",
            f"In the form, “{self.label('en')}” is answered “{self.told('en')}”, otherwise than when it was handed in. "
            "Papers and fees are reckoned by the latter: ask who applies before you receive it.",
        )


def disagreements(form: Form, told: Mapping[str, Any], answers: Mapping[str, str]) -> dict[str, Disagreement]:
    """Question -> where the form's answers `told` (in their one form) differ from those of the questions."""
    found = {}
    for field in form.fields:
        question = field.prefill.removeprefix(QUESTION)
        labels = {option.code: option.label for option in field.options}
        mine, other = told.get(field.key), answers.get(question)
        if question == field.prefill or not isinstance(mine, str):
            continue
        if mine in labels and other in labels and mine != other:
            found[question] = Disagreement(field.label, labels[mine])
    return found
