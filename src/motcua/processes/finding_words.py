"""What a table is found to have, by code: in a sentence with what was reckoned, and what to do about it. Pure."""

from collections.abc import Mapping, Sequence

from motcua.kernel.say import Say
from motcua.processes.shapes import Finding

# What is reckoned here; the place is told beside it (a row, a variant).
SENTENCES: Mapping[str, Say] = {
    "never": Say(
        "điều kiện của bước “{work}” không bao giờ đúng nên không ai tới được bước này",
        "the condition of the step “{work}” never holds, so nothing leads there",
    ),
    "unapproved": Say(
        "có đường đi tới ban hành mà không qua bước phê duyệt nào",
        "a way leads to the decision past every approval",
    ),
    "not_judged": Say(
        "các điều kiện có quá nhiều tổ hợp nên chỉ được kiểm tra theo từng trường hợp",
        "the conditions have too many combinations, so they are judged by the variant alone",
    ),
    "beyond_limit": Say(
        "đường dài nhất cần {total}, thời hạn chỉ có {limit}",
        "the longest way takes {total}, but the time limit is only {limit}",
    ),
    "sum_differs": Say(
        "các bước cộng lại {total}, thời hạn là {limit}",
        "the steps add up to {total}, the time limit is {limit}",
    ),
    "days_for_working_days": Say(
        "bảng ghi “ngày”, thời hạn tính theo ngày làm việc",
        "the table says “days”, but the time limit is in working days",
    ),
    "variants_differ": Say(
        "trường hợp này chỉ có ở một bên, ở quy trình hoặc ở thủ tục",
        "this variant stands on one side only, in the process or in the procedure",
    ),
    "limit_differs": Say(
        "thời hạn của quy trình khác thời hạn công bố",
        "the time limit of the process is not the published one",
    ),
}
_TELL_ISSUER = Say(
    "đối chiếu với quyết định gốc; nếu bảng gốc sai thì báo cơ quan ban hành rồi soạn bản mới",
    "compare it with the decision itself; where that is wrong, tell who issued it and draft a new version",
)
_CHECK_MAKING = Say(
    "đối chiếu với quyết định gốc; nếu đọc sai thì soạn bản mới và sửa bước ấy",
    "compare it with the decision itself; where it was read wrongly, draft a new version and correct the step",
)
_NOTHING_TO_DO = Say("không phải làm gì, chỉ để biết", "nothing has to be done; it is good to know")
# What to do about each finding there is: those above, and what processes.issued tells of a table it read.
MEND: Mapping[str, Say] = {
    "never": Say("hãy sửa điều kiện hoặc bỏ bước", "correct the condition, or drop the step"),
    "unapproved": Say(
        "hãy sửa điều kiện hoặc hướng đi để đường nào cũng qua một bước phê duyệt",
        "correct the conditions or the ways out so that every way passes an approval",
    ),
    "not_judged": Say(
        "hãy tách bớt điều kiện, hoặc tự xem lại từng đường đi",
        "use fewer conditions, or go through the ways yourself",
    ),
    "beyond_limit": Say(
        "hãy bớt thời gian của các bước, hoặc sửa thời hạn của trường hợp",
        "shorten the steps, or correct the time limit of the variant",
    ),
    "sum_differs": Say(
        "hãy sửa thời gian của các bước, hoặc thời hạn, cho khớp",
        "correct the times of the steps, or the time limit, so that they agree",
    ),
    "days_for_working_days": Say(
        "hãy ghi “ngày làm việc” cho các bước", "write “working days” for the steps"
    ),
    "variants_differ": Say(
        "hãy thêm trường hợp còn thiếu, hoặc bỏ trường hợp thừa",
        "add the variant that is missing, or drop the one too many",
    ),
    "limit_differs": Say(
        "hãy lấy thời hạn công bố của thủ tục", "take the published time limit of the procedure"
    ),
    "receive_missing": _CHECK_MAKING,
    "approve_missing": _CHECK_MAKING,
    "blank_read_as_merged": _CHECK_MAKING,
    "limit_by_stages": _TELL_ISSUER,
    "code_not_unique": Say(
        "dùng mã ở đây khi tìm quy trình này", "use the code it has here to find this process"
    ),
    "no_counterpart": Say(
        "khi biết thủ tục, soạn bản mới với mã thủ tục ấy",
        "once the procedure is known, draft a new version with its code",
    ),
    "near_match": Say(
        "hỏi cán bộ pháp chế trước khi áp dụng", "ask a lawyer of the house before it is adopted"
    ),
    "mixed_days": _TELL_ISSUER,
    "same_day": _NOTHING_TO_DO,
    "extension_as_addition": _CHECK_MAKING,
    "extension_added": _CHECK_MAKING,
    "merged_cells": _NOTHING_TO_DO,
    "unit_missing": _CHECK_MAKING,
    "time_condition": _CHECK_MAKING,
    "position_mapped": _CHECK_MAKING,
    "position_chosen": _CHECK_MAKING,
    "register_differs": _TELL_ISSUER,
    "shape_borrowed": Say(
        "thay bằng quy trình của tỉnh khi có", "replace it by the province's own process once there is one"
    ),
    "tacit_unverified": Say(
        "đối chiếu điều luật rồi ghi lại căn cứ",
        "check the article of the law, then write the basis down anew",
    ),
}


