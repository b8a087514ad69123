"""`motcua import catalogue FILE`: the national catalogue's records, with everything found in them."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from motcua.catalogue.decisions import standing_decisions
from motcua.catalogue.national.decisions import Decision
from motcua.catalogue.national.findings import FINDINGS, FindingKind
from motcua.catalogue.national.lines import Cut, Line, digest_of, lines
from motcua.catalogue.national.structure import Structured
from motcua.catalogue.operations import RULES, Outcome, Record, Source, Taken, close, record_of, take_in
from motcua.catalogue.selectors import Standing, standing
from motcua.cli.errors import CliError
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import Invalid, Refusal
from motcua.kernel.time import local, now
from motcua.kernel.unit_of_work import Request, unit_of_work

console = Console(highlight=False, markup=False, soft_wrap=True)
File = Annotated[
    Path, typer.Argument(help="tệp JSON từng dòng, có thể nén gzip · JSON lines, may be gzipped")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="chỉ xem trước, không ghi · write nothing")]
CloseAll = Annotated[
    bool,
    typer.Option(
        "--close", help="đóng mọi thủ tục không còn trong tệp, dù nhiều · close all that are missing"
    ),
]
BATCH = 50
# More procedures than this share that are suddenly gone: rather a file that is not whole.
MOST_CLOSED = 0.05
_CODE = re.compile(r'"MATTHC"\s*:\s*"([^"]{1,20})"')


@dataclass
class Tally:
    """What became of every line."""

    outcomes: Counter[str] = field(default_factory=Counter)
    findings: Counter[FindingKind] = field(default_factory=Counter)
    records: Counter[FindingKind] = field(default_factory=Counter)
    seen: dict[str, int] = field(default_factory=dict)
    publishers: set[str] = field(default_factory=set)
    broken: list[tuple[int, str]] = field(default_factory=list)
    unnamed: int = 0
    cut: int | None = None
    clean: int = 0
    decided: int = 0


def catalogue(file: File, *, dry_run: DryRun = False, close_all: CloseAll = False) -> int:
    """Take in the records of the national catalogue: what is new or changed becomes a version, the rest stays."""
    try:
        name = file.name.encode(errors="backslashreplace").decode()  # as POSIX may write it: any bytes
        source = Source(name, digest_of(file))
        count = sum(1 for _ in lines(file))
    except OSError as error:
        raise CliError(f"Không đọc được {file}: {error}", f"Cannot read {file}: {error}") from error
    tally, stand, decisions = Tally(), standing(), standing_decisions()
    batch: list[Record] = []
    for line in track(
        lines(file), total=count, description="Nhập · importing", console=console, transient=True
    ):
        if isinstance(line, Cut):
            tally.cut = line.after
            continue
        record = _read(line, stand, decisions, tally)
        if record is not None:
            batch.append(record)
        if len(batch) == BATCH:
            _take(batch, source, stand, tally, dry_run=dry_run)
            batch = []
    _take(batch, source, stand, tally, dry_run=dry_run)
    _close_missing(stand, source, tally, dry_run=dry_run, close_all=close_all)
    _report(tally, dry_run=dry_run)
    return 1 if tally.broken or tally.cut is not None else 0


def _read(
    line: Line,
    stand: Mapping[str, Standing],
    decisions: Mapping[str, tuple[Decision, ...]],
    tally: Tally,
) -> Record | None:
    """The record of a line that is neither broken nor the same as last time."""
    try:
        if line.text is None:
            raise _no_text()
        record = record_of(line=line.number, text=line.text, digest=line.digest, decisions=decisions)
        if record.code in tally.seen:
            raise _doubled(record.code, tally.seen[record.code])
    except Refusal as refusal:
        _broken(line, refusal, tally)
        return None
    tally.seen[record.code] = line.number
    tally.publishers.add(record.told.publisher)
    known = stand.get(record.code)
    if known is not None and (known.digest, known.closed_on, known.rules) == (line.digest, None, RULES):
        _count(tally, Outcome.SAME, record.made)
        return None
    return record


def _take(
    batch: list[Record], source: Source, stand: Mapping[str, Standing], tally: Tally, *, dry_run: bool
) -> None:
    """A batch is one unit of work: what is printed of it is done."""
    if not batch:
        return
    if dry_run:
        taken = [
            Taken(_foreseen(record, stand.get(record.code)), record.made.findings, record.made.open)
            for record in batch
        ]
    else:
        at = now()
        with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh()):
            taken = take_in(
                records=batch, source=source, effective_from=local(at).date(), actor=SYSTEM, at=at
            )
    for record, one in zip(batch, taken, strict=True):
        _count(tally, one.outcome, one)
        _tell(record, one)


def _foreseen(record: Record, known: Standing | None) -> Outcome:
    if known is None:
        return Outcome.NEW
    if known.imported and known.digest == record.digest:
        return Outcome.SAME
    return Outcome.CHANGED if known.imported else Outcome.KEPT


def _no_text() -> Invalid:
    return Invalid(
        "Dòng không phải văn bản UTF-8, hoặc dài quá.", "The line is no UTF-8 text, or far too long."
    )


def _doubled(code: str, first: int) -> Invalid:
    return Invalid(
        f"Mã {code} đã có ở dòng {first}; dòng này không được nhập.",
        f"Code {code} stands on line {first} already; this line is not taken in.",
    )


def _broken(line: Line, refusal: Refusal, tally: Tally) -> None:
    said = f"{refusal.vi} · {refusal.en}"
    tally.broken.append((line.number, said))
    named = _CODE.search(line.text or "")
    if named:
        tally.seen.setdefault(named[1], line.number)
    else:
        tally.unnamed += 1
    console.print(f"Dòng {line.number}: {said}")


def _count(tally: Tally, outcome: Outcome, made: Taken | Structured) -> None:
    tally.outcomes[outcome.value] += 1
    tally.findings.update(f.kind for f in made.findings)
    tally.records.update({f.kind for f in made.findings})
    tally.decided += len(made.findings) - len(made.open)
    tally.clean += not made.findings


def _tell(record: Record, taken: Taken) -> None:
    """A line for a record that needs a person, and what changed since its last version."""
    kinds = dict.fromkeys(f.kind for f in taken.open if FINDINGS[f.kind].decided)
    if kinds:
        labels = ", ".join(FINDINGS[kind].label.vi for kind in kinds)
        console.print(f"{record.code} {record.version.title.vi[:80]}: {labels}")
    if taken.outcome is Outcome.CHANGED:
        for one in taken.differences:
            console.print(f"{record.code} {one.where}: {_short(one.before)} -> {_short(one.after)}")


def _short(text: str | None) -> str:
    if text is None:
        return "(không có)"
    return f"“{text}”" if len(text) <= 120 else f"“{text[:120]}…”"


def _close_missing(
    stand: Mapping[str, Standing], source: Source, tally: Tally, *, dry_run: bool, close_all: bool
) -> None:
    """Procedures of the publishers in the file that it names no more. None where a line or the end of the file is
    unreadable and may be one of them."""
    imported = {code: s for code, s in stand.items() if s.imported and s.publisher in tally.publishers}
    gone = sorted(code for code, s in imported.items() if code not in tally.seen and s.closed_on is None)
    if not gone:
        return
    if tally.cut is not None or tally.unnamed:
        console.print(
            f"{len(gone)} thủ tục không thấy trong tệp, không đóng vì tệp có chỗ không đọc được · "
            f"{len(gone)} procedures are not in the file; none is closed, as parts of it cannot be read"
        )
        return
    if len(gone) > max(1, MOST_CLOSED * len(imported)) and not close_all:
        console.print(
            f"{len(gone)} trên {len(imported)} thủ tục không thấy trong tệp, không đóng thủ tục nào; nếu đúng là đã "
            f"bãi bỏ hãy chạy lại với --close · {len(gone)} of {len(imported)} procedures are not in the file, none "
            "is closed; if they are abolished run again with --close"
        )
        return
    for code in gone:
        console.print(f"{code}: không còn trong danh mục, đóng · no longer in the catalogue, closed")
        if not dry_run:
            at = now()
            with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh()):
                close(code=code, on=local(at).date(), source=source, actor=SYSTEM, at=at)
        tally.outcomes["closed"] += 1


_OUTCOMES = {
    "new": "mới · new",
    "changed": "thay đổi, phiên bản mới · changed, a new version",
    "same": "không đổi · unchanged",
    "kept": "giữ phiên bản soạn ở đây · the version drafted here stays",
    "broken": "dòng hỏng, không nhập · broken lines, not taken in",
    "closed": "không còn trong danh mục, đã đóng · gone from the catalogue, closed",
}


def _report(tally: Tally, *, dry_run: bool) -> None:
    console.print(
        "Phát hiện: số thủ tục, số chỗ, x = cần người quyết định · records, places, x: a person decides"
    )
    for kind, row in FINDINGS.items():
        if tally.records[kind]:
            mark = "x" if row.decided else " "
            label = f"{row.label.vi} · {row.label.en}"
            console.print(f"{tally.records[kind]:7} {tally.findings[kind]:7} {mark} {label}")
    console.print(f"{tally.clean:7} {0:7}   không có phát hiện nào · nothing found")
    if tally.decided:
        console.print(f"{'':7} {tally.decided:7}   đã quyết định ở đây · decided here")
    console.print("Bản ghi · records")
    counts = {**tally.outcomes, "broken": len(tally.broken)}
    for name, label in _OUTCOMES.items():
        if counts.get(name):
            console.print(f"{counts[name]:7} {label}")
    console.print(f"{sum(counts.values()) - counts.get('closed', 0):7} tổng số dòng · lines in all")
    if tally.cut is not None:
        console.print(f"Tệp bị cắt sau dòng {tally.cut} · the file is cut after line {tally.cut}")
    if dry_run:
        console.print("Chỉ xem trước, chưa ghi gì · a preview, nothing was written")
