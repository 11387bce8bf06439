"""What `deploy/` has, as it is run: two processes behind Caddy, and a proxy that knows people."""

import configparser
import os
import shlex
import shutil
import signal
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import find_caddy
import pytest
from conftest import ROOT, free_port, status, wait_until
from team import invited, login, password
from visitors import PAGE, Visitor
from websockets.exceptions import InvalidStatus

from web.owners import COOKIE

pytestmark = pytest.mark.engines
SECRET = "0123456789abcdef" * 2
UNIT = ROOT / "deploy" / "nps-lens@.service"


def command(port: int) -> list[str]:
    """What the unit starts, in this checkout."""
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.read(UNIT, encoding="utf-8")
    program, *arguments = shlex.split(unit["Service"]["ExecStart"].replace("%i", str(port)))
    assert program == "/opt/nps-lens/.venv/bin/python"
    return [sys.executable, *arguments]


@contextmanager
def running(program: list[str], folder: Path, log: Path, settings: dict[str, str]) -> Iterator[subprocess.Popen]:
    """A program until it is left."""
    with log.open("ab") as output:
        process = subprocess.Popen(program, cwd=folder, env={**os.environ, **settings}, stdout=output, stderr=output)
        try:
            yield process
        finally:
            process.terminate()
            process.wait(20)


class Site(NamedTuple):
    """Two processes and the Caddy before them."""

    address: str
    direct: list[str]
    processes: list[subprocess.Popen]
    again: Callable[[int], subprocess.Popen]


@contextmanager
def site(folder: Path, caddyfile: str, **settings: str) -> Iterator[Site]:
    """All of it, as the units and the Caddyfile say, warmed up."""
    caddy = find_caddy.find()
    assert caddy, "No Caddy: `make test-engines` installs one"
    shutil.copytree(ROOT / "deploy", folder / "deploy")
    folder.joinpath("deploy", "people.caddy").write_text(_people(caddy))
    ports, front = [free_port(), free_port()], free_port()
    known = {
        **{"NPS_LENS_WORKSPACE": str(folder / "workspace"), "HOME": str(folder)},
        **{"STREAMLIT_SERVER_COOKIE_SECRET": SECRET, "NPS_LENS_STICKY_SECRET": SECRET},
        **{"NPS_LENS_SITE": f"http://localhost:{front}", "NPS_LENS_HOST": "localhost"},
        **{f"NPS_LENS_PORT_{n}": str(port) for n, port in enumerate(ports, 1)},
        **settings,
    }
    with ExitStack() as stack:

        def start(port: int) -> subprocess.Popen:
            return stack.enter_context(running(command(port), ROOT, folder / "log", known))

        processes = [start(port) for port in ports]
        program = [caddy, "run", "--config", caddyfile, "--adapter", "caddyfile"]
        stack.enter_context(running(program, folder / "deploy", folder / "caddy", known))
        direct, address = [f"http://localhost:{port}" for port in ports], f"http://localhost:{front}"
        for each in direct:
            wait_until(lambda each=each: status(f"{each}/health") == 200, (folder / "log").read_text(), 120)
        wait_until(lambda: status(f"{address}/health") in (200, 401), (folder / "caddy").read_text(), 60)
        yield Site(address, direct, processes, lambda n: start(ports[n]))


def _people(caddy: str) -> str:
    """Logins with their passwords, as Caddy keeps them."""

    def hashed(name: str) -> str:
        told = subprocess.run([caddy, "hash-password", "--plaintext", password(name)], capture_output=True, text=True)
        return told.stdout.strip()

    return "".join(f"{login(name)} {hashed(name)}\n" for name in ("anna", "vera"))


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    folder = tmp_path_factory.mktemp("two")
    invited(folder / "workspace")
    with site(folder, "Caddyfile", NPS_LENS_LOGIN="password") as served:
        yield served


def served_by(visitor: Visitor) -> str:
    return visitor.cookies["nps_process"].value


