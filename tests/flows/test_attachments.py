"""Files of a dossier: in its event by digest, in content by name, and nowhere half."""

import json

import pytest
from django.db import connection

from motcua.dossiers.attachments import contents_of
from motcua.dossiers.selectors import attachment, dossier
from motcua.files.models import Upload
from motcua.flows.reception import receive, submit
from motcua.kernel.errors import Invalid, NotFound
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.operations import AlreadyDone
from motcua.ledger.selectors import history
from tests.support.acts import act, moment
from tests.support.papers import kept, pdf
from tests.support.statements import statements
from tests.support.world import actor, intake, viewer
from tests.support.written import written

pytestmark = pytest.mark.django_db
AT = moment(24, 9)


def received(*pending, at=AT):
    return act("tiepnhan1", at, receive, intake=intake(uploads=tuple(one.upload for one in pending)))


def test_a_reception_names_its_files_by_digest_and_keeps_their_names_apart():
    files = [kept("tiepnhan1", AT, pdf(n), name=f"Đơn của bà Tuyết {n}.pdf") for n in (1, 2)]
    row = received(*files).row
    (event,) = history(row["id"])
    told = [c["file_digests"] for c in event.data["components"] if c["file_digests"]]
    assert told == [[one.digest for one in files]]
    _, shown = contents_of(row["id"])
    assert [(s.name, s.pages, s.size, s.digest.hex()) for s in shown] == [
        (one.name, one.pages, one.size, one.digest) for one in files
    ]
    assert "Tuy" not in json.dumps(event.data, ensure_ascii=False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(a)::text FROM dossiers_attachment a")
        assert "Tuy" not in "".join(line for (line,) in cursor.fetchall())


def test_a_submission_takes_files_too():
    one = kept("tiepnhan1", AT)
    row = act("tiepnhan1", AT, submit, intake=intake(uploads=(one.upload,))).row
    assert [file.digest.hex() for file in contents_of(row["id"])[1]] == [one.digest]


def test_what_came_as_a_file_alone_stands_in_the_event_with_no_paper():
    told = intake()
    extra = next(c for c in told.handed[1:])
    one = kept("tiepnhan1", AT)
    row = act("tiepnhan1", AT, submit, intake=_without(told, extra.component, one.upload)).row
    facts = {c["component"]: c for c in row["components"]}
    assert facts[extra.component]["file_digests"] == [one.digest]
    assert facts[extra.component]["originals"] + facts[extra.component]["copies"] == 0


def _without(told, component, upload):
    handed = tuple(h for h in told.handed if h.component != component)
    return type(told)(
        **{name: getattr(told, name) for name in told.__slots__}
        | {"handed": handed, "uploads": {component: (upload,)}}
    )


def test_a_file_of_somebody_else_or_a_used_one_leaves_nothing():
    other, used = kept("tiepnhan2", AT), kept("tiepnhan1", AT, pdf(2))
    received(used)
    before = written()
    for wrong in (other, used):
        with pytest.raises(Invalid):
            received(wrong)
    assert written() == before
    assert Upload.objects.count() == 1


def test_the_second_click_of_a_reception_with_files_is_its_first_answer():
    one, who = kept("tiepnhan1", AT), actor("tiepnhan1", at=AT)
    request = Request.of("clicked twice")

    def click():
        with unit_of_work(actor=who, at=AT, request=request, origin="simulated"):
            return receive(intake=intake(uploads=(one.upload,)), actor=who, at=AT)

    first = click()
    with pytest.raises(AlreadyDone) as done:
        click()
    assert done.value.stream == first.row["id"]


def test_files_cost_a_reception_one_statement():
    received()
    files = tuple(kept("tiepnhan1", AT, pdf(n)).upload for n in (1, 2, 3))
    who = actor("tiepnhan1", at=AT)
    with (
        statements(most=14),
        unit_of_work(actor=who, at=AT, request=Request.of("counted"), origin="simulated"),
    ):
        receive(intake=intake(number="001099012345", uploads=files), actor=who, at=AT)


def test_a_file_is_found_in_its_own_dossier_only_and_by_who_sees_it():
    one, two = (received(kept("tiepnhan1", AT, pdf(n))).row for n in (1, 2))
    (file,) = dossier(one["code"], viewer=viewer("tuphap1", at=AT)).attachments
    assert attachment(one["code"], file.id, viewer=viewer("tuphap1", at=AT))[1] == file
    for code, login in (
        (two["code"], "tuphap1"),
        (one["code"], "tiepnhan1.mauhai"),
        (one["code"], "kythuat"),
    ):
        with pytest.raises(NotFound):
            attachment(code, file.id, viewer=viewer(login, at=AT))
