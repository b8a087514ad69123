"""A version with a red test is published by nobody: not by the operation, the page, nor the commands."""

import json
from copy import deepcopy
from typing import Any

import pytest

from motcua.catalogue.starter import procedures as shipped
from motcua.cli import export, process_tests, processes as importing
from motcua.cli.errors import CliError
from motcua.dossiers.states import Act
from motcua.flows.processes import judged, publish_process
from motcua.kernel.drafting import Did
from motcua.kernel.errors import Denied, Invalid, NotFound
from motcua.kernel.time import local, now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.models import Event
from motcua.processes.checks import parse
from motcua.processes.drafting import Origin, begin, keep, publish_draft
from motcua.processes.models import Draft, Version
from motcua.processes.operations import publish
from motcua.processes.selectors import published_body
from motcua.processes.testing.judging import told
from motcua.processes.testing.recording import recordable, recorded
from motcua.processes.testing.running import run
from motcua.processes.testing.shapes import SkipUnit
from motcua.processes.testing.wording import skip_words
from motcua.processes.testing.writing import document_of
from tests.support.acts import moment
from tests.support.lived import LIFE, lived
from tests.support.lives import brought_to
from tests.support.world import SYSTEM, actor, logins, viewer

pytestmark = pytest.mark.django_db
CODE = "QT-1.004837"


def body(red: bool = False, **changes: Any) -> dict[str, Any]:
    """The shipped process with its test, and a table that is changed; `red`: the test expects another state."""
    told = deepcopy(published_body(CODE, 1)) | changes
    told["source"] = "QT mới"
    if red:
        told["tests"][0]["rows"][0]["expect"]["state"] = "decided"
    return told


def published() -> tuple[int, int]:
    """How many versions there are, and how many events say so."""
    return Version.objects.count(), Event.objects.filter(type="process_version_published").count()


def test_what_is_red_is_refused_by_the_operation_the_draft_and_the_import(tmp_path, capsys):
    who, at, before = actor("danhmuctinh", at=now()), now(), published()
    said = "bài thử “Công nhận giám hộ, đi thẳng”, dòng 1: trạng thái: mong đợi"
    with pytest.raises(Invalid, match=said), unit_of_work(actor=SYSTEM, at=at, request=Request.fresh()):
        publish(document=body(red=True), actor=SYSTEM, at=at)
    with unit_of_work(actor=who, at=at, request=Request.fresh()):
        draft = begin(document=body(red=True), origin=Origin(process=CODE, version=1), actor=who, at=at)
    found = judged(Draft.objects.get().body, on=local(at).date())
    assert [each.place for each in found.wrong] == ["tests.0"] * 2
    terms: dict[str, Any] = {"draft": draft, "revision": 1, "upon": 1, "actor": who, "at": at}
    for does in (
        lambda: publish_process(document=Draft.objects.get().body, **terms),
        lambda: publish_draft(**terms),
    ):
        with pytest.raises(Invalid, match="dòng 1"), unit_of_work(actor=who, at=at, request=Request.fresh()):
            does()
    path = tmp_path / "red.json"
    path.write_text(json.dumps([body(red=True)], ensure_ascii=False), encoding="utf-8")
    assert importing.take_processes(path) == 1
    assert "expected “Decided”, got “Received”" in capsys.readouterr().out
    assert published() == before
    assert Draft.objects.get().revision == 1


