"""The forms of the certification desk: lines of papers, who asks, who signs."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy as _

from motcua.certification.people import MOST_PARTIES
from motcua.certification.pricing import LONGEST_DETAIL, MOST_COUNT, MOST_PAGES, Line, Signer, paper_meant
from motcua.certification.rules import Kind, papers_of, rules
from motcua.kernel.errors import Refusal
from motcua.parties.operations import Particulars
from motcua.parties.papers import PAPERS
from motcua.web.certification.words import SEATS
from motcua.web.common.cards import doubts_of, no_card, spread_card
from motcua.web.common.text_field import TidyField, printable
from motcua.web.common.wording import say

TYPED = {"autocomplete": "off", "spellcheck": "false"}
DIGITS = {"inputmode": "numeric", "autocomplete": "off"}
ROWS, MOST_ROWS = 3, 40
SCANNED_INTO = ("name", "number")


class TypedForm(forms.Form):
    """A form that can show what was typed without judging it yet."""

    use_required_attribute = False

    def hold_judgement(self) -> None:
        """Keep what is right, complain about nothing yet."""
        self.full_clean()
        self._errors = ErrorDict()


def letters_of(kind: Kind) -> str:
    """The letters of the papers that come most often, for who does not know any yet."""
    return ", ".join(paper.letters[0] for paper in papers_of(kind)[:3])


def unclear_paper(kind: Kind) -> str:
    """What to do about letters that mean no paper of a kind."""
    said = gettext("Chưa rõ giấy tờ nào; gõ vài chữ cái như %(letters)s, hoặc tên giấy tờ.")
    return said % {"letters": letters_of(kind)}


class LineForm(TypedForm):
    """One paper. A line with nothing typed is no line; pages and copies left empty are the usual ones."""

    paper = TidyField(label=_("Giấy tờ"), required=False, max_length=100)
    pages = forms.IntegerField(label=_("Số trang"), required=False, min_value=1, max_value=MOST_PAGES)
    count = forms.IntegerField(label=_("Số bản"), required=False, min_value=1, max_value=MOST_COUNT)
    clause = forms.ChoiceField(label=_("Lời chứng"), required=False)
    detail = TidyField(label=_("Ghi thêm"), required=False, max_length=LONGEST_DETAIL, validators=[printable])

    def __init__(self, data: Mapping[str, Any] | None, *, kind: Kind, place: int) -> None:
        super().__init__(data, prefix=f"line-{place}", initial={"count": None})
        self.kind, self.place = kind, place
        self.called = gettext("Dòng %(n)s") % {"n": place + 1}
        self.fields["paper"].widget.attrs |= {**TYPED, "list": "papers"}
        self.fields["detail"].widget.attrs["data-aside"] = True
        if "count" in kind.columns:
            self.fields["count"].label = say(kind.columns["count"])
        for name in ("pages", "count"):
            self.fields[name].widget = forms.TextInput(attrs=DIGITS)
        clauses: Any = self.fields["clause"]
        clauses.choices = [("", _("theo giấy tờ")), *((c.code, say(c.label)) for c in kind.clauses)]
        if len(kind.clauses) == 1:
            clauses.widget = forms.HiddenInput()

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not any(
            str(self[name].value() or "").strip() for name in ("paper", "pages", "count", "detail")
        )

    def clean(self) -> dict[str, Any]:
        """The paper type meant by the letters."""
        found = dict(super().clean() or {})
        if self.is_blank:
            return found
        meant = paper_meant(found.get("paper", ""), of=self.kind)
        if meant is None and "paper" not in self.errors:
            self.add_error("paper", unclear_paper(self.kind))
        found["meant"] = meant
        return found

    @property
    def line(self) -> Line | None:
        """The line as typed; None while it is not clear."""
        told = getattr(self, "cleaned_data", {})
        meant = told.get("meant")
        if meant is None or self.is_blank or self.errors:
            return None
        return Line(
            paper=meant.code,
            pages=told.get("pages") or meant.pages,
            count=told.get("count") or 1,
            clause=told.get("clause", ""),
            detail=told.get("detail", ""),
        )


class PersonForm(TypedForm):
    """A name and an identity paper."""

    name = TidyField(
        label=_("Họ tên, tên tổ chức"), required=False, max_length=200, validators=[no_card, printable]
    )
    paper = forms.ChoiceField(label=_("Giấy tờ tùy thân"), required=False)
    number = TidyField(label=_("Số giấy tờ"), required=False, max_length=40, validators=[no_card])

    def __init__(self, data: Mapping[str, Any] | None, *, prefix: str | None = None) -> None:
        super().__init__(data, prefix=prefix)
        choices: Any = self.fields["paper"]
        choices.choices = [(p.code, say(p.label)) for p in PAPERS.values() if p.code != "none"]
        for name in SCANNED_INTO:
            self.fields[name].widget.attrs |= TYPED | {"data-scanned": ""}
        told = doubts_of(data or {}, prefix=f"{prefix}-" if prefix else "")
        self.doubts = [(name, why) for name, why in told if name in SCANNED_INTO]

    def hold_judgement(self) -> None:
        """What a scanner typed is told at once: a line that can't be read, and what a card left in doubt."""
        told = self.errors.as_data()
        at_once = [n for n, errors in told.items() if {e.code for e in errors} & {"card", "doubt"}]
        self._errors = ErrorDict({name: self.errors[name] for name in at_once})

    def clean(self) -> dict[str, Any]:
        """Beside the fields: what a scanned card left in doubt."""
        for name, why in self.doubts:
            if name in self.fields:
                self.add_error(name, forms.ValidationError(why, code="doubt"))
        return dict(super().clean() or {})

    @property
    def asked(self) -> Particulars | None:
        """The person; None where nothing was told."""
        told = getattr(self, "cleaned_data", {})
        name, number = told.get("name", ""), told.get("number", "")
        if not name and not number:
            return None
        return Particulars(
            name=name, paper=(told.get("paper") or "citizen_id") if number else "none", number=number
        )


