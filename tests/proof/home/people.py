"""What the people of the story type, by the names of the fields; a page is answered with what it asks."""

from playwright.sync_api import Locator

from tests.browser.keyboard import Keyboard
from tests.support.papers import pdf

HANOI = "01"
ANSWERS = {
    "birth_notice": "yes",
    "foundling": "no",
    "surrogacy": "no",
    "on_time": "no",
    "delegated": "no",
    "way": "desk",
    "phone": "0912345679",
    "address": "Bản Sín, Xã Mẫu, Tỉnh Mẫu",
    "requester.phone": "0912345679",
    "requester.residence_kind": "permanent",
    "relation": "mother",
    "child.name": "Lê Minh Khôi",
    "child.born.day": "2",
    "child.born.month": "1",
    "child.born.year": "2026",
    "child.sex": "male",
    "child.ethnicity": "kinh",
    "child.nationality": "vn",
    "mother.ethnicity": "kinh",
    "mother.nationality": "vn",
    "born_at": "clinic",
    "clinic": "Trạm y tế Xã Mẫu",
    "notice": "yes",
    "mother_known": "yes",
    "mother.name": "Nguyễn Thị Ánh Tuyết",
    "mother.born_year": "1990",
    "mother.residence_kind": "permanent",
    "father_known": "no",
    "wants_copies": "yes",
    "copies": "2",
    "truth": "on",
}
ANSWERS |= {
    f"{place}.{part}": value
    for place in ("requester.residence", "birth_place", "origin", "mother.residence")
    for part, value in {"province": HANOI, "commune": "Ba Đình", "detail": "Số 5 phố Chùa"}.items()
}
SEEN = "es => es.filter(e => e.parentElement.getClientRects().length).map(e => e.name)"
ASKED = """es => [...new Map(es.filter(e => e.type !== 'hidden' && e.getClientRects().length)
  .map(e => [e.name, [e.name, e.type, e.type === 'radio'
     ? !!es.find(o => o.name === e.name && o.checked) : e.type === 'checkbox' ? e.checked : !!e.value]])).values()]"""


class Citizen(Keyboard):
    """Somebody at a telephone or a computer, with keys only."""

    def answer_page(self, answers: dict[str, str] = ANSWERS) -> list[str]:
        """Answer what the page asks and shows, where nothing stands yet; the names of what stood there."""
        known = [name for name, _kind, has in self._asked() if has]
        done = set(known)
        while left := [one for one in self._asked() if one[0] in answers and one[0] not in done]:
            name, kind, has = left[0]
            done.add(name)
            if not has:
                self._answer(name, kind, answers[name])
        return known

    def files(self) -> list[str]:
        """The names of the fields that take files and can be seen."""
        found: list[str] = self.tab.eval_on_selector_all("main input[type=file]", SEEN)
        return found

    def _asked(self) -> list[tuple[str, str, bool]]:
        found: list[tuple[str, str, bool]] = self.tab.eval_on_selector_all(
            "main input, main select, main textarea", ASKED
        )
        return found

    def _answer(self, name: str, kind: str, value: str) -> None:
        if kind == "radio":
            self.choose(name, value)
        elif kind == "checkbox":
            self.tick(name)
        elif kind.startswith("select"):
            self.select(name, value)
        else:
            self.write(name, value)

    def choose_option(self, name: str, label: str) -> None:
        """Choose in a list by the words of the option."""
        option = self.tab.locator(f"main select[name='{name}'] option", has_text=label).first
        self.select(name, option.get_attribute("value") or "")

    def attach(self, name: str, file: str, *, pages: int = 2) -> None:
        """Choose a file: the browser's own window is no page, so that part goes without keys."""
        self.reach(f"main input[type=file][name='{name}']")
        scan = {"name": file, "mimeType": "application/pdf", "buffer": pdf(pages, mark=file)}
        self.tab.set_input_files(f"main input[type=file][name='{name}']", [scan])

    def press_button(self, label: str) -> None:
        """Reach a button by Tab and press it."""
        self._go_to(self.tab.locator("main").get_by_role("button", name=label, exact=True))

    def follow(self, words: str) -> None:
        """Reach a link by Tab and press it."""
        self._go_to(self.tab.locator("main").get_by_role("link", name=words))

    def _go_to(self, one: Locator) -> None:
        one.first.evaluate("e => e.setAttribute('data-wanted', '')")
        self.go("main [data-wanted]")
