"""Forms with a row for each of several things: times of a channel, groups of papers, what a paper is split into."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.checking import FRACTIONS, LONGEST_COMPONENT_NAME
from motcua.catalogue.national import reading_rules as rules, values
from motcua.catalogue.national.filling import folded
from motcua.catalogue.national.papers import count_of
from motcua.catalogue.national.record import Group, Paper, Way
from motcua.catalogue.shapes import ComponentKind
from motcua.web.catalogue import deciding_words as words
from motcua.web.catalogue.deciding_fields import (
    CHOOSE,
    UNITLESS,
    DecisionForm,
    count_field,
    decimal_of,
    filled,
    line,
    number,
    plain,
    select,
)
from motcua.web.common.fields import needed_when

MOST_PARTS = 5


class RowsForm(DecisionForm):
    """A form with the same fields for each of several things."""

    def lines(self) -> list[tuple[str, Sequence[str], list[Any]]]:
        """Each row: what it is about, in how many words, and its fields."""
        told = [*self.told(), *[("", ())] * self.count]
        return [(*told[i], [self[f"{name}_{i}"] for name in self.rows]) for i in range(self.count)]

    count = 0
    # Whether all rows but the first are rarely wanted.
    folds = False

    def told(self) -> Iterable[tuple[str, Sequence[str]]]:
        """What each row is about: a line, and what stands under it."""
        return ()

    def add_rows(self, fields: dict[str, forms.Field], made: Iterable[Mapping[str, forms.Field]]) -> None:
        for i, row in enumerate(made):
            self.count = i + 1
            fields |= {f"{name}_{i}": field for name, field in row.items()}

    def typed_rows(self, typed: Mapping[str, Any]) -> list[dict[str, Any]]:
        return [{name: typed.get(f"{name}_{i}") for name in self.rows} for i in range(self.count)]


def _said(*texts: str) -> str:
    return " ".join(text for text in texts if text)


class VariantsForm(RowsForm):
    needs = frozenset({"label", "value", "unit"})
    rows = ("label", "value", "unit")

    def prepare(self, fields: dict[str, forms.Field]) -> None:
        way: Way = self.thing
        self.times = way.times
        self.add_rows(fields, (self._row(time) for time in way.times))

    @staticmethod
    def _row(time: Any) -> dict[str, forms.Field]:
        row: dict[str, forms.Field] = {
            "label": line(_("Tên trường hợp"), hint=_("Như người dân gọi, ví dụ: Không phải xác minh")),
            "value": number(_("Số")),
            "unit": select(_("Đơn vị"), words.LIMIT_UNITS),
        }
        row["value"].initial = decimal_of(time.value)
        known = rules.UNITS.get(folded(time.unit))
        row["unit"].initial = known.value if known else ""
        return row

    def told(self) -> Iterable[tuple[str, Sequence[str]]]:
        return [
            (_said(t.value, t.unit, t.text), [_said(f.amount, f.currency, f.text) for f in t.fees])
            for t in self.times
        ]

    def lacking(self, typed: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for i, row in enumerate(self.typed_rows(typed)):
            if not row["label"]:
                yield f"label_{i}", _("Hãy đặt tên trường hợp.")
            if not row["unit"]:
                yield f"unit_{i}", _("Hãy chọn đơn vị.")
            elif row["unit"] not in UNITLESS and row["value"] is None:
                yield f"value_{i}", _("Nhập một số, ví dụ 5.")
            elif row["unit"] not in UNITLESS and row["unit"] not in FRACTIONS and row["value"] % 1:
                yield f"value_{i}", _("Đơn vị này cần số nguyên; hãy đổi ra giờ hoặc chọn đơn vị khác.")

    def made(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "rows": [
                filled(
                    {
                        "label": row["label"],
                        "unit": row["unit"],
                        "value": None if row["unit"] in UNITLESS else plain(row["value"]),
                    }
                )
                for row in self.typed_rows(typed)
            ]
        }


class GroupsForm(RowsForm):
    needs = frozenset({"means"})
    rows = ("means", "label")

    def prepare(self, fields: dict[str, forms.Field]) -> None:
        self.groups: list[Group] = [g for g in self.record.groups if g.papers or g.heading]
        self.add_rows(
            fields,
            (
                {
                    "means": select(_("Nhóm này là"), words.GROUPS),
                    "label": needed_when(line(_("Tên trường hợp")), _("khi là một trường hợp riêng")),
                }
                for _group in self.groups
            ),
        )

    def told(self) -> Iterable[tuple[str, Sequence[str]]]:
        return [(g.heading or str(_("Nhóm không có tên")), [p.name for p in g.papers]) for g in self.groups]

    def lacking(self, typed: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for i, row in enumerate(self.typed_rows(typed)):
            if not row["means"]:
                yield f"means_{i}", CHOOSE
            elif row["means"] == values.GroupAs.VARIANT and not row["label"]:
                yield f"label_{i}", _("Hãy đặt tên trường hợp.")
            elif row["means"] != values.GroupAs.VARIANT and row["label"]:
                yield f"label_{i}", _("Chỉ trường hợp riêng mới có tên.")

    def made(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        return {"groups": [filled(row) for row in self.typed_rows(typed)]}


class PapersForm(RowsForm):
    needs = frozenset({"name", "kind", "originals", "copies"})
    rows = ("name", "kind", "originals", "copies", "asked", "group")
    count = MOST_PARTS
    folds = True

    def prepare(self, fields: dict[str, forms.Field]) -> None:
        self.add_rows(fields, (self._row(i) for i in range(MOST_PARTS)))

    def _row(self, i: int) -> dict[str, forms.Field]:
        row: dict[str, forms.Field] = {
            "name": line(_("Tên giấy tờ"), longest=LONGEST_COMPONENT_NAME, css="wfull"),
            "kind": select(_("Loại"), words.PAPERS),
            "originals": count_field(_("Bản chính")),
            "copies": count_field(_("Bản sao")),
            "asked": needed_when(line(_("Câu hỏi")), _("khi chỉ nộp trong một số trường hợp")),
            "group": needed_when(line(_("Tên nhóm")), _("khi nộp một trong nhóm")),
        }
        if i == 0 and isinstance(self.thing, Paper):
            paper = self.thing
            row["name"].initial = paper.name[:LONGEST_COMPONENT_NAME]
            row["originals"].initial = count_of(paper.originals)
            row["copies"].initial = count_of(paper.copies)
        return row

    def lacking(self, typed: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        rows = self._used(typed)
        if not rows:
            yield "name_0", _("Hãy ghi ít nhất một giấy tờ.")
        for i, row in rows:
            if not row["name"]:
                yield f"name_{i}", _("Hãy ghi tên giấy tờ.")
            if not row["kind"]:
                yield f"kind_{i}", _("Hãy chọn loại.")
            if row["kind"] == ComponentKind.REQUIRED_IF and not row["asked"]:
                yield f"asked_{i}", _("Hãy ghi câu hỏi trả lời có hoặc không.")
            if row["kind"] != ComponentKind.REQUIRED_IF and row["asked"]:
                yield f"asked_{i}", _("Câu hỏi chỉ đi cùng loại “chỉ nộp khi”.")
            if row["kind"] == ComponentKind.ONE_OF and not row["group"]:
                yield f"group_{i}", _("Hãy đặt tên nhóm, giống nhau cho các giấy thay được cho nhau.")
            if row["kind"] != ComponentKind.ONE_OF and row["group"]:
                yield f"group_{i}", _("Tên nhóm chỉ đi cùng loại “một trong nhóm”.")
            is_handed_in = row["kind"] not in ("", ComponentKind.NOTE, ComponentKind.DATABASE)
            if is_handed_in and not (row["originals"] or row["copies"]):
                yield f"originals_{i}", _("Ghi số bản chính hoặc bản sao.")

    def _used(self, typed: Mapping[str, Any]) -> list[tuple[int, dict[str, Any]]]:
        """The rows somebody wrote in."""
        return [(i, row) for i, row in enumerate(self.typed_rows(typed)) if row["name"] or row["kind"]]

    def made(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        parts = []
        for _i, row in self._used(typed):
            is_counted = row["kind"] not in (ComponentKind.NOTE, ComponentKind.DATABASE)
            numbers = {name: row[name] or 0 if is_counted else 0 for name in ("originals", "copies")}
            parts.append(filled({**row, **numbers}))
        return {"parts": parts}
