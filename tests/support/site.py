"""The pages as a browser gets them: the real static files under their hashed names, served over HTTP by
threads of this process, so that a test may set the pages' clock."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connection, connections
from django.test import override_settings

from motcua.accounts.operations import SESSION_LIFE, sign_in
from motcua.web.common import middleware
from tests.support.axe import AXE, AXE_SCRIPT
from tests.support.citizens import citizen_session
from tests.support.world import PASSWORD


class _Handler(WSGIRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        pass


class _Server(ThreadedWSGIServer):
    def process_request_thread(self, request: Any, client_address: Any) -> None:
        super().process_request_thread(request, client_address)
        connections.close_all()


@contextmanager
def static_files(folder: Path) -> Iterator[None]:
    """The static files of all surfaces collected into `folder`, axe beside them, and served from there."""
    with override_settings(STATIC_ROOT=folder):
        call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=["django_htmx/ext/*"])
        (folder / AXE).write_text(AXE_SCRIPT, encoding="utf-8")
        yield


@contextmanager
def served() -> Iterator[str]:
    """The address of a server of the pages; static files must have been collected.

    A thread keeps its database connection as long as the browser keeps its own to the thread: a new one for each
    page would cost more than the page."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.set_app(get_wsgi_application())
    address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    with (
        pytest.MonkeyPatch.context() as patch,
        override_settings(CSRF_TRUSTED_ORIGINS=[address], PUBLIC_URL=address),
    ):
        patch.setitem(connection.settings_dict, "CONN_MAX_AGE", None)
        thread.start()
        try:
            yield address
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


@contextmanager
def pages_at(at: datetime) -> Iterator[None]:
    """Let the pages' clock stand still at `at`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(middleware, "now", lambda: at)
        yield


def cookie_of(login: str, *, at: datetime) -> tuple[str, str]:
    """The cookie of somebody who is signed in: "tuphap1", "half:tuphap1", "citizen:tuyet"."""
    if login.startswith("citizen:"):
        return settings.CITIZEN_COOKIE, citizen_session(login.removeprefix("citizen:"), at=at)
    return settings.SESSION_COOKIE, session_of(login, at=at)


def session_of(login: str, *, at: datetime) -> str:
    """The secret of a new session, for the cookie settings.SESSION_COOKIE. "half:tuphap1" waits for the second
    factor; without such a word the session is open, however the person signs in."""
    stage, _, name = login.rpartition(":")
    done = sign_in(login=name, password=PASSWORD, address="", at=at)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_session SET stage = %s, expires_at = %s WHERE id = %s",
            [stage or "open", at + SESSION_LIFE, done.session],
        )
    return done.secret
