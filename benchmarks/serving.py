"""The app, or a minimal page, served in a process of its own."""

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import NamedTuple

STARTS = 900


class Served(NamedTuple):
    """Where it listens, and its process."""

    address: str
    pid: int


@contextmanager
def server(what: str, **settings: str) -> Iterator[Served]:
    """`benchmarks.serve` in a process of its own, once it is warm; settings are of its environment."""
    with socket.create_server(("localhost", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "benchmarks.serve", what, str(port)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env={**os.environ, **settings}, **quiet) as process:
        try:
            address = f"http://localhost:{port}"
            _await_answer(f"{address}/{'_stcore/' if what == 'minimal' else ''}health", process)
            yield Served(address, process.pid)
        finally:
            process.terminate()


def _await_answer(url: str, process: subprocess.Popen) -> None:
    pause = Event()
    for _ in range(STARTS):
        if process.poll() is not None:
            raise RuntimeError("the server of the benchmark ended")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            pause.wait(1)
    raise TimeoutError(url)
