"""A form on paper: everything it asks is there to be written on, everything answered can be read, no letter is lost."""

from datetime import UTC, datetime
from typing import Any

import pypdfium2
import pytest

from motcua.eforms.answers import check
from motcua.eforms.selectors import forms
from motcua.eforms.shapes import Form
from motcua.eforms.tests.test_answers import made
from motcua.eforms.tests.whole import BIRTH, birth
from motcua.web.common.eform_words import blank, told
from motcua.web.common.fonts import MissingGlyphError, unprintable
from motcua.web.common.pdf.eform import EformFacts, render_eform

AT = datetime(2026, 11, 22, 3, tzinfo=UTC)


def paper(form: Form, answers: dict[str, Any] | None = None) -> bytes:
    facts = EformFacts(
        trial=True, form=form, procedure="Thủ tục", answers=answers, at=AT if answers is not None else None
    )
    return render_eform(facts)


def text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [document[n].get_textpage() for n in range(len(document))]
        return " ".join(" ".join(page.get_text_range() for page in pages).split())
    finally:
        document.close()


def test_answers_are_read_on_paper_and_what_was_not_asked_is_not_there():
    answers = check(BIRTH, birth()).answers
    read = text(paper(BIRTH, answers))
    for said in ("Nguyễn Văn An", "05/09/1990", "Số 3, Phường Ba Đình, Thành phố Hà Nội", "001090001234"):
        assert said in read
    assert "Tên cơ sở y tế" not in read
    assert paper(BIRTH, answers) == paper(BIRTH, answers)


def test_the_title_of_a_topic_is_printed_once():
    lines = text(paper(BIRTH, check(BIRTH, birth()).answers))
    titles = [
        page.title.vi for page in BIRTH.pages if page.title.vi in ("Người yêu cầu", "Trẻ được khai sinh")
    ]
    assert titles
    for title in titles:
        assert f"{title} {title}" not in lines


@pytest.mark.parametrize("form", forms().values(), ids=lambda form: f"{form.code}-{form.version}")
def test_a_blank_form_has_a_place_for_everything(form):
    read = text(paper(form))
    labels = [line.label for part in blank(form) for line in part.lines]
    assert len(labels) > 8
    assert [label for label in labels if " ".join(label.split()[:3]) not in read] == []


def test_markup_in_an_answer_is_text_and_a_letter_nobody_can_print_is_refused():
    answers = check(BIRTH, birth()).answers
    answers["child"]["name"] = '#panic("x") $a$ <b> \\ " *'
    assert '#panic("x") $a$ <b>' in text(paper(BIRTH, answers))
    answers["child"]["name"] = "阮文安"
    with pytest.raises(MissingGlyphError):
        paper(BIRTH, answers)


def test_conditions_are_said_in_plain_words():
    (_who, child, parents, _end) = blank(BIRTH)
    clinic = next(line for line in child.lines if line.label == "Tên cơ sở y tế")
    assert clinic.when == "chỉ khi “Trẻ sinh ở đâu” là “Tại cơ sở y tế”"
    married = next(line for line in parents.lines if line.label.startswith("Cha, mẹ đã đăng ký"))
    assert " và " in married.when
    conditional = [line for part in blank(BIRTH) for line in part.lines if line.label == "Tên quốc tịch"]
    assert all(line.when for line in conditional)


def test_what_was_answered_is_told_topic_by_topic():
    parts = told(BIRTH, check(BIRTH, birth()).answers)
    assert [part.key for part in parts] == ["who", "child", "parents", "end"]
    lines = {line.label: line.value for part in parts for line in part.lines}
    assert lines["Số bản sao"] == "3"
    assert lines["Quan hệ với trẻ được khai sinh"] == "Cha"
    assert "Tên cơ sở y tế" not in lines


def test_answers_stand_under_whom_they_are_of():
    both = birth(father_known="yes", father=birth()["mother"] | {"name": "Lê Văn Bình"})
    who, _child, parents, _end = told(BIRTH, check(BIRTH, both).answers)
    names = {
        title: line.value
        for title, lines in parents.answers
        for line in lines
        if line.label == "Họ, chữ đệm, tên"
    }
    assert names == {"Mẹ": "Trần Thị Hường", "Cha": "Lê Văn Bình"}
    assert all(line.value for _title, lines in parents.answers for line in lines)
    assert who.title not in dict(who.answers), "the topic's title is not said twice"


def test_every_letter_that_a_form_takes_can_be_printed():
    form = made({"key": "it", "type": "text"})
    letters = [chr(code) for code in range(0x20, 0x3000)]
    taken = [text for letter in letters if (text := check(form, {"it": f"a{letter}"}).answers.get("it"))]
    assert len(taken) > 900
    assert [text for text in taken if unprintable(text)] == []
