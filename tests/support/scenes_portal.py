"""The public pages of procedures in their states."""

from datetime import datetime
from decimal import Decimal

from motcua.catalogue.operations.localising import Promising, Setting, promise
from motcua.catalogue.shapes import Channel, Limit, LimitUnit
from motcua.kernel.time import local
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.postings.board import board
from motcua.postings.operations import post
from motcua.postings.selectors import belongs_on
from motcua.postings.wall import Form, change_of
from tests.support.scene import Scene
from tests.support.world import COMMUNE, actor

# What machines read and send: JSON, XML and files, no pages.
FEEDS = frozenset(
    {
        "open_procedures",
        "open_procedure",
        "open_changes",
        "open_schema",
        "open_dump",
        "sitemap",
        "sitemap_part",
        "robots",
        "posting_sheet",
        "procedure_form_paper",
        "procedure_form_schema",
        "platform_confirm",
    }
)
WALL_PAPERS = frozenset({"posting_sheets", "posting_poster"})
SERVED = FEEDS | WALL_PAPERS
# And the record of what hangs there.
PRINTS = {
    "prints": "/posting/prints",
    "posting_sheets": "/posting/H99.01.01/sheets.pdf?sector=hoa-giai-o-co-so",
    "posting_poster": "/posting/H99.01.01/poster.pdf?sector=hoa-giai-o-co-so",
}
TRACK = {"code": "H99.01.01-260824-0001", "pin": "000000"}
PORTAL = (
    Scene("tracking_messages", "error", "/tracking/messages"),
    Scene("home", "empty", "/"),
    Scene("home", "filled", "/", fill=TRACK),
    Scene("home", "error", "/", fill={"code": "", "pin": "12"}, sends=True, status=422),
    Scene("procedures", "empty", "/procedures?q=zzzz"),
    Scene("procedures", "filled", "/procedures?q=khai"),
    Scene("procedures", "filled", "/procedures?event=birth&audience=citizen"),
    Scene("procedure", "empty", "/procedures/1.013225"),
    Scene("procedure", "filled", "/procedures/2.000815?text=1"),
    Scene("procedure", "filled", "/procedures/1.004194"),
    Scene("procedure", "filled", "/procedures/{compared}?on=2027-01-01"),
    Scene("procedure", "filled", "/procedures/{announced}"),
    Scene("procedure", "filled", "/procedures/{localised}"),
    Scene("procedure", "error", "/procedures/9.999999", status=404),
    Scene("procedure_form", "filled", "/procedures/1.001193/form"),
    Scene("procedure_form", "error", "/procedures/1.013225/form", status=404),
    Scene("posting", "empty", "/posting/H99.01.02"),
    Scene("posting", "empty", "/posting/H99.01.01?q=zzzz"),
    Scene("posting", "filled", "/posting/H99.01.01"),
    Scene("posting", "filled", "/posting/H99.01.01?q=khai&sector=ho-tich"),
    Scene("posting", "error", "/posting/H11.22", status=404),
    Scene("open_data", "filled", "/open-data"),
    Scene("prints", "empty", "/posting/prints", "tiepnhan1.mauhai"),
    Scene("prints", "filled", "/posting/prints", "truongquay"),
    Scene("prints", "filled", "/posting/prints?sector=ho-tich", "truongquay"),
    Scene("prints", "filled", "/posting/prints?form=poster", "danhmuc"),
    Scene("prints", "error", "/posting/prints", "kinhte", status=403),
)
WITHOUT_PORTAL = {
    ("tracking_messages", "empty"): "a receipt opens it first: tests/browser/test_told.py looks at it",
    ("tracking_messages", "filled"): "a receipt opens it first: tests/browser/test_told.py looks at it",
    ("postings", "empty"): "one agency posts here: it leads on to its board",
    (
        "postings",
        "filled",
    ): "one agency posts here: src/motcua/web/portal/tests/test_posting.py looks at it with two",
    ("postings", "error"): "it takes no input",
    ("procedure_form", "empty"): "a form asks something",
    ("open_data", "empty"): "there is always a procedure here: src/motcua/web/portal/tests/test_feeds.py",
    ("open_data", "error"): "it takes no input",
}


def hung(at: datetime) -> None:
    """The commune's sheets hang on its wall, and one of them says too long a time since."""
    belongs = belongs_on(board(COMMUNE, on=local(at).date()))
    change = change_of({}, belongs, form=Form.SHEETS, sector="", whole=True)
    who = actor("truongquay", at=at)
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        post(
            agency=COMMUNE, form="sheets", sector="", whole=True, digest=change.digest.hex(), actor=who, at=at
        )
    officer = actor("danhmuc", at=at)
    shorter = Promising("general", Channel.COUNTER, Limit(LimitUnit.WORKING_DAY, Decimal(3)))
    setting = Setting("2.002080", COMMUNE, local(at).date(), "15/QĐ-UBND")
    with unit_of_work(actor=officer, at=at, request=Request.fresh(), origin="simulated"):
        promise(setting=setting, promises=[shorter], actor=officer, at=at)
