"""The components: what each component says, and that no text of a person becomes markup."""

import re
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.utils import translation
from django.utils.html import format_html

from motcua.kernel.errors import NotAllowedNow
from motcua.web.common import wording
from motcua.web.common.day_field import DayField
from motcua.web.common.tests import demo
from motcua.web.common.tests.demo import AT, DUE, HOSTILE, LATE, DemoForm
from motcua.web.common.tests.support import Outline, draw, hidden, page

pytestmark = pytest.mark.usefixtures("bare_pages")

# --- no text becomes markup ------------------------------------------------------------


@pytest.mark.parametrize("name", ["demo_staff", "demo_public"])
def test_hostile_text_stays_text_in_every_component(name: str) -> None:
    html = page(name, **demo.context())
    outline = Outline(html)
    assert [attrs for _, attrs in outline.tags if any(key.startswith("on") for key in attrs)] == []
    assert all(attrs.get("src") and not attrs.get("onload") for attrs in outline.all("script"))
    assert "<script>alert" not in html
    assert html.count("&lt;script&gt;alert(2)&lt;/script&gt;") >= (8 if name == "demo_staff" else 2)


@pytest.mark.parametrize(
    "source",
    [
        "{{ heading(title=x, caption=x) }}",
        "{% call panel(title=x, big=x) %}{{ x }}{% endcall %}",
        "{% call notice(kind=x, title=x) %}{{ x }}{% endcall %}",
        "{% call disclosure(summary=x, key=x) %}{{ x }}{% endcall %}",
        "{{ empty(x, then=x) }}",
        "{% call post_form(action=x, name=x) %}{{ x }}{% endcall %}",
        "{{ button(x, kind=x, name=x, value=x, key=x) }}{{ button(x, href=x) }}",
        "{{ post_button(x, action=x, kind=x, values=map) }}",
        "{{ suggest(x, label=x, name=x, value=x, hint=x, key=x) }}",
        "{{ keys(pairs) }}",
        "{{ copy_button(x, source=x) }}{{ print_button(x) }}",
        "{% call table(caption=x) %}{{ x }}{% endcall %}",
        "{{ plain_table(caption=x, head=row, rows=rows) }}",
        "{% call summary() %}{% call fact(label=x, href=x, action=x, about=x) %}{{ x }}{% endcall %}{% endcall %}",
        "{{ summary_list(pairs) }}",
        "{{ tag(x, tone=x) }}{{ status(both, state=x) }}",
        "{{ clock_lines(lines) }}",
        "{{ pagination(before=x, after=x, newer=x, older=x) }}",
        "{{ x|say }}{{ both|say }}",
        "{% with options=options %}{% include 'common/suggestions.html' %}{% endwith %}",
    ],
)
def test_every_argument_is_escaped(source: str) -> None:
    html = draw(
        source,
        x=HOSTILE,
        both={"vi": HOSTILE, "en": HOSTILE},
        pairs=[(HOSTILE, HOSTILE)],
        row=[HOSTILE],
        rows=[[HOSTILE]],
        map={HOSTILE: HOSTILE},
        lines=[{"vi": HOSTILE, "en": "", "basis": HOSTILE}],
        options=[{"label": HOSTILE, "detail": HOSTILE, "value": HOSTILE, "target": HOSTILE}],
    )
    outline = Outline(html)
    assert outline.all("script") == []
    assert [attrs for _, attrs in outline.tags if "onmouseover" in attrs] == []
    assert "alert(1)" in html


# --- values in words ------------------------------------------------------------


