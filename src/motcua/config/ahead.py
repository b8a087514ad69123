"""What a web process reads before anybody asks: the list of procedures, which costs over a second where the whole
national catalogue is in."""

import logging
import threading

from django.db import Error, connection

from motcua.catalogue.listing import listing
from motcua.kernel.time import local, now

log = logging.getLogger(__name__)


def read_ahead() -> None:
    """Read it now. Where the database is not up yet, the first visitor reads it."""
    try:
        listing(on=local(now()).date())
    except Error as error:
        log.info("nothing read ahead: %s", type(error).__name__)
    finally:
        connection.close()


def start() -> None:
    """Read it beside the first answers."""
    threading.Thread(target=read_ahead, name="read-ahead", daemon=True).start()
