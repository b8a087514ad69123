"""Signatures in PDF files (PAdES). Pure: bytes in, bytes out; each act only appends to the file, so that what was
signed before stays as it was, byte for byte.

A paper is laid out once with every field it will ever have, empty. Who signs first certifies it: from then on fields
may be filled and signed, and nothing else changed (ISO 32000 DocMDP 2). ND 30/2020 art. 13, 17: the person signs,
number and date are entered, the agency's key seals."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import AppearanceContent, ImportedPdfPage, PdfContent
from pyhanko.pdf_utils.form_tools import find_existing_empty_field
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext

from motcua.signing.keys import DIGEST, ByKey, Key

READ_ONLY = 1
PRINTED = 4  # an annotation's flag: it is on the printed page


@dataclass(frozen=True, slots=True)
class Place:
    """Where on a page: `page` from 0, the corners in points from the page's lower left one."""

    page: int
    left: int
    bottom: int
    right: int
    top: int

    @property
    def box(self) -> tuple[int, int, int, int]:
        """As PDF writes it."""
        return self.left, self.bottom, self.right, self.top


@dataclass(frozen=True, slots=True)
class Entry:
    """What is entered in a field: its words, for who reads by machine, and a page that shows them."""

    words: str
    page: bytes


def laid_out(pdf: bytes, *, texts: Mapping[str, Place], signatures: Mapping[str, Place]) -> bytes:
    """`pdf` with empty fields: those that are filled after the first signature, and those that are signed."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    for name, place in signatures.items():
        append_signature_field(writer, SigFieldSpec(name, on_page=place.page, box=place.box))
    for name, place in texts.items():
        _append_text(writer, name, place)
    return _written(writer)


def filled(pdf: bytes, entries: Mapping[str, Entry]) -> bytes:
    """`pdf` with words in fields that were empty, shown, and open to nobody any more. Raises FormFillingError."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    for name, entry in entries.items():
        reference = find_existing_empty_field(writer, name, field_type="/Tx")
        entered = cast("generic.DictionaryObject", reference.get_object())
        left, bottom, right, top = (float(each) for each in entered["/Rect"])
        shown = _Shown(writer, entry.page, BoxConstraints(round(right - left), round(top - bottom)))
        shown.apply_appearance(entered)
        entered["/V"] = generic.TextStringObject(entry.words)
        entered["/Ff"] = generic.NumberObject(READ_ONLY)
        writer.mark_update(reference)
    return _written(writer)


def signed(
    pdf: bytes,
    *,
    place: str,
    key: Key,
    first: bool,
    shown: bytes,
    stamper: TimeStamper | None,
    proof: ValidationContext | None,
) -> bytes:
    """`pdf` signed with `key` in the field `place`, where a page of ours is shown; stamped where there is a `stamper`.

    `first`: it certifies the paper. `proof`: what shows for good that the certificates were in force is put in, so
    that it is checked when their authority is long gone. Raises CannotSign, what the stamper raises, and SigningError
    where the certificate does not stand by `proof`. Slow: never in a unit of work.
    """
    about = PdfSignatureMetadata(
        field_name=place,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        certify=first,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        embed_validation_info=proof is not None,
        validation_context=proof,
    )
    style = StaticStampStyle(background=_Page(shown), border_width=0)
    signer = PdfSigner(about, ByKey(key), timestamper=stamper, stamp_style=style)
    return bytes(signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf))).getvalue())


class _Page(ImportedPdfPage):
    """A page of ours that is in no file."""

    def __init__(self, page: bytes) -> None:
        PdfContent.__init__(self)
        self._page = page

    def render(self) -> bytes:
        """Operators that draw it."""
        drawn = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._page)))
        self.resources.xobject["/Page"] = drawn
        _, _, width, height = drawn.get_object()["/BBox"]
        self.box = BoxConstraints(width=width, height=height)
        return b"/Page Do"


class _Shown(AppearanceContent):
    """A page of ours as what a field shows."""

    def __init__(self, writer: BasePdfFileWriter, page: bytes, box: BoxConstraints) -> None:
        super().__init__(writer, box)
        self._page = page

    def render(self) -> bytes:
        """Operators that draw it, from the lower left corner."""
        drawn = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._page)))
        self.resources.xobject["/Page"] = drawn
        return b"/Page Do"


def _append_text(writer: IncrementalPdfFileWriter, name: str, place: Place) -> None:
    page = writer.find_page_for_modification(place.page)[0]
    field = generic.DictionaryObject(
        {
            pdf_name("/FT"): pdf_name("/Tx"),
            pdf_name("/T"): generic.TextStringObject(name),
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Widget"),
            pdf_name("/F"): generic.NumberObject(PRINTED),
            pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, place.box)),
            pdf_name("/P"): page,
        }
    )
    added = writer.add_object(field)
    widgets = page.get_object().setdefault("/Annots", generic.ArrayObject())
    widgets.append(added)
    writer.update_container(widgets)
    writer.mark_update(page)
    fields = writer.root["/AcroForm"]["/Fields"]
    fields.append(added)
    writer.update_container(fields)


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
