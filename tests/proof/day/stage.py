"""What lies at the desk when it opens: dossiers of the days before, brought there through the flows."""

from datetime import datetime, timedelta

from tests.support.situations import dossier_in

# Name on the day: situation, name, how the result comes back.
LYING = {
    "ready": ("ready", "Cao Thị Bích", "desk"),
    "ready for another": ("ready", "Phan Văn Lực", "desk"),
    "ready, receipt lost": ("ready", "Triệu Thị Mùi", "desk"),
    "to be posted": ("ready", "Ninh Văn Đạt", "post"),
    "to come back": ("ready", "Vương Thị Lệ", "post"),
    "decided": ("decided", "Kiều Minh Tân", "desk"),
    "charged": ("charged", "Mạc Thị Sen", "desk"),
    "asked": ("supplement_requested", "La Văn Thiện", "desk"),
    "to stop": ("in_process", "Thạch Thị Rô", "desk"),
    "late": ("in_process", "Quách Văn Bền", "desk"),
    "to extend": ("in_process", "Ông Thị Tâm", "desk"),
    "to suspend": ("in_process", "Châu Văn Lợi", "desk"),
    "to correct": ("in_process", "Tạ Thị Nguyện", "desk"),
    "to transfer": ("in_process", "Lâm Văn Quý", "desk"),
    "to ask": ("in_process", "Đoàn Thị Yến", "desk"),
    "to withdraw": ("received", "Hứa Văn Sang", "desk"),
    "returned": ("returned", "Bạch Thị Nga", "desk"),
}


def lay_out(day: datetime) -> dict[str, str]:
    """Codes by what they wait for."""
    since = day - timedelta(days=2) + timedelta(minutes=30)
    found = {}
    for minute, (what, (situation, name, way)) in enumerate(LYING.items()):
        began = since + timedelta(minutes=minute) - (timedelta(days=12) if what == "late" else timedelta())
        row = dossier_in(situation, since=began, name=name, return_way=way)
        found[what] = str(row["code"])
    return found
