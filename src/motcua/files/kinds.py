"""The kinds of files that are taken, told by their first bytes, never by their name. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file. `reader` says who reads it: pdf, image (Pillow's `format`), zip, or nobody."""

    media_type: str
    extension: str
    label: str
    reader: str
    format: str = ""

    @property
    def is_picture(self) -> bool:
        """Whether browsers show it as a picture."""
        return self.reader == "image" and self.format != "TIFF"


PDF = FileKind("application/pdf", "pdf", "PDF", "pdf")
JPEG = FileKind("image/jpeg", "jpg", "JPEG", "image", "JPEG")
PNG = FileKind("image/png", "png", "PNG", "image", "PNG")
WEBP = FileKind("image/webp", "webp", "WebP", "image", "WEBP")
TIFF = FileKind("image/tiff", "tiff", "TIFF", "image", "TIFF")
HEIC = FileKind("image/heic", "heic", "HEIC", "none")
_OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX = FileKind(f"{_OFFICE}.wordprocessingml.document", "docx", "DOCX", "zip")
XLSX = FileKind(f"{_OFFICE}.spreadsheetml.sheet", "xlsx", "XLSX", "zip")
ODT = FileKind("application/vnd.oasis.opendocument.text", "odt", "ODT", "zip")

KINDS = {kind.media_type: kind for kind in (PDF, JPEG, PNG, WEBP, TIFF, HEIC, DOCX, XLSX, ODT)}
PICTURES = (JPEG, PNG, WEBP, TIFF, HEIC)
LONGEST_SIGNATURE = 32
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
ZIP = b"PK\x03\x04"
# What people send most often in the place of a file that can be taken; told so that they can mend it.
OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def kind_of(head: bytes) -> FileKind | None:
    """The kind that the first bytes of a file tell. A zip archive is none yet: its members say what it is."""
    for mark, kind in ((b"%PDF-", PDF), (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG)):
        if head.startswith(mark):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[:4] in (b"II*\0", b"MM\0*"):
        return TIFF
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return HEIC
    return None


def accepted(*kinds: FileKind) -> str:
    """The `accept` of a file input."""
    return ",".join([*(k.media_type for k in kinds), *(f".{k.extension}" for k in kinds)])