class AskedForm(PersonForm):
    """Who asks. For a copy a name may be left out."""

    def __init__(self, data: Mapping[str, Any] | None, *, kind: Kind) -> None:
        super().__init__(data)
        self.fields["name"].label = _("Bên thứ 1 (người yêu cầu)") if kind.several else _("Người yêu cầu")
        if not kind.name_required:
            self.fields["name"].help_text = _("Có thể để trống; cần tên khi hẹn trả.")
        if not kind.identity:
            for name in ("paper", "number"):
                del self.fields[name]


class PartyForm(PersonForm):
    """Another party of a transaction. With nothing typed there is none."""

    def __init__(self, data: Mapping[str, Any] | None, *, place: int) -> None:
        super().__init__(data, prefix=f"other-{place}")
        self.called = gettext("Bên thứ %(n)s") % {"n": place + 2}

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not any(str(self[name].value() or "").strip() for name in ("name", "number"))


class SignerForm(TypedForm):
    """Who signs: one of those authorised today, the last one first."""

    signer = forms.ChoiceField(label=_("Người ký chứng thực"), required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, signers: Sequence[Signer]) -> None:
        super().__init__(data)
        choices: Any = self.fields["signer"]
        choices.choices = [(str(s.account), f"{s.name} – {say(SEATS[s.seat])}") for s in signers]

    @property
    def account(self) -> UUID | None:
        """The chosen one. What is no id is nobody."""
        try:
            return UUID(str(self["signer"].value() or ""))
        except ValueError:
            return None


def scanned_of(typed: QueryDict) -> list[str]:
    """Spread the cards that were scanned into the names and numbers of `typed`; the prefixes of whose they are."""
    prefixes = ["", *(f"other-{n}-" for n in range(MOST_PARTIES - 1))]
    filled = ("name", "paper", "number")
    return [p for p in prefixes if spread_card(typed, prefix=p, scanned_into=SCANNED_INTO, filling=filled)]


def visit_of(typed: Mapping[str, Any]) -> UUID | None:
    """The visit that what is certified belongs to; None where it begins none, or names none."""
    try:
        return UUID(typed.get("visit") or "")
    except ValueError:
        return None


