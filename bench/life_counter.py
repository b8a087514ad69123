"""life-counter: receive, pay, three steps, decide, hand over, each with the GET of its form; the receipt; three looks;
then a certified copy: entered, its clause printed, handed over.

Four counters at once by default. Every answer is checked: a bench of error pages measures nothing.
"""

import json
import re
import time
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from threading import BrokenBarrierError

from bench.browser import Answer, Browser

PROCEDURE, VARIANT = "1.004873", ""
_CODE = re.compile(rb"[A-Z]\d\d(?:\.\d\d)*-\d{6}-\d{4,}")
_BOOK = re.compile(rb"/certification/books/[0-9a-f-]{36}")
_PIN = re.compile(rb">\s*(\d{3})[^\d<]{0,6}(\d{3})\s*<")


@dataclass(slots=True)
class Tally:
    """What one counter did."""

    lives: int = 0
    seconds: float = 0.0
    times: dict[str, list[float]] = field(default_factory=dict)


class Counter:
    """One desk with the people a dossier passes through, each with a browser of their own."""

    def __init__(self, base: str, accounts: dict[str, str], number: int, tally: Tally) -> None:
        self.base, self.tally, self.number = base, tally, number
        self.people: dict[str, Browser] = {}
        for role, login in (
            ("desk", f"tiepnhan{number % 2 + 1}"),
            ("section", f"tuphap{number % 2 + 1}"),
            ("leader", "chutich"),
            ("clerk", "vanthu"),
            ("cashier", "thuquy"),
        ):
            self.people[role] = self.signed_in(base, login, accounts[login])
            self.people[role].times = tally.times
        self.variant = self._variant()

    @staticmethod
    def signed_in(base: str, login: str, password: str) -> Browser:
        """A browser in which this account has signed in."""
        browser = Browser(base, {})
        form = browser.get("/sign-in", "sign_in").form("password")
        answer = browser.post("/sign-in", form.filled({"login": login, "password": password}), "sign_in")
        _ok(answer, 302)
        return browser

    def _variant(self) -> str:
        page = self.people["desk"].get(f"/dossiers/receive?procedure={PROCEDURE}", "warm")
        form = page.form("variant")
        options = form.radios.get("variant") or [v for n, v in form.fields if n == "variant"]
        return options[0]

    def life(self) -> None:
        """One dossier from the counter to the hand-over, followed by its citizen."""
        code, pin = self._receive()
        self._pay(code)
        self._act("section", code, "start", {})
        self._act("section", code, "step", {"outcome": "granted"})
        self._act("leader", code, "step", {"outcome": "granted"}, name="approve")
        today = time.strftime("%d/%m/%Y").split("/")
        number = {"result_number": f"{code[-4:]}/UBND"}
        dated = dict(zip(("result_date_0", "result_date_1", "result_date_2"), today, strict=True))
        self._act("clerk", code, "decide", number | dated)
        self._act("desk", code, "hand_over", {"way": "in_person", "recipient": "Nguyễn Văn An"})
        citizen = Browser(self.base, self.tally.times)
        form = citizen.get("/track", "track_form").form("pin")
        _ok(citizen.post("/track", form.filled({"code": code, "pin": pin}), "track"), 302)
        for _ in range(3):
            _ok(citizen.get("/tracking", "look"), 200)
        citizen.connection.close()
        self._certified_copy()
        self.tally.lives += 1

    def _certified_copy(self) -> None:
        """A copy of a card: its number, the clause, the hand-over."""
        desk = self.people["desk"]
        form = _ok(desk.get("/certification", "certify_form"), 200).form("line-0-paper")
        entered = _ok(desk.post("/certification", form.filled({"line-0-paper": "cccd"}), "certify"), 302)
        page = _ok(desk.get(entered.location, "certified"), 200)
        if not _ok(desk.get(f"{entered.location}/clauses.pdf", "clause"), 200).body.startswith(b"%PDF"):
            raise LookupError("the clause is no PDF")
        form = page.form("idempotency_key")
        _ok(desk.post(entered.location, form.filled({}), "certified_hand_over"), 302)

    def _pay(self, code: str) -> None:
        """The dossier's fee, at the cashier."""
        cashier, path = self.people["cashier"], f"/payments/take?code={code}"
        form = _ok(cashier.get(path, "pay_form"), 200).form("expected")
        _ok(cashier.post(path, form.filled({"means": "cash", "given": "50.000"}), "pay"), 302)

    def _receive(self) -> tuple[str, str]:
        desk = self.people["desk"]
        path = f"/dossiers/receive?procedure={PROCEDURE}&variant={self.variant}&channel=counter"
        page = _ok(desk.get(path, "receive_form"), 200)
        form = page.form("-name")
        prefix = next(n for n, _ in form.fields if n.endswith("-name")).removesuffix("-name")
        values = {
            f"{prefix}-name": f"Nguyễn Văn Đo {self.number}",
            f"{prefix}-paper": "none",
            f"{prefix}-number": "",
            f"{prefix}-phone": "0912345678",
        }
        body = form.filled(values, tick=lambda name: name.endswith("_have"))
        answer = desk.post("/dossiers/receive", body, "receive")
        _ok(answer, 302)
        confirmation = _ok(desk.get(answer.location, "received"), 200)
        found, pin = _CODE.search(confirmation.body), _PIN.search(confirmation.body)
        if not found or not pin:
            text = re.sub(r"<[^>]+>|\s+", " ", confirmation.body.decode(errors="replace"))
            raise LookupError(f"the confirmation shows no code or PIN: {text[:800]}")
        code = found[0].decode()
        receipt = _ok(desk.get(f"/dossiers/{code}/receipt.pdf", "receipt"), 200)
        if not receipt.body.startswith(b"%PDF"):
            raise LookupError("the receipt is no PDF")
        return code, (pin[1] + pin[2]).decode()

    def _act(self, role: str, code: str, act: str, values: dict[str, str], *, name: str = "") -> None:
        browser = self.people[role]
        path = f"/dossiers/{code}/{act}"
        page = _ok(browser.get(path, f"{name or act}_form"), 200)
        form = next(
            f
            for f in page.forms()
            if any(n == "idempotency_key" for n, _ in f.fields) and f.action in ("", path)
        )
        body = form.filled(values, tick=lambda box: box != "receipt_lost")
        _ok(browser.post(path, body, name or act), 302)


