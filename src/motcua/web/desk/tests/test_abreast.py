"""Steps side by side on the pages of a dossier: all are shown, each is done by itself, none by who meant another."""

from typing import Any

import pytest
from tests.support.html import Page
from tests.support.tables import approve, row, run, seal, table
from tests.support.world import logins

from motcua.flows import progress
from motcua.web.desk.tests.support import Story, browser, row_of

pytestmark = pytest.mark.django_db
LAND, CULTURE = "kinhte", "vanhoa"


def story(*seats: str) -> Story:
    """A dossier with steps 3 and 4 open, of these seats; 5 waits for them."""
    first, second = seats or ("economic_section", "culture_society_section")
    run(
        table(
            row("examine", ways={"direct": "approve"}),
            row("land", branch="a.1", positions=[first], returns_to=["examine"]),
            row("culture", branch="a.2", positions=[second]),
            row("gather"),
            approve(),
            seal(),
        )
    )
    return Story().started().then("tuphap1", progress.step, outcome="granted")


def text(answer: Any) -> str:
    return " ".join(Page(answer.content.decode()).texts)


def posted(login: str, code: str, act: str, **fields: str) -> Any:
    return browser(login).post(f"/dossiers/{code}/{act}", {"idempotency_key": "key-1", **fields})


def test_the_page_shows_all_with_who_does_them_and_what_waits():
    told = story()
    for login, own, other in ((LAND, 3, 4), (CULTURE, 4, 3)):
        answer = browser(login).get(f"/dossiers/{told.code}")
        shown = text(answer)
        assert "Các bước đang làm song song" in shown
        assert "3. Bước land" in shown
        assert "4. Bước culture" in shown
        assert "Xong tất cả các bước này mới đến bước 5: Bước gather" in shown
        links = answer.content.decode()
        assert f"/dossiers/{told.code}/step?step={own}" in links
        assert f"/dossiers/{told.code}/step?step={other}" not in links
    english = browser(LAND, language="en").get(f"/dossiers/{told.code}")
    assert "Once all of these have ended, step 5 opens" in text(english)
    assert "Steps 3, 4 go on side by side." in text(english)


def test_each_act_says_on_which_step_it_is():
    told = story()
    page = browser(CULTURE).get(f"/dossiers/{told.code}/step?step=4")
    assert "Bước 4: Bước culture" in text(page)
    assert "hồ sơ chờ các bước song song còn lại" in text(page)
    assert '<input type="hidden" name="step" value="4">' in page.content.decode()
    answer = posted(CULTURE, told.code, "step", step="4", outcome="granted")
    assert answer.status_code == 302
    assert (row_of(told.code)["step"], row_of(told.code)["beside"]) == (3, [])


def test_without_a_number_it_is_the_first_of_ones_own_seats():
    told = story()
    page = browser(CULTURE).get(f"/dossiers/{told.code}/step")
    assert '<input type="hidden" name="step" value="4">' in page.content.decode()
    assert browser(CULTURE).get(f"/dossiers/{told.code}/step?step=3").status_code == 403
    assert browser(CULTURE).get(f"/dossiers/{told.code}/step?step=x").status_code == 200
    assert browser(CULTURE).get(f"/dossiers/{told.code}/step?step=7").status_code == 409
    assert browser(CULTURE).get(f"/dossiers/{told.code}/return_step").status_code == 409  # it has no way back


def test_who_presses_late_does_no_other_step():
    told = story("justice_officer", "justice_officer").then(
        "tuphap2", progress.step, outcome="granted", number=3
    )
    before = row_of(told.code)
    answer = posted("tuphap1", told.code, "step", step="3", outcome="granted")
    assert answer.status_code == 409
    assert "Bước này không còn mở" in text(answer)
    assert row_of(told.code) == before
    # the control: the step that is open
    assert posted("tuphap1", told.code, "step", step="4", outcome="granted").status_code == 302


def test_a_lead_gives_each_of_them_to_somebody():
    told = story("economic_section", "justice_officer")
    links = browser("chutich").get(f"/dossiers/{told.code}").content.decode()
    assert f"/dossiers/{told.code}/assign?step=3" in links
    assert f"/dossiers/{told.code}/assign?step=4" in links
    fields = {"step": "4", "to": str(logins()["tuphap2"]), "reason": "Đúng việc."}
    assert posted("chutich", told.code, "assign", **fields).status_code == 302
    assert row_of(told.code)["beside"][0]["account"] == str(logins()["tuphap2"])


def test_the_next_steps_are_told_and_another_way_can_be_chosen():
    run(
        table(
            row("examine", ways={"direct": "approve"}),
            row("land", branch="a.1"),
            row("tax", branch="a.2"),
            approve(),
        )
    )
    told = Story().started()
    page = browser("tuphap1").get(f"/dossiers/{told.code}/step")
    assert "Các bước tiếp theo, làm song song: 3. Bước land 4. Bước tax" in text(page)
    assert "Theo trình tự của quy trình" in text(page)
    assert "Hướng direct" in text(page)
    assert posted("tuphap1", told.code, "step", step="2", outcome="granted").status_code == 422
    assert posted("tuphap1", told.code, "step", step="2", outcome="granted", way="direct").status_code == 302
    assert row_of(told.code)["step"] == 5
    assert "Chuyển thẳng đến bước 5." in text(browser("chutich").get(f"/dossiers/{told.code}"))


def test_what_follows_in_the_table_is_a_choice_too():
    run(table(row("examine", ways={"direct": "approve"}), row("land"), approve()))
    told = Story().started()
    assert posted("tuphap1", told.code, "step", step="2", outcome="granted", way="-").status_code == 302
    assert row_of(told.code)["step"] == 3


def test_it_stands_on_the_list_of_each_and_is_done_there_with_others():
    told = story()
    listed = browser(CULTURE).get("/inbox").content.decode()
    assert told.code in listed
    assert "Bước culture" in listed
    assert 'name="do" value="step"' in listed
    fields = {"do": "step", "codes": [told.code], "confirmed": "1", "idempotency_key": "k"}
    assert browser(CULTURE).post("/inbox/acts", fields).status_code == 200
    assert (row_of(told.code)["step"], row_of(told.code)["beside"]) == (3, [])
