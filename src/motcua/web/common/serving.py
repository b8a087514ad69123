"""Sending a stored file to a browser that must not trust it."""

from urllib.parse import quote

from django.http import StreamingHttpResponse

from motcua.files.kinds import KINDS
from motcua.files.selectors import OpenFile

# A file is somebody else's: it may load nothing, run nothing, and is of no origin.
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:"


def file_response(file: OpenFile, *, name: str, download: bool = False) -> StreamingHttpResponse:
    """The file under its name: pictures in the browser, everything else (or all, to `download`) to be saved."""
    response = StreamingHttpResponse(file.chunks(), content_type=file.media_type)
    shown = KINDS[file.media_type].is_picture and not download
    response["Content-Length"] = str(file.size)
    response["Content-Disposition"] = (
        f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(name, safe='')}"
    )
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
