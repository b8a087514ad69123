"""Judge a stranger's file in a process of its own, with so much time and memory."""

import base64
import json
import resource
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime

from motcua.signing.verdict import UNREADABLE, Chain, Content, Judged, Since, Time, Verdict

MOST_SECONDS = 20
MOST_MEMORY = 1024 * 1024 * 1024


def check(pdf: bytes, *, roots: Sequence[bytes], at: datetime) -> Verdict:
    """What the signatures of `pdf` are worth at `at` by `roots` (DER). Never raises for what the file is: a file that
    breaks, starves or outlasts whoever reads it is unreadable. Slow (a second): never in a unit of work."""
    asked = json.dumps({"roots": [base64.b64encode(each).decode() for each in roots], "at": at.isoformat()})
    try:
        done = subprocess.run(  # our own module, by our own interpreter
            [sys.executable, "-m", "motcua.signing.judging"],
            input=asked.encode() + b"\n" + pdf,
            capture_output=True,
            timeout=MOST_SECONDS,
            check=False,
            preexec_fn=_bound,
        )
    except subprocess.TimeoutExpired:
        return UNREADABLE
    if done.returncode:
        return UNREADABLE
    said = json.loads(done.stdout)
    return Verdict(
        readable=said["readable"],
        why=said["why"],
        empty=tuple(said["empty"]),
        signatures=tuple(_judged(each) for each in said["signatures"]),
    )


def _judged(said: dict[str, str]) -> Judged:
    return Judged(
        field=said["field"],
        signer=said["signer"],
        issuer=said["issuer"],
        when=said["when"],
        time=Time(said["time"]),
        content=Content(said["content"]),
        chain=Chain(said["chain"]),
        since=Since(said["since"]),
    )


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
