"""The citizen's door: a stand-in's people sign in, write a draft with two files and hand it in; then files of 20 MB are
sent, and how far each web worker's memory rises meanwhile is read. Every answer is checked."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from bench.browser import Answer, Browser

PEOPLE = ("tuyet", "hung", "may")
PROCEDURE, BIRTH, AGENCY = "2.002516", "1.001193", "H99.01.01"
QUESTIONS = {
    "birth_notice": "no",
    **dict.fromkeys(("witness", "foundling", "surrogacy", "delegated", "on_time"), "no"),
}
HERE = {"province": "01", "commune": "00004"}
MOTHER = {"name": "Trần Thị Hường", "born_year": "1992", "ethnicity": "kinh", "residence_kind": "permanent"}
FORM: dict[str, dict[str, Any]] = {
    "who": {
        "requester": {
            "paper": "identity_card",
            "residence_kind": "permanent",
            "residence": HERE,
            "phone": "0912345678",
        },
        "relation": "father",
    },
    "child": {
        "child": {
            "name": "Nguyễn Minh",
            "born": {"day": "2", "month": "1", "year": "2025"},
            "sex": "male",
            "ethnicity": "kinh",
        },
        "born_at": "elsewhere",
        "birth_place": HERE,
        "origin": HERE,
        "notice_lacking": "pledge",
    },
    "parents": {"mother_known": "yes", "mother": {**MOTHER, "residence": HERE}, "father_known": "no"},
    "end": {"wants_copies": "yes", "copies": "3", "truth": "on"},
}
PORT = 8056
IDENTITY = {
    "MOTCUA_IDENTITY_ISSUER": f"http://127.0.0.1:{PORT}",
    "MOTCUA_IDENTITY_CLIENT": "motcua",
    "MOTCUA_IDENTITY_SECRET": "bi-mat-thu-nghiem",
}
LARGE = 20 * 1024 * 1024 - 2_000
_KEPT = re.compile(rb'name="[^"]*_kept" value="([^"]+)"')
_UPLOAD = re.compile(rb"/my/uploads/[0-9a-f-]{36}")
_PARTS = ("online_form", "related_papers")


@contextmanager
def provider() -> Iterator[None]:
    """The stand-in for the identity provider, until the block ends."""
    command = [sys.executable, "-m", "stand_ins.identity", "--port", str(PORT)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            yield
        finally:
            process.terminate()


def paper(size: int) -> bytes:
    """A PDF of one page and about `size` bytes, another one each time."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (size, os.urandom(size)),
    ]
    made, places = bytearray(b"%PDF-1.7\n"), []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    start = len(made)
    made += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start
    return bytes(made)


