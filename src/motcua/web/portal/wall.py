"""A procedure as it hangs on the wall: the lawful parts in the law's order (Decree 63/2010 art. 8(2)), in Vietnamese as
official papers are; what the announcement leaves out is said to be left out."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse

from motcua.agencies.selectors import AgencyFacts
from motcua.catalogue.checking import gaps
from motcua.catalogue.conditions import within
from motcua.catalogue.selectors import Offer
from motcua.catalogue.shapes import (
    ELSEWHERE,
    Channel,
    Component,
    ComponentKind,
    Decision,
    ProcedureVersion,
    Variant,
)
from motcua.postings.board import Board, Posted
from motcua.web.common.papers import spared
from motcua.web.common.pdf.posting import (
    PaperRow,
    Part,
    PosterGroup,
    PosterRow,
    WallHead,
    WallSheet,
)
from motcua.web.portal.posted import (
    NO_LIMIT,
    channels_of,
    limits,
    line_of,
    said_fees,
    said_times,
    tariff,
)
from motcua.web.portal.procedure_words import AUDIENCES, CHANNELS

COMPLAIN = (
    "Bị đòi giấy tờ hay khoản tiền không có ở đây: hỏi lại bộ phận một cửa, rồi phản ánh với cơ quan giải quyết.",
    "Phản ánh, kiến nghị về thủ tục: Cổng Dịch vụ công quốc gia, dichvucong.gov.vn.",
    "Khiếu nại quyết định hay việc làm của cơ quan: gửi chính cơ quan ấy theo Luật Khiếu nại.",
)
# How a paper counts, where the table does not say it by numbers.
REMARKS = {
    ComponentKind.ONE_OF: "nộp một trong các loại",
    ComponentKind.SHOW_ONLY: "mang theo để đối chiếu, xem xong trả lại",
    ComponentKind.DATABASE: "cơ quan tự tra cứu, không phải mang",
    ComponentKind.VAULT: "cơ quan tự tra cứu, không phải mang",
}
_SPARED = "cơ quan tra cứu trước; có dữ liệu thì không phải mang"
_UNCOUNTED = "không ghi số bản"


def head_of(agency: AgencyFacts, *, at: datetime) -> WallHead:
    """Whose wall it is."""
    where = [agency.desk_name or "Bộ phận một cửa", agency.address]
    phone = [f"Điện thoại: {agency.phone}"] if agency.phone else []
    board = f"{settings.PUBLIC_URL}{reverse('posting', args=[agency.code])}"
    return WallHead(
        trial=settings.INSTALLATION == "trial",
        parent=agency.parent_name,
        agency=agency.name,
        place=agency.place,
        at=at,
        desk=tuple(each for each in (*where, *phone) if each),
        complain=COMPLAIN,
        qr=board,
        address=board,
    )


def _page(code: str, agency: AgencyFacts) -> str:
    return f"{settings.PUBLIC_URL}{reverse('procedure', args=[code])}?agency={agency.code}"


def sheet_of(posted: Posted, agency: AgencyFacts) -> WallSheet:
    """The sheet of one procedure."""
    version = posted.offer.version
    return WallSheet(
        code=version.code,
        title=version.title.vi,
        sector=version.sector.name.vi,
        announced=(f"Công bố: {_decision(version.decision)}. Có hiệu lực từ {_day(posted.since)}.",),
        parts=tuple(_parts(posted.offer, agency)),
        qr=_page(version.code, agency),
    )


def poster_of(board: Board, posted: Sequence[Posted]) -> tuple[PosterGroup, ...]:
    """The lines of a table, by sector."""
    groups: dict[str, list[PosterRow]] = {}
    for one in posted:
        line = line_of(one)
        ways = (f"Làm ở {line.elsewhere.vi}",) if line.elsewhere else tuple(w.vi for w in line.channels)
        groups.setdefault(line.sector.vi, []).append(
            PosterRow(
                number=line.place,
                title=line.title.vi,
                code=line.code,
                limits=_varied([each.vi for each in line.limits]),
                fees=tuple(each.vi for each in line.fees),
                ways=(*ways, f"Nơi nộp: {line.taken_at}")
                if line.taken_at
                else ways or ("Bản công bố không nêu",),
                announced=(_decision(line.decision), f"Hiệu lực từ {_day(line.since)}"),
                qr=_page(line.code, board.agency),
            )
        )
    return tuple(PosterGroup(sector=sector, rows=tuple(rows)) for sector, rows in groups.items())


def _varied(lines: list[str]) -> tuple[str, ...]:
    return ("Tùy trường hợp:", *(f"– {line}" for line in lines)) if len(lines) > 1 else tuple(lines)


def _day(on: date) -> str:
    return f"{on:%d/%m/}{on.year:04}"


def _decision(decision: Decision) -> str:
    parts = [decision.number or "chưa rõ số quyết định"]
    parts += [decision.by.vi] if decision.by else []
    parts += [f"ngày {_day(decision.issued_on)}"] if decision.issued_on else []
    return ", ".join(parts)


def _parts(found: Offer, agency: AgencyFacts) -> Iterable[Part]:
    version, said = found.version, found.version.announced
    steps = tuple(step.vi for step in version.order)
    yield Part(
        name="Trình tự thực hiện", lines=steps, steps=not _numbered(steps), gap=_gap(steps, "trình tự")
    )
    ways = _ways(found)
    yield Part(name="Cách thức thực hiện", lines=ways, gap=_gap(ways, "cách thức"))
    rows = tuple(_papers(version))
    sets = f"Số lượng: {version.sets:02} bộ." if version.sets else "Bản công bố không ghi số lượng bộ hồ sơ."
    yield Part(name="Thành phần, số lượng hồ sơ", lines=(sets,), rows=rows, gap=_gap(rows, "giấy tờ nào"))
    times = (*_times(found), *(each.vi for each in said_times(version)))
    yield Part(name="Thời hạn giải quyết", lines=times, gap="" if times else f"{NO_LIMIT.vi}.")
    told = (said.subjects_said or "; ".join(said.subjects)) if said else ""
    subjects = (told,) if told else tuple(AUDIENCES[each].vi for each in version.audience)
    yield Part(name="Đối tượng thực hiện", lines=subjects, gap=_gap(subjects, "đối tượng"))
    agencies = _agencies(version)
    yield Part(
        name="Cơ quan giải quyết",
        lines=(*agencies, f"Nơi nhận hồ sơ: {found.place or agency.name}."),
        gap=_gap(agencies, "cơ quan giải quyết"),
    )
    results = tuple(each.name.vi for each in version.results)
    yield Part(name="Kết quả", lines=results, gap=_gap(results, "kết quả"))
    fees = tuple(each.vi for each in tariff(found) or said_fees(version))
    free = tuple(
        f"{'Miễn' if e.percent == 100 else f'Giảm {e.percent}%'}: {e.label.vi}. Cần: {e.evidence.vi} ({e.basis})."
        for e in dict.fromkeys(e for rule in version.fees for e in rule.exemptions)
    )
    yield Part(name="Phí, lệ phí", lines=fees + free, gap=_gap(fees, "khoản thu nào"))
    forms = tuple(dict.fromkeys(c.form.vi for c in version.components if c.form))
    yield Part(name="Mẫu đơn, tờ khai", lines=forms, gap=_gap(forms, "mẫu đơn, tờ khai"))
    conditions = tuple(each.vi for each in version.conditions)
    yield Part(name="Yêu cầu, điều kiện", lines=conditions, gap=_gap(conditions, "yêu cầu, điều kiện"))
    yield Part(
        name="Căn cứ pháp lý",
        lines=tuple(filter(None, ["; ".join(version.legal_basis)])),
        gap=_gap(version.legal_basis, "căn cứ"),
    )
    lacking = tuple(dict.fromkeys(gap.reason.vi for gap in gaps(version)))
    if lacking:
        yield Part(name="Điều còn thiếu hoặc chưa kiểm chứng", lines=lacking)


def _numbered(steps: Sequence[str]) -> bool:
    """Whether the steps bring numbers of their own ("Bước 1: ...")."""
    return any(step.casefold().startswith("bước") for step in steps)


def _gap(there: Sequence[object], what: str) -> str:
    return "" if there else f"Bản công bố không nêu {what}."


def _ways(found: Offer) -> tuple[str, ...]:
    elsewhere = ELSEWHERE.get(found.handled_in)
    if elsewhere:
        return (f"Thủ tục được giải quyết trên {elsewhere.vi} (dichvucong.gov.vn).",)
    online = {Channel.ONLINE: " (Cổng Dịch vụ công quốc gia, dichvucong.gov.vn)"}
    return tuple(f"{CHANNELS[each].vi}{online.get(each, '')}." for each in channels_of(found.version))


def _times(found: Offer) -> Iterable[str]:
    several = len(found.version.variants) > 1
    for variant, channels, words in limits(found):
        whose = f"{variant.label.vi}; " if several else ""
        yield f"{whose}{_of(channels)}: {words.vi}."


def _of(channels: Iterable[Channel]) -> str:
    names = ", ".join(CHANNELS[each].vi.lower() for each in channels)
    return names[:1].upper() + names[1:]


def _agencies(version: ProcedureVersion) -> tuple[str, ...]:
    said = version.announced
    if version.agency is not None:
        decides = version.agency.vi
    else:
        decides = (said.competent or "; ".join(said.agencies)) if said else ""
    told = (
        ("", decides),
        ("Phối hợp: ", said.coordinating if said else ""),
        ("Được ủy quyền: ", said.delegated if said else ""),
        ("Bản công bố ghi nơi nộp: ", said.address if said else ""),
    )
    return tuple(f"{label}{value}" for label, value in told if value)


# --- papers --------------------------------------------------------------------


def _papers(version: ProcedureVersion) -> Iterable[PaperRow]:
    """All papers; of variants that ask for others, each under its own heading."""
    lists: dict[tuple[str, ...], list[Variant]] = {}
    for variant in version.variants:
        lists.setdefault(variant.components, []).append(variant)
    by_code = {c.code: c for c in version.components}
    if len(lists) < 2:
        yield from _rows(version, version.components)
        return
    for codes, variants in lists.items():
        yield PaperRow(name="Trường hợp: " + "; ".join(v.label.vi for v in variants), is_heading=True)
        yield from _rows(version, [by_code[code] for code in codes])


def _rows(version: ProcedureVersion, components: Iterable[Component]) -> Iterable[PaperRow]:
    heading = ""
    for one in components:
        if one.heading and one.heading != heading:
            heading = one.heading
            yield PaperRow(name=heading, is_heading=True)
        is_note = one.kind is ComponentKind.NOTE
        yield PaperRow(
            name=("Lưu ý: " if is_note else "") + one.name.vi,
            originals=f"{one.originals:02}" if one.originals else "",
            copies=f"{one.copies:02}" if one.copies else "",
            remark="; ".join(_remarks(version, one)),
        )


def _remarks(version: ProcedureVersion, one: Component) -> Iterable[str]:
    if one.kind in REMARKS:
        yield REMARKS[one.kind]
    questions = {q.code: q for q in version.questions}
    for part in within(one.when):
        question = questions[part.question]
        answers = {option.code: option.label.vi for option in question.options}
        yield f"khi: {question.text.vi} {' hoặc '.join(answers[each] for each in part.answers)}"
    if one.channels:
        yield "chỉ khi nộp " + ", ".join(CHANNELS[each].vi.lower() for each in one.channels)
    if one.applicants:
        yield "chỉ với " + ", ".join(AUDIENCES[each].vi for each in one.applicants)
    if spared(one):
        yield _SPARED
    if one.form:
        yield f"mẫu: {one.form.vi}"
    if not one.counted:
        yield _UNCOUNTED