def test_a_test_is_kept_from_version_to_version_and_ends_only_with_a_reason():
    who, at = actor("danhmuctinh", at=now()), now()
    silent = {key: value for key, value in body().items() if key != "tests"}
    forgetful = body(tests=[])
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh()):
        publish(document=silent, actor=SYSTEM, at=at)
    assert published_body(CODE)["tests"] == body()["tests"]
    with (
        pytest.raises(Invalid, match="thiếu bài thử"),
        unit_of_work(actor=who, at=at, request=Request.fresh()),
    ):
        publish(document=forgetful, actor=SYSTEM, at=at)
    with unit_of_work(actor=who, at=at, request=Request.fresh()):
        draft = begin(document=forgetful, origin=Origin(process=CODE, version=1), actor=who, at=at)
    assert [each.place for each in judged(forgetful, on=local(at).date()).wrong] == ["tests"]
    retired = deepcopy(body()["tests"])
    retired[0]["retired"] = "Quy trình không còn bước này"
    with unit_of_work(actor=who, at=at, request=Request.fresh()):
        keep(
            draft=draft,
            revision=1,
            change=lambda was: {**was, "tests": retired},
            did=Did(what="changed"),
            actor=who,
            at=at,
        )
    with unit_of_work(actor=who, at=at, request=Request.fresh()):
        publish_process(draft=draft, revision=2, document=Draft.objects.get().body, upon=2, actor=who, at=at)
    assert published_body(CODE, 3)["tests"][0]["retired"] == "Quy trình không còn bước này"


def test_a_published_test_is_not_made_to_pass_silently_and_the_ledger_names_it():
    """A table that turns a test red was published by writing other rows under the test's code."""
    at, before = now(), published()
    told = body()
    told["tests"][0]["rows"][1]["expect"] = {}

    def publishes(document: dict[str, Any]) -> None:
        with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh()):
            publish(document=document, actor=SYSTEM, at=at)

    with pytest.raises(Invalid, match="không có lý do"):
        publishes(told)
    [fault] = judged(told, on=local(at).date()).wrong
    assert (fault.place, "nobody says why" in fault.said.en) == ("tests.0", True)
    with pytest.raises(Invalid, match="không khác phiên bản mới nhất"):
        publishes(dict(published_body(CODE)))
    assert published() == before
    told["tests"][0]["changes"] = ["Bước này nay không đổi trạng thái"]
    publishes(told)
    event = json.loads(Event.objects.filter(type="process_version_published").latest("recorded_at").envelope)
    assert (event["type_version"], event["data"]["changed_tests"]) == (2, [told["tests"][0]["code"]])
    assert published_body(CODE)["tests"][0]["changes"] == ["Bước này nay không đổi trạng thái"]


def test_the_command_runs_what_is_published_drafted_or_in_a_file(tmp_path, capsys):
    assert process_tests.run_tests(CODE) == 0
    assert "Công nhận giám hộ, đi thẳng: đúng · green" in capsys.readouterr().out
    for name in ("one.json", "one.bpmn"):
        assert export.process(CODE, tmp_path / name) == 0
        assert process_tests.run_tests(str(tmp_path / name)) == 0
        assert "      1 bài thử" in capsys.readouterr().out
    assert published_body(CODE)["tests"] == json.loads((tmp_path / "one.json").read_text("utf-8"))[0]["tests"]
    who, at = actor("danhmuctinh", at=now()), now()
    with unit_of_work(actor=who, at=at, request=Request.fresh()):
        begin(document=body(red=True), origin=Origin(process=CODE, version=1), actor=who, at=at)
    assert process_tests.run_tests(CODE, draft=True) == 1
    assert "1: trạng thái: mong đợi “Đã có kết quả”" in capsys.readouterr().out
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(body() | {"tests": [{"code": "x"}]}), encoding="utf-8")
    assert process_tests.run_tests(str(broken)) == 1
    assert "tests[0].title" in capsys.readouterr().out
    for what in ("nothing", str(tmp_path / "none.json")):
        with pytest.raises(CliError):
            process_tests.run_tests(what)


def test_a_dossier_that_ended_becomes_a_test_that_is_green_and_says_whose_it_was_to_nobody():
    who = viewer("danhmuctinh", at=now())
    code = lived(*LIFE)
    made = recorded(code, process="QT-1.004873", viewer=who)
    test = made.test
    assert not made.notes
    assert [row.act.value for row in test.rows] == [
        "receive",
        *(one[1].value for one in LIFE if one[1] is not Act.CLAIM),
    ]
    assert [row.expect.due for row in test.rows][:4] == [
        "2026-03-05T17:00",
        "2026-03-05T17:00",
        "none",
        "2026-03-09T17:00",
    ]
    assert (test.rows[6].person, test.rows[6].outcome, test.rows[6].expect.messages) == (2, "refused", ())
    assert test.begins == "2026-03-02T09:00"
    version = {one.code: one for one in shipped()}["1.004873"]
    published_now = parse(published_body("QT-1.004873"))
    assert not run(test, published_now, version).is_red
    text = json.dumps(document_of(test), ensure_ascii=False)
    for secret in ("Tuyết", code, "2026-08", str(logins()["tuphap1"])):
        assert secret not in text


