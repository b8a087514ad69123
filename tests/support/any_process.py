"""Processes of every shape the format has, drawn by hypothesis."""

from typing import Any

from hypothesis import assume, strategies as st

from motcua.kernel.errors import Invalid
from motcua.processes.checks import parse
from motcua.processes.shapes import STEP_POSITIONS, ProcessVersion

VARIANTS = ("general", "verification")
# Drawn whole: letter by letter it takes ten times as long and says no more of a table.
WORDS = (
    "Thẩm tra",
    "x",
    "Đề nghị <b>xem</b> & ký",
    "“Ý kiến” của 'phòng'",
    'a "b" c',
    "1.2; 3/4 - 5,6:",
    "ĐẾ ỘƠƯ",
    "Lấy ý kiến của các phòng, ban, đơn vị; tổng hợp, trình lãnh đạo xem xét.",
    "]]> -- %(n)s {x}",
)
RULES = (
    None,
    {"==": [{"var": "variant"}, "verification"]},
    {"!": [{"var": "assisted"}]},
    {"and": [{">": [{"var": "quantities.floors"}, 7.5]}, {"in": [{"var": "channel"}, ["online", "post"]]}]},
)  # fmt: skip

words = st.sampled_from(WORDS)
says = st.builds(lambda vi, en: {"vi": vi, **({"en": en} if en else {})}, words, st.one_of(st.none(), words))
kinds = st.lists(st.sampled_from(sorted(STEP_POSITIONS)), min_size=1, max_size=3, unique=True)
values = st.sampled_from(["0.5", "1", "2.25", "30"])


@st.composite
def documents(draw: st.DrawFn, most: int = 8) -> dict[str, Any]:
    """A document; it may not read (processes.checks)."""
    rows = [_row(draw, "receive", "receive"), _row(draw, "first", "examine")]
    for n in range(draw(st.integers(0, most))):
        if draw(st.booleans()):
            rows.append(
                _row(draw, f"r{n}", draw(st.sampled_from(["examine", "verify", "consult"])), free=True)
            )
            continue
        for branch in range(draw(st.integers(2, 3))):
            for k in range(draw(st.integers(1, 2))):
                parallel = {"group": f"g{n}", "branch": f"b{branch}"}
                rows.append({**_row(draw, f"r{n}.{branch}.{k}", "verify", free=True), "parallel": parallel})
    rows += [_row(draw, "approve", "approve"), _row(draw, "seal", "seal"), _row(draw, "return", "return")]
    _ways(draw, rows)
    return {
        "code": draw(words),
        "procedure": "1.004873",
        "title": draw(says),
        "level": draw(st.sampled_from(["commune", "province"])),
        "source": draw(words),
        "variants": [{"code": v, "limit": {"unit": "working_day", "value": draw(values)}} for v in VARIANTS],
        "steps": [{**row, "order": n} for n, row in enumerate(rows, 1)],
        "findings": [{"code": "odd", "text": draw(says)}] if draw(st.booleans()) else [],
        "sees": [{"position": "clerk", "parts": ["form", "papers"]}] if draw(st.booleans()) else [],
        **({"area": "form.land.site"} if draw(st.booleans()) else {}),
        **({"issued_on": "2025-07-07"} if draw(st.booleans()) else {}),
    }


def processes(most: int = 8) -> st.SearchStrategy[ProcessVersion]:
    """Processes that read."""
    return documents(most).map(_parsed).filter(bool)  # type: ignore[return-value]


def _parsed(document: dict[str, Any]) -> ProcessVersion | None:
    try:
        return parse(document)
    except Invalid:
        return None


def _row(draw: st.DrawFn, code: str, kind: str, *, free: bool = False) -> dict[str, Any]:
    merged = kind in ("approve", "seal") and draw(st.booleans())
    row: dict[str, Any] = {
        "code": code,
        "kind": kind,
        "work": draw(says),
        "positions": draw(kinds),
        "times": [
            {"variant": v, "merged_with_previous": True}
            if merged
            else {
                "variant": v,
                "value": draw(values),
                "unit": draw(st.sampled_from(["ngày", "ngày làm việc"])),
            }
            for v in VARIANTS
        ],
        "outputs": draw(st.lists(says, max_size=2)),
        "assignment": draw(st.sampled_from(["shared", "load", "rotation", "territory"])),
    }
    if free:
        row["when"] = draw(st.sampled_from(RULES))
        row["papers"] = [{"code": "p", "title": draw(says), "required": draw(st.booleans())}]
        row["escalation"] = [
            {"when": "before", "value": "4", "unit": "working_hour", "tell": draw(kinds)},
        ]
        row["consultations"] = [_consultation(draw)] if draw(st.booleans()) else []
    return row


def _consultation(draw: st.DrawFn) -> dict[str, Any]:
    pauses = draw(st.booleans())
    return {
        "code": "c",
        "whom": [{"agency": "H99.02"}, {"position": "director"}, {"unit": "u1"}],
        "about": draw(says),
        "limit": {"unit": draw(st.sampled_from(["working_day", "calendar_day"])), "value": "5"},
        "tacit": draw(st.booleans()),
        "pauses": pauses,
        "required": draw(st.booleans()),
        **({"ground": "consult"} if pauses else {}),
    }


def _ways(draw: st.DrawFn, rows: list[dict[str, Any]]) -> None:
    """Ways back and on, some of which the format refuses."""
    for n, row in enumerate(rows[1:-1], 1):
        above = [r["code"] for r in rows[1:n] if r.get("parallel") in (None, row.get("parallel"))]
        if draw(st.booleans()) and above:
            row["returns_to"] = draw(st.lists(st.sampled_from(above), max_size=2, unique=True))
            row["apart_from"] = draw(st.lists(st.sampled_from(above), max_size=1))
        below = [r["code"] for r in rows[n + 1 : -3] if r.get("parallel") == row.get("parallel")]
        if draw(st.integers(0, 3)) == 0 and below:
            to = draw(st.sampled_from(below))
            row["outcomes"] = [{"code": f"o{n}", "label": draw(says), "to": to}]
    assume(len({r["code"] for r in rows}) == len(rows))
