"""The components of the pages: `{% load motcua %}`.

Markup stands in web/common/components; here are their arguments. Text is always escaped: a value becomes
markup only where a template of ours wrote the markup. Block tags end with `end` + their name:
`{% panel title=… %}…{% endpanel %}`.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from motcua.web.common.templatetags import wording
from motcua.web.common.templatetags.components import component
from motcua.web.common.templatetags.error_words import ERROR_WORDS, OTHER, ErrorWords
from motcua.web.common.templatetags.fields import field_parts

register = template.Library()

for name in ("say", "day", "weekday", "moment", "dong"):
    register.filter(name, getattr(wording, name))


def _key(context: Context) -> str:
    """The idempotency key of a form: the page's own `idempotency_key`, else a fresh one for each form."""
    return str(context.get("idempotency_key") or uuid.uuid4())


def _csrf_input(context: Context) -> SafeString | str:
    token = context.get("csrf_token")
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token) if token else ""


# --- page ------------------------------------------------------------


@register.simple_block_tag
def heading(content: str, *, title: object, caption: object = "") -> SafeString:
    """The page's h1; `caption` says what it belongs to; the body holds buttons, or nothing."""
    return component("heading", {"title": title, "caption": caption, "content": content})


@register.simple_block_tag
def panel(content: str, *, title: object, big: str = "") -> SafeString:
    """The confirmation at the end of an act, with a code in large letters (`big`). Holds the page's h1."""
    return component("panel", {"title": title, "big": big, "content": content})


@register.simple_block_tag
def notice(content: str, *, kind: str = "info", title: object = "") -> SafeString:
    """A box to be noticed; `kind` is info, warning, error or success, and is said in words as well."""
    return component("notice", {"kind": kind, "title": title, "content": content})


@register.simple_block_tag
def disclosure(content: str, *, summary: object, is_open: bool = False, key: str = "") -> SafeString:
    """A native <details>; `key` is the key of the counter that opens it."""
    values = {"summary": summary, "open": is_open, "key": key, "content": content}
    return component("disclosure", values)


@register.simple_tag
def empty(title: object, *, then: object = "") -> SafeString:
    """What stands where a list has nothing: what is so, and what to do."""
    return component("empty", {"title": title, "then": then})


@register.simple_tag
def error_words(status: object) -> ErrorWords:
    """The words of the page for an HTTP status."""
    return ERROR_WORDS.get(int(str(status)) if str(status).isdigit() else 0, OTHER)


# --- forms ------------------------------------------------------------


@register.simple_tag
def field(
    bound: BoundField,
    *,
    label: object = None,
    hint: object = None,
    css: str = "",
    key: str = "",
    before: object = "",
    after: object = "",
    inline: bool = False,
    quiet: bool = False,
) -> SafeString:
    """A field with label, hint and errors.

    `css`: width w2, w4, w10, w20, wfull; `key`: the counter's key, shown and bound; `before`, `after`: unit
    beside the control; `inline`: choices in one row; `quiet`: the label is for screen readers only.
    """
    parts = field_parts(bound, label=label, hint=hint, css=css)
    values = {"f": parts, "key": key, "before": before, "after": after, "inline": inline, "quiet": quiet}
    return component("field", values)


@register.simple_tag
def form_fields(form: BaseForm) -> SafeString:
    """All fields of a form in their order, hidden ones too."""
    return format_html_join("", "{}", ((field(bound),) for bound in form))


@register.simple_tag
def error_summary(form: BaseForm) -> SafeString | str:
    """What is wrong, each line a link into its field; takes the focus. Empty when all is well."""
    if not form.errors:
        return ""
    general = [str(error) for error in form.non_field_errors()]
    linked = [
        {"target": parts.target, "label": parts.label, "text": text}
        for parts in (field_parts(bound) for bound in form if bound.errors)
        for text in parts.errors
    ]
    return component("error_summary", {"general": general, "linked": linked})


@register.simple_tag(takes_context=True)
def idempotency(context: Context) -> SafeString:
    """The hidden key that makes a repeated POST harmless."""
    return component("idempotency", {"key": _key(context)})


@register.simple_block_tag(takes_context=True)
def post_form(
    context: Context,
    content: str,
    *,
    action: str = "",
    name: str = "",
    keys: bool = False,
    multipart: bool = False,
) -> SafeString:
    """A POST form with the CSRF token and the idempotency key; the server validates, not the browser.
    `keys`: the counter's keyboard works in it (load keys.js)."""
    values = {"action": action, "id": name, "keys": keys, "multipart": multipart, "content": content}
    return component("post_form", {**values, "key": _key(context), "csrf_input": _csrf_input(context)})


@register.simple_tag
def button(
    text: object,
    *,
    kind: str = "",
    href: str = "",
    name: str = "",
    value: str = "",
    key: str = "",
    primary: bool = False,
) -> SafeString:
    """A submit button, or a link that looks like one (`href`).

    `kind`: second, danger, bare; `key`: shown and bound; `primary`: what Ctrl+Enter presses.
    """
    values = {
        "text": text,
        "kind": kind,
        "href": href,
        "name": name,
        "value": value,
        "key": key,
        "primary": primary,
    }
    return component("button", values)


