"""Base and error pages, the English catalogue, contrast."""

import re

import pytest
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import translation
from jinja2 import Environment, StrictUndefined
from tests.support.messages import in_python, in_template

from motcua.web.common.error_words import ERROR_WORDS
from motcua.web.common.tests import demo
from motcua.web.common.tests.support import COMMON, Outline, hidden, page

pytestmark = pytest.mark.usefixtures("bare_pages")

# --- pages ------------------------------------------------------------


def test_the_base_page_works_without_anything_known() -> None:
    html = get_template("common/base_public.html").render({}, RequestFactory().get("/"))
    outline = Outline(html)
    assert outline.all("html") == [{"lang": "vi"}]
    assert "THỬ NGHIỆM" not in html
    assert len(outline.all("main")) == 1


def test_the_base_page_says_who_and_where_and_that_it_is_a_trial() -> None:
    html = page("demo_staff", **demo.context())
    assert "HỆ THỐNG THỬ NGHIỆM" in html
    assert "Nguyễn Thị Hường" in html
    assert "Công chức tiếp nhận, Quầy 2" in html
    assert [a["href"] for a in Outline(html).all("a") if a.get("aria-current")] == ["/inbox"]
    assert hidden(html)["next"] == "/here?a=1&b=2"
    with translation.override("en"):
        assert Outline(page("demo_staff", **demo.context())).all("html") == [{"lang": "en"}]


@pytest.mark.parametrize("name", ["demo_staff", "demo_public"])
def test_pages_hold_no_inline_script_or_style_and_every_id_once(name: str) -> None:
    outline = Outline(page(name, **demo.context()))
    assert outline.all("style") == []
    assert all(attrs.get("src") for attrs in outline.all("script"))
    assert [attrs for _, attrs in outline.tags if "style" in attrs] == []
    ids = [str(attrs["id"]) for _, attrs in outline.tags if attrs.get("id")]
    assert sorted(ids) == sorted(set(ids))
    assert "includeIndicatorStyles&quot;:false" in page(name, **demo.context()).replace('"', "&quot;")


@pytest.mark.parametrize("status", sorted(ERROR_WORDS))
def test_an_error_page_says_what_happened_and_what_to_do(status: int) -> None:
    words = ERROR_WORDS[status]
    template = get_template("common/error.html")
    html = template.render({"status": status, "request_id": "0198"}, RequestFactory().get("/"))
    for said in (words.title, words.happened, words.at_home or words.then, "0198"):
        assert str(said) in html
    told = template.render({"status": status, "problem": {"vi": "Đã có người nhận", "en": "Taken"}})
    assert "Đã có người nhận" in told
    assert str(words.happened) not in told


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("403", "Không có quyền làm việc này"),
        ("403_csrf", "Trang đã để quá lâu"),
        ("404", "Không tìm thấy trang"),
    ],
)
def test_the_framework_s_own_error_pages(name: str, said: str) -> None:
    html = get_template(f"{name}.html").render({}, RequestFactory().get("/"))
    assert f"<h1>{said}</h1>" in html


@pytest.mark.parametrize("name", ["500", "503"])
def test_static_error_pages_need_nothing_at_all(name: str) -> None:
    # No request, no global of ours, no hashed names: it must stand when everything else has fallen.
    source = (COMMON / "jinja2" / f"{name}.html").read_text(encoding="utf-8")
    html = Environment(undefined=StrictUndefined, autoescape=True).from_string(source).render()
    assert 'lang="en"' in html
    assert "/static/motcua/motcua.css" in html


# --- languages and budgets ------------------------------------------------------------


def test_every_string_of_the_look_has_its_english() -> None:
    catalogue = (COMMON / "locale" / "en" / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    entries = re.findall(r'msgid "(.+)"\n(?:msgid_plural ".+"\n)?msgstr(?:\[0\])? "(.*)"', catalogue)
    translated = {vi for vi, en in entries if en}
    said = set()
    own = [
        *(COMMON / "jinja2" / "common").glob("[be]*.html"),
        *(COMMON / "jinja2" / "components").glob("*.html"),
        COMMON / "jinja2" / "common" / "suggestions.html",
    ]
    for path in own:
        said |= {text for text, _plural in in_template(path.read_text(encoding="utf-8"))}
    for name in ("day_field", "error_words", "wording"):
        source = (COMMON / f"{name}.py").read_text(encoding="utf-8")
        said |= {text for text, _plural in in_python(source)}
    assert len(said) > 70
    assert said - translated == set()


def test_styles_have_the_contrast_they_promise() -> None:
    css = (COMMON / "static" / "motcua" / "motcua.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--(c-[a-z-]+): #([0-9a-f]{6});", css))

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def contrast(one: str, other: str) -> float:
        light, dark = sorted((luminance(colours[one]), luminance(colours[other])), reverse=True)
        return (light + 0.05) / (dark + 0.05)

    for ink, paper in (
        ("c-brand", "c-page"),
        ("c-muted", "c-soft"),
        ("c-error", "c-error-soft"),
        ("c-good", "c-page"),
        ("c-brand-dark", "c-brand-soft"),
        ("c-text", "c-focus"),
    ):
        assert contrast(ink, paper) >= 4.5, (ink, paper)
