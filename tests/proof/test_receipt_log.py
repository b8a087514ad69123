"""A real log of 1,434 dossiers, played through a process modelled on it: the same counts, the same times, to the
millisecond, and every dossier's holders add up to the time that passed."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from motcua.flows import steps
from motcua.flows.progress import start
from motcua.flows.reception import receive
from motcua.kernel.actor import Actor
from motcua.kernel.unit_of_work import Request, unit_of_work
from tests.support import receipt_log as log
from tests.support.tables import run
from tests.support.world import actor, intake

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not log.FILE.is_file(), reason="the sources are not beside the repository"),
]


class Player:
    """Does what the log tells, as the people whose seats the process names."""

    def __init__(self, logs: list[log.Logged]) -> None:
        self.logs, self.by = logs, log.moved(logs)
        self.document = log.document(logs)
        run(self.document, valid_from=date(2026, 1, 6))
        self.people: dict[str, Actor] = {}
        self.codes: dict[str, str] = {}
        self.ids: dict[str, Any] = {}

    def play(self) -> None:
        for act in log.acts(self.logs, self.document["steps"]):
            self._do(act)

    def _send(self, login: str, flow: Any, at: datetime, **told: Any) -> Any:
        who = self.people.setdefault(login, actor(login))
        with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
            return flow(actor=who, at=at, **told)

    def _do(self, act: log.Act) -> None:
        if not act.row:
            made = self._send(act.login, receive, act.at, intake=intake())
            self.codes[act.dossier], self.ids[act.dossier] = made.row["code"], made.row["id"]
            return
        code = self.codes[act.dossier]
        if act.row == 2:
            self._send(act.login, start, act.at, code=code)
        if act.to:
            self._send(
                act.login,
                steps.return_step,
                act.at,
                code=code,
                to=act.to,
                reason="Như sổ ghi.",
                number=act.row,
            )
            return
        said = {"note": "Như sổ ghi.", "basis": "Sổ"} if act.outcome == "partly" else {}
        self._send(
            act.login, steps.step, act.at, code=code, outcome=act.outcome, way=act.way, number=act.row, **said
        )

    def stays(self, name: str) -> list[tuple[str, datetime]]:
        """The activities of a dossier that ended, as the projection has them."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT number, ended_at FROM processes_runningstep WHERE dossier = %s AND ended_at IS NOT NULL"
                " ORDER BY ended_at, number",
                [self.ids[name]],
            )
            names = [step["code"].removesuffix("_again") for step in self.document["steps"]]
            return [(names[number - 1], at) for number, at in cursor.fetchall()]

    def check(self, one: log.Logged) -> None:
        """What was done and when is what the file says; holders add up."""
        told = self.stays(one.name)
        assert told == [(d.activity, d.at + self.by) for d in one.done], one.name
        assert told[-1][1] - told[0][1] == one.done[-1].at - one.done[0].at
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT since, until FROM dossiers_holding WHERE dossier = %s ORDER BY seq",
                [self.ids[one.name]],
            )
            held = cursor.fetchall()
        end = one.done[-1].at + self.by
        assert held[0][0] == one.began + self.by
        assert sum(((until or end) - since for since, until in held), timedelta()) == end - held[0][0]


def played(logs: list[log.Logged]) -> Player:
    player = Player(logs)
    player.play()
    for one in logs:
        player.check(one)
    return player


def test_the_process_is_the_logs() -> None:
    """Every pair of activities that the log has in a branch is a way of the process; nothing lies outside."""
    logs = log.read_log()
    names = {step["code"].removesuffix("_again") for step in log.document(logs)["steps"]}
    assert {d.activity for one in logs for d in one.done} == names - {"receive", "approve", "seal", "return"}
    assert Counter(d.activity for one in logs for d in one.done)["T02"] == 1368
    assert {one.done[0].activity for one in logs} == {log.CONFIRM}


@pytest.mark.slow
def test_one_in_fifty_of_them() -> None:
    logs = log.read_log()
    some = sorted(logs, key=lambda one: -len(one.done))[:4] + logs[::50]
    played(list({one.name: one for one in some}.values()))


@pytest.mark.slow
@pytest.mark.proof
def test_all_of_them() -> None:
    logs = log.read_log()
    player = played(logs)
    counts = Counter(name for one in logs for name, _ in player.stays(one.name))
    assert counts == Counter(d.activity for one in logs for d in one.done)
    spans = [one.done[-1].at - one.done[0].at for one in logs]
    print(
        f"{len(logs)} dossiers, {sum(counts.values())} activities of {len(counts)} kinds, "
        f"{sum(spans, timedelta())} from first to last in all, the longest {max(spans)}"
    )
    print(dict(counts.most_common()))
    assert (len(logs), sum(counts.values()), len(counts)) == (1434, 8577, 27)
