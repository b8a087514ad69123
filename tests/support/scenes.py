"""Every page in its three states: empty, filled, with an error. Axe, the gallery and the checks of all pages go
through this list; a page that is not in it fails a test."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from motcua.dossiers.events import PaperMark
from motcua.dossiers.row import Row
from motcua.dossiers.states import ACTS
from motcua.dossiers.tracked import token_of
from motcua.files.operations.phones import invite
from motcua.flows.reception import receive
from motcua.kernel.ids import uuid7
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.pads.operations import void_sheet
from motcua.reception.operations.batches import NewRow, open_batch
from tests.support import scenes_citizen as citizens
from tests.support.act_scenes import ACT_SCENES
from tests.support.acts import act, moment
from tests.support.announced import announced_and_looked_at
from tests.support.certification import situations as certifications
from tests.support.drafts import drafted
from tests.support.enrolled import enrolled
from tests.support.matrix_people import SHARED
from tests.support.merging import OFFICE_PAPERS, merging
from tests.support.money_days import money_moved, paid_online
from tests.support.papers import attached, kept
from tests.support.scene import Scene as Scene
from tests.support.scenes_catalogue import CATALOGUE, CATALOGUE_FILES, WITHOUT_CATALOGUE
from tests.support.scenes_day import DAY, DAY_SERVED, WITHOUT_DAY
from tests.support.scenes_money import MONEY, MONEY_SERVED, WITHOUT_MONEY
from tests.support.scenes_people import PEOPLE, WITHOUT_PEOPLE
from tests.support.scenes_portal import PORTAL, SERVED, TRACK as _TRACK, WITHOUT_PORTAL, hung
from tests.support.situations import (
    SITUATIONS,
    asked_of_register,
    dossier_in,
    sent_by_post,
    third_return,
    told_to_bring,
    turned_away,
)
from tests.support.talk import talked
from tests.support.travelling import papers_sent
from tests.support.world import COMMUNE, intake, issue_pad, logins, viewer

AT = moment(26, 9, 30)
STATES = ("empty", "filled", "error")

# What whoever is asked does on the page "consultation".
ON_THEIR_OWN_PAGE = {"act:answer_consultation", "act:hand_on_consultation"}
# Addresses that are no pages: they answer with a redirect, a PDF or a part of a page.
_SERVED = SERVED | citizens.SERVED | MONEY_SERVED | DAY_SERVED
NO_PAGES = _SERVED | frozenset(
    {
        "sign_in_passkey",
        "lock",
        "seen",
        "sign_out",
        "language",
        "receipt",
        "manifest_paper",
        "guidance_paper",
        "pad_paper",
        *OFFICE_PAPERS,
        "register_paper",
        *CATALOGUE_FILES,
        "register_workbook",
        "attachment",
        "consultation_file",
        "dossier_picture",
        "uploads",
        "upload",
        "discard_upload",
        "phone_arrivals",
        "slip",
        "certification_clauses",
        "resume_intake",
        "drop_intake",
        "pin",
        "procedure_suggestions",
        "batch_template",
        "close_screen",
        "screen_marks",
        "screen_now",
        "receive_batch",
        "drop_batch",
        "visit_codes",
        "certification_book_pdf",
        "certification_book_xlsx",
    }
)


_FORM = "/dossiers/receive?procedure=1.004873&variant=no_verification&channel=counter"
_PERSON = {
    "applicant-0-name": "Nguyễn Thị Ánh Tuyết",
    "applicant-0-number": "001190000001",
    "applicant-0-phone": "0912345678",
    "applicant-0-address": "Thôn Trung Tâm, Xã Mẫu",
}
_PAGES = (
    Scene("track", "empty", "/track"),
    Scene("track", "filled", "/track", fill=_TRACK),
    Scene("track", "error", "/track", fill=_TRACK, sends=True, status=403),
    Scene("track_token", "error", "/t/unknown", status=404),
    Scene("phone_token", "error", "/phone/unknown", status=404),
    Scene("phone", "error", "/phone", status=404),
    Scene("tracking", "empty", "/t/{t_submitted}"),
    Scene("tracking", "filled", "/t/{t_in_process}"),
    Scene("tracking", "filled", "/t/{t_supplement_requested}"),
    Scene("tracking", "filled", "/t/{t_ready}"),
    Scene("tracking", "error", "/tracking"),
    Scene(
        "procedure", "filled", "/procedures/1.004873?ask-reissue=yes&ask-married_before=no&ask-delegated=no"
    ),
    Scene("sign_in", "empty", "/sign-in"),
    Scene("sign_in", "filled", "/sign-in", fill={"login": "tiepnhan1", "password": "mat-khau"}),
    Scene("sign_in", "error", "/sign-in", fill={"login": "x", "password": "y"}, sends=True, status=422),
    Scene("receive", "empty", "/dossiers/receive", "tiepnhan1"),
    Scene("receive", "filled", _FORM, "tiepnhan1", fill=_PERSON),
    Scene("receive", "empty", "/dossiers/receive?q=zzzz", "daidien"),
    Scene("receive", "filled", _FORM, "daidien", fill=_PERSON),
    Scene("receive", "error", _FORM, "tiepnhan1", fill={"applicant-0-name": ""}, sends=True, status=422),
    Scene("received", "filled", "/dossiers/{received}/received", "tiepnhan1"),
    Scene("received", "error", "/dossiers/H99.01.01-260824-0999/received", "tiepnhan1", status=404),
    Scene("screens", "empty", "/screens", "tiepnhan1"),
    Scene("screens", "filled", "/screens", "tiepnhan1", sends=True),
    Scene("screens", "error", "/screens", "chutich", status=403),
    Scene("screen", "empty", "/screen"),
    Scene("screen", "filled", "/screen", fill={"code": "ABCD"}),
    Scene("screen", "error", "/screen", fill={"code": "ABCD-EFGH"}, sends=True, status=422),
    Scene("batch", "filled", "/batches/{batch}", "tiepnhan1"),
    Scene("batch", "error", "/batches/00000000-0000-7000-8000-000000000000", "tiepnhan1", status=404),
    Scene("roster", "empty", "/board/roster?week=2026-08-24", "chutich.mauhai"),
    Scene("roster", "filled", "/board/roster?week=2026-08-24", "truongquay"),
    Scene("roster", "error", "/board/roster", "tiepnhan1", status=403),
    Scene("register", "empty", "/register?first=2026-01-01&last=2026-01-31", "tiepnhan1"),
    Scene("register", "filled", "/register?first=2026-08-01&last=2026-08-31", "tiepnhan1"),
    Scene("register", "error", "/register?first=2026-09-01&last=2026-08-01", "tiepnhan1", status=422),
    Scene("results", "empty", "/results", "tiepnhan1.mauhai"),
    Scene("results", "filled", "/results", "tiepnhan1"),
    Scene("results", "filled", "/results", "tiepnhan1", fill={"words": "nguyen"}, sends=True),
    Scene("results", "empty", "/results?show=post", "tiepnhan1", fill={"words": "zzzz"}, sends=True),
    Scene("results", "filled", "/results?show=tell", "tiepnhan1"),
    Scene("results", "filled", "/results?show=papers", "tiepnhan1"),
    Scene("results", "filled", "/results?show=post", "tiepnhan1"),
    Scene("results", "filled", "/results", "daidien"),
    Scene("results", "error", "/results", "kythuat", status=403),
    Scene("guidance", "filled", "/guidance/{guidance}", "tiepnhan1"),
    Scene("guidance", "filled", "/guidance/{turned_away}", "tiepnhan1"),
    Scene("guidance", "filled", "/guidance/{third_return}", "tiepnhan1"),
    Scene("guidance_answer", "filled", "/guidance/{third_return}/answer", "truongquay"),
    Scene(
        "guidance_answer",
        "error",
        "/guidance/{third_return}/answer",
        "truongquay",
        fill={"word": ""},
        sends=True,
        status=422,
    ),
    Scene("guidance_refuse", "empty", "/guidance/refuse", "tiepnhan1"),
    Scene(
        "guidance_refuse",
        "filled",
        "/guidance/refuse?procedure=1.004873&applicant-0-name=Hà+Thị+Thu",
        "tiepnhan1",
    ),
    Scene(
        "guidance_refuse",
        "error",
        "/guidance/refuse",
        "tiepnhan1",
        fill={"applicant-0-name": "Hà Thị Thu", "applicant-0-ground": "not_eligible"},
        sends=True,
        status=422,
    ),
    Scene("guidance", "error", "/guidance/HD-2026-999999", "tiepnhan1", status=404),
    Scene("manifests", "empty", "/results/manifests", "tiepnhan1.mauhai"),
    Scene("manifests", "filled", "/results/manifests", "tiepnhan1"),
    Scene("manifests", "error", "/results/manifests", "kythuat", status=403),
    Scene("manifest", "filled", "/results/manifests/{manifest}", "tiepnhan1"),
    Scene("manifest", "error", "/results/manifests/BK-2026-999999", "tiepnhan1", status=404),
    Scene("transfers", "empty", "/transfers", "tiepnhan1"),
    Scene("transfers", "filled", "/transfers", "tiepnhan1.mauhai"),
    Scene("transfers", "filled", "/transfers?show=to_tell", "tiepnhan1"),
    Scene("pads", "empty", "/pads", "vanthu.mauhai"),
    Scene("pads", "filled", "/pads", "truongquay"),
    Scene("pads", "error", "/pads", "truongquay", fill={"enter_within": "0"}, sends=True, status=422),
    Scene("pad", "empty", "/pads/S002", "truongquay"),
    Scene("pad", "filled", "/pads/S001", "truongquay"),
    Scene("pad", "error", "/pads/S001", "truongquay", fill={"number": "0"}, sends=True, status=422),
    Scene("transfers", "error", "/transfers", "tuphap1", status=403),
    Scene("hotline", "empty", "/hotline", "duongday"),
    Scene("hotline", "filled", "/hotline", "duongday", fill={"words": "nguyen"}, sends=True),
    Scene("hotline", "empty", "/hotline", "duongday", fill={"words": "zzzz"}, sends=True),
    Scene("hotline", "error", "/hotline", "tiepnhan1", status=403),
    Scene("hotline", "error", "/hotline", "duongday", fill={"words": "a"}, sends=True),
    Scene("hotline_dossier", "empty", "/hotline/{submitted}", "duongday"),
    Scene("hotline_dossier", "filled", "/hotline/{in_process}", "duongday"),
    Scene("hotline_dossier", "error", "/hotline/{in_process}", "tiepnhan1", status=403),
    Scene("dossier", "error", "/dossiers/{in_process}", "duongday", status=403),
    Scene("dossier", "empty", "/dossiers/{submitted}", "tiepnhan1"),
    Scene("dossier", "filled", "/dossiers/{in_process}", "tuphap1"),
    Scene("dossier", "filled", "/dossiers/{supplement_requested}", "tiepnhan1"),
    Scene("dossier", "filled", "/dossiers/{transferred}", "tiepnhan1.mauhai"),
    Scene("dossier", "filled", "/dossiers/{handed_on}", "tiepnhan1"),
    Scene("dossier", "filled", "/dossiers/{returned}", "chutich"),
    Scene("dossier", "filled", "/dossiers/{proposed}", "truongquay"),
    Scene("dossier", "filled", "/dossiers/{reopened}", "tuphap1"),
    Scene("dossier", "filled", "/dossiers/{revoked}", "chutich"),
    Scene("tracking", "filled", "/t/{t_void}"),
    Scene("tracking", "filled", "/t/{t_revoked}"),
    Scene("countersign", "empty", "/dossiers/{proposed}/countersign", "tiepnhan1"),
    Scene(
        "countersign", "filled", "/dossiers/{proposed}/countersign", "truongquay", fill={"answer": "confirm"}
    ),
    Scene(
        "countersign",
        "error",
        "/dossiers/{proposed}/countersign",
        "truongquay",
        fill={"answer": "decline"},
        sends=True,
        status=422,
    ),
    Scene("countersign", "error", "/dossiers/{received}/countersign", "truongquay", status=409),
    Scene("dossier", "error", "/dossiers/H99.01.01-260824-0999", "tiepnhan1", status=404),
)
_NOBODY = "00000000-0000-7000-8000-000000000000"
_CERTIFICATION = (
    Scene("certification", "empty", "/certification", "tiepnhan1.mauhai"),
    Scene("certification", "filled", "/certification", "tiepnhan1", fill={"line-0-paper": "cccd"}),
    Scene("certification", "filled", "/certification?kind=signature", "tiepnhan1", fill={"name": "Lê Tám"}),
    Scene("certification", "filled", "/certification?kind=transaction", "tiepnhan1", fill={"line-0-paper": "tc"}),
    Scene(
        "certification", "error", "/certification?kind=transaction", "tiepnhan1",
        fill={"line-0-paper": "tc", "name": "Lê Tám", "number": "099190000017"}, sends=True, status=422,
    ),
    Scene(
        "certification", "error", "/certification", "tiepnhan1",
        fill={"line-0-paper": "zzz", "line-1-paper": "gks"}, sends=True, status=422,
    ),
    Scene("certified", "filled", "/certification/{c_entered}", "tiepnhan1"),
    Scene("certified", "filled", "/certification/{c_signed}", "truongquay"),
    Scene("certified", "filled", "/certification/{c_parties}", "tiepnhan1"),
    Scene("certified", "error", f"/certification/{_NOBODY}", "tiepnhan1", status=404),
    Scene("certification_enter", "filled", "/certification/{c_waiting}/enter", "tiepnhan1"),
    Scene("certification_enter", "error", f"/certification/{_NOBODY}/enter", "tiepnhan1", status=404),
    Scene("certification_refuse", "empty", "/certification/refuse", "tiepnhan1"),
    Scene("certification_refuse", "filled", "/certification/refuse", "tiepnhan1", fill={"ground": "altered"}),
    Scene(
        "certification_refuse", "error", "/certification/refuse", "tiepnhan1",
        fill={"name": "Lê Văn Tám"}, sends=True, status=422,
    ),
    Scene("certification_books", "empty", "/certification/books", "tiepnhan1.mauhai"),
    Scene("certification_books", "filled", "/certification/books", "truongquay"),
    Scene("certification_books", "error", "/certification/books", "kinhte", status=403),
    Scene("certification_book", "empty", "/certification/books/{c_book}?last_0=02&last_1=01&last_2=2020", "tiepnhan1"),
    Scene("certification_book", "filled", "/certification/books/{c_book}", "tiepnhan1"),
    Scene("certification_book", "filled", "/certification/books/{c_book}", "truongquay"),
    Scene("certification_book", "error", f"/certification/books/{_NOBODY}", "tiepnhan1", status=404),
    Scene("certification_entry", "empty", "/certification/books/{c_book}/2", "tiepnhan1"),
    Scene("certification_entry", "filled", "/certification/books/{c_book}/1", "tiepnhan1", fill={"reason": "Nhầm."}),
    Scene(
        "certification_entry", "error", "/certification/books/{c_book}/1", "tiepnhan1",
        fill={"what": "pages", "new": "x", "reason": "y"}, sends=True, status=422,
    ),
    Scene("certification_signers", "empty", "/certification/signers", "chutich.mauhai"),
    Scene("certification_signers", "filled", "/certification/signers", "chutich", fill={"basis": "QĐ 12/QĐ-UBND"}),
    Scene(
        "certification_signers", "error", "/certification/signers", "chutich",
        fill={"basis": ""}, sends=True, status=422,
    ),
)  # fmt: skip
# States a page cannot be in, and why.
WITHOUT: Mapping[tuple[str, str], str] = {
    ("phone_token", "empty"): "it leads on to the telephone's page",
    ("phone_token", "filled"): "it leads on to the telephone's page",
    ("phone", "empty"): "a code opens for one telephone only: tests/browser/test_files.py looks at it",
    ("phone", "filled"): "a code opens for one telephone only: tests/browser/test_files.py looks at it",
    ("track_token", "empty"): "it leads on to the tracking page",
    ("track_token", "filled"): "it leads on to the tracking page",
    ("procedures", "error"): "any words are a search",
    ("received", "empty"): "it is there only once a dossier is",
    ("batch", "empty"): "a list with nobody in it is refused",
    ("calendar_edition", "empty"): "it is there only once an edition is",
    ("certified", "empty"): "it is there only once numbers are",
    ("certification_enter", "empty"): "it is there only once papers wait",
    **WITHOUT_MONEY,
    **WITHOUT_DAY,
    **WITHOUT_CATALOGUE,
    **WITHOUT_PEOPLE,
    **WITHOUT_PORTAL,
    **citizens.WITHOUT_CITIZEN,
    ("guidance", "empty"): "it is there only once somebody was told",
    ("guidance_answer", "empty"): "it is there only once a third return was proposed",
}


def _act_scenes() -> Iterator[Scene]:
    for what, (situation, login, fill, wrong) in ACT_SCENES.items():
        page, path = f"act:{what}", f"/dossiers/{{{situation}}}/{what}"
        yield Scene(page, "empty", path, login)
        yield Scene(page, "filled", path, login, fill=fill)
        if wrong is None:
            ended = "handed_on" if situation in SHARED else "returned"
            yield Scene(page, "error", f"/dossiers/{{{ended}}}/{what}", login, status=409)
        else:
            yield Scene(page, "error", path, login, fill=wrong, sends=True, status=422)


SCENES = (
    *_PAGES,
    *DAY,
    *PORTAL,
    *PEOPLE,
    *CATALOGUE,
    *_CERTIFICATION,
    *MONEY,
    *citizens.CITIZEN,
    *_act_scenes(),
)


def labelled() -> list[tuple[str, Scene]]:
    """The scenes with their names, numbered where a state is shown more than once."""
    names = [scene.name for scene in SCENES]
    seen = [names[:i].count(name) for i, name in enumerate(names)]
    return [(s.name if n == 0 else f"{s.name}-{n + 1}", s) for s, n in zip(SCENES, seen, strict=True)]


def url_names() -> set[str]:
    """The names of all our addresses."""
    return {name for name, _ in _patterns(get_resolver().url_patterns)}


def pages() -> set[str]:
    """All pages: the address of acts counts once for each act that is built."""
    built = {f"act:{row.act}" for row in ACTS.values() if row.built and row.sources} - ON_THEIR_OWN_PAGE
    return (url_names() - NO_PAGES - {"act"}) | built


def _patterns(found: list[URLPattern | URLResolver]) -> Iterator[tuple[str, str]]:
    for pattern in found:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns)
        else:
            yield str(pattern.name), str(pattern.pattern)


def _pads() -> None:
    """A sheet entered, one void, one missing between them; and a pad of which nothing is entered."""
    who = viewer("truongquay", at=AT)
    manager = who.actor(who.capacities[0])
    with unit_of_work(actor=manager, at=AT, request=Request.fresh(), origin="simulated"):
        void_sheet(code="S001", number=1, ground="spoiled", actor=manager, at=AT)
    act("tiepnhan1", AT, receive, intake=intake(), paper=PaperMark(pad="S001", number="3", occurred_at=AT))
    issue_pad(at=AT, form="01")


def build(since: datetime = AT - timedelta(days=2, minutes=30)) -> dict[str, str]:
    """A dossier in every situation; what the paths of the scenes are filled with."""
    visit = uuid7()
    special: Mapping[str, Any] = {"received": {"uploads": (kept("tiepnhan1", since).upload,), "visit": visit}}
    rows: dict[str, Row] = {
        name: dossier_in(name, since=since, **special.get(name, {})) for name in SITUATIONS
    }
    codes = {name: str(row["code"]) for name, row in rows.items()} | {"visit": str(visit)}
    codes |= {name: str(dossier) for name, dossier in certifications(since).items()}
    codes["consultation"], codes["outside"] = (one["id"] for one in rows["consulting"]["consultations"])
    files = {"attachment": attached(rows["received"]["id"]), "upload": str(kept("tiepnhan1", AT).upload)}
    dossier_in("ready", since=since, return_way="post", name="Đặng Văn Bưu")
    codes["manifest"], codes["in_post"] = sent_by_post(since)
    talked(rows["in_process"], AT)
    files["phone_link"] = str(invite(account=logins()["tiepnhan1"], agency=COMMUNE, at=AT).link)
    codes |= announced_and_looked_at(since) | drafted(since) | citizens.written_online(since)
    codes |= money_moved(AT - timedelta(days=1))
    desk = viewer("tiepnhan1", at=AT)
    empty_name = {"column": {"vi": "Họ và tên", "en": "Name"}, "what": {"vi": "Trống", "en": "Empty"}}
    files |= {"guidance": told_to_bring(since), "turned_away": turned_away(since)}
    files["third_return"] = third_return(since)
    files["batch"] = str(
        open_batch(
            fields={"procedure": ["1.004873"]},
            rows=[NewRow(2, {"name": "Trần Văn Bình"}, ()), NewRow(3, {"name": ""}, (empty_name,))],
            account=desk.account,
            seat=desk.capacities[0],
            at=AT,
        )
    )
    _pads()
    codes |= enrolled(since) | paid_online(AT) | merging(AT) | papers_sent(since)
    hung(AT)
    asked_of_register(AT, codes["degraded"])
    return codes | files | {f"t_{name}": token_of(row) for name, row in rows.items()}
