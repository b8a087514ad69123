"""Canary people: nobody's name, number or telephone leaves the places that are made for them.

They go through the pages from the counter to the hand-over, are searched for, asked for papers and written
about; then everything that stays is searched for them.
"""

import logging
import re
from datetime import UTC, datetime
from urllib.parse import unquote_plus

import pytest
from django.db import connection

from motcua.accounts.operations import SESSION_LIFE
from motcua.kernel.text import fold, nfc
from tests.support.html import Page
from tests.support.pages import plain_static, visitor
from tests.support.site import session_of

NAME = "Khuất Thị Chim Yến"
PROXY = "Quách Bạch Tuyết Mai"
CANARIES = {
    "name": NAME,
    "proxy": PROXY,
    "number": "099190999991",
    "telephone": "0987650123",
    "address": "Ngõ Sơn Ca 77",
    "email": "chimyen@example.vn",
    "written about": "Bà Yến đã ly hôn",
}
# Names stand in these two, to be listed and found by; everything else that is personal is sealed.
MAY_HOLD_NAMES = {"dossiers_label", "parties_party"}
ADDRESSES = ("href", "action", "src", "hx-get", "hx-post", "data-suggest")


def hits(text: str) -> list[str]:
    """Which canaries are in `text`, with or without accents, capitals or percent signs."""
    seen = unquote_plus(nfc(text))
    plain = fold(seen)
    digits = re.sub(r"\D+", "", seen)
    return [
        what
        for what, canary in CANARIES.items()
        if fold(canary) in plain or (canary.isdigit() and canary in digits)
    ]


class Walk:
    """Clients for all logins at the real time, and every address that was asked for, sent to or shown."""

    def __init__(self) -> None:
        self.at = datetime.now(UTC)
        self.clients = {}
        self.addresses: list[str] = []

    def get(self, who, path):
        return self._kept(self._client(who).get(path))

    def post(self, who, path, **filled):
        """Open the page of `path`, fill its form and send it."""
        page = self.get(who, path)
        form = Page(page.text).form(*filled)
        answer = self._client(who).post(form.action or path, form.sent(filled))
        return self._kept(answer)

    def _client(self, login):
        if login not in self.clients:
            self.clients[login] = visitor(login, at=self.at)
        return self.clients[login]

    def _kept(self, answer):
        asked = answer.request
        self.addresses += [asked["PATH_INFO"], asked.get("QUERY_STRING", ""), answer.get("Location", "")]
        self.addresses.append(answer.get("Content-Disposition", ""))
        if answer["Content-Type"].startswith("text/html"):
            for _, attributes in Page(answer.text).tags:
                self.addresses += [attributes[name] for name in ADDRESSES if name in attributes]
        return answer


def life(walk: Walk) -> None:
    """Receive, ask for papers, refuse a wrong form, decide, hand over: about the canaries, by the pages."""
    person = {
        "applicant-0-name": NAME,
        "applicant-0-number": CANARIES["number"],
        "applicant-0-phone": CANARIES["telephone"],
        "applicant-0-address": CANARIES["address"],
        "applicant-0-email": CANARIES["email"],
    }
    answers = {f"ask-{question}": "no" for question in ("reissue", "married_before", "delegated")}
    form = "/dossiers/receive?procedure=1.004873&variant=no_verification&channel=counter"
    assert walk.post("tiepnhan1", form, **person, **answers).status_code == 422  # no papers yet
    papers = {"paper-form_have": "on", "paper-identity_have": "on", "paper-residence_found": "on"}
    done = walk.post("tiepnhan1", form, **person, **answers, **papers)
    assert done.status_code == 302
    code = done["Location"].split("/")[2]
    here = f"/dossiers/{code}"
    assert NAME in walk.get("tiepnhan1", f"{here}/received").text
    for path in ("/receipt.pdf", ""):
        assert walk.get("tiepnhan1", here + path).status_code == 200
    for words in (NAME, fold(NAME), CANARIES["number"]):
        assert walk.post("tiepnhan1", "/dossiers", words=words).status_code in (200, 302)
    assert walk.get("thanhtra", here).status_code == 200  # a look that leaves a line
    acts = (
        ("tuphap1", "start", {}),
        ("tuphap1", "request_supplement", {"others": CANARIES["written about"]}),
        ("tiepnhan1", "supply", {"items": "1"}),
        ("tuphap1", "step", {"outcome": "granted", "note": CANARIES["written about"]}),
        ("chutich", "return_step", {"reason": CANARIES["written about"]}),
        ("tuphap1", "step", {"outcome": "granted"}),
        ("chutich", "step", {"outcome": "granted"}),
        ("vanthu", "decide", {"result_number": "7/UBND-XN", "sure": "on"}),
        ("tiepnhan1", "make_available", {"shelf": "A3"}),
    )
    for login, act, filled in acts:
        assert walk.post(login, f"{here}/{act}", **filled).status_code == 302, act
    given = {"way": "authorised", "recipient": PROXY, "checked_by": "authorisation", "sure": "on"}
    given |= {"authority": "Giấy ủy quyền số 12", "proof": "paper"}
    assert walk.post("tiepnhan1", f"{here}/hand_over", **given).status_code == 302
    walk.get("chutich", here)
    walk.post(None, "/track", code=NAME, pin=CANARIES["number"][:6])
    walk.post(None, "/sign-in", login=NAME, password=CANARIES["number"])


def ended_session(walk: Walk) -> None:
    """What was typed into a session that has ended is held, sealed."""
    client = walk._client("tuphap2")
    client.cookies["motcua"] = session_of("tuphap2", at=walk.at - SESSION_LIFE)
    client.post("/dossiers/receive", {"applicant-0-name": NAME, "applicant-0-number": CANARIES["number"]})


def tables() -> dict[str, str]:
    """Everything in the database, as text, by table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        names = [row[0] for row in cursor.fetchall()]
        found = {}
        for name in names:
            cursor.execute(f'SELECT t::text FROM "{name}" t')
            found[name] = "\n".join(row[0] for row in cursor.fetchall())
    return found


@pytest.mark.django_db
def test_canaries_stay_where_they_belong(caplog):
    walk = Walk()
    with plain_static(), caplog.at_level(logging.DEBUG):
        life(walk)
        ended_session(walk)
    assert len(walk.addresses) > 500
    assert [(address, hits(address)) for address in set(walk.addresses) if hits(address)] == []
    assert [
        (record.name, hits(record.getMessage())) for record in caplog.records if hits(record.getMessage())
    ] == []
    found = tables()
    for name in (
        "ledger_event",
        "ledger_request",
        "access_log_look",
        "accounts_heldform",
        "dossiers_content",
    ):
        assert len(found[name]) > 50, f"{name} is empty: nothing was tried"
    leaks = {name: hits(text) for name, text in found.items() if hits(text)}
    assert set(leaks) == MAY_HOLD_NAMES, leaks
    assert {what for kinds in leaks.values() for what in kinds} == {"name"}


def test_a_canary_in_disguise_is_seen():
    assert hits("/x?q=Khu%E1%BA%A5t+Th%E1%BB%8B+Chim+Y%E1%BA%BFn") == ["name"]
    assert hits("khuat thi chim yen, 099 190 999 991") == ["name", "number"]
    assert hits("tel. 0987.650.123") == ["telephone"]
    assert hits("Khuất Thị Chim") == []
