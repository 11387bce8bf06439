"""People on one server, or on two behind the proxy, each going from page to page: `python -m benchmarks.crowd`.

They speak Streamlit's protocol, as browsers do, and leave the painting out. Arrivals are spread over RAMP seconds, then
everybody goes on for FOR seconds, at their own pace.
"""

import argparse
import asyncio
import json
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from time import perf_counter
from typing import NamedTuple
from urllib.request import Request, urlopen

import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from benchmarks import data, serving
from benchmarks.timing import Row
from web.owners import COOKIE
from workspace.access import sessions, users, ways
from workspace.access.actor import Actor, Role
from workspace.store.database import open_workspace

PACE, RAMP, FOR, PATIENCE = 5.0, 20.0, 60.0, 120
UNLOOKED = {"data"}  # nobody goes there to look at figures
TARGETS = {"first view": 2_000.0, "rerun": 500.0}  # milliseconds at the 95th percentile
MANY, READING, LEAST, MOST_EACH = 300, 15.0, 2_000.0, 1.5  # people on two; seconds a page; what may be waited; MB each


class Spent(NamedTuple):
    """Milliseconds: of the first view of each, and of every click after, by page."""

    first: list[float]
    clicks: list[tuple[str, float]]

    def percentile(self, part: float) -> dict[str, float]:
        """Of all first views and of all clicks."""
        clicks = [spent for _, spent in self.clicks]
        return {"first view": float(np.percentile(self.first, part)), "rerun": float(np.percentile(clicks, part))}


class Person:
    """Somebody with a socket, who knows the pages once the first has come."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket, self.pages = socket, {}

    async def run(self, page: str = "") -> float:
        """Milliseconds until a page has come whole."""
        asked = BackMsg()
        asked.rerun_script.page_script_hash = self.pages.get(page, "")
        begin = perf_counter()
        await self.socket.send(asked.SerializeToString())
        told = ForwardMsg()
        while told.WhichOneof("type") != "script_finished":
            told.ParseFromString(await asyncio.wait_for(self.socket.recv(), PATIENCE))
            if told.WhichOneof("type") == "navigation":
                self.pages = {
                    each.url_pathname or each.page_name: each.page_script_hash for each in told.navigation.app_pages
                }
        if told.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
            raise RuntimeError(f"{page or 'the first page'} broke")
        return 1000 * (perf_counter() - begin)


def cookies(address: str) -> str:
    """What a browser is given with the page."""
    with urlopen(Request(address, headers={"Accept": "text/html"}), timeout=PATIENCE) as answer:
        page = [kept.partition(";")[0] for kept in answer.headers.get_all("set-cookie") or ()]
    return "; ".join(page)


def signed_in(folder: Path, people: int) -> list[str]:
    """A cookie for each of so many analysts, in a new workspace."""
    found = []
    with open_workspace(folder) as space:
        for number in range(people):
            login = f"{number}@example.com"
            users.add(Actor.SYSTEM, space, login, Role.ANALYST)
            token = sessions.begin(Actor.SYSTEM, space, ways.by_name(Actor.SYSTEM, space, login), "password")
            found.append(f"{COOKIE}={token}")
    return found


@asynccontextmanager
async def there(address: str, cookie: str = "") -> AsyncIterator[Person]:
    """Somebody who has connected, with this cookie, else with what a browser is given."""
    head = {"Cookie": cookie or await asyncio.to_thread(cookies, address)}
    where = address.replace("http", "ws", 1) + "/_stcore/stream"
    async with connect(
        where, subprotocols=["streamlit"], origin=address, additional_headers=head, max_size=None
    ) as socket:
        yield Person(socket)


async def visit(
    address: str, number: int, people: int, spent: Spent, seed: int, cookie: str = "", pace: float = PACE
) -> None:
    """One person's visit, with so many seconds from page to page."""
    draws = np.random.default_rng((seed, number))
    await asyncio.sleep(RAMP * number / people)
    cookie = cookie or await asyncio.to_thread(cookies, address)
    begin = perf_counter()
    async with there(address, cookie) as person:
        await person.run()
        spent.first.append(1000 * (perf_counter() - begin))
        ends = perf_counter() + RAMP * (1 - number / people) + FOR
        pages = sorted({*person.pages} - UNLOOKED)
        while perf_counter() + (pause := pace * draws.uniform(0.5, 1.5)) < ends:
            await asyncio.sleep(pause)
            page = str(draws.choice(pages))
            spent.clicks.append((page, await person.run(page)))


