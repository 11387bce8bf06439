"""Watching a million people of 100,000 accounts, who used something 20 million times, against what is asked of it.

A process of its own lands the files, as an upload is; another opens what was landed, and asks what pages ask.
"""

import json
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import duckdb
import numpy as np

from benchmarks import data
from benchmarks.timing import Row, apart
from nps import intake, lens, sources
from nps.chosen import listed
from nps.chosen.listed import Wanted
from nps.chosen.watched import Watched
from nps.chosen.watching import Watching
from nps.panel import Panel
from nps.who.values import Did, Not, Then
from nps.who.windows import Joined, Last
from nps.wording import account_lists

PEOPLE, ACCOUNTS, USES, ANSWERS = 1_000_000, 100_000, 20_000_000, 100_000
TARGETS = {  # milliseconds, of a million people
    "list of accounts that may leave": 1000,
    "a person": 300,
    "an account": 300,
    "builder: 3 uses in 30 days": 2000,
    "builder: then within 7 days": 2000,
    "builder: not within 14 days of joining": 2000,
}
ONCE = ("landed", "opened", "use by week", "first list")  # told, in seconds
FEATURE, OTHER = ("feature", "Feature 003"), ("feature", "Feature 010")
WATCHING = Watching(keys=tuple(("feature", name) for name in data.NAMES[:4]))


def rows(sizes: tuple[int, ...], times: int) -> Iterator[Row]:
    """Each question against its target, of the most people that are asked for."""
    people = sizes[-1]
    with tempfile.TemporaryDirectory(prefix="nps-lens-bench-") as home:
        folder = Path(home) / "landed"
        made = apart("benchmarks.people", "land", people, folder)
        found = apart("benchmarks.people", "ask", people, folder, times)
    once = ", ".join(f"{part} {(made | found)[part]:.1f} s" for part in ONCE)
    note = f"once, before that: {once}; peak of memory {made['peak']:,.0f} MB, then {found['peak']:,.0f} MB"
    for what, target in TARGETS.items():
        yield Row(what, "its target", people, found[what], target, 1.0, note=note)
        note = ""


def files(people: int) -> dict[str, Path]:
    """Answers, usage, people and accounts, made once: a person in ten answered, ten are of an account."""
    home = data.folder() / f"people-{people}"
    names = {name: home / f"{name}.parquet" for name in ("responses", "usage", "people", "accounts")}
    if not all(path.exists() for path in names.values()):
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as scratch, duckdb.connect() as con:
            con.execute(f"SET temp_directory='{scratch}'; SET memory_limit='4GB'; SELECT setseed(0.5)")
            for name, select in _tables(people).items():
                con.execute(f"COPY ({select}) TO '{names[name]}' (FORMAT parquet)")
    return names


def _tables(people: int) -> dict[str, str]:
    """Activity is log-normal, and some accounts use less and less; features fall like a power."""
    accounts, uses = people * ACCOUNTS // PEOPLE, people * USES // PEOPLE
    ago = "date_add(DATE '2026-07-01', -CAST(1 + floor(({}) * 364) AS INTEGER))"
    uneven = f"floor({people} * power(random(), 1.6))"
    return {
        "responses": f"""SELECT format('u{{:07d}}', i * 10) AS person_id, (hash(i) % 11)::INTEGER AS score,
            {ago.format("(hash(i + 7) % 1000) / 1000.0")} AS responded_at,
            CASE WHEN i % 3 = 0 THEN 'It is too slow, and the export is great' END AS comment
            FROM range({people // 10}) t(i)""",  # noqa: S608 - numbers
        "usage": f"""SELECT format('u{{:07d}}', (p * 7919 % {people})::BIGINT) AS person_id,
            format('Feature {{:03d}}', floor(200 * power(random(), 2.2))::INTEGER) AS feature,
            {ago.format("power(random(), CASE WHEN (p * 7919 % 10) < 1 THEN 0.6 ELSE 1 END)")} AS at
            FROM (SELECT {uneven}::BIGINT AS p FROM range({uses}) t(i))""",  # noqa: S608 - numbers
        "people": f"""SELECT format('u{{:07d}}', i) AS person_id, format('Person {{}}', i) AS name,
            format('p{{}}@example.test', i) AS email, format('a{{:06d}}', i % {accounts}) AS account_id,
            ['Admin', 'Editor', 'Viewer'][1 + i % 3] AS role,
            {ago.format("(hash(i + 3) % 3000) / 1000.0")} AS joined_at FROM range({people}) t(i)""",  # noqa: S608 - numbers
        "accounts": f"""SELECT format('a{{:06d}}', i) AS account_id, format('Account {{}}', i) AS account_name,
            ['Free', 'Pro', 'Team'][1 + i % 3] AS plan, (hash(i) % 50000)::INTEGER AS revenue,
            (hash(i + 1) % 400)::INTEGER + 1 AS seats,
            CASE WHEN hash(i + 2) % 12 = 0 THEN {ago.format("(hash(i + 5) % 1000) / 1000.0")} END AS churned_at
            FROM range({accounts}) t(i)""",  # noqa: S608 - numbers
    }


