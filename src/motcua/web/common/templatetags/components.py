"""Draws a component: web/common/components/`name`.html with its arguments and nothing else.

Components are Jinja2, pages are Django templates: a page has a few dozen components, and Jinja2 compiles them
(docs/adr/0013).
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from motcua.web.common.templatetags import wording

FOLDER = Path(__file__).resolve().parent.parent / "components"

_environment = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    extensions=["jinja2.ext.i18n"],
    auto_reload=False,
)
_environment.install_gettext_callables(gettext, ngettext)  # type: ignore[attr-defined]
_environment.filters |= {name: getattr(wording, name) for name in ("say", "moment")}


def component(name: str, values: Mapping[str, Any]) -> SafeString:
    """The markup of the component `name`. Raises TemplateNotFound, UndefinedError for an argument left out."""
    return SafeString(_environment.get_template(f"{name}.html").render(values))
