"""A procedure taken in from the national catalogue, with everything that may be found in a record."""

import json
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from motcua.catalogue.decisions import standing_decisions
from motcua.catalogue.models import Finding
from motcua.catalogue.national.decisions import words_of
from motcua.catalogue.national.findings import FindingKind
from motcua.catalogue.national.record import read_record
from motcua.catalogue.national.words import words_digest
from motcua.catalogue.operations import Choice, Source, decide, record_of, take_in
from motcua.kernel.actor import SYSTEM
from motcua.kernel.time import local
from motcua.kernel.unit_of_work import Request, unit_of_work
from tests.support.world import actor

CODE = "9.900001"
RECORD: dict[str, Any] = {
    "MATTHC": CODE,
    "TENTTHC": "Xác nhận giống vật nuôi quý hiếm <b>",
    "COQUANCONGBO": "Bộ Thử nghiệm",
    "LINHVUCTHUCHIEN": [{"MALINHVUC": "", "TENLINHVUC": "Chăn nuôi"}],
    "CAPTHUCHIEN": ["Cấp tỉnh"],
    "COQUANTHUCHIEN": [{"MADONVI": "", "TENDONVI": "Sở Thử nghiệm"}],
    "CACHTHUCTHUCHIEN": [
        {
            "KENH": "1",
            "THOIGIAN": [
                {
                    "THOIGIANGIAIQUYET": "5",
                    "DONVITINH": "",
                    "MOTA": "Kể từ ngày nhận đủ hồ sơ",
                    "PHILEPHI": [
                        {"MAPHILEPHI": "", "SOTIEN": "20", "DONVI": "VNĐ", "MOTA": "20.000 vnđ/tờ khai"},
                        {"MAPHILEPHI": "", "SOTIEN": "0", "DONVI": "", "MOTA": "Lệ phí 8.000 đồng/bản"},
                    ],
                }
            ],
        }
    ],
    "THANHPHANHOSO": [
        {
            "TRUONGHOP": "* Giấy tờ phải nộp:",
            "GIAYTO": [
                {
                    "MAGIAYTO": "",
                    "TENGIAYTO": "Đơn nêu giống và đàn",
                    "SOBANCHINH": "1",
                    "SOBANSAO": "0",
                    "TENMAUDON": "",
                }
            ],
        },
        {
            "TRUONGHOP": "* Giấy tờ phải xuất trình:",
            "GIAYTO": [
                {
                    "MAGIAYTO": "",
                    "TENGIAYTO": "Sổ theo dõi đàn",
                    "SOBANCHINH": "",
                    "SOBANSAO": "",
                    "TENMAUDON": "",
                }
            ],
        },
    ],
    "KETQUATHUCHIEN": [{"MAKETQUA": "dsfas", "TENKETQUA": "Giấy xác nhận"}],
    "SOQUYETDINH": "99/QĐ-BTN",
}


def announced(at: datetime, **changes: Any) -> str:
    """Take it in at `at`, with `changes`; returns its code."""
    told = {**RECORD, **changes}
    text = json.dumps(told, ensure_ascii=False)
    record = record_of(
        line=1, text=text, digest=sha256(text.encode()).digest(), decisions=standing_decisions()
    )
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin="simulated"):
        take_in(
            records=[record],
            source=Source("danh-muc.jsonl", bytes(32)),
            effective_from=local(at).date(),
            actor=SYSTEM,
            at=at,
        )
    return str(told["MATTHC"])


def one_decided(at: datetime) -> UUID:
    """The catalogue officer has looked at the result's code, and leaves it; returns the decision."""
    who, kind, where = actor("danhmuctinh"), FindingKind.RESULT_CODE_NONSENSE, "KETQUATHUCHIEN[0]"
    record = read_record(RECORD)
    choice = Choice(kind, where, words_digest(words_of(record, kind, where) or ()), {}, "Mã gõ thử trên cổng")
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        decide(procedure=CODE, choices=[choice], actor=who, at=at)
    return standing_decisions([CODE])[CODE][-1].id


def announced_and_looked_at(at: datetime) -> dict[str, str]:
    """A procedure of the national catalogue, and a decision about it."""
    codes = {"announced": announced(at), "finding_decision": str(one_decided(at))}
    return codes | {"alike": Finding.objects.get(procedure_id=CODE, what="unit_blank").alike}
