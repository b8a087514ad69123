"""Opinions of others in tests: asked, answered, lapsed; with a ground that pauses, or foreseen by the process."""

import json
from datetime import date, timedelta
from importlib.resources import files
from uuid import UUID

from django.db import connection

from motcua.catalogue import operations as catalogue
from motcua.dossiers import projector
from motcua.flows import consultations as flows, progress
from motcua.flows.reception import receive
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import history
from motcua.processes import operations as processes
from motcua.reactions.consultations import let_lapse
from tests.support.acts import act, moment
from tests.support.lives import plain
from tests.support.world import COMMUNE, OTHER_COMMUNE, actor, intake

CODE = "1.004873"
NEIGHBOUR = f"agency:{OTHER_COMMUNE}"
QUESTION = "Người này có đăng ký kết hôn ở xã không?"
OPINION = {"outcome": "agree", "text": "Không có.", "signed": "Dương Văn Khải", "number": "15/UBND"}


def ask(code, at, *, login="tuphap1", whom=(NEIGHBOUR,), value="2", unit="working_day", **told):
    """Ask for an opinion; the consultations of the dossier afterwards."""
    arguments = {"whom": list(whom), "about": QUESTION, "value": value, "unit": unit, **told}
    act(login, at, flows.consult, code=code, **arguments)
    return plain(code)["consultations"]


def answer(code, one, at, *, login="chutich.mauhai", **told):
    return act(login, at, flows.answer, code=code, consultation=UUID(one["id"]), **{**OPINION, **told})


def lapse(at):
    return let_lapse(clock=lambda: at, origin="simulated")


def replayed(code):
    """The rows of the dossier as its events make them are those that stand."""
    row = plain(code)
    rebuilt = projector.replay(history(row["id"]))
    assert rebuilt["dossiers_dossier"] == [row]
    for table in ("dossiers_consultation", "dossiers_holding"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table} WHERE dossier = %s ORDER BY 1, 2", [row["id"]])
            names = [c.name for c in cursor.description]
            stands = [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
        for one in stands:
            one |= {"kinds": json.loads(one["kinds"])} if "kinds" in one else {}
        key = "id" if table == "dossiers_consultation" else "seq"
        assert sorted(rebuilt[table], key=lambda one: one[key]) == sorted(stands, key=lambda one: one[key])


def with_ground(maximum="5"):
    """The shipped procedure published anew: an opinion stops the clock for so many working days in all."""
    told = json.loads(
        (files("motcua.catalogue") / "data" / "procedures" / f"{CODE}.json").read_text(encoding="utf-8")
    )
    (ground,) = (g for g in told["grounds"]["suspension"] if g["code"] == "pausing_consultation")
    ground |= {"maximum": {"unit": "working_day", "value": maximum}, "variants": []}
    at, who = moment(20, 8), actor("danhmuctinh", at=moment(20, 8))
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        catalogue.publish(document=told, effective_from=date(2026, 8, 21), actor=who, at=at)


def under_way(at=None):
    """A dossier of that version, taken up."""
    code = str(act("tiepnhan1", at or moment(24, 9), receive, intake=intake()).row["code"])
    act("tuphap1", (at or moment(24, 9)) + timedelta(minutes=1), progress.start, code=code)
    return code


def plan(**told):
    """A consultation of the first step of the shipped process."""
    return {
        "code": "neighbour",
        "whom": [{"agency": OTHER_COMMUNE}, {"unit": "economy"}],
        "about": {"vi": "Tình trạng hôn nhân", "en": "Marital status"},
        "limit": {"unit": "working_day", "value": "1"},
        **told,
    }


def foreseen(**told):
    """Its next version, run by the commune."""
    shipped = files("motcua.processes") / "data" / f"{CODE}.json"
    document = json.loads(shipped.read_text(encoding="utf-8"))
    document["steps"][1]["consultations"] = [plan(**told)]
    at, who = moment(20, 8), actor("danhmuc", at=moment(20, 8))
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        version = processes.publish(document=document, actor=who, at=at)
        for variant in document["variants"]:
            processes.adopt(
                agency=COMMUNE,
                process_version=version,
                variant=variant["code"],
                valid_from=date(2026, 8, 21),
                actor=who,
                at=at,
            )
