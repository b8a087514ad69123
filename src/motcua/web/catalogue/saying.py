"""Documents of procedures in people's words: what a value says, where two versions differ, what a place is called.
Pure but for the language."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from motcua.catalogue.differences import named
from motcua.web.catalogue.mapping import inside
from motcua.web.catalogue.part_rows import Item, Shape
from motcua.web.catalogue.part_words import UNITS
from motcua.web.catalogue.parts import DECISION, OWNER, PARTS, Part
from motcua.web.common.wording import dong, say

LONGEST_TITLE = 90
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """One place at which two versions differ: `what` is "added", "removed" or "changed"."""

    part: str
    place: str
    what: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def compared(before: Document, after: Document) -> list[Told]:
    """Where `after` differs from `before`, in the order of the parts."""
    found = []
    for part in PARTS:
        for item in part.items:
            old, new = inside(before, item.key), inside(after, item.key)
            found += list(_of(item, old, new, (), say(part.label), (before, after)))
    basis = _("Quyết định công bố")
    for item in DECISION:
        found += list(
            _of(item, inside(before, item.key), inside(after, item.key), (), basis, (before, after))
        )
    if before.get("announced") and not after.get("announced"):
        place = _("Nguyên văn không tách được của bản công bố")
        found.append(Told(_("Bản công bố"), place, "removed", (_("không còn đi cùng thủ tục"),), ()))
    return found


def _of(
    item: Item, old: Any, new: Any, way: tuple[str, ...], part: str, documents: tuple[Document, Document]
) -> Iterator[Told]:
    if (old or None) == (new or None):
        return
    here = (*way, say(item.label))
    if item.shape is Shape.ROWS:
        yield from _rows(item, old or [], new or [], here, part, documents)
        return
    before, after = lines(item, old, documents[0]), lines(item, new, documents[1])
    if item.shape in (Shape.PICK, Shape.CHOICES, Shape.LINES) and before and after:
        kept = set(before) & set(after)
        if kept < set(before) | set(after):
            before, after = ([one for one in each if one not in kept] for each in (before, after))
    yield _told(part, here, before, after)


def _told(part: str, way: Sequence[str], before: Sequence[str], after: Sequence[str]) -> Told:
    what = "changed" if before and after else "added" if after else "removed"
    return Told(part, " › ".join(way), what, tuple(before), tuple(after))


def _rows(
    item: Item,
    old: Sequence[Any],
    new: Sequence[Any],
    way: tuple[str, ...],
    part: str,
    documents: tuple[Document, Document],
) -> Iterator[Told]:
    were, are = named(old), named(new)
    if len(old) == len(new) and not item.of[0].key:
        were, are = ({str(i): one for i, one in enumerate(each)} for each in (old, new))
    for name in dict.fromkeys([*are, *were]):
        before, after = were.get(name), are.get(name)
        if before == after:
            continue
        numbers = list(are) if name in are else list(were)
        called = title_of(item, after if after is not None else before) or str(numbers.index(name) + 1)
        here = (*way[:-1], f"{way[-1]} {numbers.index(name) + 1}: {called}")
        if before is None or after is None:
            yield _told(
                part, here, row_lines(item, before, documents[0]), row_lines(item, after, documents[1])
            )
        elif not item.of[0].key:
            yield from _of(item.of[0], before, after, here[:-1], part, documents)
        else:
            for one in item.of:
                if one.shape is not Shape.CODE:
                    yield from _of(
                        one, inside(before, one.key), inside(after, one.key), here, part, documents
                    )
    common = [name for name in were if name in are]
    if common != [name for name in are if name in were]:
        order = [[title_of(item, each[name]) or name for name in each] for each in (were, are)]
        yield Told(part, " › ".join((*way, _("thứ tự"))), "changed", tuple(order[0]), tuple(order[1]))


def title_of(item: Item, row: Any) -> str:
    """What an element of a list is called: the first thing it says."""
    for one in item.of:
        value = inside(row, one.key)
        if value and one.shape not in (Shape.CODE, Shape.ROWS):
            text = say(value) if one.shape is Shape.SAY else "; ".join(lines(one, value, {}))
            return text if len(text) <= LONGEST_TITLE else f"{text[: LONGEST_TITLE - 1]}…"
    return ""


def row_lines(item: Item, row: Any, document: Document) -> list[str]:
    """An element of a list, a line for each thing it says."""
    if row is None:
        return []
    if not item.of[0].key:
        return lines(item.of[0], row, document)
    found = []
    for one in item.of:
        value = inside(row, one.key)
        if one.shape is Shape.ROWS:
            found += [
                f"{say(one.label)}: {'; '.join(row_lines(one, each, document))}" for each in value or ()
            ]
        elif one.shape is not Shape.CODE and (said := lines(one, value, document)):
            found.append(f"{say(one.label)}: {'; '.join(said)}")
    return found


def lines(item: Item, value: Any, document: Document) -> list[str]:
    """What a value says, nothing for none."""
    if value is None or value in ("", [], {}):
        return []
    if item.shape is Shape.SAY:
        return [value["vi"], *([f"({value['en']})"] if value.get("en") else [])]
    if item.shape is Shape.LIMIT:
        return [limit_words(value)]
    if item.shape is Shape.CONDITION:
        return list(_condition(value, document))
    if item.shape is Shape.TIERS:
        return [
            _("từ %(start)s: %(amount)s") % {"start": t["start"], "amount": dong(t["value"])} for t in value
        ]
    if item.shape is Shape.CHECK:
        return [_("có")] if value else []
    if item.shape is Shape.PICK:
        return _picked(item.pick, value, document)
    values = value if isinstance(value, list) else [value]
    words = {str(key): say(one) for key, one in (item.options or {}).items()}
    return [words.get(str(one), str(one)) for one in values]


def limit_words(limit: Document) -> str:
    """A limit: "3 ngày làm việc"."""
    units = {str(key): say(words) for key, words in UNITS.items()}
    unit = str(limit.get("unit") or "")
    return f"{limit.get('value') or ''} {units.get(unit, unit)}".strip()


def _picked(part: str, codes: Iterable[str], document: Document) -> list[str]:
    names = {str(one.get("code")): say(one.get("name") or one.get("label")) for one in document.get(part, ())}
    return [names.get(code) or code for code in codes]


def _condition(condition: Document, document: Document) -> Iterator[str]:
    questions = {str(one.get("code")): one for one in document.get("questions", ())}
    for part in (condition, *condition.get("also", ())):
        question = questions.get(part["question"], {})
        labels = {o["code"]: say(o.get("label")) for o in question.get("options", ())} or {
            "yes": _("Có"),
            "no": _("Không"),
        }
        answers = _(" hoặc ").join(labels.get(a, a) for a in part.get("answers", ["yes"]))
        yield f"{say(question.get('text')) or part['question']} {answers}"


def part_of(where: str) -> Part | None:
    """The part of the editor that a place of the document belongs to."""
    found = _STEP.match(where)
    return OWNER.get(found[1]) if found and found[1] else None


def called(where: str, document: Document) -> str:
    """A place of the document (`components[2].name.vi`) as people call it."""
    part = part_of(where)
    if part is None:
        return ""
    steps = [key or int(index) for key, index in _STEP.findall(where)]
    items, value, words = part.items, document, []
    while steps and (found := _next(items, steps)) is not None:
        item, used = found
        value, steps = inside(value, item.key), steps[used:]
        words.append(say(item.label))
        if item.shape is not Shape.ROWS or not steps or not isinstance(steps[0], int):
            break
        row = value[steps[0]] if isinstance(value, list) and steps[0] < len(value) else {}
        title = title_of(item, row)
        words[-1] += f" {steps[0] + 1}" + (f" ({title})" if title else "")
        items, value, steps = item.of, row, steps[1:]
    return " › ".join(words)


def _next(items: Iterable[Item], steps: Sequence[str | int]) -> tuple[Item, int] | None:
    for item in items:
        keys = item.key.split(".") if item.key else []
        if list(steps[: len(keys)]) == keys:
            return item, len(keys)
    return None
