"""Sessions that come and go, and what the server keeps of them: `python -m benchmarks.soak [SESSIONS]`.

A day's work in a short time: what memory grows by for each session, once caches are full and as many have gone as
Streamlit keeps to come back to, times the sessions of an hour.
"""

import argparse
import asyncio
from collections.abc import Iterator
from time import perf_counter

import numpy as np

from benchmarks import serving
from benchmarks.crowd import UNLOOKED, there
from benchmarks.timing import Row

SESSIONS, LANES, STEADY, EVERY = 900, 4, 500, 20
AN_HOUR, MOST = 1_250, 2.0  # sessions: 10,000 in 8 hours; MB
PAGES = 2


async def session(address: str, number: int) -> None:
    """Somebody looks at some pages, and leaves."""
    async with there(address) as person:
        await person.run()
        pages = sorted({*person.pages} - UNLOOKED)
        for page in np.random.default_rng(number).choice(pages, PAGES):
            await person.run(str(page))


async def soak(served: serving.Served, sessions: int) -> np.ndarray:
    """MB of the server after so many sessions: (n, 2)."""
    told = []
    for first in range(0, sessions, EVERY):
        numbers = iter(range(first, first + EVERY))

        async def lane(numbers: Iterator[int] = numbers) -> None:
            for number in numbers:
                await session(served.address, number)

        await asyncio.gather(*(lane() for _ in range(LANES)))
        told.append((first + EVERY, serving.memory(served)))
    return np.array(told)


def growth(told: np.ndarray) -> tuple[float, float]:
    """MB a session once it is steady, by least squares, and the standard error of that."""
    steady = told[told[:, 0] > STEADY]
    (slope, _), covariance = np.polyfit(*steady.T, 1, cov=True)
    return float(slope), float(covariance[0, 0] ** 0.5)


def rows(_sizes: tuple[int, ...], _times: int) -> Iterator[Row]:
    """What an hour's sessions leave behind."""
    begin = perf_counter()
    with serving.server("sample_data") as served:
        slope, error = growth(asyncio.run(soak(served, SESSIONS)))
    seconds, counted = perf_counter() - begin, SESSIONS - STEADY
    note = f"{SESSIONS} sessions in {seconds:.0f} s, the last {counted} counted; "
    note += f"standard error {AN_HOUR * error:.1f} MB"
    what = f"memory that {AN_HOUR:,} sessions of an hour leave behind"
    yield Row(what, "what may grow", 0, AN_HOUR * slope, MOST, 1.0, "MB", note)


def main() -> None:
    """Print as it goes on."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__.partition("\n")[0])
    parser.add_argument("sessions", type=int, nargs="?", default=SESSIONS)
    sessions = parser.parse_args().sessions
    if sessions < STEADY + 5 * EVERY:
        parser.error(f"at least {STEADY + 5 * EVERY}: what comes before {STEADY} tells nothing of growth")
    with serving.server("sample_data") as served:
        told = asyncio.run(soak(served, sessions))
    for number, mb in told[:: max(len(told) // 40, 1)]:
        print(f"{number:,.0f} {mb:,.1f} MB")
    slope, error = growth(told)
    print(f"{AN_HOUR * slope:+.2f} MB an hour, standard error {AN_HOUR * error:.2f}")


if __name__ == "__main__":
    main()