def test_moments_are_said_on_the_clock_of_vietnam() -> None:
    assert draw("{{ at|moment }} | {{ at|day }} | {{ at|weekday }}", at=DUE) == (
        "17:00, thứ Năm 27/08/2026 | 27/08/2026 | thứ Năm 27/08/2026"
    )
    with translation.override("en"):
        assert draw("{{ at|moment }} | {{ at|day }}", at=DUE) == (
            "17:00, Thursday 27 August 2026 | 27 August 2026"
        )
    # 20:30 in UTC is the next morning in Vietnam, and a Sunday.
    assert wording.moment(datetime(2026, 8, 22, 20, 30, tzinfo=UTC)) == "03:30, Chủ nhật 23/08/2026"
    assert wording.day(date(2026, 1, 2)) == "02/01/2026"
    assert [f(None) for f in (wording.moment, wording.day, wording.weekday)] == ["", "", ""]


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="naive moment 2026-08-24T09:00:00"):
        wording.moment(datetime(2026, 8, 24, 9, 0))  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize(
    ("amount", "vi", "en"),
    [
        (0, "0 đồng", "VND 0"),
        (15000, "15.000 đồng", "VND 15,000"),
        (1234567, "1.234.567 đồng", "VND 1,234,567"),
        (-8000, "-8.000 đồng", "VND -8,000"),
        (None, "", ""),
    ],
)
def test_money(amount: int | None, vi: str, en: str) -> None:
    assert wording.dong(amount) == vi
    with translation.override("en"):
        assert wording.dong(amount) == en


def test_say_takes_the_language_of_the_page() -> None:
    refusal = NotAllowedNow("Hồ sơ đã xong", "The dossier is done")
    both = {"vi": "Nhận", "en": "Received"}
    assert draw("{{ a|say }} {{ b|say }} {{ c|say }}{{ d|say }}", a=both, b=refusal, c="Xã Mẫu", d=None) == (
        "Nhận Hồ sơ đã xong Xã Mẫu"
    )
    with translation.override("en"):
        assert draw("{{ a|say }} {{ b|say }}", a=both, b=refusal) == "Received The dossier is done"
        assert draw("{{ a|say }}", a={"vi": "Chỉ tiếng Việt", "en": ""}) == "Chỉ tiếng Việt"


@pytest.mark.parametrize(
    ("due_at", "ended_at", "paused", "standing", "text"),
    [
        (DUE, None, False, "in_time", "Còn 1 ngày làm việc"),
        (AT.replace(hour=10), None, False, "today", "Hạn hôm nay, 17:00"),
        (AT, None, False, "today", "Hạn hôm nay, 09:00"),
        (AT.replace(hour=1), None, False, "late", "Quá hạn từ 08:00 hôm nay"),
        (LATE, None, False, "late", "Quá hạn 1 ngày làm việc"),
        (LATE, None, True, "paused", "Đang tạm dừng tính hạn"),
        (None, None, True, "paused", "Đang tạm dừng tính hạn"),
        (None, None, False, "none", "Không có thời hạn"),
        (None, AT, False, "ended_in_time", "Đã xong"),
        (AT, AT, False, "ended_in_time", "Xong, đúng hạn"),
        (LATE, AT, False, "ended_late", "Xong, trễ hạn"),
    ],
)
def test_how_a_due_date_stands(
    due_at: datetime | None, ended_at: datetime | None, paused: bool, standing: str, text: str
) -> None:
    mark = wording.due_mark(due_at, at=AT, ended_at=ended_at, paused=paused)
    assert (mark.standing, mark.text) == (standing, text)


def test_the_due_badge_says_words_and_the_moment() -> None:
    assert draw("{{ due(d, at=at) }}", d=LATE, at=AT) == (
        '<span class="due"><strong class="tag late">Quá hạn 1 ngày làm việc</strong>'
        ' <time datetime="2026-08-24T10:00:00+00:00">17:00, thứ Hai 24/08/2026</time></span>'
    )
    assert "<time" not in draw("{{ due(d, at=at, brief=True) }}", d=LATE, at=AT)
    for today in (AT.replace(hour=1), AT.replace(hour=10)):
        assert "<time" not in draw("{{ due(d, at=at) }}", d=today, at=AT), "the hour of today is said once"


# --- fields ------------------------------------------------------------


def test_a_field_ties_label_hint_and_error_to_its_control() -> None:
    form = DemoForm({"name": ""})
    html = draw('{{ field(form.name, css="w20", key="F2") }}', form=form)
    (control,) = Outline(html).all("input")
    assert control["aria-describedby"] == "id_name_error id_name_hint"
    assert control["aria-invalid"] == "true"
    assert control["class"] == "w20"
    (label,) = Outline(html).all("label")
    assert label["for"] == control["id"] == "id_name"
    ids = {attrs.get("id") for _, attrs in Outline(html).tags}
    assert {"id_name_error", "id_name_hint"} <= ids
    assert "<kbd>F2</kbd>" in html
    assert 'data-key="F2"' in html


