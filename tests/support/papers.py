"""Files as people send them: made here, each small and whole unless said otherwise."""

import io
import zipfile
from datetime import datetime
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image

from motcua.files.kinds import DOCX, ODT, XLSX
from motcua.files.operations import keep
from motcua.files.references import Pending
from motcua.files.uploads import ReceivedFile
from tests.support.world import logins


def pdf(pages: int = 1, *, mark: str = "", password: str = "") -> bytes:
    """A PDF with so many empty pages; `mark` makes it another file."""
    out = io.BytesIO()
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page(page_size=(595, 842))
        made.docinfo["/Title"] = mark
        locked = pikepdf.Encryption(owner=password, user=password) if password else False
        made.save(out, deterministic_id=not password, encryption=locked)
    return out.getvalue()


def picture(
    form: str = "JPEG", size: tuple[int, int] = (120, 90), colour: int = 128, **options: Any
) -> bytes:
    """A picture of one colour."""
    out = io.BytesIO()
    Image.new("L", size, colour).save(out, form, **options)
    return out.getvalue()


def archive(members: dict[str, bytes]) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in members.items():
            made.writestr(name, body)
    return out.getvalue()


OFFICE = {
    DOCX: {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"},
    XLSX: {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"},
    ODT: {"mimetype": ODT.media_type.encode(), "content.xml": b"<office/>"},
}
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64


def received(data: bytes, name: str = "scan.pdf", *, piece: int = 65536) -> ReceivedFile:
    """`data` as it comes in, piece by piece."""
    made = ReceivedFile(name, "file")
    for start in range(0, len(data), piece):
        made.receive(data[start : start + piece])
    made.finish()
    return made


def kept(login: str, at: datetime, data: bytes | None = None, *, name: str = "don.pdf") -> Pending:
    """A file that this person has sent and not attached yet."""
    came = received(pdf() if data is None else data, name)
    try:
        return keep(came, owner=logins()[login], at=at)
    finally:
        came.close()


def attached(dossier: Any) -> str:
    """A dossier's first file, by its address."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM dossiers_attachment WHERE dossier = %s ORDER BY id LIMIT 1", [dossier])
        (found,) = cursor.fetchone()
    return str(found)


def sent(data: bytes | None = None, name: str = "don.pdf") -> SimpleUploadedFile:
    """A file for a test client to post."""
    return SimpleUploadedFile(name, pdf() if data is None else data)