# What a person who drafts a table still has to fill in, by its key.
_LACKING: Mapping[str, Say] = {
    "source": Say(
        "chưa ghi; ghi số, ngày, tên văn bản phê duyệt, ví dụ “Quyết định 12/QĐ-UBND ngày 02/01/2026”",
        "not filled in; write number, day and title of the approving document, such as"
        " “Decision 12/QĐ-UBND of 02/01/2026”",
    ),
    "title": Say("chưa có tên; ghi tên bằng tiếng Việt", "has no title; write it in Vietnamese"),
    "procedure": Say(
        "chưa ghi; ghi mã một thủ tục đang hiệu lực, ví dụ 1.004873",
        "not filled in; write the code of a procedure in force, such as 1.004873",
    ),
    "work": Say(
        "chưa ghi phải làm việc gì; ghi ngắn, ví dụ “Thẩm tra hồ sơ”",
        "does not say what is to be done; write it briefly, such as “Examine the dossier”",
    ),
    "about": Say("chưa ghi hỏi về việc gì", "does not say what it is about; write it"),
    "label": Say("chưa đặt tên cho hướng đi", "the way on has no name; write it"),
    "to": Say("chưa chọn đi tới đâu", "does not say where it leads; choose it"),
    "limit": Say("chưa ghi; ghi số và chọn đơn vị", "not filled in; write how much and choose the unit"),
    "unit": Say("chưa chọn đơn vị thời gian", "has no unit of time; choose one"),
    "value": Say("chưa ghi bao nhiêu; ghi một số lớn hơn 0", "has no number; write one above 0"),
    "position": Say("chưa chọn vị trí", "no position is chosen; choose one"),
    "group": Say("đã ghi nhánh thì ghi cả nhóm", "a branch needs its group; write it, too"),
    "branch": Say("đã ghi nhóm thì ghi cả nhánh", "a group needs a branch; write it, too"),
    "body": Say("chưa chọn cơ quan làm phần việc này", "no agency is chosen for this part; choose one"),
    "code": Say("chưa chọn; chọn một trong danh sách", "not chosen; choose one of the list"),
}
_IN_ENGLISH = Say("chưa ghi tiếng Anh", "the English is not written yet; write it")
_NOT_FILLED_IN = Say("chưa ghi; hãy điền mục này", "not filled in; fill it in")


def lacking(names: Sequence[str]) -> Say:
    """What to fill in at a place of a draft, given by the names that lead to it (`["title", "vi"]`)."""
    if names[-1] == "en":
        return _IN_ENGLISH
    return next((_LACKING[each] for each in reversed(names) if each in _LACKING), _NOT_FILLED_IN)


def found(code: str, **told: Say) -> Finding:
    """The finding `code` of SENTENCES, filled in with what was reckoned."""
    said = SENTENCES[code]
    return Finding(
        code,
        Say(
            said.vi.format(**{name: one.vi for name, one in told.items()}),
            said.en.format(**{name: one("en") for name, one in told.items()}),
        ),
    )


def mended(finding: Finding) -> Say:
    """A finding with what to do about it; one that a document tells by itself, of another code, as it stands there."""
    mend = MEND.get(finding.code)
    text = finding.text
    return text if mend is None else Say(f"{text.vi}; {mend.vi}", f"{text('en')}; {mend.en}")


def of_variant(finding: Finding, name: Say) -> Finding:
    """A finding with the variant that it is of."""
    return Finding(finding.code, Say(f"{name.vi}: {finding.text.vi}", f"{name('en')}: {finding.text('en')}"))
