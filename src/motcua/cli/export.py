"""`motcua export`: the open data's file, as `/open-data/catalogue.jsonl.gz` gives it, and single processes."""

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from motcua.cli.errors import CliError
from motcua.processes.bpmn import bpmn
from motcua.processes.checks import parse
from motcua.processes.picture import Look, picture
from motcua.processes.selectors import published_body
from motcua.web.portal.dump import kept_dump

console = Console(highlight=False, markup=False, soft_wrap=True)
File = Annotated[Path, typer.Argument(help="tệp sẽ ghi (JSON từng dòng, nén gzip) · file to write")]
ProcessFile = Annotated[
    Path, typer.Argument(help="tệp sẽ ghi: .bpmn, .svg hoặc .json · file to write, by its ending")
]
Code = Annotated[str, typer.Argument(help="mã quy trình · the process's code")]
Number = Annotated[int | None, typer.Option(help="số phiên bản; bỏ trống: mới nhất · version; else the last")]
English = Annotated[bool, typer.Option("--english", help="hình vẽ bằng tiếng Anh · the picture in English")]


def catalogue(file: File) -> int:
    """Write the whole catalogue; an existing file is never overwritten."""
    found = kept_dump()
    if found is None:
        raise CliError(
            "Danh mục còn trống, không có gì để xuất.", "The catalogue is empty: nothing to export."
        )
    try:
        with file.open("xb") as target, found.path.open("rb") as source:
            shutil.copyfileobj(source, target)
    except OSError as error:
        raise CliError(
            f"Không ghi được {file}: {error.strerror}. Hãy chọn tên tệp khác.",
            f"Cannot write {file}: {error.strerror}. Choose another name.",
        ) from error
    console.print(f"{found.lines} thủ tục · procedures, {found.size} byte, SHA-256 {found.sha256}")
    return 0


_WRITERS: Mapping[str, Callable[[Mapping[str, Any], str], bytes]] = {
    ".bpmn": lambda body, _: bpmn(parse(body)),
    ".svg": lambda body, language: picture(parse(body), Look(language=language)).encode(),
    ".json": lambda body, _: json.dumps([body], ensure_ascii=False, indent=1).encode(),
}


def process(code: Code, file: ProcessFile, *, number: Number = None, english: English = False) -> int:
    """Write a published version of a process as its file name ends; an existing file is never overwritten."""
    writer = _WRITERS.get(file.suffix.lower())
    if writer is None:
        raise CliError(
            f"Tên tệp phải kết thúc bằng: {', '.join(_WRITERS)}.",
            f"The file's name must end in: {', '.join(_WRITERS)}.",
        )
    body = published_body(code, number)
    if body is None:
        raise CliError(
            f"Không có quy trình {code} phiên bản ấy đã ban hành.", f"No such version of {code} is published."
        )
    content = writer(body, "en" if english else "vi")
    try:
        with file.open("xb") as target:
            target.write(content)
    except OSError as error:
        raise CliError(
            f"Không ghi được {file}: {error.strerror}. Hãy chọn tên tệp khác.",
            f"Cannot write {file}: {error.strerror}. Choose another name.",
        ) from error
    console.print(f"{code}: {len(content)} byte, {file}")
    return 0