def test_whoever_is_with_one_process_stays_with_it_and_killing_it_costs_one_reload(two):
    people = [Visitor(two.address).signs_in(login("anna"), password("anna")) for _ in range(6)]
    assert len({served_by(each) for each in people}) == 2, "both have visitors"
    sessions = [each.opens("/map").session() for each in people]
    for each, session in zip(people, sessions, strict=True):
        assert each.upload(session.id) == 204
        assert each.get(session.runs("Map").download("contacts")) == 200
    before = [served_by(each) for each in people]
    two.processes[0].send_signal(signal.SIGKILL)
    two.processes[0].wait(10)
    after = [each.opens("/map").session().runs("Map") for each in people]
    assert all("Map" in session.pages for session in after)
    moved = [now != then for now, then in zip(map(served_by, people), before, strict=True)]
    assert any(moved)
    assert not all(moved)
    for each, session in zip(people, after, strict=True):
        assert each.upload(session.id) == 204
        assert each.get(session.runs("Map").download("contacts")) == 200
    two.again(0)
    wait_until(lambda: status(f"{two.direct[0]}/health") == 200, "it is back")
    assert people[0].opens("/map").get("/_stcore/health") == 200


def test_signing_out_at_one_process_signs_out_at_the_other(two):
    anna = Visitor(two.address).signs_in(login("anna"), password("anna"))
    kept = anna.cookies[COOKIE].value
    others = [Visitor(address) for address in two.direct]
    for other in others:
        other.cookies[COOKIE] = kept
    assert [other.get("/_stcore/health") for other in others] == [200, 200]
    anna.sends("/logout")
    assert [other.get("/_stcore/health") for other in others] == [401, 401]


def test_a_header_that_names_somebody_lets_nobody_in(two):
    forged = {"X-Forwarded-Email": login("adam"), "X-Proxy-Secret": SECRET}
    assert Visitor(two.address).get("/_stcore/health", **forged) == 401


@pytest.fixture(scope="module")
def proxied(tmp_path_factory):
    folder = tmp_path_factory.mktemp("proxied")
    invited(folder / "workspace", with_passwords=False)
    with site(folder, "Caddyfile.proxy", NPS_LENS_LOGIN="proxy", NPS_LENS_PROXY_SECRET=SECRET) as served:
        yield served


def basic(name: str) -> dict[str, str]:
    return {"Authorization": "Basic " + b64encode(f"{login(name)}:{password(name)}".encode()).decode()}


def test_the_proxy_says_who_is_there_to_pages_and_sockets(proxied):
    visitor = Visitor(proxied.address)
    assert visitor.get("/_stcore/health") == 401
    assert visitor.get("/", **PAGE, **basic("anna")) == 200
    pages = {name: [*Visitor(proxied.address).session(**basic(name)).pages] for name in ("anna", "vera")}
    assert ("People" in pages["anna"], "People" in pages["vera"]) == (True, False)


@pytest.mark.parametrize("name", ["X-Forwarded-Email", "x-forwarded-EMAIL", "X_Forwarded_Email"])
def test_a_header_forged_through_the_proxy_has_no_effect(proxied, name):
    metrics = "/_stcore/metrics"
    for forged in ({name: login("adam")}, {name: login("adam"), "X-Proxy-Secret": "x" * 32}):
        assert Visitor(proxied.address).get(metrics, **basic("vera"), **forged) == 404


def test_a_header_forged_past_the_proxy_lets_nobody_in(proxied):
    for address in proxied.direct:
        visitor = Visitor(address)
        for forged in ({}, {"X-Proxy-Secret": "x" * 32}, {"X-Proxy-Secret": ""}):
            named = {"X-Forwarded-Email": login("adam")} | forged
            assert visitor.get("/_stcore/health", **named) == 401
            with pytest.raises(InvalidStatus):
                visitor.session(**named)
