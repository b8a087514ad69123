"""What is different between the papers on the wall and what belongs there, in the words that passers-by read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from motcua.catalogue.differences import differences
from motcua.catalogue.selectors import versions
from motcua.kernel.say import Say
from motcua.postings.board import Board, Posted
from motcua.postings.selectors import belongs_on, wall_of
from motcua.postings.wall import Change, Form, Hung, as_it_was, change_of
from motcua.web.common.pdf.posting import PaperRow
from motcua.web.portal.wall import poster_of, sheet_of

# What the places of a paper are called.
NAMES = {
    name: Say(name, english)
    for name, english in (
        ("Tên thủ tục", "Title"),
        ("Lĩnh vực", "Sector"),
        ("Quyết định công bố", "Announcing decision"),
        ("Trình tự thực hiện", "Order of steps"),
        ("Cách thức thực hiện", "Ways to apply"),
        ("Thành phần, số lượng hồ sơ", "Papers and sets"),
        ("Thời hạn giải quyết", "Time limit"),
        ("Đối tượng thực hiện", "Who may apply"),
        ("Cơ quan giải quyết", "Agency"),
        ("Kết quả", "Result"),
        ("Phí, lệ phí", "Fees"),
        ("Mẫu đơn, tờ khai", "Forms"),
        ("Yêu cầu, điều kiện", "Conditions"),
        ("Căn cứ pháp lý", "Legal basis"),
        ("Điều còn thiếu hoặc chưa kiểm chứng", "What is missing or not verified"),
    )
}


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a paper: its name, what hangs there and should not, what should and does not."""

    name: Say
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A procedure whose paper says something else now."""

    code: str
    title: Say
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class News:
    """What to print since the last print: `new` on the board, `changed`, and `gone` from it; of `same_words` the papers
    may stay. `change` is all of it, `whole` everything put up again; `hangs`: how many procedures are on the wall."""

    change: Change
    whole: Change
    hangs: int
    new: tuple[tuple[str, Say], ...]
    changed: tuple[Changed, ...]
    same_words: int
    gone: tuple[tuple[str, Say], ...]

    @property
    def to_print(self) -> list[str]:
        """The codes whose papers have to be printed."""
        return [code for code, _ in self.new] + [one.code for one in self.changed]


def news(found: Board, *, form: Form, sector: str) -> News:
    """What changed on the wall of a board's agency. Six statements at most, however many procedures there are."""
    wall, belongs = wall_of(found.agency.code, form), belongs_on(found)
    change, whole = (
        change_of(wall, belongs, form=form, sector=sector, whole=everything) for everything in (False, True)
    )
    again = [code for code in change.posted if code in wall]
    titles = versions(UUID(wall[code].version) for code in (*again, *change.taken_down))
    changed = [
        Changed(
            one.offer.version.code,
            one.offer.version.title,
            tuple(_places(found, form, wall[one.offer.version.code], one)),
        )
        for one in (found.posted(again) if again else ())
    ]
    listed = {one.code: one.title for one in found.listed}
    return News(
        change=change,
        whole=whole,
        hangs=sum(sector in ("", hung.sector) for hung in wall.values()),
        new=tuple((code, listed[code]) for code in change.posted if code not in wall),
        changed=tuple(one for one in changed if one.places),
        same_words=sum(not one.places for one in changed),
        gone=tuple((code, titles[UUID(wall[code].version)].title) for code in change.taken_down),
    )


def _places(found: Board, form: Form, hung: Hung, now: Posted) -> list[Place]:
    before = Posted(now.place, as_it_was(hung), date.fromisoformat(hung.since))
    places: dict[str, tuple[list[str], list[str]]] = {}
    for one in differences(_says(found, form, before), _says(found, form, now)):
        old, new = places.setdefault(one.where.partition("[")[0], ([], []))
        old += [one.before] if one.before is not None else []
        new += [one.after] if one.after is not None else []
    return [Place(NAMES[name], tuple(old), tuple(new)) for name, (old, new) in places.items()]


def _says(found: Board, form: Form, posted: Posted) -> Mapping[str, Any]:
    """All that stands on the paper, by the name of the place; numbers in a list are no words."""
    if form is Form.POSTER:
        [group] = poster_of(found, [posted])
        [row] = group.rows
        return {
            "Tên thủ tục": row.title,
            "Lĩnh vực": group.sector,
            "Thời hạn giải quyết": list(row.limits),
            "Phí, lệ phí": list(row.fees),
            "Cách thức thực hiện": list(row.ways),
            "Quyết định công bố": list(row.announced),
        }
    sheet = sheet_of(posted, found.agency)
    parts = {
        part.name: [*part.lines, *map(_row, part.rows), *filter(None, [part.gap])] for part in sheet.parts
    }
    return {
        "Tên thủ tục": sheet.title,
        "Lĩnh vực": sheet.sector,
        "Quyết định công bố": list(sheet.announced),
        **parts,
    }


def _row(row: PaperRow) -> str:
    counts = ((row.originals, "bản chính"), (row.copies, "bản sao"))
    more = [f"{number} {what}" for number, what in counts if number] + [row.remark] * bool(row.remark)
    return f"{row.name} ({'; '.join(more)})" if more else row.name