class Writer:
    """One person at home."""

    def __init__(self, base: str, who: str, times: dict[str, list[float]]) -> None:
        self.web, self.last = Browser(base, times), ""
        there = _ok(self.web.get("/my/sign-in/ask", "ask"), 302).location
        asked = dict(parse_qsl(urlsplit(there).query))
        provider = Browser(there, {})
        path = urlsplit(there).path
        back = urlsplit(_ok(provider.post(path, urlencode({**asked, "who": who}), "chosen"), 302).location)
        _ok(self.web.get(f"{back.path}?{back.query}", "sign_in"), 302)
        page = _ok(self.web.get(f"/my/begin/{PROCEDURE}", "begin_form"), 200)
        self.token = dict(page.form("agency").fields)["csrfmiddlewaretoken"]

    def send(self, data: bytes, name: str) -> str:
        """Send a file ahead; its reference."""
        mark = "----8d1f"
        fields = {"csrfmiddlewaretoken": self.token, "field": "paper-online_form"}
        head = "".join(
            f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in fields.items()
        )
        head += (
            f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n'
            "Content-Type: application/pdf\r\n\r\n"
        )
        body = head.encode() + data + f"\r\n--{mark}--\r\n".encode()
        answer = self.web.post("/my/uploads", body, name, kind=f"multipart/form-data; boundary={mark}")
        found = _KEPT.search(_ok(answer, 200).body)
        there = _UPLOAD.search(answer.body)
        if found is None or there is None:
            raise LookupError(f"no file was kept: {answer.body.decode()}")
        self.last = there[0].decode()
        return found[1].decode()

    def forget(self) -> None:
        """Throw the last file away: a citizen keeps 60 that belong to no dossier, and sends 300 MB a day."""
        _ok(
            self.web.post(f"{self.last}/discard", urlencode({"csrfmiddlewaretoken": self.token}), "forget"),
            204,
        )

    def dossier(self) -> None:
        """Begin, write every page, hand in, see the confirmation."""
        path = self._page(f"/my/begin/{PROCEDURE}", "agency", {"agency": AGENCY}, "begin")
        path = _ok(self.web.get(path, "resume"), 302).location
        path = self._page(path, "delegated", {"delegated": "no"}, "save_questions")
        path = self._page(path, "phone", {"phone": "0912345678"}, "save_you")
        papers = {f"paper-{part}_kept": self.send(paper(50_000), "upload_50_kB") for part in _PARTS}
        path = self._page(path, "paper-online_form", papers, "save_papers")
        path = self._page(path, "sure", {"sure": "on"}, "hand_in")
        _ok(self.web.get(path, "confirmation"), 200)

    def birth(self) -> None:
        """The same with a form of four topics, as somebody without scripts writes it."""
        path = self._page(f"/my/begin/{BIRTH}", "agency", {"agency": AGENCY}, "begin")
        path = _ok(self.web.get(path, "resume"), 302).location
        while not path.endswith("/you"):
            path = self._page(path, "birth_notice", QUESTIONS, "save_questions")
        path = self._page(path, "phone", {"phone": "0912345678"}, "save_you")
        while "/form-" in path:
            topic = path.rpartition("/form-")[2]
            path = self._page(path, "revision", dict(_flat(FORM[topic])), f"save_topic_{topic}")
        papers = {"paper-birth_pledge_kept": self.send(paper(50_000), "upload_50_kB")}
        path = self._page(path, "paper-birth_pledge", papers, "save_papers")
        path = self._page(path, "sure", {"sure": "on"}, "hand_in_with_a_form")
        _ok(self.web.get(path, "confirmation"), 200)

    def _page(self, path: str, holding: str, values: dict[str, str], name: str) -> str:
        form = _ok(self.web.get(path, f"{name}_form"), 200).form(holding)
        return _ok(self.web.post(path, form.filled(values), name), 302).location.partition("#")[0]


def _flat(told: Mapping[str, Any], under: str = "") -> Iterator[tuple[str, str]]:
    """What a form holds, by the names of its fields on the page."""
    for key, value in told.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{under}{key}.")
        else:
            yield f"{under}{key}", value


def _ok(answer: Answer, status: int) -> Answer:
    if answer.status != status:
        raise LookupError(f"{answer.path}: {answer.status}, not {status}: {answer.body[-2000:].decode()}")
    return answer


def handed_in(base: str, *, dossiers: int) -> dict[str, list[float]]:
    """Seconds by request of so many dossiers, one request at a time."""
    times: dict[str, list[float]] = {}
    writers = [Writer(base, who, times) for who in PEOPLE]
    for writer in writers:
        writer.dossier()
        writer.birth()
    times.clear()
    for n in range(dossiers):
        writers[n % len(writers)].dossier()
        writers[n % len(writers)].birth()
    return times


def risen(base: str, workers: list[int], *, files: int) -> dict[str, float]:
    """How far (MiB) a web worker's memory rises at most above where it stood while files of 20 MB come in, after each
    worker has taken some; and what the same comes to with a file of 50 kB."""
    times: dict[str, list[float]] = {}
    for n in range(6 * len(workers)):  # each worker has loaded what reading a PDF takes
        writer = Writer(base, PEOPLE[n % len(PEOPLE)], {})
        writer.send(paper(50_000), "warm")
        writer.forget()
    found = {}
    for name, size in (("50 kB", 50_000), ("20 MB", LARGE)):
        highest = 0.0
        for n in range(files):
            writer = Writer(base, PEOPLE[n % len(PEOPLE)], times)
            data = paper(size)
            before = {pid: _resident(pid, "VmRSS", reset=True) for pid in workers}
            writer.send(data, f"upload_{name}")
            highest = max(highest, *(_resident(pid, "VmHWM") - before[pid] for pid in workers))
            writer.forget()
        found[f"highest rise with {name}, MiB"] = round(highest, 1)
    found["seconds of 20 MB, median"] = round(sorted(times["upload_20 MB"])[files // 2], 2)
    return found


def _resident(pid: int, which: str, *, reset: bool = False) -> float:
    """MiB of a process: what it holds now (VmRSS), or the most since the last `reset` (VmHWM)."""
    there = Path(f"/proc/{pid}")
    if reset:
        (there / "clear_refs").write_text("5")
    (line,) = [line for line in (there / "status").read_text().splitlines() if line.startswith(which)]
    return int(line.split()[1]) / 1024
