"""Results told of, kept, sent by post in batches, handed over; papers given back."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from motcua.dossiers import results as lists
from motcua.dossiers.attachments import contents_of
from motcua.dossiers.tracked import by_token, token_of
from motcua.files.operations import take_sent
from motcua.flows import progress, results
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.parties.operations import Particulars
from tests.support.acts import act, moment
from tests.support.papers import kept, picture
from tests.support.situations import dossier_in, sent_by_post
from tests.support.together import all_at_once
from tests.support.world import actor, viewer
from tests.support.written import written

pytestmark = pytest.mark.django_db
SINCE = moment(24, 9)
LATER = SINCE + timedelta(hours=30)


def shown(show: str, *, at=LATER, login: str = "tiepnhan1") -> list[str]:
    return [line.code for line in lists.waiting(viewer=viewer(login), at=at, show=show).lines]


def send(codes: list[str], *, login: str = "tiepnhan1", at=LATER) -> str:
    who = actor(login)
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        return results.give_to_post(codes=codes, carrier="VNPost", actor=who, at=at)[0]


def deliver(manifest: str, numbers: dict[str, str], *, login: str = "tiepnhan1", at=LATER):
    who = actor(login)
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        return results.post_delivered(manifest=manifest, numbers=numbers, actor=who, at=at)


def chain(code: str) -> list[tuple[str, str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.what, c.to_kind, c.place, c.outcome FROM dossiers_custody c"
            " JOIN dossiers_dossier d ON d.id = c.dossier WHERE d.code = %s ORDER BY c.seq",
            [code],
        )
        return cursor.fetchall()


def test_who_is_to_be_told_and_when_again():
    code = dossier_in("ready", since=SINCE)["code"]
    ready = SINCE + timedelta(hours=6)
    assert shown("tell", at=ready) == [code]

    act("tiepnhan1", ready, results.notify_ready, code=code, way="phone", reached=False, note="Máy bận.")
    assert shown("tell", at=ready) == []
    assert shown("tell", at=ready + timedelta(days=2)) == []
    assert shown("tell", at=ready + timedelta(days=3)) == [code]

    row = act("tiepnhan1", ready, results.notify_ready, code=code, way="sms", reached=True).row
    assert (row["reminders"], row["state"], row["holder_kind"]) == (2, "decided", "desk")


def test_nobody_is_told_of_a_result_that_is_not_at_the_desk():
    code = dossier_in("decided", since=SINCE)["code"]
    before = written()
    with pytest.raises(NotAllowedNow):
        act("tiepnhan1", LATER, results.notify_ready, code=code, way="phone", reached=True)
    with pytest.raises(NotAllowedNow):
        act("tiepnhan1", LATER, results.move_papers, code=code, what="result", to="shelf", place="B1")
    assert written() == before


def test_papers_in_custody_have_a_chain_that_ends_with_the_hand_over():
    code = dossier_in("ready", since=SINCE)["code"]
    act("tiepnhan1", LATER, results.move_papers, code=code, what="originals", to="officer", place="Tuyết")
    act("tiepnhan1", LATER, results.move_papers, code=code, what="originals", to="shelf", place="Tủ 2")
    act("tiepnhan1", LATER, results.move_papers, code=code, what="result", to="shelf", place="B7")
    given = {"way": "in_person", "recipient": "Nguyễn Thị Ánh Tuyết", "checked_by": "citizen_id"}
    event = act("tiepnhan2", LATER, results.hand_over, code=code, **given).event

    assert event.with_originals
    assert chain(code) == [
        ("result", "shelf", "A3", "moved"),
        ("originals", "officer", "Tuyết", "moved"),
        ("originals", "shelf", "Tủ 2", "given"),
        ("result", "shelf", "B7", "given"),
    ]


def test_by_post_on_a_manifest_delivered_or_back():
    codes = [
        dossier_in("ready", since=SINCE, return_way="post", name=name)["code"]
        for name in ("Hà Thị Thư", "Lý Văn Tín", "Mã Thị Bưu")
    ]
    assert shown("post") == codes
    manifest = send(codes)
    assert manifest == "BK-2026-000001"
    assert (shown("post"), shown("in_post")) == ([], codes)
    with pytest.raises(NotAllowedNow):
        act(
            "tiepnhan1", LATER, results.hand_over, code=codes[0], way="in_person", recipient="Hà Thị Thư",
            checked_by="citizen_id",
        )  # fmt: skip

    before = written()
    with pytest.raises(Invalid, match="số phiếu gửi"):
        deliver(manifest, {codes[0]: "EB123456789VN", codes[1]: " "})
    with pytest.raises(Denied, match=manifest):  # the post delivers by its manifest, and to nobody else
        act(
            "buudien", LATER, results.hand_over, code=codes[0], way="post", recipient="Người Khác",
            checked_by="", receipt_lost=True,
        )  # fmt: skip
    assert written() == before
    deliver(manifest, {codes[0]: "EB123456789VN", codes[1]: "EB123456790VN"})
    with pytest.raises(Invalid):
        act("tiepnhan1", LATER, results.move_papers, code=codes[2], what="result", to="shelf", place="B1")
    moved = {"what": "result", "to": "shelf", "place": "B1", "reason": "Vắng nhà ba lần."}
    act("tiepnhan1", LATER, results.move_papers, code=codes[2], **moved)

    lines = lists.manifest(manifest, viewer=viewer("tiepnhan1"))
    assert [(line.code, line.outcome) for line in lines] == list(
        zip(codes, ("given", "given", "moved"), strict=True)
    )
    assert lines[0].address == "Thôn Trung Tâm, Xã Mẫu"
    assert (shown("in_post"), shown("post")) == ([], [codes[2]])
    assert send([codes[2]]) == "BK-2026-000002"
    assert [m.number for m in lists.manifests(viewer=viewer("tiepnhan1"))[0]] == ["BK-2026-000002", manifest]


def test_the_post_delivers_to_the_recipient_named_at_the_reception():
    """Field by field: what was not told of the recipient is the applicant's."""
    aunt = Particulars(name="Đặng Thị Dì", address="12 Phố Chợ, Phường Xa", phone="0987654321")
    bare = Particulars(name="Phan Văn Cậu", address="")
    codes = [
        dossier_in("ready", since=SINCE, return_way="post", name=name, recipient=to)["code"]
        for name, to in (("Hà Thị Thư", aunt), ("Lý Văn Tín", bare), ("Mã Thị Bưu", None))
    ]
    manifest = send(codes)
    assert [(x.name, x.address, x.phone) for x in lists.manifest(manifest, viewer=viewer("tiepnhan1"))] == [
        ("Đặng Thị Dì", "12 Phố Chợ, Phường Xa", "0987654321"),
        ("Phan Văn Cậu", "Thôn Trung Tâm, Xã Mẫu", "0912345678"),
        ("Mã Thị Bưu", "Thôn Trung Tâm, Xã Mẫu", "0912345678"),
    ]

    done = deliver(manifest, dict.fromkeys(codes, "EB123456789VN"))
    texts = [
        contents_of(recorded.row["id"])[0][UUID(str(recorded.event.recipient.content))] for recorded in done
    ]
    assert texts == ["Đặng Thị Dì", "Phan Văn Cậu", "Mã Thị Bưu"]


