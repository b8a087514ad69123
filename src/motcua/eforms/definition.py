"""A form's definition, read out of its document. Pure: what is wrong is told with its place and how to mend it."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field as slot
from datetime import date
from typing import Any

from motcua.eforms.confirming import unfit
from motcua.eforms.kinds import KINDS
from motcua.eforms.reach import unreachable
from motcua.eforms.rules import DEEPEST, ITEM, OPERATORS, operands, variables
from motcua.eforms.shapes import (
    CHOICES,
    RULES,
    Field,
    FieldType,
    Form,
    Limits,
    Option,
    Page,
    Rule,
    Section,
    Serves,
    Source,
    walk,
)
from motcua.kernel.errors import Invalid
from motcua.kernel.say import Say

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST_FIELDS = 400
NEVER = Say(
    "không câu trả lời nào làm mục này hiện ra; hãy sửa điều kiện",
    "no answers ever show it; mend the condition",
)
_ANY_FIELD = frozenset(
    {"key", "type", "label", "hint", "required", "required_if", "visible_if", "default", "prefill", "map_to"}
)


@dataclass(frozen=True, slots=True)
class Library:
    """What forms share: parts of a person (each a list of fields), lists of options."""

    parts: Mapping[str, Sequence[Mapping[str, Any]]] = slot(default_factory=dict)
    lists: Mapping[str, Sequence[Mapping[str, Any]]] = slot(default_factory=dict)


class Damaged(Invalid):
    """A definition that is none. `field` is the place of the first fault; `faults` are all: place and sentence."""

    def __init__(self, faults: Sequence[tuple[str, Say]]) -> None:
        vi = "; ".join(f"{place}: {said.vi}" for place, said in faults)
        en = "; ".join(f"{place}: {said.en}" for place, said in faults)
        super().__init__(vi, en, field=faults[0][0])
        self.faults = tuple(faults)


def parse(document: Mapping[str, Any], library: Library | None = None) -> Form:
    """The form. Raises Damaged with all that is wrong."""
    reader = _Reader(library or Library())
    form = reader.form(document)
    if form is not None:
        reader.faults += check_rules(form) + unfit(form)
        if not reader.faults:
            reader.faults += [(f"{path}.visible_if", NEVER) for path in unreachable(form)]
        count = sum(1 for _ in walk(form.fields))
        if count > MOST_FIELDS:
            reader.wrong(
                "pages", f"có {count} mục, nhiều nhất {MOST_FIELDS}", f"{count} fields, at most {MOST_FIELDS}"
            )
    if reader.faults or form is None:
        raise Damaged(reader.faults)
    return form


@dataclass(slots=True)
class _Reader:
    library: Library
    faults: list[tuple[str, Say]] = slot(default_factory=list)

    def wrong(self, place: str, vi: str, en: str) -> None:
        self.faults.append((place or "form", Say(vi, en)))

    def form(self, told: Any) -> Form | None:
        names = {"code", "version", "title", "procedures", "valid_from", "source", "pages", "results"}
        if not self.object(told, "", names, needs=names - {"results"}):
            return None
        pages = tuple(
            self.page(one, f"pages.{n}") for n, one in enumerate(self.items(told["pages"], "pages", least=1))
        )
        self.unique([page.key for page in pages], "pages")
        self.unique([each.key for page in pages for each in page.fields], "pages")
        return Form(
            code=self.key(told["code"], "code"),
            version=self.number(told["version"], "version") or 1,
            title=self.say(told["title"], "title"),
            procedures=tuple(
                self.serves(one, f"procedures.{n}")
                for n, one in enumerate(self.items(told["procedures"], "procedures", least=1))
            ),
            valid_from=self.day(told["valid_from"], "valid_from"),
            source=self.source(told["source"]),
            pages=pages,
            results=tuple(
                self.text(one, "results") for one in self.items(told.get("results", []), "results")
            ),
        )

    def page(self, told: Any, at: str) -> Page:
        names = {"key", "title", "sections"}
        if not self.object(told, at, names, needs=names):
            return Page("", Say("", ""), ())
        sections = self.items(told["sections"], f"{at}.sections", least=1)
        return Page(
            key=self.key(told["key"], f"{at}.key"),
            title=self.say(told["title"], f"{at}.title"),
            sections=tuple(self.section(one, f"{at}.sections.{n}") for n, one in enumerate(sections)),
        )

    def section(self, told: Any, at: str) -> Section:
        names = {"key", "title", "fields", "hint", "visible_if"}
        if not self.object(told, at, names, needs={"key", "title", "fields"}):
            return Section("", Say("", ""), ())
        return Section(
            key=self.key(told["key"], f"{at}.key"),
            title=self.say(told["title"], f"{at}.title"),
            fields=self.fields(told["fields"], f"{at}.fields", under=told.get("visible_if")),
            hint=self.say(told["hint"], f"{at}.hint") if "hint" in told else None,
        )

    def fields(self, told: Any, at: str, under: Rule = None) -> tuple[Field, ...]:
        found = tuple(
            self.field(one, f"{at}.{n}", under=under) for n, one in enumerate(self.items(told, at, least=1))
        )
        self.unique([field.key for field in found], at)
        return found

    def field(self, told: Any, at: str, under: Rule = None) -> Field:
        kind = told.get("type") if isinstance(told, Mapping) else None
        if not isinstance(kind, str) or kind not in set(FieldType):
            known = ", ".join(FieldType)
            self.wrong(
                f"{at}.type", f"loại “{kind}” không có; dùng {known}", f"no type “{kind}”; use {known}"
            )
            return Field(key="", type=FieldType.INFO, label=Say("", ""))
        made = FieldType(kind)
        names = _ANY_FIELD | KINDS[made].takes | ({"map"} if made is FieldType.PERSON else set())
        if not self.object(told, at, names, needs={"key", "type", "label"}):
            return Field(key="", type=FieldType.INFO, label=Say("", ""))
        own = told.get("visible_if")
        field = Field(
            key=self.key(told["key"], f"{at}.key"),
            type=made,
            label=self.say(told["label"], f"{at}.label"),
            hint=self.say(told["hint"], f"{at}.hint") if "hint" in told else None,
            required=told.get("required", False) is True,
            required_if=told.get("required_if"),
            visible_if={"and": [under, own]} if under is not None and own is not None else under or own,
            computed=told.get("computed"),
            limits=self.limits(told.get("limits", {}), f"{at}.limits"),
            options=self.options(told, at) if made in CHOICES else (),
            default=str(told.get("default", "")),
            prefill=str(told.get("prefill", "")),
            map_to=str(told.get("map_to", "")),
            document=str(told.get("document", "")),
            prefill_if=told.get("prefill_if"),
            confirms=told.get("confirms", False) is True,
            consents=told.get("consents", False) is True,
            fields=self.contained(made, told, at),
        )
        if field.default and all(option.code != field.default for option in field.options):
            self.wrong(f"{at}.default", "phải là mã của một lựa chọn", "must be the code of an option")
        if made is FieldType.FILE and not field.document:
            self.wrong(
                f"{at}.document", "thiếu mã giấy tờ của tệp", "the paper that the file is of is missing"
            )
        if made is FieldType.COMPUTED and field.computed is None:
            self.wrong(f"{at}.computed", "thiếu quy tắc tính", "the rule that computes it is missing")
        return field

    def contained(self, made: FieldType, told: Mapping[str, Any], at: str) -> tuple[Field, ...]:
        if made is FieldType.GROUP:
            fields = self.fields(told.get("fields"), f"{at}.fields")
            for n, field in enumerate(fields):
                if field.type is FieldType.GROUP:
                    self.wrong(f"{at}.fields.{n}", "nhóm không chứa nhóm", "a group holds no group")
                if any(each.type is FieldType.FILE for _path, each in walk((field,))):
                    self.wrong(f"{at}.fields.{n}", "nhóm không chứa tệp", "a group holds no file")
            return fields
        return self.parts(told, at) if made is FieldType.PERSON else ()

    def parts(self, told: Mapping[str, Any], at: str) -> tuple[Field, ...]:
        """The parts of a person: each named as in the library, with an asterisk where it is needed."""
        found: list[Field] = []
        prefix = str(told.get("map", ""))
        source = str(told.get("prefill", ""))
        for n, name in enumerate(self.items(told.get("parts"), f"{at}.parts", least=1)):
            place = f"{at}.parts.{n}"
            part = self.library.parts.get(str(name).removesuffix("*"))
            if part is None:
                known = ", ".join(self.library.parts)
                self.wrong(place, f"không có phần “{name}”; dùng {known}", f"no part “{name}”; use {known}")
                continue
            for one in part:
                needed = str(name).endswith("*") and one.get("follows", True)
                plain = {k: v for k, v in one.items() if k != "follows"}
                plain |= {"required": True} if needed else {}
                plain |= (
                    {"map_to": prefix + plain["map_to"]} if prefix and "map_to" in plain else {"map_to": ""}
                )
                plain |= {"prefill": f"{source}.{plain['prefill']}" if source and "prefill" in plain else ""}
                found.append(self.field(plain, place))
        self.unique([field.key for field in found], f"{at}.parts")
        return tuple(found)

    def options(self, told: Mapping[str, Any], at: str) -> tuple[Option, ...]:
        if "list" in told:
            shared = self.library.lists.get(str(told["list"]))
            if shared is None:
                known = ", ".join(self.library.lists)
                self.wrong(
                    f"{at}.list", f"không có danh sách này; dùng {known}", f"no such list; use {known}"
                )
            told, at = {"options": shared or []}, f"{at}.list"
        found = []
        for n, one in enumerate(self.items(told.get("options"), f"{at}.options", least=1)):
            place = f"{at}.options.{n}"
            if self.object(one, place, {"code", "label"}, needs={"code", "label"}):
                found.append(
                    Option(self.key(one["code"], f"{place}.code"), self.say(one["label"], f"{place}.label"))
                )
        self.unique([option.code for option in found], f"{at}.options")
        return tuple(found)

    def limits(self, told: Any, at: str) -> Limits:
        if not self.object(told, at, {"least", "most", "decimals", "past"}, needs=set()):
            return Limits()
        return Limits(
            least=self.number(told["least"], f"{at}.least") if "least" in told else None,
            most=self.number(told["most"], f"{at}.most") if "most" in told else None,
            decimals=(self.number(told["decimals"], f"{at}.decimals") or 0) if "decimals" in told else 0,
            past=told.get("past", False) is True,
        )

    def serves(self, told: Any, at: str) -> Serves:
        if not self.object(told, at, {"code", "variant"}, needs={"code"}):
            return Serves("")
        return Serves(self.text(told["code"], f"{at}.code"), str(told.get("variant", "")))

    def source(self, told: Any) -> Source:
        if not self.object(told, "source", {"name", "verified"}, needs={"name", "verified"}):
            return Source(Say("", ""), verified=False)
        return Source(self.say(told["name"], "source.name"), verified=told["verified"] is True)

    def object(self, told: Any, at: str, names: Collection[str], *, needs: Collection[str]) -> bool:
        if not isinstance(told, Mapping):
            self.wrong(at, "phải là một đối tượng {…}", "must be an object {…}")
            return False
        for name in sorted(str(key) for key in told.keys() - set(names)):
            known = ", ".join(sorted(names))
            self.wrong(
                f"{at}.{name}".strip("."),
                f"không có thuộc tính này; dùng {known}",
                f"no such property; use {known}",
            )
        missing = sorted(set(needs) - told.keys())
        for name in missing:
            self.wrong(f"{at}.{name}".strip("."), "còn thiếu, hãy thêm vào", "is missing, add it")
        return not missing

    def items(self, told: Any, at: str, least: int = 0) -> Sequence[Any]:
        if not isinstance(told, list) or len(told) < least:
            self.wrong(at, f"phải là danh sách có ít nhất {least} mục", f"must be a list of at least {least}")
            return ()
        return told

    def unique(self, keys: Sequence[str], at: str) -> None:
        for twice in sorted({key for key in keys if key and keys.count(key) > 1}):
            self.wrong(
                at,
                f"khóa “{twice}” dùng hai lần; đổi một khóa",
                f"the key “{twice}” is used twice; rename one",
            )

    def key(self, told: Any, at: str) -> str:
        if isinstance(told, str) and KEY.fullmatch(told) and told != ITEM:
            return told
        self.wrong(
            at,
            "khóa gồm chữ thường không dấu, số, gạch dưới",
            "a key is of small letters, figures, underscores",
        )
        return ""

    def text(self, told: Any, at: str) -> str:
        if isinstance(told, str) and told.strip():
            return told
        self.wrong(at, "phải là chữ, không để trống", "must be a text that is not empty")
        return ""

    def say(self, told: Any, at: str) -> Say:
        if not self.object(told, at, {"vi", "en"}, needs={"vi", "en"}):
            return Say("", "")
        return Say(self.text(told["vi"], f"{at}.vi"), self.text(told["en"], f"{at}.en"))

    def number(self, told: Any, at: str) -> int | None:
        if isinstance(told, int) and not isinstance(told, bool):
            return told
        self.wrong(at, "phải là số nguyên", "must be a whole number")
        return None

    def day(self, told: Any, at: str) -> date:
        try:
            return date.fromisoformat(told)
        except (TypeError, ValueError):
            self.wrong(at, "phải là ngày, ví dụ 2026-11-22", "must be a day, such as 2026-11-22")
            return date.min


def check_rules(form: Form) -> list[tuple[str, Say]]:
    """Rules that are none, that read what is not there or stands later, that go round in a circle."""
    order = {path: place for place, (path, _field) in enumerate(walk(form.fields))}
    faults: list[tuple[str, Say]] = []
    for path, field in walk(form.fields):
        inside = path.rpartition(".")[0]
        for name in RULES:
            rule = getattr(field, name)
            if rule is None:
                continue
            place = f"{path}.{name}"
            faults += [(place, said) for said in malformed(rule)]
            for read in dict.fromkeys(variables(rule)):
                said = _misread(read, inside, path, order, form)
                faults += [(place, said)] if said else []
    return faults


def malformed(rule: Rule, depth: int = 0) -> list[Say]:
    """Why `rule` is none that the evaluator knows; empty where it is one."""
    if depth > DEEPEST - 1:
        return [Say(f"lồng sâu quá {DEEPEST} lớp", f"nested deeper than {DEEPEST}")]
    if isinstance(rule, list):
        return [said for each in rule for said in malformed(each, depth + 1)]
    if not isinstance(rule, Mapping):
        return []
    if len(rule) != 1 or (operator := next(iter(rule))) not in OPERATORS:
        known = " ".join(OPERATORS)
        return [Say(f"một quy tắc có đúng một phép trong: {known}", f"a rule is one operator of: {known}")]
    told = operands(rule)[1]
    least, most = OPERATORS[operator]
    if not least <= len(told) <= most:
        return [Say(f"“{operator}” cần {least} đến {most} vế", f"“{operator}” takes {least} to {most}")]
    if operator == "var":
        fits = isinstance(told[0], str)
        return [] if fits else [Say("“var” cần tên một mục", "“var” takes the name of a field")]
    return [said for each in told for said in malformed(each, depth + 1)]


def _misread(read: str, inside: str, path: str, order: Mapping[str, int], form: Form) -> Say | None:
    """What is wrong with a rule at `path` that reads `read`."""
    absolute = read
    if read == ITEM or read.startswith(f"{ITEM}."):
        if not inside:
            return Say(
                "“item” chỉ dùng bên trong người hoặc nhóm", "“item” is for rules in a person or a group"
            )
        absolute = f"{inside}{read[len(ITEM) :]}"
    known = absolute if absolute in order else absolute.rpartition(".")[0]  # a part of an address
    if known not in order:
        return Say(f"không có mục “{read}”", f"there is no field “{read}”")
    if known == path or known.startswith(f"{path}."):
        return Say(f"“{read}” là chính mục này: quy tắc đi vòng", f"“{read}” is this field itself: a circle")
    if order[known] > order[path]:
        circle = path in _reads(form, known)
        if circle:
            return Say(f"“{read}” lại đọc mục này: quy tắc đi vòng", f"“{read}” reads this field: a circle")
        return Say(f"“{read}” đứng sau; hãy đưa lên trước", f"“{read}” stands later; move it up")
    return None


def _reads(form: Form, start: str) -> set[str]:
    """All that the rules of `start` read, and the rules of those."""
    fields = dict(walk(form.fields))
    found: set[str] = set()
    left = [start]
    while left:
        path = left.pop()
        field = fields.get(path)
        rules = [getattr(field, name) for name in RULES] if field else ()
        inside = path.rpartition(".")[0]
        read = {
            f"{inside}{each[len(ITEM) :]}" if each.startswith(f"{ITEM}.") else each
            for rule in rules
            for each in variables(rule)
        }
        left += read - found
        found |= read
    return found
