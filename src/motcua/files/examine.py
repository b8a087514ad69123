"""Whether a file is what it must be: opens, is whole, has pages, and is no bomb. Nothing is unpacked."""

import io
import logging
import warnings
import zipfile
from dataclasses import dataclass

import pikepdf
from PIL import Image, ImageFile, UnidentifiedImageError

from motcua.files import kinds
from motcua.files.kinds import FileKind
from motcua.kernel.errors import Invalid

MOST_PIXELS = 120_000_000
MOST_PAGES = 2_000
MOST_MEMBERS = 5_000
MOST_UNPACKED = 300 * 1024 * 1024
MOST_RATIO = 200
_TAIL = 4096
# Pillow warns by a process-wide bound; ours is checked by the header, before a pixel is decoded.
Image.MAX_IMAGE_PIXELS = None
# It speaks of faults in files at length: what a stranger's file holds is no line of our log.
logging.getLogger("PIL").setLevel(logging.CRITICAL)
logging.getLogger("pikepdf").setLevel(logging.CRITICAL)
warnings.filterwarnings("ignore", category=UserWarning, module="PIL")


@dataclass(frozen=True, slots=True)
class Examined:
    """What a file is. `pages` only where it has any by itself."""

    kind: FileKind
    pages: int | None


def examine(stream: io.BufferedReader) -> Examined:
    """What the file in `stream` is. Raises Invalid with the reason and how to mend it, for people."""
    head = stream.read(kinds.LONGEST_SIGNATURE)
    if not head:
        raise Invalid(
            "Tệp rỗng, không có nội dung nào. Hãy quét hoặc chụp lại.",
            "The file is empty. Scan or photograph it again.",
        )
    kind = kinds.kind_of(head)
    if kind is kinds.PDF:
        return Examined(kind, _pdf_pages(stream))
    if kind is not None and kind.reader == "image":
        return Examined(kind, _frames(stream, kind))
    if kind is not None:
        return Examined(kind, None)
    if head.startswith(kinds.ZIP):
        return Examined(_zipped(stream), None)
    if head.startswith(kinds.OLD_OFFICE):
        raise Invalid(
            "Tệp Word, Excel đời cũ không nhận được. Hãy lưu lại thành DOCX, XLSX hoặc PDF rồi gửi.",
            "Old Word and Excel files are not taken. Save it as DOCX, XLSX or PDF and send that.",
        )
    raise _not_taken()


def _not_taken() -> Invalid:
    return Invalid(
        "Không phải tệp nhận được: chỉ nhận PDF, ảnh (JPEG, PNG, WebP, TIFF, HEIC), DOCX, XLSX, ODT. "
        "Hãy quét hoặc lưu lại thành PDF rồi gửi.",
        "Not a file that is taken: only PDF, pictures (JPEG, PNG, WebP, TIFF, HEIC), DOCX, XLSX, ODT. "
        "Scan it, or save it as PDF, and send that.",
    )


def _unreadable(label: str) -> Invalid:
    return Invalid(
        f"Tệp {label} bị hỏng hoặc chưa gửi hết, không mở được. Hãy tạo lại tệp rồi gửi.",
        f"The {label} file is damaged or cut short and does not open. Make it again and send that.",
    )


def _pdf_pages(stream: io.BufferedReader) -> int:
    stream.seek(max(stream.seek(0, io.SEEK_END) - _TAIL, 0))
    _, mark, foreign = stream.read().rpartition(b"%%EOF")
    if not mark:
        raise _unreadable("PDF")
    if foreign.strip(b"\r\n\t\0 \x1a"):
        raise Invalid(
            "Sau phần PDF còn dữ liệu lạ, tệp có thể là hai tệp ghép làm một. Hãy in lại thành PDF rồi gửi.",
            "Foreign data follows the PDF: it may be two files in one. Print it to PDF again and send that.",
        )
    stream.seek(0)
    try:
        with pikepdf.open(stream) as pdf:
            encrypted, pages = pdf.is_encrypted, len(pdf.pages)
    except pikepdf.PasswordError:
        encrypted, pages = True, 0
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise _unreadable("PDF") from error
    if encrypted:
        raise Invalid(
            "Tệp PDF đặt mật khẩu hoặc bị khóa. Hãy bỏ mật khẩu, in lại thành PDF rồi gửi.",
            "The PDF has a password or is locked. Take the password off, print it to PDF again and send that.",
        )
    if not pages:
        raise _unreadable("PDF")
    if pages > MOST_PAGES:
        raise _too_many_pages()
    return pages


def _too_many_pages() -> Invalid:
    return Invalid(
        f"Tệp có hơn {MOST_PAGES} trang. Hãy chia thành nhiều tệp.",
        f"The file has more than {MOST_PAGES} pages. Split it into several.",
    )


def _frames(stream: io.BufferedReader, kind: FileKind) -> int:
    stream.seek(0)
    try:
        with Image.open(stream, formats=[kind.format]) as image:
            _refuse_huge(image)
            if kind is kinds.TIFF:
                return _tiff_pages(image)
            if kind is kinds.JPEG:
                # Decoded at an eighth: the whole file is read, and hardly any memory used.
                image.draft("RGB", (max(image.width // 8, 1), max(image.height // 8, 1)))
                image.load()
            else:
                image.verify()
    except Invalid:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError) as error:
        raise _unreadable(kind.label) from error
    return 1


def _refuse_huge(image: ImageFile.ImageFile) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise Invalid(
            f"Ảnh quá lớn ({image.width} × {image.height} điểm). Hãy quét lại ở 200–300 dpi.",
            f"The picture is too large ({image.width} × {image.height} pixels). Scan it again at 200-300 dpi.",
        )


def _tiff_pages(image: ImageFile.ImageFile) -> int:
    pages = 1
    while True:
        try:
            image.seek(pages)
        except EOFError:
            return pages
        _refuse_huge(image)
        pages += 1
        if pages > MOST_PAGES:
            raise _too_many_pages()


def _zipped(stream: io.BufferedReader) -> FileKind:
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
            _refuse_unsafe(members, size)
            names = {member.filename for member in members}
            told = archive.open("mimetype").read(100) if "mimetype" in names else b""
    except Invalid:
        raise
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise _unreadable("DOCX, XLSX, ODT") from error
    if told == kinds.ODT.media_type.encode() and "content.xml" in names:
        return kinds.ODT
    if "[Content_Types].xml" in names:
        for member, kind in (("word/document.xml", kinds.DOCX), ("xl/workbook.xml", kinds.XLSX)):
            if member in names:
                return kind
    raise _not_taken()


def _refuse_unsafe(members: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or unpacked > min(MOST_UNPACKED, max(size * MOST_RATIO, 1024 * 1024)):
        raise Invalid(
            "Tệp nén quá chặt, bung ra quá lớn nên không nhận. Hãy in thành PDF rồi gửi.",
            "The file unpacks to far more than it holds, and is not taken. Print it to PDF and send that.",
        )
    for member in members:
        if member.flag_bits & 1:
            raise Invalid(
                "Tệp đặt mật khẩu. Hãy bỏ mật khẩu rồi gửi.",
                "The file has a password. Take it off and send it again.",
            )
        path = member.filename.replace("\\", "/")
        if path.startswith("/") or ":" in path or ".." in path.split("/") or path.endswith("vbaProject.bin"):
            raise Invalid(
                "Tệp chứa macro hoặc đường dẫn lạ nên không nhận. Hãy in thành PDF rồi gửi.",
                "The file holds macros or paths that lead elsewhere, and is not taken. Print it to PDF.",
            )