def test_a_field_without_error_is_quiet_and_optional_ones_say_so() -> None:
    html = draw("{{ field(form.phone) }}", form=DemoForm())
    (control,) = Outline(html).all("input")
    assert "aria-invalid" not in control
    assert "aria-describedby" not in control
    assert "(không bắt buộc)" in html
    assert "wrong" not in html


@pytest.mark.parametrize(("name", "count", "kind"), [("channel", 3, "radio"), ("papers", 2, "checkbox")])
def test_choices_are_a_fieldset_with_a_label_for_each(name: str, count: int, kind: str) -> None:
    html = draw("{{ field(bound) }}", bound=DemoForm({})[name])
    outline = Outline(html)
    assert [attrs["type"] for attrs in outline.all("input")] == [kind] * count
    assert [a["for"] for a in outline.all("label")] == [a["id"] for a in outline.all("input")]
    (fieldset,) = outline.all("fieldset")
    assert fieldset["aria-describedby"] == f"id_{name}_error"
    assert len(outline.all("legend")) == 1


def test_a_single_checkbox_has_its_label_after_it() -> None:
    html = draw("{{ field(bound) }}", bound=DemoForm()["agree"])
    assert html.index("<input") < html.index("<label")
    assert "không bắt buộc" not in html


def test_a_hidden_field_is_only_itself() -> None:
    html = draw("{{ field(bound) }}", bound=DemoForm()["secret"])
    assert html.strip() == '<input type="hidden" name="secret" id="id_secret">'


def test_a_date_is_three_fields_that_keep_what_was_typed() -> None:
    form = DemoForm({"born_0": "31", "born_1": "2", "born_2": "2026"})
    outline = Outline(draw("{{ field(bound) }}", bound=form["born"]))
    assert [a["value"] for a in outline.all("input")] == ["31", "2", "2026"]
    assert [a["inputmode"] for a in outline.all("input")] == ["numeric"] * 3
    assert [a["for"] for a in outline.all("label")] == ["id_born_0", "id_born_1", "id_born_2"]
    (fieldset,) = outline.all("fieldset")
    assert fieldset["aria-describedby"] == "id_born_error id_born_hint"


class OneDay(forms.Form):
    day = DayField(label="Ngày", required=False)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("5", "9", "1990"), date(1990, 9, 5)),
        ((" 29", "02 ", "2028"), date(2028, 2, 29)),
        (("", "", ""), None),
        (("29", "2", "2027"), "Không có ngày này"),
        (("5", "9", "90"), "Không có ngày này"),
        (("x", "9", "1990"), "Không có ngày này"),
        (("²", "9", "1990"), "Không có ngày này"),
        (("5", "", "1990"), "Nhập đủ ngày, tháng, năm."),
    ],
)
def test_a_typed_date(typed: tuple[str, str, str], expected: date | str | None) -> None:
    form = OneDay({f"day_{i}": part for i, part in enumerate(typed)})
    if isinstance(expected, str):
        assert str(form.errors["day"][0]).startswith(expected)
    else:
        assert form.is_valid()
        assert form.cleaned_data["day"] == expected


def test_the_summary_of_errors_links_into_the_fields() -> None:
    form = DemoForm({"name": "A", "born_0": "31", "born_1": "2", "born_2": "2026", "fee": "x"})
    html = draw("{{ error_summary(form) }}", form=form)
    links = [attrs["href"] for attrs in Outline(html).all("a")]
    assert links == ["#id_number", "#id_born_0", "#id_channel_0", "#id_papers_0", "#id_fee"]
    ids = {attrs.get("id") for _, attrs in Outline(draw("{{ form_fields(form) }}", form=form)).tags}
    assert {str(link)[1:] for link in links} <= ids
    assert "Thủ tục này chưa có quy trình" in html
    assert "Ngày sinh: Không có ngày này." in html
    (first,) = [a for a in Outline(html).all("div") if "data-problems" in a]
    assert (first["tabindex"], first["role"]) == ("-1", "alert")
    assert draw("{{ error_summary(form) }}", form=DemoForm()) == ""


