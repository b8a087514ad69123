"""What is wrong with a draft, from all its forms, as the summary of errors takes it."""

from collections.abc import Iterator

from django.forms.boundfield import BoundField

from motcua.kernel.errors import Refusal
from motcua.web.common.wording import say
from motcua.web.counter.draft import Draft
from motcua.web.counter.outlook import MissingLine

# What a refusal about the paper pad is told at.
_ON_PAPER = {"occurred_at": "day", "paper_pad": "pad", "paper_number": "number", "photo": "photo"}


class Problems:
    """All forms of a draft as one form, for `error_summary`; `missing` is told in a box of its own."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.general: list[str] = []
        self.missing: tuple[MissingLine, ...] = ()

    def add(self, refusal: Refusal) -> None:
        """Put a refusal where it belongs: at its field when the page has one, else above all."""
        if refusal.field == "components" and self.missing:
            return
        for form, names in (
            (self.draft.choice, ("variant", "channel")),
            (self.draft.pad, tuple(_ON_PAPER)),
        ):
            if refusal.field in names:
                field = _ON_PAPER.get(refusal.field, refusal.field)
                shown = form.fields[field].widget
                if not shown.is_hidden:
                    form.add_error(field, say(refusal))
                    return
        self.general.append(say(refusal))

    @property
    def errors(self) -> bool:
        """Whether there is anything to say in the summary."""
        return bool(self.general) or any(form.errors for form in self.draft.forms())

    def non_field_errors(self) -> list[str]:
        """What no field can mend."""
        own = [str(error) for form in self.draft.forms() for error in form.non_field_errors()]
        return [*self.general, *own]

    def __iter__(self) -> Iterator[BoundField]:
        for form in self.draft.forms():
            yield from form
