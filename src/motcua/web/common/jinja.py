"""The environment of our templates: Jinja2, strict, escaping everything, with what pages may call.

A name that nobody gives is an error, also in a condition: a page says nothing wrong by leaving something out.
"""

import functools
from collections.abc import MutableMapping
from typing import Any

from django.template.defaultfilters import linebreaksbr
from django.templatetags.static import static
from django.utils.translation import gettext, ngettext
from django_htmx.jinja import htmx_script
from jinja2 import Environment, StrictUndefined

from motcua.web.common import components, wording
from motcua.web.common.addresses import url
from motcua.web.common.context import Chrome
from motcua.web.common.stored_file import largest_file

COMPONENTS = (
    components.attachments,
    components.button,
    components.clock_lines,
    components.copy_button,
    components.disclosure,
    components.due,
    components.empty,
    components.error_summary,
    components.error_words,
    components.fact,
    components.field,
    components.form_fields,
    components.heading,
    components.idempotency,
    components.keys,
    components.notice,
    components.pagination,
    components.panel,
    components.plain_table,
    components.post_button,
    components.post_form,
    components.print_button,
    components.problems,
    components.status,
    components.suggest,
    components.summary,
    components.summary_list,
    components.table,
    components.tag,
    components.timeline,
)
FILTERS = (
    wording.say,
    wording.size,
    wording.unknown_amount,
    wording.day,
    wording.weekday,
    wording.moment,
    wording.until,
    wording.office_hours,
    wording.dong,
    linebreaksbr,
)
# What a page has that is drawn without a request.
FRAME = {"chrome": Chrome(), "messages": (), "at": None}


class Pages(Environment):
    """Jinja2's environment; its templates hold the globals as one dictionary."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template. Jinja2 would chain two mappings, and each context copies the chain name by
        name in Python: that alone cost more than most components."""
        return self.globals if d is None else super().make_globals(d)


def environment(**options: Any) -> Environment:
    """Called once by Django's template backend, with its loader."""
    made = Pages(**options | {"undefined": StrictUndefined})
    made.globals |= FRAME
    made.globals |= {"largest_file": largest_file}
    made.globals |= {"_": gettext, "gettext": gettext, "ngettext": ngettext, "language": wording.language}
    # Hashed names don't change while this process lives.
    made.globals |= {"url": url, "static": functools.cache(static), "htmx_script": htmx_script}
    made.globals |= {each.__name__: each for each in COMPONENTS}
    made.filters |= {each.__name__: each for each in FILTERS}
    return made
