"""All tests of a process judged: what keeps it from being published. Reads the procedure in force, writes nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.catalogue.reading import Fault
from motcua.catalogue.selectors import offers
from motcua.catalogue.shapes import ProcedureVersion
from motcua.kernel.say import Say
from motcua.processes.shapes import ProcessVersion
from motcua.processes.testing.editing import asked, is_unexplained
from motcua.processes.testing.running import TestResult, run

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Red:
    """Something wrong with a test: its place among the tests, the row (from 1; 0: the test itself), in words."""

    number: int
    row: int
    said: Say


def procedure_of(code: str, *, on: date) -> ProcedureVersion | None:
    """The version of a procedure that is in force on a day; None where none is. One statement."""
    found = offers({code}, agency="", province=None, on=on).get(code) if code else None
    return None if found is None else found.version


def results(process: ProcessVersion, procedure: ProcedureVersion | None) -> tuple[TestResult, ...]:
    """Every test of `process`, run."""
    return tuple(run(test, process, procedure) for test in process.tests)


def reds(process: ProcessVersion, procedure: ProcedureVersion | None) -> Iterator[Red]:
    """Everything that is wrong with the tests of `process`, in their order."""
    for number, result in enumerate(results(process, procedure)):
        title = result.test.title
        for row, said in told(result):
            vi, en = (f", dòng {row}", f", row {row}") if row else ("", "")
            yield Red(
                number,
                row,
                Say(f"bài thử “{title.vi}”{vi}: {said.vi}", f"test “{title('en')}”{en}: {said('en')}"),
            )


def told(result: TestResult) -> Iterator[tuple[int, Say]]:
    """What is wrong with one test, by row. One that does not fit says that it was written for another version, and what
    to do."""
    for misfit in result.misfits:
        yield (
            misfit.row,
            Say(
                f"viết cho bản khác của quy trình: {misfit.said.vi}. Sửa bài thử, hoặc cho thôi dùng kèm lý do",
                f"written for another version: {misfit.said('en')}. Mend the test, or retire it with a reason",
            ),
        )
    for n, row in enumerate(result.rows, 1):
        for one in row.missed:
            yield n, one.said


def refuse_red(process: ProcessVersion, *, on: date) -> None:
    """Raise Invalid with the first thing that is wrong with a test of `process`. One statement where it has tests."""
    if all(test.retired for test in process.tests):
        return
    for red in reds(process, procedure_of(process.procedure, on=on)):
        raise Fault(f"tests[{red.number}]", red.said)


def with_tests(document: Document, last: Document | None) -> Document:
    """`document` with the tests of the `last` version, where it says nothing of tests itself: what others wrote, or
    another tool's file, knows none."""
    if "tests" in document or last is None or not last.get("tests"):
        return document
    return {**document, "tests": last["tests"]}


def unkept(document: Document, last: Document | None) -> Iterator[tuple[str, Say]]:
    """Tests of the `last` version that `document`, which can be read, does not keep: gone, or asking something else
    while nobody says why. Each with its place among the tests of `document` ("tests" where it is gone)."""
    kept = {one["code"]: (f"tests[{n}]", one) for n, one in enumerate(document.get("tests", ()))}
    for one in last.get("tests", ()) if last is not None else ():
        vi, en = one["title"]["vi"], one["title"].get("en") or one["title"]["vi"]
        place, here = kept.get(one["code"], ("tests", None))
        if here is None:
            yield (
                place,
                Say(
                    f"thiếu bài thử “{vi}” của phiên bản trước; hãy giữ nó, hoặc cho thôi dùng kèm lý do",
                    f"the test “{en}” of the version before is missing; keep it, or retire it with a reason",
                ),
            )
        elif is_unexplained(here, one):
            yield (
                place,
                Say(
                    f"bài thử “{vi}” đã đổi so với phiên bản trước mà không có lý do; hãy mở bài thử và ghi lý do sửa,"
                    " hoặc để bài thử như cũ và sửa quy trình",
                    f"the test “{en}” was changed since the version before, and nobody says why; open it and write why,"
                    " or leave it as it was and correct the process",
                ),
            )


def changed(document: Document, last: Document | None) -> tuple[str, ...]:
    """The codes of the tests of `document` that ask something else than in the `last` version, or are run no more."""
    before = {one["code"]: one for one in last.get("tests", ())} if last is not None else {}
    return tuple(
        one["code"]
        for one in document.get("tests", ())
        if (was := before.get(one["code"])) is not None
        and (asked(one) != asked(was) or bool(one.get("retired")) > bool(was.get("retired")))
    )