async def crowd(address: str, people: int, seed: int, signed: Sequence[str] = (), pace: float = PACE) -> Spent:
    """Everybody's visit; with the cookies of those who signed in."""
    spent = Spent([], [])
    kept = signed or [""] * people
    await asyncio.gather(*(visit(address, number, people, spent, seed, kept[number], pace) for number in range(people)))
    return spent


async def many(address: str, served: Sequence[serving.Served], cookies: Sequence[str]) -> tuple[Spent, float]:
    """The visit of many who signed in, and how many MB each of them takes while all are there.

    A few go before them, so that what is made once for everybody counts for nobody.
    """
    await crowd(address, 10, 0, cookies[:10], pace=1.0)
    before = sum(map(serving.memory, served))
    visits = asyncio.ensure_future(crowd(address, len(cookies), 1, cookies, READING))
    await asyncio.sleep(RAMP + FOR - READING / 2)
    after = sum(map(serving.memory, served))
    return await visits, (after - before) / len(cookies)


def rows(sizes: tuple[int, ...], _times: int) -> Iterator[Row]:
    """A hundred on the sample, thirty on 100,000 answers, against what may be waited."""
    for people, answers in ((100, 0), (30, min(100_000, sizes[-1]))):
        folder = str(data.files(answers).responses.parent) if answers else str(Path("sample_data"))
        with serving.server(folder) as served:
            found = asyncio.run(crowd(served.address, people, seed=1)).percentile(95)
        for what, most in TARGETS.items():
            yield Row(
                f"{what} while {people} look, 95th percentile", "what may be waited", answers, found[what], most, 1.0
            )


def many_rows(_sizes: tuple[int, ...], _times: int) -> Iterator[Row]:
    """Three hundred on two processes behind the proxy, and the memory that each takes."""
    with tempfile.TemporaryDirectory() as folder:
        known = signed_in(Path(folder), MANY)
        settings = {"NPS_LENS_LOGIN": "password", "NPS_LENS_WORKSPACE": folder}
        with serving.two("sample_data", **settings) as (address, served):
            spent, each = asyncio.run(many(address, served, known))
    there = f"{MANY} on two processes, a page each {READING:g} s"
    note = f"{len(spent.clicks):,} pages; the proxy and those who ask run on the same two cores"
    for what, found in spent.percentile(95).items():
        yield Row(f"{what} of {there}: 95th percentile", "what may be waited", 0, found, LEAST, 1.0, note=note)
        note = ""
    yield Row(f"memory of each of {there}", "what it may take", 0, each, MOST_EACH, 1.0, "MB")


def main() -> None:
    """Print percentiles of a crowd, by page too."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crowd", description=__doc__.partition("\n")[0])
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--answers", type=int, default=0, help="made ones; 0 for the sample")
    parser.add_argument("--address", help="a server that runs already")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--signed-in", action="store_true", help="each person in a session of their own")
    asked = parser.parse_args()
    if asked.signed_in:
        with tempfile.TemporaryDirectory() as folder:
            known = {"NPS_LENS_LOGIN": "password", "NPS_LENS_WORKSPACE": folder}
            _told(asked, signed_in(Path(folder), asked.people), known)
    else:
        _told(asked, [], {})


def _told(asked: argparse.Namespace, signed: Sequence[str], settings: dict[str, str]) -> None:
    folder = str(data.files(asked.answers).responses.parent) if asked.answers else "sample_data"
    with (
        nullcontext(serving.Served(asked.address, 0)) if asked.address else serving.server(folder, **settings) as served
    ):
        spent = asyncio.run(crowd(served.address, asked.people, asked.seed, signed))
    by_page = {page: [ms for name, ms in spent.clicks if name == page] for page, _ in sorted(set(spent.clicks))}
    told = {f"p{part}": spent.percentile(part) for part in (50, 95, 99)}
    told["pages, p95"] = {page: float(np.percentile(each, 95)) for page, each in by_page.items()}
    print(json.dumps(told | {"clicks": len(spent.clicks)}, indent=1))


if __name__ == "__main__":
    main()
