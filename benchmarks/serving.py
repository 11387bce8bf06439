"""The app, or a minimal page, served in a process of its own, or in several behind the proxy of `deploy/`."""

import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from secrets import token_hex
from threading import Event
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlsplit

from benchmarks import timing

STARTS = 900
DEPLOY = Path(__file__).parent.parent / "deploy"


class Served(NamedTuple):
    """Where it listens, and its process."""

    address: str
    pid: int


@contextmanager
def server(what: str, **settings: str) -> Iterator[Served]:
    """`benchmarks.serve` in a process of its own, once it is warm; settings are of its environment."""
    port = _free_port()
    command = [sys.executable, "-m", "benchmarks.serve", what, str(port)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env={**os.environ, **settings}, **quiet) as process:
        try:
            address = f"http://localhost:{port}"
            _await_answer(f"{address}/{'_stcore/' if what == 'minimal' else ''}health", process)
            yield Served(address, process.pid)
        finally:
            process.terminate()


@contextmanager
def two(what: str, **settings: str) -> Iterator[tuple[str, tuple[Served, Served]]]:
    """Two such processes, each warm, behind the Caddy that keeps people with theirs; its address, and they."""
    address, secret = f"http://localhost:{_free_port()}", token_hex(32)
    known = {"STREAMLIT_SERVER_COOKIE_SECRET": secret, "NPS_LENS_STICKY_SECRET": secret, **settings}
    known |= {"NPS_LENS_SITE": address, "NPS_LENS_HOST": "localhost"}
    with ExitStack() as stack:
        first, second = (stack.enter_context(server(what, **known)) for _ in range(2))
        ports = {f"NPS_LENS_PORT_{n}": str(urlsplit(each.address).port) for n, each in enumerate((first, second), 1)}
        command = [shutil.which("caddy") or "caddy", "run", "--config", "Caddyfile", "--adapter", "caddyfile"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        proxy = subprocess.Popen(command, cwd=DEPLOY, env={**os.environ, **known, **ports}, **quiet)
        stack.enter_context(proxy)
        stack.callback(proxy.terminate)
        _await_answer(f"{address}/health", proxy)
        yield address, (first, second)


def memory(served: Served) -> float:
    """MB of the server that are in use."""
    return timing.memory("VmRSS", served.pid)


def _free_port() -> int:
    with socket.create_server(("localhost", 0)) as free:
        return free.getsockname()[1]


def _await_answer(url: str, process: subprocess.Popen) -> None:
    pause = Event()
    for _ in range(STARTS):
        if process.poll() is not None:
            raise RuntimeError("the server of the benchmark ended")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError as refused:
            if isinstance(refused, HTTPError) and refused.code == 401:  # it is there, and asks who that is
                return
            pause.wait(1)
    raise TimeoutError(url)
