"""An intake that is put aside keeps what was sent for it, and a colleague who goes on with it has it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.support import papers
from tests.support.pages import visitor
from tests.support.site import pages_at
from tests.support.world import viewer

from motcua.dossiers.selectors import dossier, dossiers
from motcua.files.models import PhoneLink, Upload
from motcua.files.operations import keep, sweep
from motcua.files.references import Pending
from motcua.kernel.time import ZONE, now
from motcua.web.counter.tests.support import NAME, filled, form_of, post, received

DAY = timedelta(days=1)


def put_aside(clerk: Client, how: str, *files: Pending) -> dict[str, str]:
    """An intake with files for its first papers, parked; its fields."""
    fields = filled(clerk)
    names = [name.removesuffix("_have") + "_files_kept" for name in fields if name.endswith("_have")]
    fields |= {name: one.reference for name, one in zip(names, files, strict=False)}
    assert post(clerk, fields | {"_park": how}).status_code == 302
    return fields


def go_on(someone: Client, fields: dict[str, str]) -> Any:
    """The intake as whoever takes it over sees it."""
    answer = someone.post(f"/intakes/{fields['intake']}/resume")
    assert answer.status_code == 302
    return someone.get(answer["Location"])


def names_of(code: str, at: datetime) -> list[str]:
    return [file.name for file in dossier(code, viewer=viewer("tiepnhan1", at=at)).attachments]


def test_a_colleague_receives_with_the_files(clerk: Client, at: datetime) -> None:
    fields = put_aside(clerk, "desk", papers.kept("tiepnhan1", now(), name="Tờ khai.pdf"))
    colleague = visitor("tiepnhan2", at=at)
    page = go_on(colleague, fields)
    assert "Tờ khai.pdf" in page.text
    upload = Upload.objects.get()
    assert colleague.get(f"/uploads/{upload.id}").status_code == 200
    assert clerk.get(f"/uploads/{upload.id}").status_code == 404
    code = received(colleague, {**form_of(page).fields, **fields})
    assert names_of(code, at) == ["Tờ khai.pdf"]


def test_what_the_telephone_sent_comes_along_and_what_it_sends_next(clerk: Client, at: datetime) -> None:
    invited = form_of(post(clerk, filled(clerk) | {"_phone": "1"})).fields
    link = PhoneLink.objects.get()
    sent = papers.received(papers.picture(), "IMG_1.jpg")
    keep(sent, owner=link.account_id, at=now(), link=link.id)
    sent.close()
    assert post(clerk, invited | {"_park": "desk"}).status_code == 302
    colleague = visitor("tiepnhan2", at=at)
    page = go_on(colleague, invited)
    assert page.status_code == 200
    assert "IMG_1.jpg" in page.text
    link.refresh_from_db()
    assert {link.account_id} == set(Upload.objects.values_list("account", flat=True))
    assert link.account_id == viewer("tiepnhan2", at=at).account


@pytest.mark.usefixtures("at")
@pytest.mark.parametrize("how", ["mine", "desk"])
def test_files_stay_as_long_as_the_intake(how: str) -> None:
    """Parked on a Friday, gone on with on Monday: the day that files wait is long over."""
    friday, monday = (datetime(2026, 8, day, 10, 0, tzinfo=ZONE) for day in (7, 10))
    with pages_at(friday):
        clerk = visitor("tiepnhan1", at=friday)
        fields = put_aside(clerk, how, papers.kept("tiepnhan1", friday, name="Tờ khai.pdf"))
    sweep(at=monday)
    assert Upload.objects.count() == 1
    with pages_at(monday):
        assert "Tờ khai.pdf" in go_on(visitor("tiepnhan1", at=monday), fields).text
    sweep(at=monday + DAY)
    assert Upload.objects.count() == 0


def test_another_desk_gets_neither_intake_nor_files(clerk: Client, at: datetime) -> None:
    fields = put_aside(clerk, "desk", papers.kept("tiepnhan1", now()))
    before = Upload.objects.get()
    stranger = visitor("tiepnhan1.mauhai", at=at)
    assert stranger.post(f"/intakes/{fields['intake']}/resume").status_code == 404
    assert Upload.objects.get().account_id == before.account_id


def test_files_of_an_intake_kept_for_oneself_are_nobody_elses(clerk: Client, at: datetime) -> None:
    fields = put_aside(clerk, "mine", papers.kept("tiepnhan1", now()))
    assert visitor("tiepnhan2", at=at).post(f"/intakes/{fields['intake']}/resume").status_code == 404
    assert Upload.objects.get().account_id == viewer("tiepnhan1", at=at).account


def test_what_a_colleague_took_over_becomes_one_dossier(clerk: Client, at: datetime) -> None:
    old = put_aside(clerk, "desk")
    colleague = visitor("tiepnhan2", at=at)
    page = form_of(go_on(colleague, old)).fields
    before = all_of(at)
    answer = post(clerk, old)  # by the browser's way back, while the colleague types
    assert (answer.status_code, all_of(at)) == (409, before)
    assert "Đồng nghiệp đã nhận làm tiếp" in answer.text
    assert NAME in answer.text, "what was typed stays on the page"
    code = received(colleague, page)
    after = all_of(at)
    assert (post(clerk, old).status_code, all_of(at)) == (409, after)
    assert received(colleague, page) == code, "one's own second click finds the first answer"
    assert all_of(at) == after == [code, *before]


def all_of(at: datetime) -> list[str]:
    return [line.code for line in dossiers(viewer=viewer("tiepnhan1", at=at), at=at).lines]
