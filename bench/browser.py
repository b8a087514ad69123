"""A very small browser: cookies, forms as they stand in the page, redirects. Standard library only."""

import http.client
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

FORM = "application/x-www-form-urlencoded"


@dataclass(slots=True)
class Form:
    """A form of a page: where it goes and what it would send as it stands."""

    action: str
    method: str = "get"
    fields: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[tuple[str, str]] = field(default_factory=list)  # unticked checkboxes
    radios: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def filled(self, values: Mapping[str, str], *, tick: Callable[[str], bool] = lambda _name: False) -> str:
        """The body to send: the page's own values, `values` by name, boxes ticked where `tick` says so, and for
        each radio group left open its last option."""
        chosen = {name for name, _ in self.fields}
        pairs = [(name, values.get(name, value)) for name, value in self.fields]
        pairs += [(name, value) for name, value in values.items() if name not in chosen]
        pairs += [(name, value) for name, value in self.boxes if tick(name)]
        pairs += [
            (name, options[-1]) for name, options in self.radios.items() if name not in chosen | set(values)
        ]
        return urlencode(pairs)


class _Forms(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._select: str | None = None
        self._options: list[tuple[str, bool]] = []
        self._area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(a.get("action", ""), a.get("method", "get").lower()))
        if not self.forms:
            return
        form = self.forms[-1]
        name = a.get("name", "")
        if tag == "input" and name:
            self._input(form, a, name)
        elif tag == "select":
            self._select, self._options = name, []
        elif tag == "option" and self._select:
            self._options.append((a.get("value", ""), "selected" in a))
        elif tag == "textarea" and name:
            form.fields.append((name, ""))
        elif tag == "button" and name:
            form.buttons.append((name, a.get("value", "")))

    def _input(self, form: Form, a: Mapping[str, str], name: str) -> None:
        kind, value = a.get("type", "text"), a.get("value", "on" if a.get("type") == "checkbox" else "")
        if kind == "radio":
            if "checked" in a:
                form.fields.append((name, value))
            form.radios.setdefault(name, []).append(value)
        elif kind == "checkbox":
            (form.fields if "checked" in a else form.boxes).append((name, value))
        elif kind != "submit":
            form.fields.append((name, value))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._select and self.forms:
            chosen = [v for v, selected in self._options if selected] or [v for v, _ in self._options[:1]]
            self.forms[-1].fields.extend((self._select, v) for v in chosen)
            self._select = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    path: str
    location: str
    body: bytes

    def forms(self) -> list[Form]:
        """The forms of the page, in order."""
        parser = _Forms()
        parser.feed(self.body.decode())
        return parser.forms

    def form(self, holding: str) -> Form:
        """The first form that has a field (or a button) of this name, or a name that ends so."""
        for form in self.forms():
            names = [n for n, _ in (*form.fields, *form.boxes, *form.buttons)] + list(form.radios)
            if any(n == holding or n.endswith(holding) for n in names):
                return form
        raise LookupError(f"{self.path}: no form with {holding} ({self.status})")


class Browser:
    """One person's browser on one keep-alive connection; every request is timed under a name."""

    def __init__(self, base: str, times: dict[str, list[float]]) -> None:
        parts = urlsplit(base)
        self.host, self.port = parts.hostname or "localhost", parts.port or 80
        self.cookies: dict[str, str] = {}
        self.times = times
        self.connection = http.client.HTTPConnection(self.host, self.port, timeout=30)

    def get(self, path: str, name: str) -> Answer:
        """GET `path`, its time kept under `name`."""
        return self._send("GET", path, None, name)

    def post(self, path: str, body: str | bytes, name: str, *, kind: str = FORM) -> Answer:
        """POST a `body`, url-encoded unless `kind` says otherwise."""
        return self._send("POST", path, body, name, kind)

    def _send(self, method: str, path: str, body: str | bytes | None, name: str, kind: str = FORM) -> Answer:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())} if self.cookies else {}
        if body is not None:
            headers |= {
                "Content-Type": kind,
                "Origin": f"http://{self.host}:{self.port}",
            }
        began = time.perf_counter()
        self.connection.request(method, path, body=body, headers=headers)
        response = self.connection.getresponse()
        content = response.read()
        self.times.setdefault(name, []).append(time.perf_counter() - began)
        for header in response.headers.get_all("Set-Cookie") or []:
            pair = header.split(";", 1)[0]
            key, _, value = pair.partition("=")
            if value in ("", '""'):
                self.cookies.pop(key, None)
            else:
                self.cookies[key] = value
        return Answer(response.status, path, response.headers.get("Location", ""), content)
