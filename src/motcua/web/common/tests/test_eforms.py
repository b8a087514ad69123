"""A form's topics as pages: what is sent comes back as typed, what is wrong is tied to its control."""

import re
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils import translation

from motcua.eforms.answers import check
from motcua.eforms.prefill import prefilled
from motcua.eforms.shapes import Page
from motcua.eforms.tests.test_answers import ROWS
from motcua.eforms.tests.whole import BIRTH, birth
from motcua.web.common.eforms import drawn, is_rearranging, posted, summary, unseen

TODAY = date(2026, 11, 22)
WHO, CHILD, PARENTS, END = BIRTH.pages


def page_of(answers: dict[str, Any], page: Page, *, wrong: bool = False, **more: Any) -> str:
    faults = check(BIRTH, answers, on=TODAY).faults_on(page.key) if wrong else ()
    return str(summary(page, faults) + drawn(BIRTH, page, answers, faults, on=TODAY, **more))


def sent(markup: str) -> QueryDict:
    """What a browser would send of the page without a click."""
    data = QueryDict(mutable=True)
    for tag in re.findall(r"<input[^>]*>", markup):
        attrs = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if (
            attrs.get("type") in ("radio", "checkbox")
            and " checked" not in tag
            or attrs.get("type") == "file"
        ):
            continue
        data.appendlist(attrs["name"], attrs.get("value", ""))
    for name, options in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', markup, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        data.appendlist(name, chosen[1] if chosen else "")
    return data


def test_what_a_page_shows_is_what_it_sends_back():
    answers = check(BIRTH, birth(), on=TODAY).answers
    together: dict[str, Any] = {}
    for page in BIRTH.pages:
        together |= posted(BIRTH, page, sent(page_of(answers, page)))
    again = check(BIRTH, together, on=TODAY)
    assert again.whole
    assert again.answers == answers


def test_what_was_typed_wrongly_stays_as_typed():
    typed = birth()
    typed["requester"] |= {"born": {"day": "31", "month": "02", "year": "1990"}, "personal_id": "12"}
    typed["origin"] = {"province": "01", "commune": "Ba Dinhh", "detail": ""}
    assert 'value="31"' in page_of(typed, WHO, wrong=True)
    assert 'value="12"' in page_of(typed, WHO, wrong=True)
    assert 'value="Ba Dinhh"' in page_of(typed, CHILD, wrong=True)
    assert posted(BIRTH, WHO, sent(page_of(typed, WHO)))["requester"]["born"] == typed["requester"]["born"]


def test_each_fault_has_a_line_that_leads_to_a_control_of_the_page():
    for page in BIRTH.pages:
        markup = page_of(
            {"mother_known": "yes", "father_known": "yes", "born_at": "clinic"}, page, wrong=True
        )
        targets = re.findall(r'href="#([^"]+)"', markup)
        assert targets
        ids = re.findall(r'\bid="([^"]+)"', markup)
        assert len(ids) == len(set(ids))
        assert set(targets) <= set(ids)
        described = {
            each for told in re.findall(r'aria-describedby="([^"]+)"', markup) for each in told.split()
        }
        assert described <= set(ids)
        labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', markup))
        controls = re.findall(r'<(?:input(?! type="hidden")|select|textarea)[^>]* id="([^"]+)"', markup)
        assert set(controls) <= labelled


def test_markup_in_an_answer_is_text():
    evil = '"><script>alert(1)</script>'
    typed = birth(clinic=evil, born_at="clinic")
    typed["requester"] |= {"name": evil, "residence": {"province": evil, "commune": evil, "detail": evil}}
    for page in BIRTH.pages:
        assert "<script" not in page_of(typed, page, wrong=True)
    assert check(BIRTH, typed, on=TODAY).answers["requester"]["name"] == evil


def test_a_field_whose_condition_does_not_hold_is_hidden_and_the_next_answer_brings_it():
    hidden = re.search(r'data-path="clinic"[^>]*', page_of({}, CHILD))
    assert hidden is not None
    assert "hidden" in hidden[0]
    first = sent(page_of({}, CHILD))
    first["born_at"] = "clinic"
    answers = posted(BIRTH, CHILD, first)
    checked = check(BIRTH, answers, on=TODAY)
    assert [path for path, _field in unseen(CHILD, first, checked)] == ["clinic", "birth_place"]
    second = sent(page_of(answers, CHILD))
    assert "clinic" in str(second["_seen"]).split()
    assert not unseen(CHILD, second, check(BIRTH, posted(BIRTH, CHILD, second), on=TODAY))


def test_rules_of_a_topic_are_given_the_answers_they_read_and_no_others():
    assert 'data-beyond="{}"' in page_of(birth(), PARENTS)


def test_rows_come_and_go_by_buttons_alone():
    (page,) = ROWS.pages
    data = sent(str(drawn(ROWS, page, {})))
    assert data["rows._rows"] == "1"  # the form wants one at least
    data["rows.0.name"] = "A"
    data["_add"] = "rows"
    assert is_rearranging(data)
    answers = posted(ROWS, page, data)
    assert [row.get("name", "") for row in answers["rows"]] == ["A", ""]
    data = sent(str(drawn(ROWS, page, answers)))
    data["rows.1.name"] = "B"
    data["_remove"] = "rows.0"
    assert [row["name"] for row in posted(ROWS, page, data)["rows"]] == ["B"]
    for forged in ("9999999", "-1", "x", "٣", ""):
        data["rows._rows"] = forged
        assert len(posted(ROWS, page, data)["rows"]) <= 5


def test_what_was_taken_from_the_account_says_so_until_it_is_changed():
    known = prefilled(BIRTH, {"account": {"name": "NGUYỄN VĂN AN", "born": "1990-09-05"}}, {})
    said = "Lấy từ tài khoản định danh."
    assert page_of(known, WHO, prefilled=known).count(said) == 2
    changed = {"requester": known["requester"] | {"name": "Trần Văn Bình"}}
    assert page_of(changed, WHO, prefilled=known).count(said) == 1


def test_a_page_is_said_in_english_too():
    with translation.override("en"):
        markup = page_of({}, END, wrong=True)
    assert "Do you want copies of the birth certificate?" in markup
    assert "Choose an answer." in markup
