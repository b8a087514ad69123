"""A server that answers its one caller with some bytes, then a letter now and then until the caller has gone."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# Nobody is kept longer, even where what is tested waits for ever.
LONGEST = 5.0


@contextmanager
def trickles(*, speaks_first: bool = False) -> Iterator[Callable[..., int]]:
    """Begins such a server, with the first bytes and what follows them, and returns its port."""
    listening, over = socket.create_server(("127.0.0.1", 0)), threading.Event()
    threads: list[threading.Thread] = []

    def answer(first: bytes, then: bytes) -> None:
        caller, _ = listening.accept()
        with caller:
            try:
                if not speaks_first:
                    caller.recv(10_000)
                caller.sendall(first)
                for _step in range(int(LONGEST / 0.02)):
                    if not then or over.wait(0.02):
                        return
                    caller.sendall(then)
            except OSError:
                pass

    def begin(first: bytes, then: bytes = b"") -> int:
        threads.append(threading.Thread(target=answer, args=(first, then), daemon=True))
        threads[-1].start()
        return int(listening.getsockname()[1])

    try:
        yield begin
    finally:
        over.set()
        listening.close()
        for thread in threads:
            thread.join()
