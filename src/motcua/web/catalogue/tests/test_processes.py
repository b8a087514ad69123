"""Who runs which process: adopted from a day on when its seats are held, stopped from a day on, by the agency's own
catalogue officer alone."""

import re
from datetime import date, timedelta
from html import unescape
from uuid import UUID

import pytest
from django.db import connection
from tests.support.acts import act
from tests.support.drafts import PROCESSED, processes_made
from tests.support.html import Page
from tests.support.pages import plain_static, visitor
from tests.support.world import COMMUNE, OTHER_COMMUNE, actor, intake

from motcua.agencies.models import Agency
from motcua.flows.localising import run_process, stop_process
from motcua.flows.reception import receive
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow
from motcua.kernel.time import local, now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import history
from motcua.processes.bpmn import read_bpmn
from motcua.processes.checks import parse
from motcua.processes.models import Adoption
from motcua.processes.operations import publish
from motcua.processes.selectors import adopted, published_body, version

pytestmark = pytest.mark.django_db
PAGES = "/catalogue"


@pytest.fixture
def made():
    at = now()
    return processes_made(actor("danhmuctinh", at=at), at)


@pytest.fixture
def officer():
    with plain_static():
        yield visitor("danhmuc", at=now())


def day(name: str, of: date) -> dict[str, str]:
    return {f"{name}_{n}": str(part) for n, part in enumerate((of.day, of.month, of.year))}


def in_force(on: date, variant: str, agency: str = COMMUNE) -> int:
    found = adopted(agency=agency, procedure=PROCESSED, variant=variant, on=on, at=now())
    return Adoption.objects.filter(version_id=found.version_id).values_list("version__number", flat=True)[0]


def decided() -> str:
    """What was last decided on the commune's stream."""
    return list(history(Agency.objects.get(code=COMMUNE).stream))[-1].type


def test_a_version_is_adopted_from_a_day_on_and_stopped_from_another(officer, made):
    today = local(now()).date()
    later, last = today + timedelta(days=3), today + timedelta(days=9)
    address = f"{PAGES}/process-versions/{made['process_version']}/adopt"
    form = Page(officer.get(address).text).form("variants")
    variants = form.choices["variants"]
    assert len(variants) > 1
    sent = form.sent({**day("valid_from", later), "variants": variants[:1]})
    assert officer.post(address, sent)["Location"] == f"{PAGES}/processes/{made['process_twice']}"
    assert officer.post(address, sent).status_code == 302, "sent twice, adopted once"
    assert (in_force(today, variants[0]), in_force(later, variants[0]), in_force(later, variants[1])) == (
        1,
        2,
        1,
    )
    assert decided() == "process_adopted"

    page = unescape(officer.get(f"{PAGES}/processes/{made['process_twice']}").text)
    assert "sắp áp dụng" in page
    stop = f"{PAGES}/process-stop/{made['process_twice']}"
    form = Page(officer.get(stop).text).form("variants")
    sent = form.sent({**day("valid_to", last), "variants": variants[:1]})
    assert officer.post(stop, sent).status_code == 302
    assert officer.post(stop, sent).status_code == 302, "sent twice, stopped once"
    assert decided() == "process_stopped"
    assert in_force(last - timedelta(days=1), variants[0]) == 2
    with pytest.raises(NotAllowedNow):
        in_force(last, variants[0])
    assert in_force(last, variants[1]) == 1


def test_a_wrong_version_is_replaced_for_the_same_day_until_a_dossier_is_received_under_it(officer, made):
    at = now()
    today, who = local(at).date(), actor("danhmuc", at=at)
    body = published_body(made["process_twice"]) or {}
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin="simulated"):
        third = publish(document={**body, "source": "QĐ sửa"}, actor=SYSTEM, at=at)

    def take(version):
        with unit_of_work(actor=who, at=at, request=Request.fresh()):
            run_process(
                procedure=PROCESSED,
                agency=COMMUNE,
                process_version=UUID(str(version)),
                variants=["no_verification"],
                valid_from=today,
                actor=who,
                at=at,
            )

    before = Agency.objects.get(code=COMMUNE).head_seq
    take(made["process_version"])
    with pytest.raises(Invalid):
        take(made["process_version"])
    take(third)
    assert in_force(today, "no_verification") == 3
    assert Agency.objects.get(code=COMMUNE).head_seq == before + 2, "the ledger keeps both"
    act("tiepnhan1", at, receive, intake=intake())
    with pytest.raises(Invalid) as refused:
        take(made["process_version"])
    assert refused.value.field == "valid_from"
    assert in_force(today, "no_verification") == 3


def test_what_is_stopped_from_today_is_stopped_once(officer, made):
    stop = f"{PAGES}/process-stop/{made['process_twice']}"
    form = Page(officer.get(stop).text).form("variants")
    sent = form.sent(day("valid_to", local(now()).date()))
    before = Agency.objects.get(code=COMMUNE).head_seq
    assert [officer.post(stop, sent).status_code for _ in range(2)] == [302, 302]
    assert Agency.objects.get(code=COMMUNE).head_seq == before + 1
    assert officer.get(stop).status_code == 404
    assert "đã thôi" in officer.get(f"{PAGES}/processes/{made['process_twice']}").text


