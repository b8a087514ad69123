"""What a trial installation holds on its first day.

Each stage below is whole or not there at all, because it is one unit of work (for people: one for each agency),
and each asks first whether it is done. So `motcua up` may be killed at any moment and started again: what is
missing follows. The demonstration is many acts; how it is finished says cli.demo_stage.
"""

import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import connection

from motcua.agencies.selectors import agency_codes, last_decided
from motcua.cli.demo import COMMUNE, DAYS, DOSSIERS, SEED, run_demo
from motcua.cli.demo_receipts import write_receipts
from motcua.cli.demo_stage import ORIGIN
from motcua.cli.installation import write_once
from motcua.flows.installation import DemoBegun, demos, make_installation
from motcua.flows.setup import (
    adopt_what_is_staffed,
    load_shipped_units,
    post_representatives,
    publish_linked,
    publish_shipped,
    set_up_agency,
    trial_agencies,
)
from motcua.kernel.actor import SYSTEM
from motcua.kernel.time import ZONE, now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.processes.selectors import latest_versions

Tell = Callable[[str], None]

# The day on which communes under provinces began to work: the model commune is as old as they are.
FOUNDED = datetime(2025, 7, 1, 8, 0, tzinfo=ZONE)
PREPARING = 0x6D637472  # any number that no other program of this database locks
# Short words for passwords that can be read aloud.
WORDS = (
    "lua sen tre mai cau dua que gung xoai cam chanh ngo khoai san sung dao nui song suoi bien dong rung doi may "
    "mua nang gio trang sao ngoc vang bac chim voi ngua tho rua ca tom cua thuyen ben cho duong pho nha san hien "
    "sach but giay trong chieng sao den chieu gom lua vai to khan non ao giay quat bep noi bat dua"
)


def prepare_trial(var: Path, say: Tell) -> None:
    """Fill a trial installation that has no data yet; do nothing where there is some.

    Called by `motcua up` after the migrations, with Django set up as the application, each time it starts.
    Writes the trial accounts to `var/trial/accounts.json` (0600; a list of login, password, position), which
    `up` prints. `say` tells the person who waits what is being made, one line each.
    """
    with _one_at_a_time():
        moment = now()
        with unit_of_work(actor=SYSTEM, at=moment, request=Request.fresh(), origin=ORIGIN):
            make_installation(actor=SYSTEM, at=moment)
        _set_up(var, say)
        _demonstrate(var, say)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """A second `motcua up` waits here, and then finds everything done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [PREPARING])


def _set_up(var: Path, say: Tell) -> None:
    at = FOUNDED
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin=ORIGIN):
        if added := load_shipped_units():
            say(f"Đã nạp {added} đơn vị hành chính · administrative units loaded")
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin=ORIGIN):
        if not latest_versions():
            published = publish_shipped(effective_from=at.date(), actor=SYSTEM, at=at)
            say(f"Đã công bố {len(published)} thủ tục với quy trình · procedures and processes published")
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin=ORIGIN):
        publish_linked(effective_from=at.date(), actor=SYSTEM, at=at)
    documents = trial_agencies()
    known = set(agency_codes())
    missing = [d for d in documents if d["code"] not in known]
    if missing:
        passwords = _passwords(var, documents)
        for document in missing:
            with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin=ORIGIN):
                set_up_agency(document=document, passwords=passwords, actor=SYSTEM, at=at)
        say(f"Đã lập {len(missing)} cơ quan mẫu · model agencies set up")
    for document in documents:
        with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin=ORIGIN):
            # An upgrade brings processes; an agency's stream has gone on since it was founded.
            since = max(at, last_decided(document["code"]) or at)
            post_representatives(document=document, actor=SYSTEM, at=since)
            adopt_what_is_staffed(
                agency=document["code"],
                valid_from=date(2025, 7, 1),
                actor=SYSTEM,
                at=since,
                only=document.get("adopts"),
            )


def _passwords(var: Path, documents: list[dict[str, Any]]) -> dict[str, str]:
    """The trial accounts' passwords by login: written down before the first account is made, read ever after."""
    path = var / "trial" / "accounts.json"
    rows = [
        {
            "login": account["login"],
            "password": readable_password(),
            "position": position_of(account, document),
        }
        for document in documents
        for account in document["accounts"]
    ]
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_once(path, json.dumps(rows, ensure_ascii=False, indent=1) + "\n", mode=0o600)
    return {row["login"]: row["password"] for row in json.loads(path.read_text(encoding="utf-8"))}


def readable_password() -> str:
    """Four words and a number (about 30 bits; guessing is locked out after five tries)."""
    words = sorted(set(WORDS.split()))
    return "-".join([*(secrets.choice(words) for _ in range(4)), str(10 + secrets.randbelow(90))])


def position_of(account: dict[str, Any], document: dict[str, Any]) -> str:
    """What the person is, and where."""
    titles = {p["code"]: p["title"]["vi"] for p in document["positions"]}
    return f"{', '.join(titles[code] for code in account['positions'])} ({document['name']['vi']})"


def _demonstrate(var: Path, say: Tell) -> None:
    runs, broken_off = demos()
    if runs and broken_off is None:
        return
    moment = now()
    say(f"Mô phỏng {DAYS} ngày của một xã · playing a commune's {DAYS} days")
    terms = DemoBegun(
        agency=COMMUNE, seed=SEED, days=DAYS, dossiers=DOSSIERS, until=moment.replace(microsecond=0)
    )
    report = run_demo(terms=terms, at=moment, say=say)
    write_receipts(report, var / "demo")
    say(f"Đã có {len(report.rows)} hồ sơ mẫu, {report.acts} việc · dossiers, acts")
