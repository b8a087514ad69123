"""The catalogue for machines, without a sign-in and without a person's data: lists, one procedure, changes in order,
the whole as a file with its schema, and what search engines ask for."""

import functools
import json
from collections.abc import Callable, Iterable
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from motcua.catalogue import open_data
from motcua.catalogue.open_data import PublishedProcedure
from motcua.catalogue.schema import schema_of
from motcua.kernel.errors import Invalid, NotFound, Refusal
from motcua.kernel.time import local
from motcua.postings.board import posters
from motcua.web.common.requests import now_of
from motcua.web.portal.dump import kept_dump

MOST_PROCEDURES = 500
MOST_CHANGES = 100
FEW = 50  # where nobody says how many
MOST_URLS = 50_000  # sitemaps.org: in one file
MINUTES = 5 * 60
JSON = "application/json; charset=utf-8"
CLOSED_TO_ROBOTS = ("/t/", "/tracking", "/track", "/phone", "/screen", "/sign-in", "/unlock")
View = Callable[..., HttpResponseBase]


def feed(view: View) -> View:
    """A refusal is told in JSON; a page anywhere on the net may read the answer."""

    @require_safe
    @functools.wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except Refusal as refusal:
            text = json.dumps({"error": {"vi": refusal.vi, "en": refusal.en}}, ensure_ascii=False)
            response = HttpResponse(text, status=refusal.status, content_type=JSON)
        response["Access-Control-Allow-Origin"] = "*"
        response["Content-Language"] = "vi, en"
        return response

    return answering


def _told(
    request: HttpRequest, body: str, *, content_type: str = JSON, modified: datetime | None = None
) -> HttpResponseBase:
    """`body`, or 304 where the asker has it already."""
    text = body.encode()
    etag = f'"{sha256(text).hexdigest()[:32]}"'
    response = HttpResponse(text, content_type=content_type)
    return _conditional(request, response, etag, modified)


def _conditional(
    request: HttpRequest, response: HttpResponseBase, etag: str, modified: datetime | None
) -> HttpResponseBase:
    seconds = int(modified.timestamp()) if modified else None
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={MINUTES}"
    if seconds is not None:
        response["Last-Modified"] = http_date(seconds)
    answer: HttpResponseBase = get_conditional_response(request, etag, seconds, response)  # type: ignore[arg-type,assignment]
    return answer


def _number(request: HttpRequest, name: str, *, default: int, least: int, most: int) -> int:
    typed = request.GET.get(name, "")
    if not typed:
        return default
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 18 and least <= int(typed) <= most):
        raise Invalid(
            f"{name}: cần số nguyên từ {least} đến {most}.",
            f"{name}: a whole number from {least} to {most} is needed.",
            field=name,
        )
    return int(typed)


def _address(name: str, *args: object, **query: object) -> str:
    end = f"?{urlencode(query)}" if query else ""
    return f"{settings.PUBLIC_URL}{reverse(name, args=args)}{end}"


@feed
def procedures(request: HttpRequest) -> HttpResponseBase:
    """The procedures in force today, by code. Two statements."""
    most = _number(request, "limit", default=FEW, least=1, most=MOST_PROCEDURES)
    after = request.GET.get("after", "")[:20].replace("\x00", "")
    on, stamp = local(now_of(request)).date(), open_data.stamp()
    found = open_data.in_force(on=on, after=after, most=most + 1)
    shown = found[:most]
    for one in shown:
        one["page"] = _address("procedure", one["code"])
        one["json"] = _address("open_procedure", one["code"])
    body = {
        "on": on.isoformat(),
        "procedures": shown,
        "next": _address("open_procedures", after=shown[-1]["code"], limit=most)
        if len(found) > most
        else None,
    }
    return _told(request, json.dumps(body, ensure_ascii=False), modified=_day_or(stamp.at, on))


def _day_or(at: datetime | None, on: date) -> datetime | None:
    """When a list by day last changed: with the catalogue, or when the day began."""
    began = local(datetime.fromisoformat(f"{on.isoformat()}T00:00:00+07:00"))
    return max(at, began) if at else None


@feed
def procedure(request: HttpRequest, code: str) -> HttpResponseBase:
    """One procedure with all its versions. One statement."""
    return _told(request, open_data.whole(code.replace("\x00", "")))


