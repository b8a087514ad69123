"""ClamAV itself, as Debian packages it, with a signature base of one: EICAR's harmless test string.

Needs `clamd` (Debian: clamav-daemon); without it the proof says so and is left out.
"""

import io
import shutil
import subprocess
import time

import pytest
from stand_ins.scanner import TEST

from motcua.files.ports import Scanned
from motcua.interop.clamd import Clamd
from tests.support.ports import free_port

pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(shutil.which("clamd") is None, reason="no clamd on this machine"),
]
PATIENCE = 60.0


@pytest.fixture(scope="module")
def addresses(tmp_path_factory):
    """A daemon's two addresses, once it answers."""
    here, port = tmp_path_factory.mktemp("clamd"), free_port()
    (here / "base").mkdir()
    (here / "base" / "test.ndb").write_text(f"Eicar-Test:0:*:{TEST.hex()}\n")
    (here / "clamd.conf").write_text(
        f"LocalSocket {here}/clamd.ctl\nTCPSocket {port}\nTCPAddr 127.0.0.1\n"
        f"DatabaseDirectory {here}/base\nForeground yes\n"
    )
    with subprocess.Popen(["clamd", "-c", str(here / "clamd.conf")], stdout=subprocess.DEVNULL) as daemon:
        told = (f"127.0.0.1:{port}", f"unix:{here}/clamd.ctl")
        over = time.monotonic() + PATIENCE
        while asked(told[0], b"x") == Scanned(None):
            assert daemon.poll() is None, "the daemon ended"
            assert time.monotonic() < over, "the daemon does not answer"
        yield told
        daemon.terminate()


def asked(address, data):
    return Clamd(address).scan(io.BufferedReader(io.BytesIO(data)))


@pytest.mark.parametrize("which", [0, 1], ids=["tcp", "local"])
def test_clamav_finds_the_test_string_and_nothing_else(addresses, which):
    found = asked(addresses[which], TEST)
    assert found.finding
    assert found.finding.startswith("Eicar-Test")
    assert asked(addresses[which], b"%PDF-1.7 a letter") == Scanned("")
    assert asked(addresses[which], b"x" * 20_000_000) == Scanned(""), "as large as a file may be"