@register.simple_tag(takes_context=True)
def post_button(
    context: Context,
    text: object,
    *,
    action: str,
    kind: str = "",
    values: Mapping[str, object] | None = None,
) -> SafeString:
    """A button that is a whole POST form, with `values` as hidden fields."""
    hidden = (values or {}).items()
    parts = {"text": text, "action": action, "kind": kind, "hidden": hidden}
    return component("post_button", parts | {"key": _key(context), "csrf_input": _csrf_input(context)})


@register.simple_tag
def suggest(
    url: str,
    *,
    label: object,
    name: str = "q",
    value: str = "",
    hint: object = "",
    key: str = "",
) -> SafeString:
    """A search field with suggestions from `url` (load suggest.js); else a field of its GET form."""
    values = {"url": url, "label": label, "name": name, "value": value, "hint": hint, "key": key}
    return component("suggest", values)


@register.simple_tag
def keys(pairs: Iterable[tuple[str, object]]) -> SafeString:
    """The bar that lists the counter's keys: (key, what it does)."""
    return component("keys", {"pairs": list(pairs)})


@register.simple_tag
def copy_button(text: object, *, source: str) -> SafeString:
    """Copies the text of the element `source` (a CSS selector). Hidden until a script can serve it."""
    return component("copy_button", {"text": text, "source": source})


@register.simple_tag
def print_button(text: object) -> SafeString:
    """Prints the page. Hidden until a script can serve it."""
    return component("print_button", {"text": text})


# --- things shown ------------------------------------------------------------


@register.simple_block_tag
def table(content: str, *, caption: object, quiet: bool = False) -> SafeString:
    """A table around thead and tbody written by the page: th with scope, td with data-label.

    data-label is the column's name, shown when a row becomes a card on a narrow screen. `quiet`: the caption
    is for screen readers only.
    """
    return component("table", {"caption": caption, "quiet": quiet, "content": content})


@register.simple_tag
def plain_table(
    *,
    caption: object,
    head: Sequence[object],
    rows: Iterable[Sequence[object]],
    numbers: str = "",
) -> SafeString:
    """A table of plain texts; `numbers`: the columns (from 1, "3 4") that are figures."""
    figures = {int(n) - 1 for n in numbers.split()}
    columns = [(label, i in figures) for i, label in enumerate(head)]
    body = [[(*columns[i], cell) for i, cell in enumerate(row)] for row in rows]
    return component("plain_table", {"caption": caption, "columns": columns, "rows": body})


@register.simple_block_tag
def summary(content: str) -> SafeString:
    """A list of facts; its body is made of `fact`."""
    return component("summary", {"content": content})


@register.simple_block_tag
def fact(
    content: str, *, label: object, href: str = "", action: object = "", about: object = ""
) -> SafeString:
    """One line of a `summary`; `href`, `action`, `about` make the link at its end ("Sửa" + "họ và tên")."""
    values = {"label": label, "href": href, "action": action, "about": about, "content": content}
    return component("fact", values)


@register.simple_tag
def summary_list(pairs: Iterable[tuple[object, object]]) -> SafeString:
    """A list of facts that are plain texts: (label, value)."""
    return component("summary_list", {"pairs": list(pairs)})


@register.simple_tag
def tag(text: object, *, tone: str = "") -> SafeString:
    """A word in a small box. `tone`: new, progress, waiting, paused, good, bad, late."""
    return component("tag", {"text": text, "tone": tone})


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


@register.simple_tag
def status(label: object, *, state: str) -> SafeString:
    """The state of a dossier: `label` in words (bilingual), `state` our code, which gives the tone."""
    return component("tag", {"text": label, "tone": STATE_TONE.get(str(state), "")})


@register.simple_tag
def due(
    due_at: datetime | None,
    *,
    at: datetime,
    ended_at: datetime | None = None,
    paused: bool = False,
    brief: bool = False,
) -> SafeString:
    """How the due date stands at `at`, in words, with the moment itself unless `brief`."""
    mark = wording.due_mark(due_at, at=at, ended_at=ended_at, paused=paused)
    return component("due", {"mark": mark, "due_at": due_at, "brief": brief})


@register.simple_tag
def timeline(events: Iterable[object]) -> SafeString:
    """The history: objects with `at`, `sentence` (bilingual) and optionally `actor` and `note`."""
    return component("timeline", {"events": list(events)})


@register.simple_tag
def clock_lines(lines: Iterable[Mapping[str, str]]) -> SafeString:
    """The clock's own explanation: lines of {"vi", "en", "basis"}."""
    return component("clock_lines", {"lines": list(lines)})


@register.simple_tag
def pagination(
    *, before: str = "", after: str = "", newer: object = "", older: object = ""
) -> SafeString | str:
    """Links to the page before and after in a keyset list; nothing when there is only one page."""
    if not before and not after:
        return ""
    return component("pagination", {"before": before, "after": after, "newer": newer, "older": older})
