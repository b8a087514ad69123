"""The public portal over a country's procedures: made-up records in the national shape are taken in twice, then the
list is searched and pages are read, one request at a time."""

import gzip
import json
import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from itertools import islice, product
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bench.browser import Browser

RECORDS = 2_551
ASKED = 300  # requests of each kind
DEEDS = (
    "Cấp",
    "Cấp lại",
    "Cấp đổi",
    "Gia hạn",
    "Điều chỉnh",
    "Thu hồi",
    "Công nhận",
    "Đăng ký",
    "Xác nhận",
    "Phê duyệt",
)
PAPERS = (
    "giấy phép",
    "giấy chứng nhận",
    "chứng chỉ hành nghề",
    "thẻ",
    "quyết định",
    "phương án",
    "hồ sơ",
    "văn bản",
)
MATTERS = (
    "vận tải hành khách",
    "nuôi trồng thủy sản",
    "buôn bán thuốc thú y",
    "xuất khẩu lâm sản",
    "khai thác nước dưới đất",
    "xây dựng nhà ở",
    "đào tạo lái xe",
    "dịch vụ bảo vệ",
    "bảo hiểm xã hội",
    "hoạt động luật sư",
    "thành lập doanh nghiệp",
    "chuyển nhượng bất động sản",
    "phòng cháy chữa cháy",
    "kiểm dịch động vật",
)
WHOSE = ("cá nhân", "tổ chức", "hộ kinh doanh", "doanh nghiệp nước ngoài", "cơ sở tại biên giới")
TYPED = (
    "giay phep xay nha",
    "mất giấy khai sinh",
    "dk kết hôn",
    "so do",
    "bang lai xe",
    "mo cong ty",
    "luat su mien phi",
    "khai xinh",
    "bhxh 1 lan",
    "1.004873",
    "khoan giếng",
    "hộ chiếu",
    "nuoi tom long be",
    "thue ban dat",
    "xn doc than",
)


def records() -> Iterator[dict[str, Any]]:
    """As many procedures as the country has, each with papers, steps, ways and law; every twelfth is long."""
    made = islice(product(DEEDS, PAPERS, MATTERS, WHOSE), RECORDS)
    for n, (deed, paper, matter, whose) in enumerate(made):
        yield {
            "MATTHC": f"8.{n:06}",
            "TENTTHC": f"{deed} {paper} {matter} đối với {whose}",
            "COQUANCONGBO": f"Bộ Mẫu {n % 12}",
            "LINHVUCTHUCHIEN": [{"MALINHVUC": "", "TENLINHVUC": matter.capitalize()}],
            "CAPTHUCHIEN": ["Cấp tỉnh" if n % 3 else "Cấp xã"],
            "COQUANTHUCHIEN": [{"MADONVI": "", "TENDONVI": f"Sở Mẫu {n % 9}"}],
            "TRINHTUTHUCHIEN": [
                {
                    "TRUONGHOP": "",
                    "TRINHTU": [{"TENTRINHTU": f"Bước {i}: xem xét {matter}."} for i in range(1, 5)],
                }
            ],
            "CACHTHUCTHUCHIEN": [{"KENH": kenh, "THOIGIAN": [_time(n)]} for kenh in "123"],
            "THANHPHANHOSO": [
                {"TRUONGHOP": "", "GIAYTO": [_paper(i, matter) for i in range(60 if n % 12 == 0 else 6)]}
            ],
            "YEUCAU": f"Có đủ điều kiện về {matter}. " * (40 if n % 12 == 0 else 1),
            "DOITUONGTHUCHIEN": ["Công dân Việt Nam", "Doanh nghiệp"],
            "KETQUATHUCHIEN": [{"MAKETQUA": "KQ.G01.000001", "TENKETQUA": f"{paper.capitalize()} {matter}"}],
            "CANCUPHAPLY": [
                {"SOVANBAN": f"{i}/2025/NĐ-CP", "TENVANBAN": f"Nghị định {i}"} for i in range(1, 6)
            ],
            "SOQUYETDINH": f"{n}/QĐ-BM",
        }


def _time(n: int) -> dict[str, Any]:
    fee = {
        "MAPHILEPHI": "",
        "SOTIEN": str(n % 5 * 50_000),
        "DONVI": "Đồng",
        "MOTA": "" if n % 4 else "Phí thẩm định",
    }
    unit = "Ngày làm việc" if n % 8 else ""
    return {"THOIGIANGIAIQUYET": str(n % 30 + 1), "DONVITINH": unit, "MOTA": "", "PHILEPHI": [fee]}


def _paper(i: int, matter: str) -> dict[str, str]:
    name = f"Giấy tờ thứ {i + 1} chứng minh điều kiện về {matter}, còn giá trị sử dụng"
    return {"MAGIAYTO": "", "TENGIAYTO": name, "SOBANCHINH": "1", "SOBANSAO": str(i % 2), "TENMAUDON": ""}


def taken_in(motcua: Path, environment: dict[str, str], folder: Path) -> dict[str, Any]:
    """Seconds and memory of taking the records in, and of the same file once more."""
    file = folder / "catalogue.jsonl.gz"
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records())
    told: dict[str, Any] = {"records": RECORDS}
    for which in ("first", "again"):
        began = time.monotonic()
        command = [str(motcua), "import", "catalogue", str(file)]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        if process.returncode is None:
            process.returncode = os.waitstatus_to_exitcode(status)
        if status:
            raise SystemExit(f"motcua import catalogue ended with {process.returncode}")
        told[f"{which}_seconds"] = round(time.monotonic() - began, 1)
        told[f"{which}_peak_mib"] = round(used.ru_maxrss / 1024)
    return told


def asked(base: str) -> dict[str, list[float]]:
    """Times of the public pages, each kind asked often and every answer looked at."""
    times: dict[str, list[float]] = {}
    browser = Browser(base, times)
    for name, paths, holds in (
        ("search", [f"/procedures?q={quote(words)}" for words in TYPED], b'class="found"'),
        ("list", [f"/procedures?after=8.{n:06}" for n in range(0, 900, 30)], b'class="found"'),
        (
            "narrowed_list",
            [f"/procedures?audience=citizen&publisher=bo-mau-{n}" for n in range(12)],
            b'class="found"',
        ),
        ("procedure", [f"/procedures/8.{n:06}" for n in range(1, RECORDS, 17)], b'id="bring"'),
        (
            "procedure_here",
            ["/procedures/1.004873", "/procedures/1.001193", "/procedures/2.000815"],
            b'id="bring"',
        ),
        ("posting", ["/posting/H99.01.01"], b"posted"),
    ):
        _ask(browser, paths, holds, name, count=30)
        times[name] = []
        _ask(browser, paths, holds, name, count=ASKED)
    return times


def _ask(browser: Browser, paths: Sequence[str], holds: bytes, name: str, *, count: int) -> None:
    for n in range(count):
        answer = browser.get(paths[n % len(paths)], name)
        if answer.status != 200 or holds not in answer.body:
            raise LookupError(f"{answer.path}: {answer.status}")
