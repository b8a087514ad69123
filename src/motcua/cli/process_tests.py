"""`motcua processes test`: the tests of a published process, of a draft, or of a file, run; exit status 1 when red."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from motcua.cli.errors import CliError
from motcua.kernel.errors import Invalid
from motcua.kernel.time import local, now
from motcua.processes.bpmn import read_bpmn
from motcua.processes.checks import parse
from motcua.processes.drafted import open_draft
from motcua.processes.includes import spliced
from motcua.processes.issued.record import LARGEST_FILE, documents
from motcua.processes.selectors import published_body
from motcua.processes.testing.judging import Document, procedure_of, results, told, unkept, with_tests

console = Console(highlight=False, markup=False, soft_wrap=True)
What = Annotated[
    str, typer.Argument(help="mã quy trình, hoặc tệp .json, .bpmn · the process's code, or a file")
]
Number = Annotated[int | None, typer.Option(help="số phiên bản; bỏ trống: mới nhất · version; else the last")]
Draft = Annotated[bool, typer.Option("--draft", help="thử bản đang soạn · test its draft")]


def run_tests(what: What, *, number: Number = None, draft: Draft = False) -> int:
    """Run the tests of a process and say of each row that is red what was expected and what came."""
    red = count = 0
    for document in _documents(what, number=number, draft=draft):
        try:
            # A version there was is held against nothing: what came after may have more tests, or changed ones.
            last = published_body(str(document.get("code", ""))) if number is None else None
            ran, wrong = _of(document, last)
        except Invalid as refusal:
            console.print(f"{document.get('code', what)}: {refusal.vi} · {refusal.en}")
            ran, wrong = 0, 1
        count, red = count + ran, red + wrong
    console.print(f"{count:7} bài thử · tests")
    console.print(f"{red:7} sai · red")
    return 1 if red else 0


def _documents(what: str, *, number: int | None, draft: bool) -> Iterator[dict[str, Any]]:
    path = Path(what)
    if path.suffix.lower() in (".json", ".bpmn", ".xml"):
        yield from _of_file(path)
        return
    body = open_draft(what) if draft else published_body(what, number)
    if body is None:
        raise CliError(
            f"Không có quy trình {what} như vậy. Hãy xem mã ở trang “Quy trình nội bộ”.",
            f"There is no such process {what}. See the codes on the page “Internal processes”.",
        )
    yield body


def _of_file(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)
    except OSError as error:
        raise CliError(f"Không đọc được {path}: {error}", f"Cannot read {path}: {error}") from error
    try:
        found = documents(content) if path.suffix.lower() == ".json" else [read_bpmn(content)]
    except Invalid as refusal:
        raise CliError(refusal.vi, refusal.en) from refusal
    for each in found:
        if not isinstance(each, dict):
            raise CliError(f"{path}: cần đối tượng JSON.", f"{path}: JSON objects are needed.")
        yield each


def _of(document: dict[str, Any], last: Document | None) -> tuple[int, int]:
    """How many tests of a document are run, and how many are red, gone since the `last` version, or changed without a
    reason."""
    process = parse(spliced(with_tests(document, last), published_body))
    found = results(process, procedure_of(process.procedure, on=local(now()).date()))
    console.print(f"{process.code} {process.title.vi[:80]}")
    for result in found:
        word = (
            "thôi dùng · retired" if result.test.retired else "sai · red" if result.is_red else "đúng · green"
        )
        console.print(f"  {result.test.title.vi}: {word}")
        for row, said in told(result):
            where = f"{row}: " if row else ""
            console.print(f"    {where}{said.vi} · {said('en')}")
    lost = [said for _place, said in unkept(document, last)]
    for said in lost:
        console.print(f"  {said.vi} · {said.en}")
    run = [result for result in found if not result.test.retired]
    return len(run), sum(result.is_red for result in run) + len(lost)
