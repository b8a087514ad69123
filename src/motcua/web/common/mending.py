"""A form that was handed in, opened again at what is wrong in it: drawn with what may be answered anew, and judged."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from markupsafe import Markup

from motcua.dossiers.answered import AnsweredForm
from motcua.dossiers.windows import LONGEST_WRITING
from motcua.eforms.answers import Fault
from motcua.eforms.mending import answer_at, called, leaves
from motcua.eforms.selectors import form as form_version
from motcua.eforms.shapes import Field, FieldType, Form, Page
from motcua.files.references import read_reference
from motcua.flows.form_mending import Reopened
from motcua.kernel.errors import Invalid
from motcua.kernel.text import mask_number
from motcua.parties.selectors import names_of
from motcua.web.common.eform_words import Tongue, value_words
from motcua.web.common.eforms import SEEN, drawn, is_rearranging, posted, upload_faults
from motcua.web.common.text_field import printable
from motcua.web.common.wording import say

Files = MultiValueDict[str, Any]
OPEN = "_open"  # what the page opened


class MendForm:
    """What an item names of a form, with `typed` (what a browser sent) or with what was handed in; files are sent
    anew. Raises Invalid for a field that the item does not name."""

    def __init__(
        self,
        reopened: Reopened,
        typed: QueryDict | None = None,
        files: Files | None = None,
        *,
        on: date,
        area: str = "my_",
    ) -> None:
        self.reopened, self.on, self.area = reopened, on, area
        self.form = reopened.form
        self.answers: dict[str, Any] = {}
        self.wrong: tuple[Fault, ...] = ()
        self.is_bound = typed is not None
        if typed is not None:
            for page in self.form.pages:
                self.answers |= posted(self.form, page, typed, files)
            self.mended = reopened.mended(self.answers, on=on)
            self._refuse_forged([*typed, *(files or ())])
            self.wrong = self.mended.faults
            for page in self.pages:
                found = upload_faults(page, typed, files)
                self.wrong += tuple(one for one in found if one.path in self.mended.open)
        else:
            self.mended = reopened.mended(self._as_handed_in(), on=on)
        # A row came or went, or an answer has led to another question: the same again, without a complaint.
        self.again = typed is not None and (is_rearranging(typed) or self._asks_more(typed))
        self.judged = self.is_bound and not self.again

    def _as_handed_in(self) -> dict[str, Any]:
        """The answers as they are, without the files that may be sent anew."""
        return {key: value for key, value in self.reopened.answers.items() if key not in self._files}

    def _refuse_forged(self, names: Iterable[str]) -> None:
        fixed = self.mended.fixed
        forged = [name for name in names if any(name == one or name.startswith(f"{one}.") for one in fixed)]
        if forged:
            raise Invalid(
                "Trang gửi lên có mục không được nêu để sửa; chưa ghi gì. Hãy mở lại trang rồi sửa.",
                "The page sent a field that was not named to be mended; nothing was written. Open the page again.",
            )

    def _asks_more(self, typed: QueryDict) -> bool:
        seen = {path for name in (SEEN, OPEN) for told in typed.getlist(name) for path in str(told).split()}
        for path, field in leaves(self.form.fields):
            shower = path if field.visible_if is not None else path.rpartition(".")[0]
            if path in self.mended.open - self.reopened.named and not {path, shower} & seen:
                return True
        return False

    @property
    def open(self) -> str:
        """The fields that may be answered anew, as the page sends them back."""
        return " ".join(sorted(self.mended.open))

    @property
    def kept_files(self) -> list[str]:
        """The names of the files that were handed in where others may be sent; they stay where none is."""
        held = [answer_at(self.reopened.answers, path) or () for path in sorted(self._files)]
        return [one.name for each in held for told in each if (one := read_reference(told)) is not None]

    @property
    def _files(self) -> set[str]:
        return {
            p for p, f in leaves(self.form.fields) if f.type is FieldType.FILE and p in self.reopened.named
        }

    @property
    def pages(self) -> list[Page]:
        """The topic that is named, and those where something is asked because of what is answered there."""
        paths = self.mended.open - self.reopened.named
        return [
            page
            for page in self.form.pages
            if page.key == self.reopened.topic or any(path in paths for path, _field in leaves(page.fields))
        ]

    def rest(self) -> "MendForm":
        """Show what is typed without judging it."""
        self.judged = False
        return self

    def is_valid(self) -> bool:
        """Whether what is named is answered rightly and whole."""
        return not self.wrong and not self.again

    @property
    def errors(self) -> tuple[Fault, ...]:
        """What is wrong, as far as it is told."""
        return self.wrong if self.judged else ()

    @property
    def drawn(self) -> list[Markup]:
        """The pages as markup, each with its summary of errors first."""
        return [
            drawn(
                self.form,
                page,
                self.mended.laid,
                [fault for fault in self.errors if fault.page == page.key],
                on=self.on,
                area=self.area,
                fixed=self.mended.fixed,
            )
            for page in self.pages
        ]


def words_field(label: str) -> forms.CharField:
    """What is said to an item."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST_WRITING,
        validators=[printable],
        widget=forms.Textarea(attrs={"rows": 3, "class": "wfull"}),
    )


class MendingForm(forms.Form):
    """The form opened again (`mend`), and what is said to it, asked for by `label`."""

    use_required_attribute = False

    def __init__(self, typed: QueryDict | None, *, mend: MendForm, label: str) -> None:
        super().__init__(typed)
        self.mend = mend
        self.fields["words"] = words_field(label)

    def is_valid(self) -> bool:
        """Whether both are in order."""
        return super().is_valid() and self.mend.is_valid()


@dataclass(frozen=True, slots=True)
class Change:
    """A field that was answered anew: what it is called, what it was, what it is from then on."""

    label: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Mending:
    """When the form was mended, and by whom: who of those who apply signed in and did it, or the desk."""

    at: datetime
    by_citizen: bool
    name: str
    changes: tuple[Change, ...]


def mendings(given: AnsweredForm | None, tongue: Tongue = say) -> tuple[Mending, ...]:
    """How a form was mended, oldest first, in words; none where it was not, or the answers were erased. One statement
    where people mended it."""
    if given is None or not given.answers or not given.mends:
        return ()
    form = form_version(given.form, given.version)
    after = [*(one.before for one in given.mends[1:]), given.answers]
    names = names_of({one.by for one in given.mends if one.by})
    return tuple(
        Mending(
            one.at,
            one.by is not None,
            names.get(one.by, "") if one.by else "",
            tuple(_changes(form, one.fields, one.before, then, tongue)),
        )
        for one, then in zip(given.mends, after, strict=True)
    )


def _changes(
    form: Form,
    paths: tuple[str, ...],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    tongue: Tongue,
) -> Iterator[Change]:
    for path, field in leaves(form.fields):
        if path in paths:
            was, now = (_in_words(field, answer_at(told, path), tongue) for told in (before, after))
            yield Change(tongue(called(form, path, field)), was, now)


def _in_words(field: Field, value: Any, tongue: Tongue) -> str:
    if field.type is FieldType.GROUP:
        rows = [
            ", ".join(filter(None, (_in_words(each, row.get(each.key), tongue) for each in field.fields)))
            for row in value or ()
        ]
        return "; ".join(rows)
    if field.type is FieldType.PERSON:
        return ", ".join(
            filter(None, (_in_words(each, (value or {}).get(each.key), tongue) for each in field.fields))
        )
    said = value_words(field, value, tongue)
    return mask_number(said) if field.type is FieldType.PERSONAL_ID else said
