"""Scenes of one's own account, of the shared computer, and of the administrator's pages."""

from tests.support.enrolled import ENROLLED
from tests.support.scene import Scene

ALIKE = "/catalogue/findings-alike?what=unit_blank&publisher=B%E1%BB%99+Th%E1%BB%AD+nghi%E1%BB%87m"

PEOPLE = (
    Scene("sign_in_second", "empty", "/sign-in/second", f"half:{ENROLLED}"),
    Scene("sign_in_second", "filled", "/sign-in/second", f"half:{ENROLLED}", fill={"factor_code": "123 456"}),
    Scene(
        "sign_in_second",
        "error",
        "/sign-in/second",
        f"half:{ENROLLED}",
        {"factor_code": ""},
        sends=True,
        status=422,
    ),
    Scene("account", "empty", "/account", "tiepnhan1"),
    Scene("account", "filled", "/account", ENROLLED),
    Scene("password", "empty", "/account/password", "tiepnhan1"),
    Scene("password", "filled", "/account/password", "tiepnhan1", fill={"password": "mot-cau-dai-hon"}),
    Scene(
        "password",
        "error",
        "/account/password",
        "tiepnhan1",
        fill={"password": "ngan"},
        sends=True,
        status=422,
    ),
    Scene("totp", "empty", "/account/totp", "tiepnhan1"),
    Scene("totp", "filled", "/account/totp", ENROLLED, fill={"factor_code": "123456"}),
    Scene("totp", "error", "/account/totp", "tiepnhan1", fill={"factor_code": "12"}, sends=True, status=422),
    Scene("totp_remove", "empty", "/account/totp/remove", ENROLLED),
    Scene("totp_remove", "filled", "/account/totp/remove", ENROLLED, fill={"own_password": "mat-khau"}),
    Scene(
        "totp_remove", "error", "/account/totp/remove", ENROLLED, {"own_password": ""}, sends=True, status=422
    ),
    Scene("passkey_add", "empty", "/account/passkeys/add", "tiepnhan1"),
    Scene("passkey_add", "filled", "/account/passkeys/add", ENROLLED),
    Scene("passkey_remove", "empty", "/account/passkeys/{passkey}/remove", ENROLLED),
    Scene(
        "passkey_remove", "filled", "/account/passkeys/{passkey}/remove", ENROLLED, fill={"own_password": "x"}
    ),
    Scene(
        "passkey_remove",
        "error",
        "/account/passkeys/{passkey}/remove",
        ENROLLED,
        fill={"own_password": ""},
        sends=True,
        status=422,
    ),
    Scene("recovery_codes", "empty", "/account/recovery-codes", ENROLLED),
    Scene("recovery_codes", "filled", "/account/recovery-codes", ENROLLED, sends=True),
    Scene("recovery_codes", "error", "/account/recovery-codes", "tiepnhan1", sends=True, status=422),
    Scene("unlock", "empty", "/unlock", "locked:tiepnhan1"),
    Scene("unlock", "filled", "/unlock", f"locked:{ENROLLED}", fill={"own_pin": "314159"}),
    Scene("unlock", "error", "/unlock", f"locked:{ENROLLED}", {"own_pin": ""}, sends=True, status=422),
    Scene("own_pin", "empty", "/account/pin", "tiepnhan1"),
    Scene("own_pin", "filled", "/account/pin", "tiepnhan1", fill={"own_pin": "314159"}),
    Scene(
        "own_pin", "error", "/account/pin", "tiepnhan1", fill={"own_pin": "111111"}, sends=True, status=422
    ),
    Scene("findings", "empty", "/catalogue/findings?publisher=Nobody", "danhmuc"),
    Scene("findings", "filled", "/catalogue/findings", "danhmuc"),
    Scene("findings", "filled", "/catalogue/findings?state=decided", "danhmuc"),
    Scene("findings_alike", "filled", f"{ALIKE}&alike={{alike}}", "danhmuctinh"),
    Scene("findings_alike", "error", f"{ALIKE}&alike=none", "danhmuctinh", status=404),
    Scene("decisions", "filled", "/catalogue/decisions", "danhmuc"),
    Scene("findings_publishers", "filled", "/catalogue/publishers", "danhmuc"),
    Scene("findings_report", "filled", "/catalogue/report", "danhmuc"),
    Scene("findings_report", "error", "/catalogue/report?publisher=Nobody", "danhmuc", status=404),
    Scene("announcement", "filled", "/catalogue/findings/{announced}", "danhmuctinh"),
    Scene("announcement", "filled", "/catalogue/findings/{announced}", "danhmuc"),
    Scene("announcement", "error", "/catalogue/findings/9.999999", "danhmuctinh", status=404),
    Scene("decision_take_back", "filled", "/catalogue/decisions/{finding_decision}/take-back", "danhmuctinh"),
    Scene(
        "decision_take_back", "error", "/catalogue/decisions/{person}/take-back", "danhmuctinh", status=404
    ),
    Scene("screen_lock", "filled", "/people/screen-lock", "kythuat"),
    Scene("screen_lock", "error", "/people/screen-lock", "kythuat", {"minutes": "x"}, sends=True, status=422),
    Scene("people", "filled", "/people", "kythuat"),
    Scene("people", "empty", f"/people?after={'f' * 8}-ffff-ffff-ffff-{'f' * 12}", "kythuat"),
    Scene("people", "error", "/people", "tiepnhan1", status=403),
    Scene("rules", "filled", "/rules", "truongquay"),
    Scene("rules", "error", "/rules", "tiepnhan1", status=403),
    Scene("seats", "filled", "/seats", "kythuat"),
    Scene("seats", "error", "/seats", "tiepnhan1", status=403),
    Scene("person", "filled", "/people/{person}", "kythuat"),
    Scene("person", "error", "/people/{passkey}", "kythuat", status=404),
    Scene("person_add", "empty", "/people/add", "kythuat"),
    Scene(
        "person_add", "filled", "/people/add", "kythuat", fill={"name": "Lê Văn Mới", "login": "tiepnhan3"}
    ),
    Scene(
        "person_add",
        "error",
        "/people/add",
        "kythuat",
        {"name": "", "login": "tuphap2"},
        sends=True,
        status=422,
    ),
    Scene("person_act", "empty", "/people/{person}/appoint", "kythuat"),
    Scene("person_act", "filled", "/people/{person}/appoint", "kythuat", fill={"valid_to_0": "31"}),
    Scene(
        "person_act", "error", "/people/{person}/appoint", "kythuat", {"position": ""}, sends=True, status=422
    ),
    Scene("person_act", "empty", "/people/{person}/stand-in", "kythuat"),
    Scene(
        "person_act", "error", "/people/{person}/stand-in", "kythuat", {"mandate": ""}, sends=True, status=422
    ),
    Scene("person_act", "empty", "/people/{person}/reset-factors", "kythuat"),
    Scene("person_act", "empty", "/people/{person}/reset-password", "kythuat"),
    Scene("person_act", "empty", "/people/{person}/lock", "kythuat"),
    Scene("person_act", "error", "/people/{person}/unlock", "kythuat", status=409),
    Scene("appointment_end", "filled", "/seats/appointments/{appointment}/end", "kythuat"),
    Scene("appointment_end", "error", "/seats/appointments/{person}/end", "kythuat", status=404),
    Scene("calendar", "empty", "/calendar?year=2027", "tiepnhan1.mauhai"),
    Scene("calendar", "filled", "/calendar?year=2026", "kythuat"),
    Scene("calendar", "error", "/calendar?year=26", "kythuat", status=404),
    Scene("calendar_publish", "empty", "/calendar/publish", "kythuat"),
    Scene(
        "calendar_publish",
        "filled",
        "/calendar/publish",
        "chutich",
        fill={
            "kind": "closed",
            "first_0": "27",
            "first_1": "08",
            "first_2": "2026",
            "basis": "12/QĐ-UBND",
            "reason": "Nghỉ tránh bão",
            "reason_en": "Storm",
        },
        sends=True,
    ),
    Scene("calendar_publish", "error", "/calendar/publish", "kythuat", {"basis": ""}, sends=True, status=422),
    Scene("calendar_edition", "filled", "/calendar/editions/{calendar}", "tiepnhan1"),
    Scene("calendar_edition", "error", "/calendar/editions/{person}", "kythuat", status=404),
)

WITHOUT_PEOPLE = {
    ("account", "error"): "it takes no input",
    ("seats", "empty"): "an agency has seats",
    ("rules", "empty"): "there are always rules",
    ("screen_lock", "empty"): "there is always a number of minutes",
    ("person", "empty"): "it is there only once a person is",
    ("appointment_end", "empty"): "it asks for nothing",
    ("passkey_add", "error"): "only a script sends it; tests/browser/test_passkeys.py sees to it",
    ("findings", "error"): "any words are a search",
    ("announcement", "empty"): "a record says something",
    ("findings_alike", "empty"): "where nothing is alike there is no page",
    ("findings_publishers", "error"): "it takes no input",
    (
        "findings_publishers",
        "empty",
    ): "an installation with a procedure of the national catalogue has findings",
    ("findings_report", "empty"): "a publisher without findings has no report",
    ("decisions", "error"): "an unknown person is nobody",
    ("decisions", "empty"): "the scene has a decision",
    ("decision_take_back", "empty"): "a decision says something",
}
