"""Whether a test fits a process and the procedure it serves: what it names has to be there. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from motcua.agencies.positions import LEADS, POSITION_KINDS
from motcua.catalogue.shapes import Ground, ProcedureVersion
from motcua.dossiers.reminding import COLLECT, HALF_WAY, PAPERS_OVER
from motcua.kernel.say import Say
from motcua.notifications.about import UNFILED
from motcua.notifications.says import ABOUT
from motcua.processes.shapes import ProcessVersion
from motcua.processes.testing.shapes import ActRow, Does, ProcessTest
from motcua.processes.wording import position_words

# Whatever a process says, these sit in the house: the desk, who leads.
ALWAYS = frozenset({"reception_officer", "desk_manager", "cashier"}) | LEADS
# What people are told after an act; from time alone nobody is told anything in a test.
TOLD = tuple(code for code in ABOUT if code not in {*UNFILED, HALF_WAY, COLLECT, PAPERS_OVER})
_GROUNDED = {Does.SUSPEND: "suspension_grounds", Does.EXTEND: "extension_grounds"}


@dataclass(frozen=True, slots=True)
class Misfit:
    """What a test names and the process does not have; `row`: in which row, from 1; 0 for the test itself."""

    row: int
    said: Say


def positions_of(process: ProcessVersion) -> frozenset[str]:
    """The kinds of seats that a test of `process` may name: those of its rows, whom it consults, desk and leaders."""
    asked = {
        whom.position
        for step in process.steps
        for one in step.consultations
        for whom in one.whom
        if whom.position
    }
    return frozenset({kind for step in process.steps for kind in step.positions} | asked | ALWAYS)


def misfits(
    test: ProcessTest, process: ProcessVersion, procedure: ProcedureVersion | None
) -> tuple[Misfit, ...]:
    """Everything that `test` names and is not there."""
    found = [Misfit(0, said) for said in _of_facts(test, process, procedure)]
    for n, row in enumerate(test.rows, 1):
        found += [Misfit(n, said) for said in _of_row(row, test, process, procedure)]
    return tuple(found)


def _of_facts(
    test: ProcessTest, process: ProcessVersion, procedure: ProcedureVersion | None
) -> Iterator[Say]:
    if test.facts.variant not in {one.code for one in process.variants}:
        yield _no("trường hợp", "the variant", test.facts.variant)
    if procedure is not None:
        questions = {one.code for one in procedure.questions}
        for one in test.facts.answers:
            if one.question not in questions:
                yield Say(
                    f"thủ tục không hỏi “{one.question}”", f"the procedure does not ask “{one.question}”"
                )


def _of_row(
    row: ActRow, test: ProcessTest, process: ProcessVersion, procedure: ProcedureVersion | None
) -> Iterator[Say]:
    rows = {step.code: step for step in process.steps}
    if row.position is not None:
        may_sit = POSITION_KINDS.keys() if row.act is Does.ANSWER_CONSULTATION else positions_of(process)
        if row.position not in may_sit:
            name = position_words(row.position)
            yield _no("vị trí", "the position", name.vi, name.en)
    codes = [row.step, row.to if row.act is Does.RETURN_STEP else None, *(row.expect.steps or ())]
    yield from (_no("bước", "the step", code) for code in codes if code is not None and code not in rows)
    if row.way and not any(way.code == row.way for step in process.steps for way in step.outcomes):
        yield _no("hướng đi", "the way", row.way)
    if row.plan and not any(one.code == row.plan for step in process.steps for one in step.consultations):
        yield _no("việc lấy ý kiến", "the consultation", row.plan)
    papers = {paper.code for step in process.steps for paper in step.papers}
    yield from (_no("giấy tờ", "the paper", code) for code in row.expect.papers or () if code not in papers)
    yield from (
        Say(f"không có tin nhắn “{code}”", f"there is no message “{code}”")
        for code in row.expect.messages or ()
        if code not in TOLD
    )
    if row.act in _GROUNDED and procedure is not None:
        grounds: Collection[Ground] = getattr(procedure, _GROUNDED[row.act])(test.facts.variant)
        if row.ground not in {one.code.value for one in grounds}:
            yield Say(
                f"thủ tục không có căn cứ “{row.ground or ''}”",
                f"the procedure does not have the ground “{row.ground or ''}”",
            )


def _no(vi: str, en: str, name: str, name_en: str = "") -> Say:
    return Say(
        f"quy trình không còn hoặc không có {vi} “{name}”",
        f"the process does not have, or no longer has, {en} “{name_en or name}”",
    )
