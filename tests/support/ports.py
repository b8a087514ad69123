"""Ports for the stand-ins and installations of the tests."""

import random
import socket

# Under those the kernel gives to whoever calls out: one of these was taken between the asking and the listening.
GIVEN = range(15_000, 32_000)


def free_port() -> int:
    """A port that nobody uses, and that the kernel gives to nobody in between."""
    while True:
        port = random.SystemRandom().choice(GIVEN)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
