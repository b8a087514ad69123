"""The one list of commands. A command is a plain function in a small file of its own, read by typer.

`opens_session`: the database is started and migrated, and Django set up, before the function's file is even
imported, so that it may import models, operations and flows at its top. The others import no Django at their
top; `up` and `init` open the session themselves, since they make what the session needs.
"""

from dataclasses import dataclass
from importlib.util import find_spec

from motcua.kernel.say import Say


@dataclass(frozen=True, slots=True)
class Command:
    """`name` as typed (one or two words), where its function is (`module:function`), what it is for."""

    name: str
    target: str
    help: Say
    opens_session: bool = True
    example: str = ""

    @property
    def module(self) -> str:
        return self.target.partition(":")[0]

    @property
    def function(self) -> str:
        return self.target.partition(":")[2]


COMMANDS = (
    Command(
        "up",
        "motcua.cli.up:up",
        Say("chạy hệ thống; lần đầu tạo hệ thống dùng thử", "run the system; at first makes a trial one"),
        opens_session=False,
    ),
    Command(
        "init",
        "motcua.cli.init:init",
        Say("tạo hệ thống chính thức còn trống", "make an empty live installation"),
        opens_session=False,
    ),
    Command(
        "work",
        "motcua.cli.work:work",
        Say("chạy các việc nền: xếp thứ tự, phản ứng", "run the background: sequencer and reactions"),
    ),
    Command(
        "demo",
        "motcua.cli.demo:demo",
        Say("nạp hồ sơ mẫu của một xã vào hệ thống dùng thử", "fill a trial with a commune's fortnight"),
    ),
    Command(
        "calendar publish",
        "motcua.cli.calendar:publish",
        Say("công bố lịch làm việc, dời hạn hồ sơ đang mở", "publish a calendar, move open dossiers"),
    ),
    Command(
        "import catalogue",
        "motcua.cli.national:catalogue",
        Say("nhập danh mục thủ tục quốc gia", "take in the national catalogue"),
        example="motcua import catalogue danh-muc.jsonl.gz --dry-run",
    ),
    Command(
        "import processes",
        "motcua.cli.processes:take_processes",
        Say("nhập quy trình nội bộ (JSON, BPMN)", "take in internal processes (JSON, BPMN)"),
        example="motcua import processes quy-trinh.json --dry-run",
    ),
    Command(
        "processes test",
        "motcua.cli.process_tests:run_tests",
        Say("chạy các bài thử của một quy trình", "run the tests of a process"),
        example="motcua processes test QT-1.004873",
    ),
    Command(
        "export process",
        "motcua.cli.export:process",
        Say("xuất một quy trình: .bpmn, .svg, .json", "write a process: .bpmn, .svg, .json"),
        example="motcua export process QT-1.004873 quy-trinh.bpmn",
    ),
    Command(
        "import bank-statement",
        "motcua.cli.bank_statement:bank_statement",
        Say("nhập sao kê ngân hàng, đối chiếu khoản nộp", "take in a bank statement, match what was paid"),
        example="motcua import bank-statement sao-ke.csv --agency H99.01.01",
    ),
    Command(
        "export catalogue",
        "motcua.cli.export:catalogue",
        Say("xuất cả danh mục thành dữ liệu mở", "write the whole catalogue as open data"),
        example="motcua export catalogue danh-muc-mo.jsonl.gz",
    ),
    Command(
        "agencies add",
        "motcua.cli.agencies:add",
        Say("lập một cơ quan", "add an agency"),
    ),
    Command(
        "accounts reset",
        "motcua.cli.accounts:reset",
        Say(
            "đặt lại mật khẩu và xác thực hai lớp của một người",
            "reset a person's password and second factor",
        ),
        example="motcua accounts reset quantri",
    ),
    Command(
        "ledger check",
        "motcua.cli.ledger:check",
        Say("kiểm tra toàn bộ sổ cái", "verify the whole ledger"),
    ),
    Command(
        "replay",
        "motcua.cli.replay:replay",
        Say("dựng lại các bảng từ sổ cái rồi so sánh", "rebuild the projections and compare"),
    ),
    Command(
        "clock",
        "motcua.cli.clock:clock",
        Say("tính hạn từ các dòng JSON", "compute due dates from JSON lines"),
        opens_session=False,
        example=(
            '{"id": 1, "received_at": "2026-08-24T09:10:00+07:00",'
            ' "limit": {"value": 3, "unit": "working_day"}, "pauses": [], "extensions": []}'
        ),
    ),
    Command(
        "bench pages",
        "motcua.cli.bench_pages:pages",
        Say("đo các trang tại đây: thời gian, vùng đệm", "what the pages cost here: time, buffers"),
    ),
    Command(
        "bench acts",
        "motcua.cli.bench_acts:acts",
        Say("đo thao tác nhận và chuyển hồ sơ tại đây", "what taking up and passing on cost here"),
    ),
    Command(
        "bench impact",
        "motcua.cli.bench_impact:impact",
        Say("đo tốc độ xem trước tác động tại đây", "how fast a draft's impact is reckoned here"),
    ),
    Command(
        "bench fill",
        "motcua.cli.bench:fill",
        Say("nạp hồ sơ giả để đo", "load synthetic dossiers to measure with"),
    ),
)


def find(words: list[str]) -> tuple[Command, list[str]] | None:
    """The command that `words` begin with (the longest name wins), and the words after it."""
    for command in sorted(COMMANDS, key=lambda command: -len(command.name)):
        name = command.name.split()
        if words[: len(name)] == name:
            return command, words[len(name) :]
    return None


def beginning(words: list[str]) -> list[Command]:
    """The commands whose names go on after `words`: of `ledger`, `ledger check`."""
    return [command for command in COMMANDS if words and command.name.split()[: len(words)] == words]


def exists(command: Command) -> bool:
    """Whether this build has the command's file."""
    return find_spec(command.module) is not None
