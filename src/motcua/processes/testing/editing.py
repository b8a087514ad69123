"""What can be done to the tests of a document in the making. Pure: each change gives new tests, or refuses what could
not be run (testing.checking)."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Any

from motcua.catalogue.reading import Fault, read
from motcua.eforms.editing import own_key
from motcua.kernel.errors import Invalid, NotFound
from motcua.kernel.say import Say, say_of
from motcua.processes.testing.checking import check_test
from motcua.processes.testing.shapes import MOST_TESTS, ProcessTest

Node = dict[str, Any]
Document = dict[str, Any]
RECEIVED = {"act": "receive", "position": "reception_officer", "expect": {"state": "received"}}


def tests_of(document: Mapping[str, Any]) -> list[Node]:
    """The tests of a document as they stand."""
    return [dict(each) for each in document.get("tests", ())]


def found_at(document: Mapping[str, Any], code: str) -> Node:
    """The test `code`. Raises NotFound."""
    for each in tests_of(document):
        if each.get("code") == code:
            return deepcopy(each)
    raise NotFound("Bài thử này không còn trong bản soạn.", "This test is no more in the draft.")


def blank(title: Mapping[str, str], variant: str) -> Node:
    """A test nobody has written yet: the dossier is received."""
    said = {name: text for name, text in title.items() if text}
    return {"title": said, "facts": {"variant": variant}, "rows": [deepcopy(RECEIVED)]}


def added(document: Document, node: Node) -> tuple[Document, str]:
    """The document with one more test, and its code. Raises Invalid where there are too many."""
    tests = tests_of(document)
    if len(tests) >= MOST_TESTS:
        raise Invalid(
            f"Quy trình đã có {MOST_TESTS} bài thử, nhiều nhất có thể.",
            f"The process has {MOST_TESTS} tests already, as many as there may be.",
        )
    wanted = str(node.get("code") or say_of(node.get("title")).vi)
    code = own_key(wanted, {str(each.get("code")) for each in tests})
    return {**document, "tests": [*tests, checked({**node, "code": code})]}, code


def replaced(document: Document, node: Node) -> Document:
    """The document with `node` in the place of the test of its code. Raises NotFound, Invalid."""
    found_at(document, str(node["code"]))
    told = [checked(node) if each.get("code") == node["code"] else each for each in tests_of(document)]
    return {**document, "tests": told}


def removed(document: Document, code: str) -> Document:
    """The document without a test. Raises NotFound."""
    found_at(document, code)
    return {**document, "tests": [each for each in tests_of(document) if each.get("code") != code]}


def checked(node: Node) -> Node:
    """`node`, which can be run. Raises Invalid with what is wrong, without its place."""
    try:
        check_test(read(ProcessTest, node, ""), "")
    except Fault as one:
        where = one.field.lstrip(".")
        raise Invalid(one.reason.vi, one.reason.en, field=where) from one
    return node


def with_new_row(test: Node, after: int, row: Node) -> tuple[Node, int]:
    """The test with `row` behind row `after`, and its number."""
    rows = list(test["rows"])
    rows.insert(after, row)
    return {**test, "rows": rows}, after + 1


def with_row(test: Node, number: int, row: Node) -> Node:
    """The test with `row` in the place of row `number`, from 1."""
    rows = list(test["rows"])
    rows[number - 1] = row
    return {**test, "rows": rows}


def arranged(test: Node, number: int, does: str) -> tuple[Node, int]:
    """The test with row `number` (from 1) moved up or down, copied or removed; and which row is meant then. The
    reception stays where it is."""
    rows = deepcopy(list(test["rows"]))
    here = rows[number - 1]
    if number == 1:
        raise Invalid("Dòng tiếp nhận luôn đứng đầu.", "The reception always comes first.")
    if does == "copy":
        rows.insert(number, deepcopy(here))
        return {**test, "rows": rows}, number + 1
    if does == "remove":
        del rows[number - 1]
        return {**test, "rows": rows}, number - 1
    to = number + (1 if does == "down" else -1)
    if not 1 < to <= len(rows):
        return {**test, "rows": rows}, number
    rows[number - 1], rows[to - 1] = rows[to - 1], rows[number - 1]
    return {**test, "rows": rows}, to


def retired(test: Node, reason: str) -> Node:
    """The test, run no more for a reason. Raises Invalid without one."""
    if not reason:
        raise Invalid("Hãy ghi lý do thôi dùng.", "Write why it is retired.", field="retired")
    return {**test, "retired": reason}


def is_unexplained(test: Node, before: Node | None) -> bool:
    """Whether a test asks something else than it did in the last version (`before`; None: it is new), and nobody has
    said why. Both can be read."""
    if before is None or asked(test) == asked(before):
        return False
    told, known = test.get("changes") or [], before.get("changes") or []
    return len(told) <= len(known) or told[: len(known)] != known


def asked(test: Node) -> ProcessTest:
    """What a test asks: its facts, its rows, when it begins."""
    made = read(ProcessTest, test, "")
    return replace(made, title=Say("", ""), source=None, retired=None, changes=())


def explained(test: Node, before: Node, reason: str) -> Node:
    """The test with the reason why it asks something else than it did in the last version. Raises Invalid without
    one."""
    if not reason:
        raise Invalid("Hãy ghi lý do sửa bài thử.", "Write why the test is changed.", field="changed")
    return {**test, "changes": [*(before.get("changes") or ()), reason]}


def used_again(test: Node) -> Node:
    """The test, run again."""
    return {name: value for name, value in test.items() if name != "retired"}


def names(document: Mapping[str, Any]) -> Sequence[str]:
    """The codes of the tests of a document."""
    return [str(each.get("code")) for each in tests_of(document)]
