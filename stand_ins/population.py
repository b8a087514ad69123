"""A stand-in for the national population database: it speaks the message that provinces' buses carry, and knows a
handful of people who do not exist.

    python -m stand_ins.population --port 8099

Its page says what it is and lets one choose how it answers: as it should, with an error, with rubbish, for nobody, or
not at all. It imports nothing of the system that asks it.
"""

import argparse
import json
import threading
import unicodedata
from contextlib import suppress
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

MODES = {
    "answer": "Trả lời như thật",
    "not_found": "Không tìm thấy ai",
    "fail": "Báo lỗi máy chủ (HTTP 500)",
    "away": "Trục không tới được CSDL (HTTP 503)",
    "garbage": "Trả lời không đọc được",
    "hang": "Không trả lời",
}
# Number, family name, middle names, given name, born (yyyymmdd or a year), sex, address. Nobody real.
PEOPLE = (
    ("001190000001", "NGUYỄN", "THỊ ÁNH", "TUYẾT", "19900215", "2", "Thôn Trung Tâm, Xã Mẫu"),
    ("001085000002", "TRẦN", "VĂN", "HÙNG", "19850930", "1", "Thôn Đông, Xã Mẫu"),
    ("001160000003", "LÊ", "THỊ", "TÁM", "1960", "2", "Thôn Đoài, Xã Mẫu"),
    ("001095000004", "PHẠM", "ĐỨC", "ANH", "19950505", "1", ""),
)
ASKED = ("MaYeuCau", "MaTichHop", "MaDVC", "MaCanBo", "HoVaTen", "SoDinhDanh")
PAGE = """<!DOCTYPE html><html lang="vi"><meta charset="utf-8"><title>Bản mô phỏng: CSDL quốc gia về dân cư</title>
<h1>Bản mô phỏng, không phải hệ thống thật</h1>
<p>Trang này đóng vai Cơ sở dữ liệu quốc gia về dân cư để thử nghiệm. Mọi người có tên ở đây đều không có thật.</p>
<p>Đang: <strong>{mode}</strong>. Đã nhận {count} yêu cầu.</p>
<form method="post" action="/mode">{choices}<button>Đổi</button></form>
<ul>{people}</ul></html>"""


class State:
    """How it answers now, and the requests that came."""

    def __init__(self, mode: str) -> None:
        self.mode = mode
        self.numbers: set[str] = set()
        self.count = 0
        self.lock = threading.Lock()


def bare(name: str) -> str:
    """A name in capitals without accents, as it is asked for."""
    letters = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d"))
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).upper().split())


def found(asked: dict[str, str]) -> tuple[str, ...] | None:
    """The person with this number and name; the day of birth is for whoever asks to compare."""
    for person in PEOPLE:
        whole = " ".join(person[1:4])
        if person[0] == asked["SoDinhDanh"] and bare(whole) == asked["HoVaTen"]:
            return person
    return None


def envelope(person: tuple[str, ...] | None) -> str:
    """The SOAP document for `person`, or for nobody."""
    inside = ""
    if person is not None:
        number, family, middle, given, born, sex, address = map(escape, person)
        day = f"<NgayThangNam>{born}</NgayThangNam>" if len(born) == 8 else f"<Nam>{born}</Nam>"
        inside = (
            f"<ns1:CongDan><ns1:SoDinhDanh>{number}</ns1:SoDinhDanh><ns1:SoCMND/>"
            f"<ns1:HoVaTen><Ho>{family}</Ho><ChuDem>{middle}</ChuDem><Ten>{given}</Ten></ns1:HoVaTen>"
            f"<ns1:GioiTinh>{sex}</ns1:GioiTinh><ns1:NgayThangNamSinh>{day}</ns1:NgayThangNamSinh>"
            "<ns1:ThuongTru><MaTinhThanh>99</MaTinhThanh><MaPhuongXa>99001</MaPhuongXa>"
            f"<ChiTiet>{address}</ChiTiet><QuocGia>VN</QuocGia></ns1:ThuongTru></ns1:CongDan>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><soap:Envelope'
        ' xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns1="urn:dancu"><soap:Body>'
        f"<ns1:CongdanCollection>{inside}</ns1:CongdanCollection></soap:Body></soap:Envelope>"
    )


class Server(ThreadingHTTPServer):
    """Serves the page and the service on one state."""

    daemon_threads = True

    def __init__(self, port: int, mode: str) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.state = State(mode)


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Server

    def log_message(self, *_told: object) -> None:
        """Nothing: whom it is asked for stays out of its log too."""

    def do_GET(self) -> None:
        state = self.server.state
        choices = "".join(
            f'<p><label><input type="radio" name="mode" value="{mode}"> {escape(words)}</label></p>'
            for mode, words in MODES.items()
        )
        people = "".join(f"<li>{escape(p[0])} {escape(' '.join(p[1:4]))}, {p[4]}</li>" for p in PEOPLE)
        page = PAGE.format(mode=MODES[state.mode], count=state.count, choices=choices, people=people)
        self._say(200, "text/html; charset=utf-8", page)

    def do_POST(self) -> None:
        state = self.server.state
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == "/mode":
            mode = parse_qs(body.decode()).get("mode", [""])[0]
            state.mode = mode if mode in MODES else state.mode
            self.send_response(303)
            self.send_header("Location", "/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        with state.lock:
            state.count += 1
        if state.mode == "hang":
            threading.Event().wait(30)
        elif state.mode in ("fail", "away"):
            self._say(500 if state.mode == "fail" else 503, "text/plain", "error")
        elif state.mode == "garbage":
            self._say(200, "application/json", '{"message": "<soap:Envelope><!DOCTYPE x')
        else:
            told = answer(state, body)
            self._say(200, "application/json", json.dumps(told, ensure_ascii=False))

    def _say(self, status: int, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def answer(state: State, body: bytes) -> dict[str, str]:
    """The JSON document that answers `body`."""
    try:
        asked = json.loads(body)
        lacking = [name for name in ASKED if not isinstance(asked.get(name), str) or not asked[name]]
    except (ValueError, AttributeError):
        return {"error_code": "400", "message": "JSON"}
    if lacking:
        return {"error_code": "400", "message": ", ".join(lacking)}
    with state.lock:
        if asked["MaYeuCau"] in state.numbers:
            return {"error_code": "409", "message": "MaYeuCau"}
        state.numbers.add(asked["MaYeuCau"])
    return {"message": envelope(None if state.mode == "not_found" else found(asked))}


def main() -> None:
    """Serve until stopped; the first line says where."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, default=8099)
    options.add_argument("--mode", choices=sorted(MODES), default="answer")
    told = options.parse_args()
    server = Server(told.port, told.mode)
    print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
    with suppress(KeyboardInterrupt):
        server.serve_forever()


if __name__ == "__main__":
    main()
