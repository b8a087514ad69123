"""To whom the work of somebody who leaves may go: only who sits where it is done, and nothing goes astray unsaid."""

from datetime import UTC, datetime
from uuid import UUID

from motcua.dossiers.passing import Hanging
from motcua.web.setup.leaving import LeavingForm, Successor

AT = datetime(2026, 8, 24, tzinfo=UTC)
OFFICER, CLERK, VOLUNTEER = (UUID(int=n) for n in (1, 2, 3))
PEOPLE = [
    Successor(OFFICER, "Lê Thị Hạnh", frozenset({"justice_officer"})),
    Successor(CLERK, "Ngô Thị Mai", frozenset({"clerk"})),
    Successor(VOLUNTEER, "Lò Văn Tân", frozenset({"volunteer"})),
]
LEFT = [
    Hanging("step", "H99.01.01-260824-0001", frozenset({"justice_officer"})),
    Hanging("step", "H99.01.01-260824-0002", frozenset({"clerk"})),
    Hanging("opinion", "H99.01.01-260824-0003", frozenset()),
]


def form(**data: str) -> LeavingForm:
    return LeavingForm({"to_opinion": str(OFFICER), **data}, left=LEFT, people=PEOPLE, at=AT)


def offered(name: str) -> list[str]:
    choices = form().fields[name].choices  # type: ignore[attr-defined]
    return [value for value, _label in choices if value not in ("", "shared")]


def test_only_who_sits_where_it_is_done_is_offered() -> None:
    assert offered("to_step") == [str(OFFICER), str(CLERK)]
    assert offered("to_opinion") == [str(OFFICER), str(CLERK)]
    assert [offered(f"one_{n}") for n in (0, 1)] == [[str(OFFICER)], [str(CLERK)]]


def test_a_choice_for_all_names_what_it_can_not_be_for() -> None:
    astray = form(to_step=str(OFFICER))
    (said,) = astray.errors["to_step"]
    assert "Lê Thị Hạnh" in said
    assert LEFT[1].code in said
    assert LEFT[0].code not in said
    chosen = form(to_step=str(OFFICER), one_1=str(CLERK))
    assert chosen.is_valid()
    assert [to for _code, to in chosen.chosen] == [OFFICER, CLERK, OFFICER]
    assert form(to_step="shared").is_valid()
