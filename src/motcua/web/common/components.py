"""The components of the pages: functions that templates call, `{{ tag(…) }}`.

Markup stands in jinja2/components, one file for each; here are their arguments. Text is always escaped: a value
becomes markup only where a template of ours wrote the markup. What stands around a piece of the page is called as
a block: `{% call panel(title=…) %}…{% endcall %}`.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast

from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from jinja2 import Template, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from motcua.calendars.calendar import WorkCalendar
from motcua.web.common import wording
from motcua.web.common.error_words import ERROR_WORDS, OTHER, ErrorWords
from motcua.web.common.fields import FieldParts, field_parts

Body = Callable[[], str]


def _template(name: str) -> Template:
    found: Template = cast(Jinja2, engines["jinja2"]).env.get_template(f"components/{name}.html")
    return found


def _drawn(name: str, values: Mapping[str, Any]) -> Markup:
    """The markup of the component `name`. Raises TemplateNotFound, UndefinedError for an argument left out."""
    return Markup(_template(name).render(values))  # noqa: S704 - a template of ours, which escapes


def _key(context: Context) -> str:
    """The idempotency key of a form: the page's own `idempotency_key`, else a fresh one for each form."""
    return str(context.get("idempotency_key") or uuid.uuid4())


def _sent_along(context: Context) -> dict[str, object]:
    """What each POST form sends beside what is typed; of a citizen's also for whom its page was opened."""
    own = getattr(context.get("request"), "citizen", None)
    whom = own.id.hex if own is not None else ""
    return {"key": _key(context), "csrf_input": context.get("csrf_input", ""), "whom": whom}


def _body(caller: Body | None) -> str:
    """What stands inside a component; one that is called without a block is empty."""
    return caller() if caller else ""


# --- page ------------------------------------------------------------


def heading(*, title: object, caption: object = "", caller: Body | None = None) -> Markup:
    """The page's h1; `caption` says what it belongs to; the body holds buttons, or nothing."""
    return _drawn("heading", {"title": title, "caption": caption, "content": _body(caller)})


def panel(*, title: object, big: str = "", caller: Body | None = None) -> Markup:
    """The confirmation at the end of an act, with a code in large letters (`big`). Holds the page's h1."""
    return _drawn("panel", {"title": title, "big": big, "content": _body(caller)})


def notice(*, kind: str = "info", title: object = "", caller: Body | None = None) -> Markup:
    """A box to be noticed; `kind` is info, warning, error or success, and is said in words as well."""
    return _drawn("notice", {"kind": kind, "title": title, "content": _body(caller)})


def disclosure(*, summary: object, is_open: bool = False, key: str = "", caller: Body) -> Markup:
    """A native <details>; `key` is the key of the counter that opens it."""
    values = {"summary": summary, "open": is_open, "key": key, "content": caller()}
    return _drawn("disclosure", values)


def empty(title: object, *, then: object = "") -> Markup:
    """What stands where a list has nothing: what is so, and what to do."""
    return _drawn("empty", {"title": title, "then": then})


def error_words(status: object) -> ErrorWords:
    """The words of the page for an HTTP status."""
    return ERROR_WORDS.get(int(str(status)) if str(status).isdigit() else 0, OTHER)


# --- forms ------------------------------------------------------------


def field(
    bound: BoundField | FieldParts,
    *,
    label: object = None,
    hint: object = None,
    css: str = "",
    key: str = "",
    before: object = "",
    after: object = "",
    inline: bool = False,
    quiet: bool = False,
) -> Markup:
    """A field with label, hint and errors.

    `css`: width w2, w4, w10, w20, wfull; `key`: the counter's key, shown and bound; `before`, `after`: unit
    beside the control; `inline`: choices in one row; `quiet`: the label is for screen readers only. What was made into
    parts elsewhere is drawn as it is.
    """
    parts = bound if isinstance(bound, FieldParts) else field_parts(bound, label=label, hint=hint, css=css)
    macros: Any = _template("field").module
    drawn: Markup = macros.field(parts, key, before, after, inline, quiet)
    return drawn


def attachments(bound: BoundField, *, label: object, about: object) -> Markup:
    """The files of a field alone, for a line of a table: `label` on the button, `about` what they belong to."""
    macros: Any = _template("files").module
    drawn: Markup = macros.picker(field_parts(bound), label, wording.say(about))
    return drawn


