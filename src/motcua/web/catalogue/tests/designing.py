"""The designer's pages as a person uses them, without a browser."""

from tests.support.html import Page

from motcua.eforms.models import Draft
from motcua.eforms.selectors import forms
from motcua.kernel.time import local, now

FORMS = "/catalogue/forms"
LAST = max(number for code, number in forms() if code == "birth")


def begun(officer, code: str, number: int = LAST) -> str:
    """The address of a draft begun from a version."""
    page = Page(officer.get(f"{FORMS}/{code}").text)
    wanted = f"{code} {number}"
    form = next(f for f in page.forms if f.fields.get("form") == [wanted])
    answer = officer.post("/catalogue/form-drafts/begin", form.sent({}))
    assert answer.status_code == 302
    assert answer["Location"] == f"{FORMS}/{code}/draft"
    return str(answer["Location"])


def keep(officer, draft: str, at: str, typed: dict, status: int = 302):
    """Type into the properties of a node and keep them."""
    form = Page(officer.get(draft, {"at": at}).text).form("at", "label-vi" if "field" in at else "title-vi")
    answer = officer.post(draft, {**form.sent(typed), "do": "keep"})
    assert answer.status_code == status, answer.text
    return answer


def press(officer, draft: str, at: str, button: str, **more):
    """Press a button of the chosen node."""
    fields = {
        "revision": Draft.objects.get().revision,
        "at": at,
        "do": button,
        "idempotency_key": now().isoformat(),
    }
    return officer.post(draft, {**fields, **more})


def announce(officer, draft: str, day=None, status: int = 302):
    """Publish the draft, in force from `day` on."""
    day = day or local(now()).date()
    parts = {f"valid_from_{n}": str(each) for n, each in enumerate((day.day, day.month, day.year))}
    form = Page(officer.get(f"{draft}/publish").text).form("agreed")
    answer = officer.post(f"{draft}/publish", form.sent({**parts, "agreed": "on"}))
    assert answer.status_code == status, answer.text
    return answer
