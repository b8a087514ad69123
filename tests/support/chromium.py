"""The machine's own Chromium, driven headless. `make chromium` sees to it that there is one."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = ("background-networking", "component-update", "sync", "extensions", "default-apps")
SWITCHES = ["--disable-gpu", "--no-first-run", *(f"--disable-{name}" for name in QUIET)]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running Chromium. While it runs, the main thread has an event loop, and Django must not mind."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    assert path, f"none of {', '.join(NAMES)} is installed: run `make chromium`"
    # Chromium's sandbox refuses to work for root, as containers run it.
    switches = [*SWITCHES, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as play:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = play.chromium.launch(executable_path=path, args=switches)
        yield browser
        browser.close()
