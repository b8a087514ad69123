"""What holds for every page in every state."""

import re
from urllib.parse import unquote

import pytest
from django.conf import settings

from motcua.catalogue.selectors import sectors
from motcua.dossiers.states import ACTS, LABELS
from tests.support.html import Page
from tests.support.messages import catalogues, entries
from tests.support.scenes import SCENES, STATES, WITHOUT, pages
from tests.support.written import written

CSP = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
POSTED = {"csrfmiddlewaretoken", "idempotency_key"}
# A search is posted so that names stay out of addresses; it writes nothing, so nothing can be written twice.
SEARCHES = {
    "/dossiers": "tiepnhan1",
    "/inbox": "tuphap1",
    "/hotline": "duongday",
    "/payments": "thuquy",
    "/results": "tiepnhan1",
}


# Pages on which the keyboard goes on at once: a search, or what is done next.
ARRIVES = {"act", "countersign", "hotline", "results", "received", "guidance", "payment", "collect"}


def test_every_page_has_its_scenes():
    shown = {(scene.page, scene.state) for scene in SCENES}
    wanted = {(page, state) for page in pages() for state in STATES}
    assert wanted - shown - set(WITHOUT) == set(), "a page without a scene: add it to tests/support/scenes.py"
    assert shown - wanted == set(), "a scene of a page that is gone"
    assert set(WITHOUT) & shown == set()
    assert set(WITHOUT) - wanted == set()


@pytest.mark.slow
def test_every_page_is_whole_and_safe_and_no_address_holds_a_secret(stage):
    secrets = [secret for name, secret in stage.codes.items() if name.startswith("t_")]
    faults = []
    for scene in SCENES:
        response = stage.play(scene)
        page = Page(response.text)
        found = [*_faults(response, page, scene.status), *_told_addresses(page, secrets)]
        faults += [f"{scene.name} {scene.path}: {fault}" for fault in found]
        if scene.page in ARRIVES and scene.status == 200 and "autofocus" not in response.text:
            faults.append(f"{scene.name} {scene.path}: nothing has the focus")
    assert not faults, "\n".join(faults)


def _faults(response, page, status):
    if response.status_code != status:
        yield f"status {response.status_code}, not {status}"
    if len(page.all("h1")) != 1:
        yield f"{len(page.all('h1'))} h1"
    if [a.get("lang") for a in page.all("html")] != ["vi"]:
        yield "no language"
    title = re.search(r"<title>(.*?)</title>", response.text, re.DOTALL)
    if title is None or len(title[1].strip()) < 5:
        yield "no title"
    ids = [a["id"] for _, a in page.tags if "id" in a]
    if len(ids) != len(set(ids)):
        yield f"an id twice: {sorted({i for i in ids if ids.count(i) > 1})}"
    if page.all("style") or any(not a.get("src") for a in page.all("script")):
        yield "inline script or style"
    if any("style" in a or any(name.startswith("on") for name in a) for _, a in page.tags):
        yield "inline style or event attribute"
    if sum("autofocus" in a for _, a in page.tags) > 1:
        yield "two controls with the focus"
    yield from _form_faults(page)
    yield from _header_faults(response)


def _told_addresses(page, secrets):
    for tag in ("a", "form", "link", "script", "img"):
        for attributes in page.all(tag):
            address = unquote(" ".join(attributes.get(name, "") for name in ("href", "action", "src")))
            if any(secret in address for secret in secrets):
                yield f"a secret in {address}"


def _form_faults(page):
    for form in page.forms:
        wanted = {"csrfmiddlewaretoken"} if form.action in SEARCHES else POSTED
        if form.method == "post" and not set(form.fields) >= wanted:
            yield f"form {form.action!r} lacks {wanted - set(form.fields)}"


def _header_faults(response):
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    if policy != CSP:
        yield f"policy {policy}"
    for header, value in (
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Content-Language", "vi"),
    ):
        if response.get(header) != value:
            yield f"{header}: {response.get(header)}"


def test_a_search_writes_nothing(stage):
    before = written()
    for path, login in SEARCHES.items():
        for words in ("nguyen", "H99", "", "%"):
            assert stage.client(login).post(path, {"words": words}).status_code in (200, 302)
    assert written() == before


@pytest.mark.slow
def test_english_pages_say_nothing_in_vietnamese(stage):
    """What stands in a catalogue is ours to say; names, addresses and what people wrote stay as they are."""
    same = {"Một Cửa", "Tiếng Việt"}
    ours = {m[0] for po in catalogues() for m, english, _ in entries(po) if m[0] not in {*english, *same}}
    ours -= set(sectors())  # a sector is called as it was announced
    ours |= {label.vi for label in LABELS.values()} | {row.label.vi for row in ACTS.values()}
    left = []
    stage.language = "en"
    for scene in SCENES:
        response = stage.play(scene)
        page = Page(response.text)
        assert (response["Content-Language"], page.all("html")[0]["lang"]) == ("en", "en")
        left += [f"{scene.name}: {text}" for text in page.texts if text in ours]
    assert not left, "\n".join(left)


@pytest.mark.parametrize("cookie", [settings.SESSION_COOKIE, "csrftoken"])
def test_cookies_are_out_of_a_script_s_reach(stage, cookie):
    client = stage.client(None)
    client.get("/sign-in")
    client.post("/sign-in", {"login": "tiepnhan1", "password": "mat-khau-thu-nghiem"})
    assert client.cookies[cookie]["httponly"]
    assert client.cookies[cookie]["samesite"] == "Lax"