class Draft:
    """The whole page as typed: always bound, nothing else keeps it."""

    def __init__(
        self,
        typed: Mapping[str, Any],
        *,
        kind: Kind,
        signers: Sequence[Signer],
        judged: bool,
        scanned: bool = False,
    ) -> None:
        self.kind, self.judged = kind, judged
        self.visit = visit_of(typed)
        self.rows = _rows(typed, usual=1 if kind.several else ROWS)
        self.lines = [LineForm(typed, kind=kind, place=n) for n in range(self.rows)]
        self.asked = AskedForm(typed, kind=kind)
        self.places = _places(typed) if kind.several else 0
        self.others = [PartyForm(typed, place=n) for n in range(self.places)]
        chosen = (
            typed if typed.get("signer") else {**typed, "signer": str(signers[0].account) if signers else ""}
        )
        self.signing = SignerForm(chosen, signers=signers)
        self.general: list[str] = []
        for form in self.forms():
            if judged:
                form.full_clean()
            else:
                form.hold_judgement()
        if judged and not any(form.errors for form in self.lines) and not self.typed_lines:
            self.lines[0].add_error("paper", gettext("Hãy nhập ít nhất một giấy tờ."))
        if not judged:
            # The summary of errors takes the focus where there is one.
            first = self.lines[0]["paper"]
            here = self._wanting(or_else=first) if scanned else first
            here.field.widget.attrs["autofocus"] = True

    def forms(self) -> Iterator[TypedForm]:
        """All forms in the order of the page."""
        yield from self.lines
        yield self.asked
        yield from self.others
        yield self.signing

    def _wanting(self, *, or_else: BoundField) -> BoundField:
        """What is typed next after a card: the first thing that is still to be told."""
        people = [f[name] for f in (self.asked, *self.others) for name in SCANNED_INTO if name in f.fields]
        empty = (bound for bound in (or_else, *people) if not str(bound.value() or "").strip())
        return next(empty, self.signing["signer"])

    @property
    def parties(self) -> tuple[Particulars, ...]:
        """The other parties of a transaction."""
        return tuple(who for form in self.others if (who := form.asked) is not None)

    @property
    def typed_lines(self) -> tuple[Line, ...]:
        """The lines that are clear."""
        return tuple(line for form in self.lines if (line := form.line) is not None)

    def is_valid(self) -> bool:
        """Whether nothing stands in the way of asking."""
        return not self.errors and bool(self.typed_lines)

    def add(self, refusal: Refusal) -> None:
        """Put a refusal at its field when the page has one, else above all. The rules count lines without the blank
        ones between them."""
        prefix, _dash, name = refusal.field.rpartition("-")
        rows = {f"line-{n}": form for n, form in enumerate(f for f in self.lines if not f.is_blank)}
        parties = [form for form in self.others if not form.is_blank] or self.others[:1]
        found = (rows | {f"other-{n}": form for n, form in enumerate(parties)}).get(prefix)
        if found is not None and name in found.fields:
            found.add_error(name, say(refusal))
            return
        for other in (self.asked, self.signing):
            if refusal.field in other.fields:
                other.add_error(refusal.field, say(refusal))
                return
        self.general.append(say(refusal))

    @property
    def errors(self) -> bool:
        """Whether there is anything to say in the summary."""
        return bool(self.general) or any(form.errors for form in self.forms())

    def non_field_errors(self) -> list[str]:
        """What no field can mend."""
        return self.general

    def __iter__(self) -> Iterator[BoundField]:
        for form in self.forms():
            yield from form


def _rows(typed: Mapping[str, Any], *, usual: int) -> int:
    return _grown(typed, "rows", by=usual if "_more" in typed else 0, least=usual, most=MOST_ROWS)


def _places(typed: Mapping[str, Any]) -> int:
    return _grown(typed, "places", by=1 if "_party" in typed else 0, least=1, most=MOST_PARTIES - 1)


def _grown(typed: Mapping[str, Any], name: str, *, by: int, least: int, most: int) -> int:
    told = str(typed.get(name, ""))
    rows = int(told) if told.isascii() and told.isdigit() and len(told) < 4 else least
    return max(least, min(rows + by, most))


class RefusalForm(TypedForm):
    """A refusal: the ground the law gives, the paper, and who asked when they said so."""

    ground = forms.ChoiceField(
        label=_("Căn cứ từ chối"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn căn cứ từ chối.")},
    )
    paper = forms.ChoiceField(label=_("Giấy tờ"))
    name = TidyField(
        label=_("Người yêu cầu"), required=False, max_length=200, validators=[no_card, printable]
    )
    detail = TidyField(label=_("Ghi thêm"), required=False, max_length=LONGEST_DETAIL, validators=[printable])

    def __init__(self, data: Mapping[str, Any] | None, *, kind: Kind) -> None:
        super().__init__(data)
        ground: Any = self.fields["ground"]
        ground.choices = [(g.code, f"{say(g.text)} ({g.basis})") for g in kind.grounds]
        paper: Any = self.fields["paper"]
        known = {p.code: p for p in rules().papers}
        paper.choices = [(code, say(known[code].label)) for code in kind.papers]

    @property
    def asked(self) -> Particulars | None:
        """Who asked; None where they did not say."""
        name = self.cleaned_data.get("name", "")
        return Particulars(name=name).cleaned() if name else None


def asked_kind(code: str) -> Kind:
    """The kind an address names; the first for what is none."""
    return next((k for k in rules().kinds if k.code == code), rules().kinds[0])


def reject(form: forms.Form, refusal: Refusal) -> None:
    """Put a refusal at its field, or above the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, say(refusal))