def land(people: int, folder: Path) -> dict[str, float]:
    """Land what an upload of them makes: seconds, and the peak of memory in MB."""
    given = files(people)
    begin = perf_counter()
    with sources.connect() as (con, scratch):
        con.raw_sql("SET memory_limit='2GB'")
        intake.land(given, {}, con, scratch).write(folder)
    return {"landed": perf_counter() - begin, "peak": _peak()}


def ask(people: int, folder: Path, times: int) -> dict[str, float]:
    """Milliseconds of each question, the median of some that were not asked before; seconds of ONCE; the peak."""
    found: dict[str, float] = {}
    found["opened"], panel = _timed(lambda: lens.panel_of_folder(folder))
    found["use by week"], _ = _timed(panel.weekly)
    watched = panel.watched(keys=WATCHING.keys)
    found["first list"], _ = _timed(lambda: _list(panel, watched))
    _person(panel, "u0000000"), _account(panel, watched, "a000000")
    for what, way in _questions(panel, watched, people).items():
        found[what] = median(1000 * _timed(lambda way=way, n=n: way(n))[0] for n in range(times))
    return found | {"peak": _peak()}


def _questions(panel: Panel, watched: Watched, people: int) -> dict[str, Callable[[int], object]]:
    """What is asked, the nth time."""
    chosen = np.random.default_rng(5).permutation(people)
    return {
        "list of accounts that may leave": lambda _: _list(panel, watched),
        "a person": lambda n: _person(panel, f"u{chosen[n]:07d}"),
        "an account": lambda n: _account(panel, watched, f"a{chosen[n] % (people * ACCOUNTS // PEOPLE):06d}"),
        "builder: 3 uses in 30 days": lambda n: panel.counted(Did((FEATURE,), at_least=3, window=Last(30 + n))),
        "builder: then within 7 days": lambda n: panel.counted(Then(FEATURE, OTHER, 7, Last(90 + n))),
        "builder: not within 14 days of joining": lambda n: panel.counted(Not(Did((FEATURE,), window=Joined(14 + n)))),
    }


def _list(panel: Panel, watched: Watched) -> object:
    """All of the list, in its order, and its first page in words."""
    chosen, wanted = panel.select(), Wanted("leave", WATCHING)
    board = listed.board(chosen, watched, WATCHING)
    rows = listed.narrowed(listed.ordered(board, watched, wanted.code, WATCHING), wanted)
    return account_lists.told(chosen, watched, rows.head(300), WATCHING.rules.leave)


def _person(panel: Panel, person_id: str) -> object:
    """Everything about one person."""
    person = panel.select().person(person_id)
    return person.facts, person.answers, person.features, person.stopped, person.reasons, person.peers


def _account(panel: Panel, watched: Watched, account: str) -> object:
    """Who is there, how it stands, and its health."""
    everyone = panel.select().everyone([account])
    return everyone, watched.facts().loc[account], watched.health(WATCHING.weights).loc[account]


def _timed(way: Callable[[], Any]) -> tuple[float, Any]:
    begin = perf_counter()
    made = way()
    return perf_counter() - begin, made


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    way, people, folder, *times = sys.argv[1:]
    made = land(int(people), Path(folder)) if way == "land" else ask(int(people), Path(folder), *map(int, times))
    print(json.dumps(made))
