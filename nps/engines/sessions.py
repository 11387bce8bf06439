"""A session with a database: opened when it is needed, ended when its time is up or nobody waits for it."""

import importlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial

import ibis

from nps.engines import backends
from nps.engines.backends import ENGINES, Engine
from nps.engines.connection import Connection, check_typed
from nps.engines.failures import LATE, explained
from nps.notes import InputError, Refused, TimedOut

AGAIN_SECONDS = 0.25

_LIVE: set[Callable[[], None]] = set()


@contextmanager
def session(connection: Connection, seconds: float | None = None) -> Iterator[ibis.BaseBackend]:
    """A session for reading while in use. Raises InputError that says what to do, and quotes no password.

    seconds  after which it ends; None: those that a whole reading may take
    """
    engine = ENGINES.get(connection.engine)
    if engine is None:
        raise Refused("connection.no_engine", engines=tuple(ENGINES))
    if not connection.trusted:
        if not engine.typed:
            raise Refused("connection.not_typed", engine=engine.label)
        check_typed(connection)
    for driver in engine.drivers:
        _need(driver, engine)
    with explained(engine.drivers):
        backend = engine.connect(connection)
        try:
            with _in_time(backend, engine.stop, seconds) if engine.stop else nullcontext():
                yield backend
        finally:
            if connection.engine != "spark":  # one Spark application serves everybody while the process runs
                backend.disconnect()


@contextmanager
def _in_time(
    backend: ibis.BaseBackend, stop: Callable[[ibis.BaseBackend], None], seconds: float | None
) -> Iterator[None]:
    """End what the session does when its time is up, and whatever it begins from then on."""
    over, late = threading.Event(), threading.Event()

    def watch() -> None:
        if not over.wait(seconds or backends.TIMEOUT_SECONDS):
            late.set()
        while not over.is_set():
            stop(backend)
            over.wait(AGAIN_SECONDS)

    ending = partial(stop, backend)
    _LIVE.add(ending)
    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    except Exception as error:
        if late.is_set() and not isinstance(error, InputError):
            raise TimedOut(LATE) from None
        raise
    finally:
        over.set()
        _LIVE.discard(ending)
        watcher.join()


def stop_all() -> None:
    """End what the sessions of this process do: nobody waits for it any more."""
    for ending in [*_LIVE]:
        ending()


def _need(driver: str, engine: Engine) -> None:
    try:
        importlib.import_module(driver)
    except ImportError:
        raise Refused("connection.no_driver", engine=engine.label) from None