def test_an_empty_seat_is_named_before_and_refused_after(officer, made):
    address = f"{PAGES}/process-versions/{made['process_empty']}/adopt"
    page = unescape(officer.get(address).text)
    assert "chưa có người giữ vị trí Trưởng phòng chuyên môn" in page
    assert all("variants" not in form.fields for form in Page(page).forms)
    today = local(now()).date()
    answer = officer.post(
        address, {**day("valid_from", today), "variants": ["no_verification"], "idempotency_key": "k"}
    )
    assert answer.status_code == 409
    assert "Trưởng phòng chuyên môn" in unescape(answer.text)
    assert not Adoption.objects.filter(version_id=made["process_empty"]).exists()


@pytest.mark.parametrize("login", ["danhmuctinh", "tiepnhan1", "chutich", "kythuat"])
def test_nobody_else_decides_for_the_commune(made, login):
    at = now()
    who, today = actor(login, at=at), local(at).date()
    rows = list(Adoption.objects.order_by("id").values())
    for run, more in (
        (run_process, {"process_version": made["process_version"], "valid_from": today}),
        (stop_process, {"valid_to": today}),
    ):
        with pytest.raises(Denied), unit_of_work(actor=who, at=at, request=Request.fresh()):
            run(procedure=PROCESSED, agency=COMMUNE, variants=["no_verification"], actor=who, at=at, **more)
    assert list(Adoption.objects.order_by("id").values()) == rows


@pytest.mark.parametrize(
    ("variants", "days", "field"),
    [(["no_verification"], -1, "valid_to"), ([], 1, "variants"), (["nothing"], 1, "variants")],
)
def test_only_what_runs_is_stopped_and_never_backwards(variants, days, field):
    at = now()
    who = actor("danhmuc", at=at)
    with pytest.raises(Invalid) as refused, unit_of_work(actor=who, at=at, request=Request.fresh()):
        stop_process(
            procedure=PROCESSED,
            agency=COMMUNE,
            variants=variants,
            valid_to=local(at).date() + timedelta(days=days),
            actor=who,
            at=at,
        )
    assert refused.value.field == field
    assert not Adoption.objects.exclude(valid_to=None).exists()


def test_processes_are_found_by_words_and_compared_in_sentences(officer, made):
    page = unescape(officer.get(f"{PAGES}/processes", {"q": "tinh trang hon nhan"}).text)
    assert made["process_twice"] in page
    assert "QT-1.001193" not in page
    assert "đang áp dụng phiên bản 1" in page
    # Who announces runs nothing themselves: they read how many agencies do, and will.
    at = now()
    who = actor("danhmuc", at=at)
    with unit_of_work(actor=who, at=at, request=Request.fresh()):
        run_process(
            procedure=PROCESSED,
            agency=COMMUNE,
            process_version=UUID(str(made["process_version"])),
            valid_from=local(at).date() + timedelta(days=3),
            variants=["verification"],
            actor=who,
            at=at,
        )
    announcer = visitor("danhmuctinh", at=at)
    page = " ".join(unescape(announcer.get(f"{PAGES}/processes", {"q": PROCESSED}).text).split())
    assert re.search(r"đang áp dụng phiên bản 1</\w+> <small>\d cơ quan", page)
    assert re.search(r"sắp áp dụng phiên bản 2</\w+> <small>1 cơ quan", page)
    assert f'href="{PAGES}/processes"' in announcer.get("/").text  # the menu
    told = unescape(officer.get(f"{PAGES}/process-compare/{made['process_twice']}").text)
    assert "kết quả của bước đổi từ" in told
    assert "“Tờ trình”" in told
    assert officer.get(f"{PAGES}/process-versions/{made['process_version']}/version.json").json()["steps"][1][
        "outputs"
    ] == [{"vi": "Tờ trình", "en": "Submission"}]


def test_an_officer_sees_who_runs_it_as_far_as_it_is_theirs(officer, made):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM processes_adoption WHERE agency = %s", [OTHER_COMMUNE])
        assert cursor.fetchone()[0]
    address = f"{PAGES}/processes/{made['process_twice']}"
    assert "Xã Mẫu Hai" not in officer.get(address).text
    assert "Xã Mẫu Hai" in visitor("danhmuctinh", at=now()).get(address).text


def test_a_version_is_drawn_and_taken_as_bpmn(officer, made):
    address = f"{PAGES}/process-versions/{made['process_version']}"
    page = officer.get(address).text
    assert f'src="{address}/version.svg"' in page
    drawn = officer.get(f"{address}/version.svg")
    assert drawn["Content-Type"].startswith("image/svg+xml")
    assert 'class="step"' in drawn.text
    taken = officer.get(f"{address}/version.bpmn")
    assert taken["Content-Disposition"].endswith('.bpmn"')
    assert parse(read_bpmn(taken.content)) == version(UUID(made["process_version"]))
    for name in ("version.svg", "version.bpmn"):
        assert visitor("tiepnhan1", at=now()).get(f"{address}/{name}").status_code == 403