@feed
def changes(request: HttpRequest) -> HttpResponseBase:
    """What changed after a position, in the ledger's order. One statement."""
    after = _number(request, "after", default=0, least=0, most=2**62)
    most = _number(request, "limit", default=FEW, least=1, most=MOST_CHANGES)
    found = open_data.changes(after=after, most=most)
    following = json.dumps(_address("open_changes", after=found.last, limit=most))
    more = json.dumps(found.more)
    return _told(request, f'{{"changes": [{", ".join(found.changes)}], "more": {more}, "next": {following}}}')


@functools.cache
def _schema(address: str) -> str:
    told = schema_of(PublishedProcedure, address=address, title="Một Cửa: one procedure, a line of the dump")
    return json.dumps(told, ensure_ascii=False, indent=1)


@feed
def schema(request: HttpRequest) -> HttpResponseBase:
    """The schema of a line of the dump, which is also that of one procedure."""
    return _told(request, _schema(_address("open_schema")), content_type="application/schema+json")


@feed
def dump(request: HttpRequest) -> HttpResponseBase:
    """The whole catalogue as JSON lines, compressed; made once for each state of the catalogue, then read from disk."""
    found = kept_dump()
    if found is None:
        raise NotFound("Danh mục còn trống.", "The catalogue is empty.")
    response = StreamingHttpResponse(found.pieces(), content_type="application/gzip")
    response["Content-Length"] = str(found.size)
    response["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return _conditional(request, response, f'"{found.sha256}"', found.at)


@require_safe
def open_data_page(request: HttpRequest) -> HttpResponse:
    """What there is for machines, in people's words."""
    stamp = open_data.stamp()
    context = {
        "stamp": stamp,
        "dump": kept_dump(),
        "feeds": {
            name: _address(name) for name in ("open_procedures", "open_changes", "open_schema", "open_dump")
        },
        "one": f"{settings.PUBLIC_URL}/open-data/procedures/<code>.json",
    }
    return render(request, "portal/open_data.html", context)


# --- search engines ------------------------------------------------------------


def _pages(on: date) -> list[tuple[str, date | None]]:
    """Every public page worth finding, with the day it last changed. Three statements."""
    fixed: list[tuple[str, date | None]] = [
        (_address(n), None) for n in ("home", "procedures", "postings", "open_data")
    ]
    boards: list[tuple[str, date | None]] = [
        (_address("posting", p.agency.code), None) for p in posters(on=on)
    ]
    return (
        fixed + boards + [(_address("procedure", code), day) for code, day in open_data.last_changes(on=on)]
    )


def _xml(root: str, entries: Iterable[str]) -> str:
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{space}">\n{"".join(entries)}</{root}>\n'


def _entry(tag: str, address: str, day: date | None) -> str:
    changed = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
    return f"<{tag}><loc>{escape(address)}</loc>{changed}</{tag}>\n"


@feed
def sitemap(request: HttpRequest, part: int | None = None) -> HttpResponseBase:
    """The public pages; where they are more than one file may name, an index of files. Three statements."""
    found = _pages(local(now_of(request)).date())
    if part is None and len(found) > MOST_URLS:
        parts = range(1, -(-len(found) // MOST_URLS) + 1)
        body = _xml("sitemapindex", (_entry("sitemap", _address("sitemap_part", n), None) for n in parts))
    else:
        first = ((part or 1) - 1) * MOST_URLS
        shown = found[first : first + MOST_URLS]
        if not shown:
            raise NotFound("Không có phần này.", "There is no such part.")
        body = _xml("urlset", (_entry("url", *one) for one in shown))
    return _told(request, body, content_type="application/xml; charset=utf-8")


@feed
def robots(request: HttpRequest) -> HttpResponseBase:
    """What robots may read. A trial names agencies and dossiers that are not real: nobody is to find it."""
    if settings.INSTALLATION == "trial":
        lines = [
            "# Hệ thống thử nghiệm: không đưa vào máy tìm kiếm. / A trial: not for search engines.",
            "User-agent: *",
            "Disallow: /",
        ]
    else:
        lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED_TO_ROBOTS)]
    body = "\n".join([*lines, f"Sitemap: {_address('sitemap')}", ""])
    return _told(request, body, content_type="text/plain; charset=utf-8")
