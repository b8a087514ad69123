"""`motcua import processes FILE`: processes that others wrote, with everything odd in them told."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from motcua.catalogue.reading import fault
from motcua.cli.errors import CliError
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import Invalid, Refusal
from motcua.kernel.importing import Outcome, Source
from motcua.kernel.text import clean
from motcua.kernel.time import local, now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.processes.bpmn import read_bpmn
from motcua.processes.finding_words import mended
from motcua.processes.importing import Imported, Taken, foreseen, take_in
from motcua.processes.issued.making import made_of
from motcua.processes.issued.record import LARGEST_FILE, documents, is_ours, read_record
from motcua.processes.operations import publishable

_BLANK = b"\xef\xbb\xbf \t\r\n"
console = Console(highlight=False, markup=False, soft_wrap=True)
File = Annotated[
    Path, typer.Argument(help="tệp JSON các quy trình, hoặc một tệp BPMN 2.0 · JSON, or BPMN 2.0")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="chỉ xem trước, không ghi · write nothing")]


@dataclass
class Found:
    """The processes of a file, and the places that hold none."""

    processes: list[Imported] = field(default_factory=list)
    broken: list[tuple[str, Refusal]] = field(default_factory=list)


def take_processes(file: File, *, dry_run: DryRun = False) -> int:
    """Take in internal processes: what is new or changed becomes a version as issued, the rest stays."""
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)
        name = file.name.encode(errors="backslashreplace").decode()  # as POSIX may write it: any bytes
    except OSError as error:
        raise CliError(f"Không đọc được {file}: {error}", f"Cannot read {file}: {error}") from error
    try:
        found = _found(content)
    except Invalid as refusal:
        console.print(f"{refusal.vi} · {refusal.en}")
        return 1
    taken: list[Taken] = []
    if dry_run:
        taken = foreseen(found.processes)
    elif found.processes:
        at = now()
        source = Source(name, hashlib.sha256(content).digest())
        with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh()):
            taken = take_in(processes=found.processes, source=source, actor=SYSTEM, at=at)
    _report(taken, found, dry_run=dry_run)
    return 1 if found.broken else 0


def _found(content: bytes) -> Found:
    """Each process on its own: what is wrong with one holds up no other. Raises Invalid for a file that holds none."""
    if content.lstrip(_BLANK).startswith(b"<"):
        document, _ = publishable(read_bpmn(content), on=local(now()).date())
        return Found([Imported("process", hashlib.sha256(content).digest(), document)])
    found, told, today = Found(), [], local(now()).date()
    for i, data in enumerate(documents(content)):
        try:
            told.append((f"[{i}]", data, None if is_ours(data) else read_record(data)))
        except Refusal as refusal:
            found.broken.append((_named(i, data), refusal))
    sharing = Counter(record.process_code for _, _, record in told if record)
    seen: dict[str, str] = {}
    for place, data, record in told:
        code = record.id if record else clean(str(data.get("code")))
        try:
            if code in seen:
                raise _doubled(code, seen[code])
            seen[code] = place
            made = made_of(record, sharing=sharing[record.process_code]).document if record else data
            document, _ = publishable(made, on=today)
            found.processes.append(Imported(place, _digest(data), document))
        except Refusal as refusal:
            found.broken.append((f"{place} {code}", refusal))
    return found


def _digest(data: Any) -> bytes:
    told = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode(errors="surrogatepass")).digest()


def _named(i: int, data: Any) -> str:
    name = data.get("id") if isinstance(data, dict) else None
    return f"[{i}] {clean(name)}" if isinstance(name, str) else f"[{i}]"


def _doubled(code: str, first: str) -> Invalid:
    return fault("id", f"{code} đã có ở {first}", f"{code} stands at {first} already")


_OUTCOMES = {
    Outcome.NEW: "mới · new",
    Outcome.CHANGED: "thay đổi, phiên bản mới · changed, a new version",
    Outcome.SAME: "không đổi · unchanged",
    Outcome.KEPT: "giữ phiên bản soạn ở đây · the version drafted here stays",
}


def _report(taken: list[Taken], found: Found, *, dry_run: bool) -> None:
    for one in taken:
        told = "" if one.outcome is Outcome.SAME else f" ({len(one.findings)})"
        console.print(f"{one.code} {one.title[:80]}: {_OUTCOMES[one.outcome]}{told}")
        if one.outcome is not Outcome.SAME:
            for finding in one.findings:
                said = mended(finding)
                console.print(f"    {finding.code}: {said.vi} · {said('en')}")
        for change in one.differences:
            console.print(f"    {change.where}: {_short(change.before)} -> {_short(change.after)}")
    for place, refusal in found.broken:
        console.print(f"{place}: {refusal.vi} · {refusal.en}")
    console.print("Phát hiện: số quy trình · findings, processes")
    for code, count in Counter(c for one in taken for c in {f.code for f in one.findings}).most_common():
        console.print(f"{count:7} {code}")
    console.print("Quy trình · processes")
    for outcome, count in Counter(one.outcome for one in taken).items():
        console.print(f"{count:7} {_OUTCOMES[outcome]}")
    if found.broken:
        console.print(f"{len(found.broken):7} hỏng, không nhập · broken, not taken in")
    if dry_run:
        console.print("Chỉ xem trước, chưa ghi gì · a preview, nothing was written")


def _short(text: str | None) -> str:
    if text is None:
        return "(không có)"
    return f"“{text}”" if len(text) <= 120 else f"“{text[:120]}…”"
