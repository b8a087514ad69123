"""`motcua export catalogue FILE`: the open data's file, as `/open-data/catalogue.jsonl.gz` gives it."""

import shutil
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from motcua.cli.errors import CliError
from motcua.web.portal.dump import kept_dump

console = Console(highlight=False, markup=False, soft_wrap=True)
File = Annotated[Path, typer.Argument(help="tệp sẽ ghi (JSON từng dòng, nén gzip) · file to write")]


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
