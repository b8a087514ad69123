import gettext
import io
import os

import pytest

from motcua.cli.messages import compile_all, compiled

CATALOGUE = r"""
# a translator's remark
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

#: somewhere.html:3
msgid "Hạn trả"
msgstr "Due"

msgid ""
"Hồ sơ này "
"đã có “người” giữ.\n"
msgstr ""
"Somebody holds "
"this dossier: \"you\".\n"

msgctxt "một vai"
msgid "Đóng"
msgstr "Close"

msgid "%(n)s hồ sơ"
msgid_plural "%(n)s hồ sơ"
msgstr[0] "%(n)s dossier"
msgstr[1] "%(n)s dossiers"

#, fuzzy
msgid "Mờ"
msgstr "Blurred"

msgid "Chưa dịch"
msgstr ""

#~ msgid "Bỏ đi"
#~ msgstr "Gone"

msgid "Cuối"
msgstr "Last"
"""


@pytest.fixture(scope="module")
def catalogue():
    return gettext.GNUTranslations(io.BytesIO(compiled(CATALOGUE)))


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Hạn trả", "Due"),
        ("Hồ sơ này đã có “người” giữ.\n", 'Somebody holds this dossier: "you".\n'),
        ("Cuối", "Last"),
        ("Mờ", "Mờ"),
        ("Chưa dịch", "Chưa dịch"),
        ("Bỏ đi", "Bỏ đi"),
    ],
)
def test_messages_are_found_and_the_unfinished_left_out(catalogue, message, expected):
    assert catalogue.gettext(message) == expected


def test_contexts_and_plurals(catalogue):
    assert catalogue.pgettext("một vai", "Đóng") == "Close"
    assert catalogue.gettext("Đóng") == "Đóng"
    assert catalogue.ngettext("%(n)s hồ sơ", "%(n)s hồ sơ", 1) == "%(n)s dossier"
    assert catalogue.ngettext("%(n)s hồ sơ", "%(n)s hồ sơ", 2) == "%(n)s dossiers"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('msgid "a"\nnonsense', "x.po:2: not a line of a catalogue: nonsense"),
        ('msgid "a" b"', "x.po:1: not a quoted string"),
    ],
)
def test_what_is_no_catalogue_is_named_by_line(text, complaint):
    with pytest.raises(ValueError, match=complaint):
        compiled(text, name="x.po")


def test_only_what_changed_is_compiled_again(tmp_path):
    po = tmp_path / "locale" / "en" / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True)
    po.write_text(CATALOGUE, encoding="utf-8")
    assert (compile_all(tmp_path), compile_all(tmp_path)) == (1, 0)
    later = po.with_suffix(".mo").stat().st_mtime + 10
    os.utime(po, (later, later))
    assert compile_all(tmp_path) == 1
    assert sorted(path.name for path in po.parent.iterdir()) == ["django.mo", "django.po"]
