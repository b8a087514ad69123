"""What a test begins with, as it is typed: its title, the facts told at reception, the day."""

from collections.abc import Sequence
from typing import Any

from motcua.catalogue.shapes import Channel
from motcua.kernel.say import Say
from motcua.kernel.text import clean
from motcua.processes.conditions import VALUES
from motcua.processes.testing.shapes import BEGINS
from motcua.web.catalogue.designer.controls import Drawing, Typed, one
from motcua.web.catalogue.designer.drawing import Node
from motcua.web.catalogue.processes.testing_form import WRITTEN_WRONG, Row, moment_typed, told_moment
from motcua.web.common.wording import say

_PAIRS = Say("Mỗi dòng một mục, dạng mã = giá trị", "One a line, as code = value")
_PAIR_WRONG = Say("Dòng này phải có dạng mã = giá trị", "This line must read code = value")


def head_nodes(drawing: Drawing, variants: Sequence[tuple[str, str]]) -> list[Node]:
    """The form of a test's head."""
    channels = [(each.value, say(VALUES["channel"][each.value])) for each in Channel]
    begins = Say("Giờ và ngày tiếp nhận trong bài thử", "Hour and day of the reception in the test")
    return [
        Node(
            [
                drawing.area("title-vi", say(Say("Tên bài thử", "The test's title")), lang="vi"),
                drawing.area(
                    "title-en", say(Say("Tên bài thử, tiếng Anh", "The title in English")), lang="en"
                ),
            ]
        ),
        Node(
            [
                drawing.select("variant", say(Say("Trường hợp", "The variant")), variants),
                drawing.select("channel", say(Say("Kênh nộp", "The channel")), channels),
                drawing.text("begins", say(begins), css="w10"),
            ]
        ),
        Node(
            [
                drawing.check(
                    "assisted", say(Say("Có người làm hộ hồ sơ", "Somebody typed it for the applicant"))
                ),
                drawing.check("outside", say(Say("Nhận ở cơ quan khác", "Received at another agency"))),
            ]
        ),
        Node(
            [
                drawing.area(
                    "answers",
                    say(Say("Câu trả lời mà điều kiện xét", "Answers that conditions read")),
                    hint=_PAIRS,
                ),
                drawing.area(
                    "quantities",
                    say(Say("Số lượng mà điều kiện xét", "Numbers that conditions read")),
                    hint=_PAIRS,
                ),
            ]
        ),
    ]


def typed_of_head(test: Row) -> dict[str, list[str]]:
    """What stands in the controls of a test's head."""
    title, facts = test.get("title") or {}, test.get("facts") or {}
    return {
        "title-vi": [str(title.get("vi") or "")],
        "title-en": [str(title.get("en") or "")],
        "variant": [str(facts.get("variant") or "")],
        "channel": [str(facts.get("channel") or Channel.COUNTER.value)],
        "begins": [moment_typed(test.get("begins") or BEGINS)],
        "assisted": ["on" if facts.get("assisted") else ""],
        "outside": ["on" if facts.get("outside") else ""],
        "answers": [
            "\n".join(f"{a.get('question')} = {a.get('option')}" for a in facts.get("answers") or ())
        ],
        "quantities": [
            "\n".join(f"{q.get('name')} = {q.get('count')}" for q in facts.get("quantities") or ())
        ],
    }


def written_head(test: Row, typed: Typed) -> tuple[Row, dict[str, tuple[Say, ...]]]:
    """The test with the head that is typed, and what is wrong with it, by control."""
    wrong: dict[str, tuple[Say, ...]] = {}
    title = {name: said for name in ("vi", "en") if (said := clean(one(typed, f"title-{name}"))[:300])}
    if "vi" not in title:
        wrong["title-vi"] = (Say("Ghi tên bài thử.", "Write the title of the test."),)
    begins = told_moment(clean(one(typed, "begins")))
    if begins is None:
        wrong["begins"] = (WRITTEN_WRONG,)
    facts: dict[str, Any] = {"variant": one(typed, "variant"), "channel": one(typed, "channel")}
    facts |= {name: True for name in ("assisted", "outside") if one(typed, name)}
    if answers := _pairs("answers", typed, wrong):
        facts["answers"] = [{"question": name, "option": value} for name, value in answers]
    if quantities := _pairs("quantities", typed, wrong):
        counts = [(name, int(value)) for name, value in quantities if value.isascii() and value.isdigit()]
        if len(counts) < len(quantities):
            wrong["quantities"] = (_PAIR_WRONG,)
        facts["quantities"] = [{"name": name, "count": min(count, 10**6)} for name, count in counts]
    return {**test, "title": title, "facts": facts, "begins": begins or BEGINS}, wrong


def _pairs(name: str, typed: Typed, wrong: dict[str, tuple[Say, ...]]) -> list[tuple[str, str]]:
    found = []
    for line in one(typed, name).splitlines()[:50]:
        if clean(line):
            code, is_pair, value = (clean(part)[:100] for part in line.partition("="))
            if not (is_pair and code and value):
                wrong[name] = (_PAIR_WRONG,)
                continue
            found.append((code, value))
    return found
