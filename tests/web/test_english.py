"""Everything said to people is said in English too; what is said in English is said to somebody."""

import gettext
import re
from collections import defaultdict

import pytest

from tests.support.messages import catalogues, entries, in_python, in_template, said

PLACE = re.compile(r"%\((\w+)\)s|%(s|d|%)")
# Letters that English has not; names keep theirs.
VIETNAMESE = re.compile(
    r"[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE
)
NAMES = re.compile(r"Một Cửa|Tiếng Việt|“[^”]+”|\d+/\d{4}/[^\s,]+(, Điều \d+)?")  # also words and laws quoted
EVERY = [
    (str(po.parts[-5]), message, english, fuzzy)
    for po in catalogues()
    for message, english, fuzzy in entries(po)
]


def test_the_readers_see_what_there_is_to_say():
    template = """{{ _("Một") }}{{ ngettext("%(n)s hồ sơ", "%(n)s hồ sơ", x)|format(n=x) }}{{ _("Hai")|upper }}
      {{ _(name) }}{% call notice(title=_("Ba")) %}{% endcall %}{# {{ _("Bốn") }} #}"""
    assert set(in_template(template)) == {
        ("Một", ""),
        ("%(n)s hồ sơ", "%(n)s hồ sơ"),
        ("Hai", ""),
        ("Ba", ""),
    }
    python = 'a = _("Một")\nb = gettext(name)\nc = ngettext("%(n)s ngày", "%(n)s ngày", 3)\nd = gettext_lazy("Hai")'
    assert set(in_python(python)) == {("Một", ""), ("%(n)s ngày", "%(n)s ngày"), ("Hai", "")}


def test_everything_said_is_in_a_catalogue():
    known = {message for _, message, _, _ in EVERY}
    missing = {message[0]: where for message, where in said().items() if message not in known}
    assert missing == {}


def test_no_catalogue_holds_what_nobody_says():
    spoken = said()
    assert [(where, message[0]) for where, message, _, _ in EVERY if message not in spoken] == []


def test_every_message_has_its_english():
    assert EVERY
    bare = [(where, m[0]) for where, m, english, fuzzy in EVERY if fuzzy or not english or not all(english)]
    assert bare == []
    plurals = [(where, m[0]) for where, m, english, _ in EVERY if len(english) != (2 if m[1] else 1)]
    assert plurals == []


def test_english_is_english():
    left = [
        (where, message[0], text)
        for where, message, english, _ in EVERY
        for text in english
        if VIETNAMESE.search(NAMES.sub("", text))
    ]
    assert left == []


def test_both_languages_have_the_same_places_to_fill():
    differ = [
        (where, message[0], text)
        for where, message, english, _ in EVERY
        for text in english
        if set(PLACE.findall(message[0])) != set(PLACE.findall(text))
    ]
    assert differ == []


def test_one_message_has_one_english():
    texts = defaultdict(set)
    for _, message, english, _ in EVERY:
        texts[message].add(tuple(english))
    assert {m[0]: sorted(t) for m, t in texts.items() if len(t) > 1} == {}


@pytest.mark.parametrize("catalogue", catalogues(), ids=lambda po: po.parts[-5])
def test_what_runs_is_what_is_written(catalogue):
    with catalogue.with_suffix(".mo").open("rb") as compiled:
        running = gettext.GNUTranslations(compiled)
    for (message, plural), english, _ in entries(catalogue):
        if plural:
            assert [running.ngettext(message, plural, n) for n in (1, 2)] == english
        else:
            assert [running.gettext(message)] == english
