"""What officers write to each other about a dossier, and what they are told of it."""

from datetime import datetime
from typing import Any

from motcua.dossiers.notified import row_of
from motcua.flows import notes
from motcua.reactions.words import Word, tell_those
from tests.support.acts import act
from tests.support.outlets import told_of
from tests.support.world import logins


def wrote(login: str, code: str, to: str, body: str, at: datetime, **more: Any) -> int:
    """Write a note or a message; the event's number. "person:LOGIN" names a person."""
    if to.startswith("person:"):
        to = f"person:{logins()[to.removeprefix('person:')]}"
    return int(act(login, at, notes.write, code=code, to=to, body=body, **more).meta.seq)


def talked(row: dict[str, Any], at: datetime) -> None:
    """A note, a question and its answer on a dossier that tuphap1 has, and notices of it for tuphap1; and what the
    applicant was sent."""
    code = row["code"]
    told_of(code, at=at)
    wrote("tuphap1", code, "own", "Gọi lại cho xã bên trước thứ Sáu.", at)
    wrote("tuphap1", code, "unit", "Đã đối chiếu sổ năm 2019, không có tên.", at)
    asked = wrote("chutich", code, "person:tuphap1", "Hồ sơ này vướng gì?", at)
    wrote("tuphap1", code, "", "Chờ xã bên trả lời, chậm nhất thứ Năm.", at, answers=asked)
    wrote("chutich", code, "person:tuphap1", "Nhờ báo lại khi có trả lời.", at)
    now = row_of(row["id"])
    assert now is not None
    step = {"vi": "Thẩm định hồ sơ", "en": "Examine the dossier"}
    account, by = str(logins()["tuphap1"]), logins()["chutich"]
    tell_those(Word("assigned", account, {"step": step}), now, cause="scene", by=by, at=at)
    tell_those(Word("message", account), now, cause="scene", by=by, at=at)