def eform(page: Mapping[str, Any]) -> Markup:
    """One topic of a form (web.common.eforms)."""
    return _drawn("eform/page", {"page": page})


def eform_address(address: Mapping[str, Any]) -> Markup:
    """An address among a form's fields."""
    return _drawn("eform/address", {"address": address})


def form_fields(form: BaseForm) -> Markup:
    """All fields of a form in their order, hidden ones too."""
    return Markup().join(field(bound) for bound in form)


def error_summary(form: BaseForm, *, also: Sequence[Mapping[str, str]] = ()) -> Markup:
    """What is wrong, each line a link into its field; takes the focus. Empty when all is well. A form that stands on
    the page several times says by `called` which one it is; `also`: of fields that are no part of it."""
    if not form.errors and not also:
        return Markup()
    general = [str(error) for error in form.non_field_errors()]
    linked = [
        {"target": parts.target, "label": _lead(getattr(bound.form, "called", ""), parts.label), "text": text}
        for bound, parts in ((bound, field_parts(bound)) for bound in form if bound.errors)
        for text in parts.errors
    ]
    return problems(general=general, linked=[*linked, *also])


def problems(*, general: Iterable[str], linked: Iterable[Mapping[str, str]]) -> Markup:
    """What is wrong: sentences, and links (`target`, `label`, `text`) into the fields."""
    return _drawn("error_summary", {"general": list(general), "linked": list(linked)})


def _lead(called: str, label: str) -> str:
    """What stands before an error: a label that is a question or a sentence keeps one mark, not two."""
    whole = ", ".join(part for part in (called, label.rstrip(" .:;")) if part)
    return whole if whole.endswith("?") else f"{whole}:"


@pass_context
def idempotency(context: Context) -> Markup:
    """The hidden key that makes a repeated POST harmless."""
    return _drawn("idempotency", {"key": _key(context)})


@pass_context
def post_form(
    context: Context,
    *,
    action: str = "",
    name: str = "",
    keys: bool = False,
    multipart: bool = False,
    private: bool = False,
    caller: Body,
) -> Markup:
    """A POST form with the CSRF token and the idempotency key; the server validates, not the browser.
    `keys`: the counter's keyboard works in it (load keys.js). `private`: the browser keeps nothing of it."""
    values = {"action": action, "id": name, "keys": keys, "multipart": multipart, "private": private}
    values["content"] = caller()
    return _drawn("post_form", values | _sent_along(context))


def button(
    text: object,
    *,
    kind: str = "",
    href: str = "",
    name: str = "",
    value: str = "",
    key: str = "",
    primary: bool = False,
    focus: bool = False,
) -> Markup:
    """A submit button, or a link that looks like one (`href`).

    `kind`: second, danger, bare; `key`: shown and bound; `primary`: what Ctrl+Enter presses; `focus`: has the focus
    on arrival.
    """
    values = {
        "text": text,
        "kind": kind,
        "href": href,
        "name": name,
        "value": value,
        "key": key,
        "primary": primary,
        "focus": focus,
    }
    return _drawn("button", values)


@pass_context
def post_button(
    context: Context,
    text: object,
    *,
    action: str,
    kind: str = "",
    values: Mapping[str, object] | None = None,
) -> Markup:
    """A button that is a whole POST form, with `values` as hidden fields."""
    hidden = (values or {}).items()
    parts = {"text": text, "action": action, "kind": kind, "hidden": hidden}
    return _drawn("post_button", parts | _sent_along(context))


def suggest(
    url: str,
    *,
    label: object,
    name: str = "q",
    value: str = "",
    hint: object = "",
    key: str = "",
) -> Markup:
    """A search field with suggestions from `url` (load suggest.js); else a field of its GET form."""
    values = {"url": url, "label": label, "name": name, "value": value, "hint": hint, "key": key}
    return _drawn("suggest", values)


def keys(pairs: Iterable[tuple[str, object]]) -> Markup:
    """The bar that lists the counter's keys: (key, what it does)."""
    return _drawn("keys", {"pairs": list(pairs)})


