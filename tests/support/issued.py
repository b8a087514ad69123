"""A process as an issued collection tells it: small, ours, with the faults such collections have."""

from typing import Any

DESK = "Cán bộ tiếp nhận hồ sơ tại Trung tâm Phục vụ hành chính công"
OFFICER = "Công chức Tư pháp - Hộ tịch"
LEADER = "Lãnh đạo UBND"
CLERK = "Văn thư UBND"
ROWS = (("receive", DESK), ("examine", OFFICER), ("approve", LEADER), ("seal", CLERK), ("return", DESK))


def time(value: str | None, variant: int = 1, **changes: Any) -> dict[str, Any]:
    """A cell; None: merged with the one above."""
    told = {"variant": variant, "raw": "", "value": None, "unit": "", "merged_with_previous": value is None}
    return {**told, **({"value": float(value), "unit": "ngày"} if value else {}), **changes}


def row(order: int, action: str, role: str, *times: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A row of the table."""
    told = {"order": order, "action": action, "content": f"Làm việc {action}", "role": role}
    return {**told, "times": list(times), "outputs": ["Giấy tờ"], **changes}


def process(code: str = "MAU-01", **changes: Any) -> dict[str, Any]:
    """A whole process of one variant: five rows of half a working day and one of a day, three days in all."""
    values = ("0.5", "1", "0.5", "0.5", "0.5")
    return {
        "id": code,
        "title": f"Quy trình mẫu {code}",
        "process_code": f"QT {code}",
        "issued": "07/7/2025",
        "field": "Mẫu",
        "level": "commune",
        "national_code": "1.005461",
        "national_match": "exact",
        "national_match_score": 1.0,
        "national_title": ["Thủ tục mẫu"],
        "components": [{"order": 1, "name": "Tờ khai"}],
        "number_of_sets": None,
        "time_limit_text": "03 ngày làm việc",
        "variants": [
            {"variant": 1, "label": "Chung", "limit_value": 3.0, "limit_unit": "ngày làm việc", "same_day_rule": False}
        ],
        "steps": [
            row(i + 1, *at, time(value)) for i, (at, value) in enumerate(zip(ROWS, values, strict=True))
        ],
        "retention": [],
        "findings": [],
        **changes,
    }  # fmt: skip
