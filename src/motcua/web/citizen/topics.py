"""One topic of an electronic form as a page of a draft: what was typed in it, what is wrong, what it holds in words."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from markupsafe import Markup

from motcua.eforms.answers import Fault, check
from motcua.eforms.shapes import FieldType, Form, Page, walk
from motcua.files.references import Pending, read_reference
from motcua.kernel.errors import Refusal
from motcua.kernel.say import Say
from motcua.web.citizen.forms import Said
from motcua.web.common.eform_words import condition_words, told as told_words
from motcua.web.common.eforms import drawn, place_of_row, posted, summary, target, unseen, upload_faults
from motcua.web.common.wording import say

FORM = "form-"  # before the key of a topic, in the name of its page
_KEPT = "answers"
Answers = Mapping[str, Any]


def kept_answers(pages: Mapping[str, Mapping[str, list[str]]], form: Form) -> dict[str, Any]:
    """What is kept of all topics, as typed."""
    found: dict[str, Any] = {}
    for page in form.pages:
        if (kept := pages.get(FORM + page.key)) is not None:
            told, own = json.loads(kept[_KEPT][0]), {field.key for field in page.fields}
            # What an older version of the form asked is no answer to this one.
            found |= {key: value for key, value in told.items() if key in own}
    return found


def files_in(form: Form, answers: Answers) -> dict[str, list[Pending]]:
    """The files that answers hold, by the component they are of; "" where the form names none."""
    found: dict[str, list[Pending]] = {}
    for path, field in walk(form.fields):
        if field.type is not FieldType.FILE:
            continue
        value: Any = answers
        for key in path.split("."):
            value = value.get(key) if isinstance(value, Mapping) else None
        files = [one for each in value or () if (one := read_reference(each)) is not None]
        if files:
            found.setdefault(field.document, []).extend(files)
    return found


@dataclass(frozen=True, slots=True)
class More:
    """Why a page comes back: an answer has led to `questions` that it did not show, `why` in words ("" for none), or a
    row came or went. `target`: the id of what is next."""

    target: str
    questions: Sequence[str] = ()
    why: str = ""

    @property
    def words(self) -> str:
        """The same, said."""
        asked = {"questions": "; ".join(f"“{question}”" for question in self.questions), "why": self.why}
        if self.why:
            return gettext("Đã lưu. Vì %(why)s, xin trả lời thêm: %(questions)s.") % asked
        return gettext("Đã lưu. Câu trả lời vừa rồi mở thêm câu hỏi: %(questions)s.") % asked


class TopicForm:
    """A topic, with `typed` (what a browser sent) or with what is kept; judged only when it was sent."""

    def __init__(
        self,
        form: Form,
        page: Page,
        *,
        kept: Answers,
        known: Answers,
        sources: Mapping[str, Say],
        is_kept: bool,
        typed: QueryDict | None,
        files: MultiValueDict[str, Any] | None,
        on: date,
        area: str = "my_",
    ) -> None:
        self.form, self.page, self.known, self.on, self.area = form, page, known, on, area
        self.sources = sources
        self.is_bound = is_kept or typed is not None
        own = {field.key for field in page.fields}
        if typed is not None:
            self.part = posted(form, page, typed, files)
        else:
            source = kept if is_kept else known
            self.part = {key: value for key, value in source.items() if key in own}
        self.answers = {**kept, **self.part}
        self.checked = check(form, self.answers, on=on)
        sent = typed is not None
        self.wrong: tuple[Fault, ...] = self.checked.faults_on(page.key)
        if typed is not None:
            self.wrong += upload_faults(page, typed, files)
        # A row came or went, or an answer has led to another question: the same topic again, without a complaint.
        self.more = self._more(typed) if typed else None
        self.judged = sent and self.more is None

    def _more(self, typed: QueryDict) -> More | None:
        if place := place_of_row(typed):
            return More(place)
        new = unseen(self.page, typed, self.checked)
        if not new:
            return None
        (path, first), *_others = new
        why = condition_words(self.form, first.visible_if, f"{path.rpartition('.')[0]}.".lstrip("."))
        return More(target(first, path), [say(field.label) for _, field in new], why)

    def rest(self) -> "TopicForm":
        """Show what is typed without judging it."""
        self.judged = False
        return self

    def refuse(self, refusal: Refusal) -> None:
        """Say why what was sent could not be kept."""
        self.wrong += (Fault(self.page.key, "", "refused", Say(refusal.vi, refusal.en)),)
        self.judged = True

    def is_valid(self) -> bool:
        """Whether the topic is answered rightly and whole."""
        return not self.wrong and self.more is None

    @property
    def errors(self) -> tuple[Fault, ...]:
        """What is wrong, as far as it is told."""
        return self.wrong if self.judged else ()

    def told(self) -> dict[str, list[str]]:
        """What is to be kept of it."""
        return {_KEPT: [json.dumps(self.part, ensure_ascii=False)]}

    def said(self, *, own: str | None = None, contacts: bool = True) -> Said:
        """What was answered, in words; told `own`, the personal numbers of everybody else are masked; without
        `contacts`, how people are reached is left out."""
        topics = told_words(self.form, self.checked.answers)
        return [
            (
                title,
                [
                    (line.label, line.value if own in (None, line.value) else line.masked or line.value)
                    for line in lines
                    if contacts or not line.is_contact
                ],
            )
            for one in topics
            if one.key == self.page.key
            for title, lines in one.answers
        ]

    @property
    def drawn(self) -> Markup:
        """The topic as markup."""
        return drawn(
            self.form,
            self.page,
            self.answers,
            self.errors,
            prefilled=self.known,
            sources=self.sources,
            on=self.on,
            area=self.area,
        )

    @property
    def summary(self) -> Markup | str:
        """What is wrong, with the way to each."""
        return summary(self.page, self.errors)

    @property
    def uploads(self) -> list[UUID]:
        """The files that this topic holds."""
        held = files_in(self.form, self.part)
        return [one.upload for each in held.values() for one in each]

    def problems(self) -> list[str]:
        """What is wrong, in sentences."""
        labels = dict(walk(self.form.fields))
        found = []
        for fault in self.wrong:
            field = labels.get(".".join(part for part in fault.path.split(".") if not part.isdigit()))
            found.append(f"{say(field.label)}: {say(fault.words)}" if field else say(fault.words))
        return found
