"""The pages on which a form that was handed in is mended, and the desk's that say what is wrong in it."""

from collections.abc import Mapping
from datetime import datetime

from tests.support.mending import birth_from_home, birth_returned
from tests.support.scene import Scene
from tests.support.scenes_joint import MAY, TUYET, person

_MEND, _NAME = "/my/dossiers/{birth_asked}/supply/1", "child.name"
_TYPED = "/dossiers/{birth_asked}/supply/1"
_ASK = "/dossiers/{birth}/request_supplement"
OWN: Mapping[str, str] = {"my_mend": _MEND}
MENDING = (
    Scene("my_supply", "empty", "/my/dossiers/{birth_asked}/supply", TUYET),
    Scene("my_supply", "filled", "/my/dossiers/{birth_asked}/supply", TUYET, fill={"words_2": "Ông nội đặt."}),
    Scene("my_mend", "filled", _MEND, TUYET, fill={_NAME: "Trần Minh"}),
    Scene("my_mend", "error", _MEND, TUYET, fill={_NAME: ""}, sends=True, status=422),
    Scene("my_mend", "error", _MEND, MAY, status=404),
    Scene("act:request_supplement", "filled", _ASK, "tiepnhan1", fill={"others": "Ai đặt tên cho trẻ?"}),
    Scene("dossier", "filled", "/dossiers/{birth_asked}", "tiepnhan1"),
    Scene("mend_form", "filled", _TYPED, "tiepnhan1", fill={_NAME: "Trần Minh"}),
    Scene("mend_form", "error", _TYPED, "tiepnhan1", fill={_NAME: ""}, sends=True, status=422),
)  # fmt: skip
WITHOUT = dict.fromkeys([(page, "empty") for page in ("my_mend", "mend_form")], "it shows what was handed in")


def mended(at: datetime) -> dict[str, str]:
    """A birth handed in, and one returned with a fault in its form: Tuyết's."""
    who = person("tuyet", at)
    return {"birth": birth_from_home(who, at), "birth_asked": birth_returned(who, at)}
