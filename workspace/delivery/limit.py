"""A limit over all of a conversation, as a byte now and then keeps every single read inside its time."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from nps.notes import Unreachable


@contextmanager
def limit(seconds: float, host: str, wire: Callable[[], socket.socket | None]) -> Iterator[None]:
    """Raises Unreachable once it took so long, whatever the other side does.

    wire  the socket that is open then
    """
    over = threading.Event()

    def end() -> None:
        over.set()
        if (open_one := wire()) is not None:
            with suppress(OSError):
                socket.socket.shutdown(open_one, socket.SHUT_RDWR)  # of TLS, too: what is read meanwhile ends

    clock = threading.Timer(seconds, end)
    clock.daemon = True
    clock.start()
    try:
        yield
    except Exception:
        if not over.is_set():
            raise
    finally:
        clock.cancel()
    if over.is_set():
        raise Unreachable("delivery.too_slow", host=host)