def _ok(answer: Answer, status: int) -> Answer:
    if answer.status != status:
        text = re.sub(r"<[^>]+>|\s+", " ", answer.body.decode(errors="replace"))
        raise AssertionError(f"{answer.path}: {answer.status} instead of {status}: {text[:1500]}")
    return answer


def _desk(
    base: str,
    accounts: dict[str, str],
    number: int,
    seconds: float,
    pace: float,
    gate: Barrier,
    told: "Queue[Tally | str]",
) -> None:
    """One counter in a process of its own, as a browser is: its work never delays another's clock."""
    try:
        tally = Tally()
        desk = Counter(base, accounts, number, tally)
        desk.life()
        tally.lives = 0
        tally.times.clear()
        gate.wait()
        began = time.monotonic()
        offset = number / (pace * gate.parties) if pace else 0.0  # people do not come in step
        while time.monotonic() < began + seconds:
            if pace:
                time.sleep(max(0.0, began + offset + tally.lives / pace - time.monotonic()))
            desk.life()
        tally.seconds = time.monotonic() - began
        told.put(tally)
    except (AssertionError, OSError, LookupError, BrokenBarrierError) as failure:
        gate.abort()
        told.put(f"{type(failure).__name__}: {failure}")


def exports(base: str, accounts_file: Path, *, rounds: int) -> dict[str, list[float]]:
    """Times of the books as files, one at a time: the register of this month and the book of certified copies."""
    accounts = {a["login"]: a["password"] for a in json.loads(accounts_file.read_text(encoding="utf-8"))}
    browser = Counter.signed_in(base, "truongquay", accounts["truongquay"])
    found = _BOOK.search(_ok(browser.get("/certification/books", "books"), 200).body)
    if not found:
        raise LookupError("no certification book")
    times: dict[str, list[float]] = {}
    browser.times = times
    for _ in range(rounds):
        for name, path in (("register", "/register"), ("book", found[0].decode())):
            for kind, start in (("pdf", b"%PDF"), ("xlsx", b"PK")):
                answer = _ok(browser.get(f"{path}.{kind}", f"{name}_{kind}"), 200)
                if not answer.body.startswith(start):
                    raise LookupError(f"{answer.path} is no {kind}")
    return times


def run(
    base: str, accounts_file: Path, *, counters: int, seconds: float, pace: float = 0.0
) -> tuple[int, float, dict[str, list[float]]]:
    """Lives done, seconds taken, and times by kind of request, of `counters` counters working for `seconds`.

    `pace`: lives a second all counters together aim at; 0: no pause between a counter's requests.
    """
    accounts = {a["login"]: a["password"] for a in json.loads(accounts_file.read_text(encoding="utf-8"))}
    context = get_context("fork")
    gate, told = context.Barrier(counters), context.Queue()
    desks = [
        context.Process(target=_desk, args=(base, accounts, n, seconds, pace / counters, gate, told))
        for n in range(counters)
    ]
    for desk in desks:
        desk.start()
    tallies = [told.get() for _ in desks]
    for desk in desks:
        desk.join()
    failures = [tally for tally in tallies if isinstance(tally, str)]
    if failures:
        raise SystemExit("\n".join(failures))
    times: dict[str, list[float]] = {}
    for tally in tallies:
        for name, values in tally.times.items():
            times.setdefault(name, []).extend(values)
    return sum(t.lives for t in tallies), max(t.seconds for t in tallies), times