def test_opinions_and_an_extension_are_recorded_and_come_to_the_same():
    code = lived(
        ("tuphap1", Act.START, moment(10, 10), {}),
        ("tuphap1", Act.CONSULT, moment(10, 11), {}),
        ("chutich.mauhai", Act.ANSWER_CONSULTATION, moment(11, 9), {}),
        ("chutich", Act.EXTEND, moment(11, 10), {}),
        ("tuphap1", Act.STEP, moment(11, 11), {}),
        ("chutich", Act.STEP, moment(11, 14), {}),
        ("vanthu", Act.DECIDE, moment(11, 15), {}),
    )
    made = recorded(code, process="QT-1.004873", viewer=viewer("danhmuctinh", at=now()))
    row = made.test.rows[2]
    assert (row.whom, row.value, made.notes) == (("agency:H99.01.02",), 3, ())
    published_now = parse(published_body("QT-1.004873"))
    version = {one.code: one for one in shipped()}["1.004873"]
    result = run(made.test, published_now, version)
    assert not [(n, said.en) for n, said in told(result)]
    assert made.test.rows[-1].expect.due == result.rows[-1].came.due


def test_what_cannot_be_recorded_is_refused_with_what_to_do():
    who = viewer("danhmuctinh", at=now())
    running = lived(*LIFE[:2])
    assert recordable("QT-1.004873", viewer=who) == [], "what runs is not offered"
    unreceived, _at = brought_to("refused")
    corrected = lived(*LIFE[:1], ("tuphap1", Act.STEP, moment(10, 11), {}), ("tuphap1", Act.RECALL, moment(10, 12), {}),
                      ("tiepnhan1", Act.WITHDRAW, moment(11, 9), {}), name="Trần Thị Bình")  # fmt: skip
    for code, process, said in (
        (running, "QT-1.004873", "chưa giải quyết xong"),
        (corrected, "QT-1.004873", "chưa diễn được"),
        (corrected, "QT-1.001193", "không chạy quy trình"),
        (unreceived, "QT-1.004873", "không được tiếp nhận nên"),
    ):
        with pytest.raises(Invalid, match=said):
            recorded(code, process=process, viewer=who)
    with pytest.raises(NotFound):
        recorded("H99.01.01-260810-9999", process="QT-1.004873", viewer=who)
    assert [one.code for one in recordable("QT-1.004873", viewer=who)] == [corrected]
    for login in ("danhmuc", "tuphap1"):
        with pytest.raises(Denied):
            recordable("QT-1.004873", viewer=viewer(login, at=now()))
        with pytest.raises(Denied):
            recorded(corrected, process="QT-1.004873", viewer=viewer(login, at=now()))


def test_time_between_acts_is_told_as_people_say_it():
    for value, unit, said in (
        ("0.682778", SkipUnit.WORKING_HOUR, "41 phút làm việc"),
        ("2.5", SkipUnit.WORKING_HOUR, "2 giờ 30 phút làm việc"),
        ("2", SkipUnit.WORKING_HOUR, "2 giờ làm việc"),
        ("1.25", SkipUnit.HOUR, "1 giờ 15 phút"),
        ("1.5", SkipUnit.WORKING_DAY, "1,5 ngày làm việc"),
        ("mấy", SkipUnit.HOUR, "mấy giờ"),
        ("9e999999", SkipUnit.HOUR, "9e999999 giờ"),
        ("1e5000", SkipUnit.HOUR, "1e5000 giờ"),
        ("NaN", SkipUnit.HOUR, "NaN giờ"),
    ):
        assert skip_words(value, unit).vi == said
