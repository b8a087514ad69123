"""Visiting the served pages with the browser."""

from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page, Response

from motcua.web.common.middleware import LANGUAGE_COOKIE
from tests.support.scenes import AT, Scene
from tests.support.site import cookie_of

WIDE = 1366
# Chromium notes each answer of 4xx, and some are pages of ours; and a tester who types before the first frame,
# with which the page's own focus comes.
NO_COMPLAINTS = (
    "Failed to load resource: the server responded with a status of 4",
    "Clear-Site-Data header on",
    "Autofocus processing was blocked because a document already has a focused element",
)
PATIENCE = 15_000  # milliseconds; a loaded machine is slow, a hanging page is a fault


@dataclass
class Visit:
    """A tab, and what the browser complained about while it was open."""

    context: BrowserContext
    tab: Page
    site: "Site"
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> int:
        """Open a path of ours; gives the last answer's status."""
        return _status(self.tab.goto(self.site.url + path.format_map(self.site.codes)))

    def play(self, scene: Scene) -> int:
        """Bring the page into the scene's state; gives the last answer's status."""
        status = self.go(scene.path)
        for name, value in scene.fill.items():
            self.fill(name, value)
        if not scene.sends:
            return status
        form = "main form[method=post]" + "".join(f":has([name='{name}'])" for name in scene.fill)
        main = self.tab.locator(f"{form} button[data-primary]")
        button = main if main.count() else self.tab.locator(f"{form} button[type=submit]")
        with self.tab.expect_navigation() as answer:
            button.first.click()
        return _status(answer.value)

    def fill(self, name: str, value: str) -> None:
        """Type or choose `value` in the field `name` of the page's own part."""
        control = self.tab.locator(f"main [name='{name}']")
        kind = control.first.get_attribute("type") or control.first.evaluate("e => e.tagName.toLowerCase()")
        if kind == "radio" or (kind == "checkbox" and control.count() > 1):
            self.tab.locator(f"main [name='{name}'][value='{value}']").check()
        elif kind == "checkbox":
            control.set_checked(bool(value))
        elif kind == "select":
            control.select_option(value)
        else:
            control.fill(value)

    def listen(self, kind: str, text: str) -> None:
        """Keep a line of the console, but for what says nothing about the page."""
        if not text.startswith(NO_COMPLAINTS):
            self.complaints.append(f"{kind}: {text}")


@dataclass
class Site:
    """The served pages, dossiers by situation, and sessions by login."""

    url: str
    codes: dict[str, str]
    sessions: dict[str, tuple[str, str]] = field(default_factory=dict)

    def visit(
        self,
        browser: Browser,
        login: str | None = None,
        *,
        width: int = WIDE,
        language: str = "",
        scripts: bool = True,
    ) -> Visit:
        """A new tab that shares nothing with the others, signed in since AT when a login is given."""
        context = browser.new_context(java_script_enabled=scripts)
        context.set_default_timeout(PATIENCE)
        visit = Visit(context, context.new_page(), self)
        visit.tab.on("console", lambda message: visit.listen(message.type, message.text))
        visit.tab.on("pageerror", lambda error: visit.listen("error", str(error)))
        self.begin(visit, login, width=width, language=language)
        return visit

    def begin(self, visit: Visit, login: str | None, *, width: int = WIDE, language: str = "") -> None:
        """Let a tab begin anew: its width, who is signed in, and nothing else left of before."""
        visit.tab.set_viewport_size({"width": width, "height": 800})
        visit.context.clear_cookies()
        cookies = dict([self._session(login)]) if login else {}
        cookies |= {LANGUAGE_COOKIE: language} if language else {}
        visit.context.add_cookies([{"name": n, "value": v, "url": self.url} for n, v in cookies.items()])

    def _session(self, login: str) -> tuple[str, str]:
        if login not in self.sessions:
            self.sessions[login] = cookie_of(login, at=AT)
        return self.sessions[login]


def _status(response: Response | None) -> int:
    assert response is not None, "no answer"
    return response.status
