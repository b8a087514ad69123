"""The main parts, and for which seats they stand in the menu. What is closed stays closed without it, too."""

from collections.abc import Mapping
from dataclasses import dataclass

from motcua.access_log.selectors import READERS as ASKED_READERS
from motcua.agencies.positions import BLIND, LEADERS, LEADS, POSITION_KINDS, REPRESENTATIVE, WORKING
from motcua.calendars.policy import PUBLISHERS
from motcua.dossiers.assisting import BY_SEAT
from motcua.dossiers.manifested import READERS as HANDLES_PAPERS
from motcua.dossiers.overview import READERS as WATCHES
from motcua.dossiers.register import READERS as READS_REGISTER
from motcua.dossiers.results import READERS as GIVES_OUT
from motcua.kernel.say import Say
from motcua.payments.policy import SEATS, Deed

_READERS = frozenset(POSITION_KINDS) - BLIND
HOTLINE = frozenset({"hotline"})  # finds on a page of its own, and has no work list
TAKES, READS_MONEY = SEATS[Deed.TAKE], SEATS[Deed.READ]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: the page's URL name, its words, the kinds of seats that see it; `group`: under which word of GROUPS it
    stands where the menu would be long."""

    url_name: str
    label: Say
    kinds: frozenset[str] = frozenset()
    public: bool = False
    group: str = ""


# More than so many entries stand in groups.
MOST = 8
GROUPS: Mapping[str, Say] = {
    "work": Say("Việc khác", "Other work"),
    "watch": Say("Theo dõi", "Oversight"),
    "books": Say("Sổ sách", "Books"),
    "setup": Say("Thiết lập", "Settings"),
}
MENU = (
    Entry("home", Say("Trang đầu", "Start"), public=True),
    Entry("track", Say("Tra cứu hồ sơ", "Track a dossier"), public=True),
    Entry("my_dossiers", Say("Hồ sơ của tôi", "My dossiers"), public=True),
    Entry("hotline", Say("Đường dây nóng", "Hotline"), HOTLINE),
    Entry("inbox", Say("Việc cần làm", "Inbox"), _READERS - HOTLINE | {REPRESENTATIVE}),
    Entry("signing", Say("Phòng ký", "Signing room"), LEADS),
    Entry("plan", Say("Kế hoạch", "Plan"), WORKING, group="work"),
    Entry("load", Say("Khối lượng việc", "Load"), LEADS, group="watch"),
    Entry("consultations", Say("Lấy ý kiến", "Consultation"), WORKING, group="work"),
    Entry("receive", Say("Tiếp nhận", "Receive"), frozenset({"reception_officer", REPRESENTATIVE})),
    Entry("assist", Say("Nộp giúp", "Help to hand in"), frozenset(BY_SEAT)),
    Entry("certification", Say("Chứng thực", "Certification"), frozenset({"reception_officer"})),
    Entry("results", Say("Trả kết quả", "Results"), GIVES_OUT | {REPRESENTATIVE}),
    Entry("collect", Say("Thu tiền", "Cashier"), TAKES),
    Entry("cash_books", Say("Sổ quỹ", "Cash books"), READS_MONEY, group="books"),
    Entry("board", Say("Bảng điều hành", "Board"), WATCHES, group="watch"),
    Entry("register", Say("Sổ theo dõi", "Register"), READS_REGISTER, group="books"),
    Entry("lookups", Say("Nhật ký tra cứu", "Look-ups"), ASKED_READERS, group="watch"),
    Entry(
        "prints", Say("Niêm yết", "Posting"), frozenset({"catalogue_officer", "desk_manager"}), group="books"
    ),
    Entry("findings", Say("Danh mục", "Catalogue"), frozenset({"catalogue_officer"}), group="setup"),
    Entry("processes", Say("Quy trình", "Processes"), frozenset({"catalogue_officer"}), group="setup"),
    Entry(
        "people",
        Say("Người và vị trí", "People and seats"),
        frozenset({"technical_administrator"}),
        group="setup",
    ),
    Entry("absences", Say("Vắng mặt", "Absences"), WORKING | {"technical_administrator"}, group="work"),
    Entry("mergers", Say("Sáp nhập", "Mergers"), frozenset({"inspector"}), group="setup"),
    Entry("calendar", Say("Lịch làm việc", "Calendar"), PUBLISHERS, group="setup"),
    Entry(
        "certification_books",
        Say("Sổ chứng thực", "Certification books"),
        frozenset({"reception_officer", "desk_manager", "justice_officer", "clerk", "inspector"}) | LEADERS,
        group="books",
    ),
    Entry("territory", Say("Địa bàn", "Territory"), LEADS, group="setup"),
    Entry("certification_signers", Say("Giao ký", "Signers"), LEADERS, group="setup"),
    Entry(
        "transfers",
        Say("Chuyển, nhận chuyển", "Transfers"),
        frozenset({"reception_officer", "desk_manager"}),
        group="work",
    ),
    Entry("paper_manifests", Say("Bàn giao giấy", "Paper manifests"), HANDLES_PAPERS, group="work"),
    Entry(
        "message_log",
        Say("Nhật ký gửi tin", "Messages"),
        frozenset({"desk_manager", "technical_administrator"}),
        group="watch",
    ),
    Entry("pads", Say("Sổ giấy", "Paper pads"), frozenset({"desk_manager"}), group="books"),
    Entry("dossiers", Say("Hồ sơ", "Dossiers"), _READERS - HOTLINE | {REPRESENTATIVE}),
)
