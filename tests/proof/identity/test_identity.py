"""Citizens sign in by a provider that is not ours, in Chromium: npm `oidc-provider`, with VNeID's claims.

Needs node and npm: the package is installed into a temporary directory (`npm install oidc-provider@9.13.3`), or found
in the directory that MOTCUA_OIDC_PROVIDER names; where neither is possible the proof says so and is left out.
Ours is at 127.0.0.1 and the provider at localhost, so that the two are different sites to the browser.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import pytest
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect

from motcua.accounts.oidc_calls import forget
from motcua.kernel.time import now
from motcua.web.common.citizens import BACK, LEFT, came
from tests.support.ports import free_port
from tests.support.site import pages_at

pytestmark = pytest.mark.proof
PACKAGE = "oidc-provider@9.13.3"
CLIENT, SECRET = "motcua", "bi-mat-cua-ban-thu"
NAMES = {"tuyet": "Nguyễn Thị Ánh Tuyết", "hung": "Trần Văn Hùng"}
BENT = [
    {"aud": "khac"},
    {"exp": 1},
    {"nonce": "khac"},
    {"iss": "https://khac.example"},
    {"sub": "hung"},
    {"iat": 2**33},
]


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the package and our configuration of it."""
    given = os.environ.get("MOTCUA_OIDC_PROVIDER", "")
    if not shutil.which("node") or not (given or shutil.which("npm")):
        pytest.skip("this proof needs node and npm")
    folder = tmp_path_factory.mktemp("provider")
    if given:
        (folder / "node_modules").symlink_to(Path(given).resolve() / "node_modules")
    else:
        words = [
            "npm",
            "install",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--prefix",
            str(folder),
            PACKAGE,
        ]
        done = subprocess.run(words, capture_output=True, text=True, timeout=120)
        if done.returncode:
            pytest.skip(f"npm can't install {PACKAGE}: {done.stderr[-500:]}")
    shutil.copy(Path(__file__).with_name("provider.mjs"), folder)
    return folder