def test_a_manifest_is_all_or_none():
    ready = dossier_in("ready", since=SINCE, return_way="post")["code"]
    decided = dossier_in("decided", since=SINCE)["code"]
    before = written()
    for codes in ([], [ready, decided], [ready, "H99.01.01-260824-0999"]):
        with pytest.raises((Invalid, NotAllowedNow, NotFound)):
            send(codes)
    with pytest.raises(Denied):
        send([ready], login="tuphap1")
    with pytest.raises(Denied):
        send([ready], login="tiepnhan1.mauhai")
    assert written() == before
    assert shown("post") == [ready]


def test_what_is_not_on_the_manifest_is_not_delivered_by_it():
    manifest, _ = sent_by_post(SINCE)
    stranger = dossier_in("ready", since=SINCE)["code"]
    before = written()
    with pytest.raises(Invalid):
        deliver(manifest, {stranger: "EB1"})
    assert written() == before


def test_a_lost_receipt_opens_nothing_any_more():
    row = dossier_in("ready", since=SINCE)
    assert by_token(token_of(row)) == row["id"]
    given = {"way": "in_person", "recipient": "Nguyễn Thị Ánh Tuyết", "checked_by": "citizen_id"}
    after = act("tiepnhan1", LATER, results.hand_over, code=row["code"], receipt_lost=True, **given).row
    assert by_token(token_of(row)) is None
    assert by_token(token_of(after)) == row["id"]


def test_a_photo_or_a_drawn_signature_must_be_there():
    code = dossier_in("ready", since=SINCE)["code"]
    given = {"way": "in_person", "recipient": "Nguyễn Thị Ánh Tuyết", "checked_by": "citizen_id"}
    before = written()
    with pytest.raises(Invalid) as refusal:
        act("tiepnhan1", LATER, results.hand_over, code=code, proof="photo", **given)
    assert refusal.value.field == "proof_file"
    assert written() == before
    theirs = kept("tiepnhan2", LATER, picture()).digest
    for login, digest in (("tiepnhan1", theirs), ("tiepnhan1", "ab" * 32)):
        with pytest.raises(Invalid) as refusal:
            act(login, LATER, results.hand_over, code=code, proof="photo", proof_file=digest, **given)
        assert refusal.value.field == "proof_file"
    assert written() == before
    event = act(
        "tiepnhan2", LATER, results.hand_over, code=code, proof="photo", proof_file=theirs, **given
    ).event
    assert event.proof_file == theirs
    with pytest.raises(Invalid):  # it is taken once
        act("tiepnhan2", LATER, take_again, digest=theirs)


def take_again(*, digest: str, actor, at):
    return take_sent(digest, field="proof_file", actor=actor, at=at)


def test_papers_of_what_ended_without_a_result_go_back_once():
    code = act("tiepnhan1", LATER, progress.withdraw, code=dossier_in("received", since=SINCE)["code"],
               shown_by="signed_paper").row["code"]  # fmt: skip
    assert shown("papers") == [code]
    given = {"recipient": "Nguyễn Thị Ánh Tuyết", "checked_by": "citizen_id"}
    row = act("tiepnhan1", LATER, results.give_back_papers, code=code, **given).row
    assert (row["state"], row["papers_owed"]) == ("withdrawn", False)
    assert shown("papers") == []
    with pytest.raises(NotAllowedNow):
        act("tiepnhan1", LATER, results.give_back_papers, code=code, **given)


def test_lists_are_the_desks_own():
    code = dossier_in("ready", since=SINCE)["code"]
    assert shown("", login="truongquay") == shown("", login="thanhtra") == [code]
    assert shown("", login="tiepnhan1.mauhai") == []
    for login in ("tuphap1", "vanthu", "kythuat", "danhmuc"):
        with pytest.raises(Denied):
            shown("", login=login)


@pytest.mark.django_db(transaction=True)
def test_two_manifests_at_once_take_a_result_once():
    codes = [dossier_in("ready", since=SINCE, return_way="post")["code"] for _ in range(2)]
    answers = all_at_once(lambda login: send(codes, login=login), ["tiepnhan1", "tiepnhan2"])
    assert sorted(type(answer).__name__ for answer in answers) == ["Invalid", "str"]
    assert shown("in_post") == codes