def copy_button(text: object, *, source: str) -> Markup:
    """Copies the text of the element `source` (a CSS selector). Hidden until a script can serve it."""
    return _drawn("copy_button", {"text": text, "source": source})


def print_button(text: object) -> Markup:
    """Prints the page. Hidden until a script can serve it."""
    return _drawn("print_button", {"text": text})


# --- things shown ------------------------------------------------------------


def table(*, caption: object, quiet: bool = False, caller: Body) -> Markup:
    """A table around thead and tbody written by the page: th with scope, td with data-label.

    data-label is the column's name, shown when a row becomes a card on a narrow screen. `quiet`: the caption
    is for screen readers only.
    """
    return _drawn("table", {"caption": caption, "quiet": quiet, "content": caller()})


def plain_table(
    *,
    caption: object,
    head: Sequence[object],
    rows: Iterable[Sequence[object]],
    numbers: str = "",
) -> Markup:
    """A table of plain texts; `numbers`: the columns (from 1, "3 4") that are figures."""
    figures = {int(n) - 1 for n in numbers.split()}
    columns = [(label, i in figures) for i, label in enumerate(head)]
    body = [[(*columns[i], cell) for i, cell in enumerate(row)] for row in rows]
    return _drawn("plain_table", {"caption": caption, "columns": columns, "rows": body})


def summary(*, caller: Body) -> Markup:
    """A list of facts; its body is made of `fact`."""
    return _drawn("summary", {"content": caller()})


def fact(*, label: object, href: str = "", action: object = "", about: object = "", caller: Body) -> Markup:
    """One line of a `summary`; `href`, `action`, `about` make the link at its end ("Sửa" + "họ và tên")."""
    values = {"label": label, "href": href, "action": action, "about": about, "content": caller()}
    return _drawn("fact", values)


def summary_list(pairs: Iterable[tuple[object, object]]) -> Markup:
    """A list of facts that are plain texts: (label, value)."""
    return _drawn("summary_list", {"pairs": list(pairs)})


def tag(text: object, *, tone: str = "") -> Markup:
    """A word in a small box. `tone`: new, progress, waiting, paused, good, bad, late."""
    return _drawn("tag", {"text": text, "tone": tone})


# The dossier's states (design, section 4) and the tone in which each is shown.
STATE_TONE = {
    "submitted": "new",
    "received": "new",
    "refused": "bad",
    "in_process": "progress",
    "supplement_requested": "waiting",
    "payment_requested": "waiting",
    "suspended": "paused",
    "transferred": "waiting",
    "withdrawn": "",
    "stopped": "bad",
    "decided": "good",
    "returned": "good",
}


def status(label: object, *, state: str) -> Markup:
    """The state of a dossier: `label` in words (bilingual), `state` our code, which gives the tone."""
    return _drawn("tag", {"text": label, "tone": STATE_TONE.get(str(state), "")})


def due(
    due_at: datetime | None,
    *,
    at: datetime,
    ended_at: datetime | None = None,
    paused: bool = False,
    brief: bool = False,
    calendar: WorkCalendar | None = None,
    again: date | None = None,
) -> Markup:
    """How the due date stands at `at`, in words, with the moment itself unless `brief`; counted by `calendar` (None:
    the nation's). `again`: the date promised anew, which stands beside it until it ended."""
    mark = wording.due_mark(due_at, at=at, ended_at=ended_at, paused=paused, calendar=calendar)
    again = again if ended_at is None else None
    return _drawn("due", {"mark": mark, "due_at": due_at, "brief": brief, "again": again})


def timeline(events: Iterable[object]) -> Markup:
    """The history: objects with `at`, `sentence` (bilingual) and optionally `actor` and `note`."""
    return _drawn("timeline", {"events": list(events)})


def clock_lines(lines: Iterable[Mapping[str, str]]) -> Markup:
    """The clock's own explanation: lines of {"vi", "en", "basis"}."""
    return _drawn("clock_lines", {"lines": list(lines)})


def pagination(*, before: str = "", after: str = "", newer: object = "", older: object = "") -> Markup:
    """Links to the page before and after in a keyset list; nothing when there is only one page."""
    if not before and not after:
        return Markup()
    return _drawn("pagination", {"before": before, "after": after, "newer": newer, "older": older})