class Provider:
    """The running provider. A new start has new keys, and knows nobody's session any more."""

    def __init__(self, folder: Path, site: str, algorithm: str) -> None:
        self.port = free_port()
        self.issuer = f"http://localhost:{self.port}"
        self._words = [
            *("node", "provider.mjs", str(self.port), CLIENT, SECRET),
            *(f"{site}{BACK}", f"{site}{LEFT}", algorithm),
        ]
        self._folder = folder
        self.start()

    def start(self) -> None:
        forget()
        self._process = subprocess.Popen(
            self._words, cwd=self._folder, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._hear("ready")

    def _hear(self, word: str) -> None:
        for line in self._process.stdout or ():
            if line.strip() == word:
                return
        raise AssertionError(f"the provider ended before it said {word}")

    def bend(self, told: dict[str, object] | None) -> None:
        """What its next tokens say otherwise."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()
        self._hear("bent")

    def stop(self) -> None:
        self._process.terminate()
        self._process.communicate(timeout=10)

    def keys(self) -> list[str]:
        return [key["kid"] for key in httpx.get(f"{self.issuer}/jwks").json()["keys"]]


@contextmanager
def running(folder: Path, site: str, algorithm: str) -> Iterator[Provider]:
    provider = Provider(folder, site, algorithm)
    told = {"issuer": provider.issuer, "client": CLIENT, "secret": SECRET}
    try:
        with override_settings(IDENTITY=told):
            yield provider
    finally:
        provider.stop()


@pytest.fixture(scope="module")
def provider(installed: Path, served_pages: str) -> Iterator[Provider]:
    with running(installed, served_pages, "RS256") as one:
        yield one


@pytest.fixture
def tab(browser: Browser, served_pages: str) -> Iterator[Page]:
    """A browser that knows nobody; what is neither of the two servers is not fetched (the provider's fonts)."""
    context = browser.new_context(base_url=served_pages)
    context.set_default_timeout(15_000)
    context.route(
        lambda url: urlsplit(url).hostname not in {"127.0.0.1", "localhost"}, lambda route: route.abort()
    )
    yield context.new_page()
    context.close()


def to_provider(tab: Page) -> None:
    tab.goto("/my/sign-in")
    tab.get_by_role("link", name="Đăng nhập bằng VNeID").click()


def say_who(tab: Page, who: str) -> None:
    """The provider's own two pages: who it is, and that they agree."""
    tab.get_by_placeholder("Enter any login").fill(who)
    tab.get_by_placeholder("and password").fill("bất kỳ")
    tab.get_by_role("button", name="Sign-in").click()
    tab.get_by_role("button", name="Continue").click()


def come_in(tab: Page, who: str = "tuyet") -> None:
    to_provider(tab)
    say_who(tab, who)
    is_in(tab, who)


def is_in(tab: Page, who: str) -> None:
    tab.wait_for_url("**/my/dossiers")
    expect(tab.get_by_role("banner").get_by_text(NAMES[who])).to_be_visible()


def signed_out(tab: Page, *, hinted: bool) -> None:
    """Press ours, and agree on the provider's own page."""
    with tab.expect_request("**/session/end?*") as asked:
        tab.get_by_role("button", name="Đăng xuất").click()
    told = parse_qs(urlsplit(asked.value.url).query)
    assert set(told) - {"id_token_hint"} == {"client_id", "post_logout_redirect_uri"}
    assert ("id_token_hint" in told) == hinted
    tab.get_by_role("button", name="Yes, sign me out").click()
    tab.wait_for_url("**/my/signed-out")
    expect(tab.get_by_role("heading", name="Đã đăng xuất", exact=True)).to_be_visible()


def refused(tab: Page, words: str) -> None:
    expect(tab.get_by_role("alert")).to_contain_text("Chưa đăng nhập được")
    expect(tab.get_by_role("alert")).to_contain_text(words)
    assert cookie(tab.context, settings.CITIZEN_COOKIE) is None


def cookie(context: BrowserContext, name: str) -> str | None:
    return next((one["value"] for one in context.cookies() if one.get("name") == name), None)


def token_of(tab: Page) -> str:
    """The id_token that the browser keeps for us, opened."""
    request = type("Kept", (), {"COOKIES": {settings.CAME_COOKIE: cookie(tab.context, settings.CAME_COOKIE)}})
    return str(came(request))  # type: ignore[arg-type]


@pytest.mark.parametrize("algorithm", ["RS256", "PS256", "ES256"])
def test_in_by_pkce_state_and_nonce_and_out_again(
    installed: Path, served_pages: str, tab: Page, algorithm: str
) -> None:
    with running(installed, served_pages, algorithm) as provider:
        asked: list[str] = []
        tab.on(
            "request", lambda r: asked.append(r.url) if r.url.startswith(f"{provider.issuer}/auth?") else None
        )
        come_in(tab)
        query = {name: values[0] for name, values in parse_qs(urlsplit(asked[0]).query).items()}
        token = token_of(tab)
        claims = jwt.decode(token, options={"verify_signature": False})
        assert jwt.get_unverified_header(token)["alg"] == algorithm
        assert (query["code_challenge_method"], claims["nonce"]) == ("S256", query["nonce"])
        print(f"{algorithm}: asked {sorted(query)}; id_token says {sorted(claims)}, {len(token)} characters")
        signed_out(tab, hinted=True)
        assert [cookie(tab.context, name) for name in (settings.CITIZEN_COOKIE, settings.CAME_COOKIE)] == [
            None,
            None,
        ]
        come_in(tab, "hung")


def test_the_next_person_at_a_browser_is_asked_who_they_are(provider: Provider, tab: Page) -> None:
    come_in(tab)
    tab.context.clear_cookies(name=settings.CITIZEN_COOKIE)
    to_provider(tab)
    say_who(tab, "hung")
    is_in(tab, "hung")
    # The control: without our word the provider lets the one before in again, unasked.
    tab.context.clear_cookies(name=settings.CITIZEN_COOKIE)
    tab.context.clear_cookies(name=settings.CAME_COOKIE)
    to_provider(tab)
    is_in(tab, "hung")


@pytest.mark.parametrize("bent", BENT, ids=str)
def test_a_token_that_is_not_for_this_question_is_not_believed(
    provider: Provider, tab: Page, bent: dict
) -> None:
    provider.bend(bent)
    to_provider(tab)
    say_who(tab, "tuyet")
    refused(tab, "Không xác minh được câu trả lời của hệ thống định danh")
    provider.bend(None)


def test_a_token_that_tells_of_the_person_is_believed_and_goes_into_no_address(
    provider: Provider, tab: Page
) -> None:
    provider.bend(
        {"HoVaTen": NAMES["tuyet"]}
    )  # signed again: what is refused above is refused for what it says
    come_in(tab)
    provider.bend(None)
    signed_out(tab, hinted=False)


@pytest.mark.parametrize(("ahead", "believed"), [(100, True), (150, False), (-50, True), (-90, False)])
def test_clocks_may_differ_by_a_minute(provider: Provider, tab: Page, ahead: int, believed: bool) -> None:
    """The provider's tokens live 60 seconds, and 60 more are allowed to either side."""
    with pages_at(now() + timedelta(seconds=ahead)):
        to_provider(tab)
        say_who(tab, "tuyet")
        if believed:
            is_in(tab, "tuyet")
        else:
            refused(tab, "Không xác minh được")


def test_new_keys_are_known_at_once(provider: Provider, tab: Page) -> None:
    come_in(tab)
    old = provider.keys()
    provider.stop()
    provider.start()
    assert not set(old) & set(provider.keys())
    tab.context.clear_cookies()
    come_in(tab)


def test_an_answer_is_taken_once_and_by_who_asked(provider: Provider, tab: Page, browser: Browser) -> None:
    answers: list[str] = []
    tab.on("request", lambda r: answers.append(r.url) if "/my/sign-in/back" in r.url else None)
    to_provider(tab)
    kept = tab.context.cookies()
    say_who(tab, "tuyet")
    is_in(tab, "tuyet")
    stranger = browser.new_context()
    shown = stranger.new_page()
    shown.goto(answers[0])
    refused(shown, "không khớp với yêu cầu từ trình duyệt này")
    stranger.add_cookies([one for one in kept if one.get("name") == settings.ASKING_COOKIE])
    shown.goto(answers[0])
    refused(shown, "Không xác minh được")  # the provider gives no second token for a code
    stranger.close()


def test_the_provider_holds_us_to_pkce(provider: Provider, tab: Page) -> None:
    answers: list[str] = []
    tab.on("request", lambda r: answers.append(r.url) if "/my/sign-in/back" in r.url else None)
    tab.route("**/my/sign-in/back?*", lambda route: route.abort())
    to_provider(tab)
    say_who(tab, "tuyet")
    tab.wait_for_event("requestfailed", lambda r: "/my/sign-in/back" in r.url) if not answers else None
    told = {
        "grant_type": "authorization_code",
        "code": parse_qs(urlsplit(answers[0]).query)["code"][0],
        "redirect_uri": answers[0].partition("?")[0],
        "client_id": CLIENT,
        "client_secret": SECRET,
        "code_verifier": "x" * 64,
    }
    answer = httpx.post(f"{provider.issuer}/token", data=told)
    print(f"a wrong verifier: {answer.status_code} {answer.text}")
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


def test_a_low_level_and_a_no_are_said(provider: Provider, tab: Page) -> None:
    to_provider(tab)
    say_who(tab, "thap")
    refused(tab, "Tài khoản định danh này ở mức độ 1, còn nộp trực tuyến cần mức độ 2.")
    tab.context.clear_cookies()
    to_provider(tab)
    tab.get_by_role("link", name="Cancel").click()
    refused(tab, "đã không đồng ý chia sẻ thông tin")


def test_a_provider_that_is_down_is_said_and_comes_back(provider: Provider, tab: Page) -> None:
    come_in(tab)
    provider.stop()
    forget()
    tab.get_by_role("button", name="Đăng xuất").click()
    expect(tab.get_by_role("alert")).to_contain_text("Chưa đăng xuất được khỏi VNeID")
    to_provider(tab)
    refused(tab, "Hệ thống định danh chưa trả lời")
    provider.start()
    come_in(tab)
