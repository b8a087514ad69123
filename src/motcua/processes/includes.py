"""A process that another one includes, written into its table when that is published. Pure, on documents.

Running dossiers so never look anything up, and a later version of the included process changes nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from motcua.catalogue.reading import fault, read
from motcua.eforms.rules import variables
from motcua.processes.shapes import Included

Document = Mapping[str, Any]
_ROW = {"order", "code", "includes", "when", "parallel"}


def spliced(document: Document, find: Callable[[str, int], Document | None]) -> Document:
    """`document` with the running rows of every process it includes in place of the row that includes it.

    `find(code, number)`: the body of a published version, None where there is none. Codes of the rows, groups, ways out
    and back get the including row's code and a dot before them. Times are those of the same variant, or of the only one
    that the included process has. A condition of the including row is one of every row that is put in, beside its own;
    its branch is theirs. Raises Invalid with the place.
    """
    rows = document.get("steps")
    if not isinstance(rows, list) or not any(isinstance(r, Mapping) and "includes" in r for r in rows):
        return document
    put: list[Any] = []
    for i, row in enumerate(rows):
        if isinstance(row, Mapping) and "includes" in row:
            put += _rows_of(document, row, f"steps[{i}]", find)
        else:
            put.append(row)
    numbered = [{**row, "order": n} if isinstance(row, Mapping) else row for n, row in enumerate(put, 1)]
    return {**document, "steps": numbered}


def _rows_of(
    document: Document,
    row: Mapping[str, Any],
    where: str,
    find: Callable[[str, int], Document | None],
) -> list[Document]:
    for key in sorted(row.keys() - _ROW):
        raise fault(f"{where}.{key}", "khóa lạ; hãy bỏ hoặc sửa tên khóa", "unknown key; drop or rename it")
    told = read(Included, {key: row.get(key) for key in ("code", "includes")}, where)
    when, parallel = row.get("when"), row.get("parallel")
    if "outcome" in variables(when):
        raise fault(
            f"{where}.when",
            "điều kiện của cả quy trình con không xét kết quả của bước trước: mỗi bước bên trong có kết quả riêng",
            "the condition of a whole process can't look at the outcome before: each row inside has one of its own",
        )
    body = find(told.includes.process, told.includes.number)
    if body is None:
        raise fault(
            f"{where}.includes",
            f"không có quy trình {told.includes.process} phiên bản {told.includes.number} đã ban hành",
            f"there is no published process {told.includes.process} version {told.includes.number}",
        )
    rows = body["steps"][1:-1]
    if parallel and any(one.get("parallel") for one in rows):
        raise fault(
            f"{where}.parallel",
            "quy trình con đã có nhánh song song nên không đặt trong một nhánh được",
            "the included process has branches itself, so it can't stand in one",
        )
    variants = [v["code"] for v in document.get("variants", []) if isinstance(v, Mapping) and "code" in v]
    source = _sources(variants, [v["code"] for v in body["variants"]], where)
    return [_within(_renamed(step, f"{told.code}.", source), when, parallel) for step in rows]


def _within(step: Document, when: Any, parallel: Any) -> Document:
    """A row with the condition and the branch of the row that includes it."""
    own = step.get("when")
    put = dict(step)
    if when is not None:
        put["when"] = when if own is None else {"and": [when, own]}
    if parallel:
        put["parallel"] = parallel
    return put


def _sources(variants: Sequence[str], own: Sequence[str], where: str) -> Mapping[str, str]:
    """For each variant of the including process the one whose times count."""
    if len(own) == 1:
        return dict.fromkeys(variants, own[0])
    if missing := sorted(set(variants) - set(own)):
        raise fault(
            f"{where}.includes",
            f"quy trình con không có trường hợp: {', '.join(missing)}",
            f"the included process does not have the variants: {', '.join(missing)}",
        )
    return {variant: variant for variant in variants}


def _renamed(step: Document, before: str, source: Mapping[str, str]) -> Document:
    times = {t["variant"]: t for t in step["times"]}
    put: dict[str, Any] = {
        **step,
        "code": before + step["code"],
        "times": [{**times[own], "variant": variant} for variant, own in source.items()],
    }
    for key in ("returns_to", "apart_from"):
        if key in step:
            put[key] = [before + code for code in step[key]]
    if "outcomes" in step:
        put["outcomes"] = [{**one, "to": before + one["to"]} for one in step["outcomes"]]
    if step.get("parallel"):
        put["parallel"] = {**step["parallel"], "group": before + step["parallel"]["group"]}
    return put
