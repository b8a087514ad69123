"""A birth written from home without a browser, form and all."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.test import Client
from tests.support.html import Page
from tests.support.papers import pdf, sent
from tests.support.world import COMMUNE

from motcua.eforms.tests.whole import BIRTH, birth
from motcua.web.citizen.tests.walk import send


def birth_written(client: Client, *, born: str, on_time: str) -> str:
    """A draft of a birth, filled in topic by topic as far as the check; its address."""
    draft = send(client, "/my/begin/1.001193", {"agency": COMMUNE})["Location"]
    path = client.get(draft)["Location"]
    answers = dict.fromkeys(("witness", "foundling", "surrogacy", "delegated"), "no") | {"on_time": on_time}
    whole = birth(child=birth()["child"] | {"born": born})
    first = send(client, path, {"birth_notice": "no", **asked(client, path, answers)})
    path = first["Location"]
    while "/questions" in path:
        path = send(client, path, {"birth_notice": "no", **asked(client, path, answers)})["Location"]
    path = send(client, path)["Location"]
    assert path.endswith("/form-who")
    filled = client.get(path).text
    assert "Nguyễn Thị Ánh Tuyết" in filled
    assert "Lấy từ tài khoản định danh" in filled
    for topic in BIRTH.pages:
        assert path.endswith(f"/form-{topic.key}"), path
        told = {k: v for k, v in whole.items() if k in {f.key for f in topic.fields}}
        empty = client.post(path, hidden(client, path))
        assert empty.status_code == 422, "what is missing is told, and kept as it is"
        answer = empty
        for _again in range(4):  # without scripts an answer brings its question with the next page
            here = hidden(client, path)
            answer = client.post(path, {**here, **dict(flat(told))})
            assert answer.status_code == 302, answer.text
            if answer["Location"].partition("#")[0] != path:
                break
        path = answer["Location"]
    assert path.endswith("/papers")
    return str(send(client, path, **{"paper-birth_pledge": sent(pdf(mark="cam doan"))})["Location"])


def birth_handed_in(client: Client, *, born: date | None = None) -> str:
    """The same handed in, late; its code."""
    check = birth_written(client, born=(born or date(2025, 1, 2)).isoformat(), on_time="no")
    return str(send(client, check, {"sure": "on"})["Location"]).rpartition("/")[2]


def asked(client: Client, path: str, answers: dict[str, str]) -> dict[str, str]:
    """Those of the answers that the page has a question for."""
    fields = Page(client.get(path).text).form("revision").choices
    return {name: value for name, value in answers.items() if name in fields}


def hidden(client: Client, path: str) -> Any:
    """What the page sends of itself: what is hidden, and what stands in its fields already."""
    return Page(client.get(path).text).form("revision").fields


def flat(value: Any, under: str = "") -> Iterator[tuple[str, Any]]:
    """Answers as a browser names them."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flat(inner, f"{under}.{key}" if under else key)
    elif under.endswith(".born"):
        yield from zip((f"{under}.{p}" for p in ("year", "month", "day")), value.split("-"), strict=True)
    else:
        yield under, value