class Plain(forms.Form):
    """Fields without words of their own for what is wrong."""

    number = forms.IntegerField(label="Số trang")
    agreed = forms.BooleanField(label="Đã hiểu: ghi rồi không rút lại được.")
    asked = forms.ChoiceField(label="Nộp theo ủy quyền?", choices=[("yes", "Có")])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"number": "hai"}, "Số trang: Hãy nhập số nguyên."),
        ({}, "Số trang: Ô này còn trống: hãy điền hoặc chọn."),
        ({}, "không rút lại được: Ô này"),
        ({}, "Nộp theo ủy quyền? Ô này"),
        ({"asked": "maybe"}, "Nộp theo ủy quyền? Hãy chọn một mục trong danh sách."),
    ],
)
def test_what_django_says_is_said_as_a_clerk_would(typed: dict[str, str], said: str) -> None:
    assert said in draw("{{ error_summary(form) }}", form=Plain(typed))


# --- forms that write ------------------------------------------------------------

TOKEN = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', "tok")


def test_a_form_that_writes_carries_csrf_and_a_key() -> None:
    source = '{% call post_form(action="/x", keys=True) %}{{ button("Gửi", primary=True) }}{% endcall %}'
    html = draw(source, csrf_input=TOKEN)
    (form,) = Outline(html).all("form")
    assert (form["method"], form["action"], "novalidate" in form, "data-keys" in form) == (
        "post",
        "/x",
        True,
        True,
    )
    assert hidden(html)["csrfmiddlewaretoken"] == "tok"
    first, second = (hidden(draw(source))["idempotency_key"] for _ in range(2))
    assert re.fullmatch(r"[0-9a-f-]{36}", str(first))
    assert first != second
    assert hidden(draw(source, idempotency_key="kept"))["idempotency_key"] == "kept"


def test_a_post_button_is_a_whole_form() -> None:
    html = draw(
        '{{ post_button("Rút", action="/w", values=v) }}', v={"a": 1}, csrf_input=TOKEN, idempotency_key="k"
    )
    assert hidden(html) == {"csrfmiddlewaretoken": "tok", "idempotency_key": "k", "a": "1"}
    assert draw("{{ idempotency() }}", idempotency_key="k") == (
        '<input type="hidden" name="idempotency_key" value="k">'
    )


# --- lists ------------------------------------------------------------


def test_cells_carry_the_name_of_their_column() -> None:
    html = draw(
        "{{ plain_table(caption='C', head=head, rows=rows, numbers='2') }}", head=["A", "B"], rows=[["x", 1]]
    )
    outline = Outline(html)
    assert [a["scope"] for a in outline.all("th")] == ["col", "col", "row"]
    assert [a["data-label"] for a in outline.all("td")] == ["B"]
    assert outline.all("td")[0]["class"] == "num"


def test_pagination_shows_only_what_is_there() -> None:
    assert draw("{{ pagination() }}") == ""
    (link,) = Outline(draw('{{ pagination(after="?after=2") }}')).all("a")
    assert (link["rel"], link["href"]) == ("next", "?after=2")


def test_suggestions_are_a_listbox_with_their_number() -> None:
    options = [{"label": "Khai sinh", "detail": "1.001193", "href": "/receive?procedure=1.001193"}]
    html = draw("{% include 'common/suggestions.html' %}", options=options)
    (listbox,) = Outline(html).all("ul")
    (option,) = Outline(html).all("li")
    assert listbox["data-status"] == "1 kết quả"
    assert (option["role"], option["data-href"]) == ("option", "/receive?procedure=1.001193")


def test_the_history_is_an_ordered_list_of_sentences() -> None:
    html = draw("{{ timeline(events) }}", events=demo.EVENTS)
    assert len(Outline(html).all("li")) == 2
    assert "<p>Tiếp nhận hồ sơ, hẹn trả 27/08/2026.</p>" in html
    assert "09:00, thứ Tư 26/08/2026</time> <small>· Trần Thị Bưởi</small>" in html
    with translation.override("en"):
        assert "<p>Received; due 27 August 2026.</p>" in draw("{{ timeline(events) }}", events=demo.EVENTS)


def test_the_clock_explains_itself_line_by_line_with_its_basis() -> None:
    html = draw("{{ clock_lines(lines) }}", lines=demo.context()["lines"])
    assert "Ngày tiếp nhận 24/8 là ngày 0." in html
    assert html.count('<span class="basis">') == 1
    assert "(BLDS 2015 Đ147.3)" in html
