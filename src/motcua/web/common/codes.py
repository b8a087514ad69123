"""QR and Code 128 as pictures, with their quiet zones. They hold no secret but the tracking token."""

from io import BytesIO

import zxingcpp
from PIL import Image

QR_LIMIT = 500
CODE128_LIMIT = 48


def qr_svg(text: str) -> str:
    """A QR symbol of `text` at error correction M, one unit a module, a white quiet zone of 4 modules around.

    Raises ValueError when `text` is empty or longer than 500 letters: a denser symbol no telephone reads.
    """
    return str(_qr(text).to_svg(scale=1, add_quiet_zones=True))


def qr_png(text: str) -> bytes:
    """The same symbol as a picture that a telephone keeps among its photographs, ten pixels a module."""
    symbol = _qr(text).to_image(scale=10, add_quiet_zones=True)
    height, width = symbol.shape
    pixels = memoryview(symbol).tobytes()  # type: ignore[arg-type] # it is a buffer; its types don't say so
    kept = BytesIO()
    Image.frombytes("L", (width, height), pixels).save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _qr(text: str) -> zxingcpp.Barcode:
    if not 0 < len(text) <= QR_LIMIT:
        message = f"a QR symbol holds 1 to {QR_LIMIT} letters, not {len(text)}"
        raise ValueError(message)
    return zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")


def code128_svg(text: str) -> str:
    """A Code 128 symbol of `text`, one unit a bar, without the letters below it.

    Raises ValueError when `text` is empty, not ASCII, or longer than 48 letters: it would not fit on A5.
    """
    if not 0 < len(text) <= CODE128_LIMIT or not text.isascii():
        message = f"Code 128 holds 1 to {CODE128_LIMIT} ASCII letters, not {text!r}"
        raise ValueError(message)
    symbol = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128)
    return str(symbol.to_svg(scale=1, add_quiet_zones=True))
