"""The WSGI application."""

import ctypes
import os
import signal
import sys

from django.core.wsgi import get_wsgi_application

if sys.platform == "linux":
    # A web worker dies with its parent: a killed main process must not leave workers that hold the port.
    ctypes.CDLL("libc.so.6", use_errno=True).prctl(1, signal.SIGTERM)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
application = get_wsgi_application()

from motcua.config.ahead import start as read_ahead  # noqa: E402 - only once Django is set up

read_ahead()
