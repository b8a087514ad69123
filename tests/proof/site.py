"""An installation of its own for the kill proof, driven from outside: prepare it, write to it, inspect it.

`python -m tests.proof.site prepare OWNER_DSN | write APP_DSN SEED LOG | inspect APP_DSN`; keys and settings come by
environment. The writer answers by lines in LOG: "key code" once the transaction has committed. When the database
goes away it waits and sends the same request again, as a browser would.
"""

import json
import os
import random
import sys
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import InterfaceError, OperationalError, connection  # noqa: E402

from motcua.cli.database import point_django_at  # noqa: E402
from motcua.dossiers import projector as dossiers  # noqa: E402
from motcua.dossiers.content import open_body  # noqa: E402
from motcua.dossiers.record import as_row  # noqa: E402
from motcua.flows import progress  # noqa: E402
from motcua.flows.reception import receive  # noqa: E402
from motcua.kernel.actor import Actor  # noqa: E402
from motcua.kernel.db.grants import apply_grants  # noqa: E402
from motcua.kernel.tables import Kind, tables_of_kind  # noqa: E402
from motcua.kernel.unit_of_work import Request, unit_of_work  # noqa: E402
from motcua.ledger import selectors  # noqa: E402
from motcua.ledger.operations import AlreadyDone  # noqa: E402
from motcua.ledger.sequencer import sequence  # noqa: E402
from motcua.processes import projector as processes  # noqa: E402
from tests.support.acts import moment  # noqa: E402
from tests.support.world import actor, build_world, intake  # noqa: E402

AT = moment(24, 9)
AWAY = (OperationalError, InterfaceError)


def prepare(owner: str) -> None:
    """Migrate, grant, and set the agencies up."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    point_django_at(owner)
    call_command("migrate", verbosity=0, interactive=False)
    with connection.cursor() as cursor:
        apply_grants(cursor, tables_of_kind(Kind.FACT))
    build_world()


def write(app: str, seed: str, log: str) -> None:
    """Receive dossiers, and start every second one, until killed."""
    point_django_at(app)
    desk, officer = patiently(lambda: actor("tiepnhan1")), patiently(lambda: actor("tuphap1"))
    chance = random.Random(seed)  # noqa: S311 - no secret
    answers = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    n = 0
    while True:
        n += 1
        key = f"{seed}/{n}"
        person = intake(number=f"{chance.randrange(10**12):012}")
        code = once(answers, desk, key, receive, intake=person)
        if chance.random() < 0.5:
            once(answers, officer, f"{key}/start", progress.start, code=code)


def patiently(ask: Any) -> Any:
    while True:
        try:
            return ask()
        except AWAY:
            connection.close()


def once(answers: int, who: Actor, key: str, flow: Any, **told: Any) -> str:
    """Send one request until it is answered; write down the key and the dossier's code."""
    at = AT + timedelta(seconds=len(key))
    while True:
        try:
            with unit_of_work(actor=who, at=at, request=Request.of(key, key.encode()), origin="simulated"):
                code = flow(actor=who, at=at, **told).row["code"]
        except AlreadyDone as done:
            code = patiently(lambda stream=done.stream: code_of(stream))
        except AWAY:
            connection.close()
            continue
        os.write(answers, f"{key} {code}\n".encode())
        return str(code)


def code_of(dossier: object) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT code FROM dossiers_dossier WHERE id = %s", [dossier])
        return str(cursor.fetchone()[0])


def inspect(app: str) -> None:
    """Print what stands there as JSON: the code of each key, what is half-written, what the ledger check says."""
    point_django_at(app)
    rows = read("SELECT * FROM dossiers_dossier ORDER BY code")
    half = [
        f"{row['code']}: {fault}"
        for row in rows
        for fault in faults_of(as_row(list(row), list(row.values())))
    ]
    half += [f"{what}: {n} left over" for what, n in left_over().items() if n]
    while sequence():
        pass
    report = selectors.check()
    keys = read(
        "SELECT r.key, d.code FROM ledger_request r LEFT JOIN dossiers_dossier d ON d.id = r.stream"
        " LEFT JOIN ledger_event e USING (stream, seq) WHERE e.seq IS NOT NULL"
    )
    numbers = [int(row["code"].rsplit("-", 1)[1]) for row in rows]
    (counter,) = read("SELECT coalesce(max(last), 0) AS last FROM dossiers_number")
    told = {
        "dossiers": len(rows),
        "keys": {row["key"]: row["code"] for row in keys},
        "half": half,
        "gap-free": sorted(numbers) == list(range(1, counter["last"] + 1)),
        "faults": [fault.what for fault in report.faults],
        "waiting": report.waiting,
    }
    print(json.dumps(told))


def faults_of(row: Mapping[str, Any]) -> list[str]:
    """What is missing of one dossier; its rows must be those its own events give."""
    events = selectors.history(row["id"])
    rebuilt, stays = dossiers.replay(events), processes.replay(events)["processes_runningstep"]
    holdings = read("SELECT * FROM dossiers_holding WHERE dossier = %s ORDER BY seq", row["id"])
    steps = read("SELECT * FROM processes_runningstep WHERE dossier = %s ORDER BY seq", row["id"])
    contents = {
        c["id"]: c["sealed"] for c in read("SELECT * FROM dossiers_content WHERE dossier = %s", row["id"])
    }
    named = {party["snapshot"] for party in row["parties"]}
    faults = []
    if rebuilt["dossiers_dossier"] != [row]:
        faults.append("its row is not what its events say")
    if rebuilt["dossiers_holding"] != holdings or [h["until"] for h in holdings].count(None) != 1:
        faults.append("its holdings are not what its events say")
    if [s["seq"] for s in stays] != [s["seq"] for s in steps] or [s["ended_at"] for s in steps].count(
        None
    ) != 1:
        faults.append("its steps are not what its events say")
    if {str(content) for content in contents} != named or not all(
        open_body(c, s) for c, s in contents.items()
    ):
        faults.append("its contents are not those its events name")
    if len(read("SELECT 1 AS one FROM dossiers_label WHERE dossier = %s", row["id"])) != 1:
        faults.append("it has no label")
    return faults


def left_over() -> dict[str, int]:
    """Rows of an act whose dossier is not there."""
    found = {}
    for table in ("dossiers_holding", "dossiers_content", "dossiers_label", "processes_runningstep"):
        dossier = "SELECT FROM dossiers_dossier d WHERE d.id = t.dossier"
        found[table] = len(read(f"SELECT 1 AS one FROM {table} t WHERE NOT EXISTS ({dossier})"))
    found["requests"] = len(
        read(
            "SELECT 1 AS one FROM ledger_request r WHERE NOT EXISTS"
            " (SELECT FROM ledger_event e WHERE (e.stream, e.seq) = (r.stream, r.seq))"
        )
    )
    return found


def read(query: str, *arguments: object) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(query, arguments)
        return [
            dict(zip([c.name for c in cursor.description], row, strict=True)) for row in cursor.fetchall()
        ]


if __name__ == "__main__":
    {"prepare": prepare, "write": write, "inspect": inspect}[sys.argv[1]](*sys.argv[2:])
