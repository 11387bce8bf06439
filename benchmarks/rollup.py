"""Files to a panel, against DuckDB that only reads the same files and rolls them up by hand-written SQL.

Each run has a process of its own, whose peak of memory is told. Ours also checks every row, says what it left out,
divides people into segments and gives everything its type; DuckDB trusts the files.
"""

import json
import sys
from collections.abc import Iterator
from time import perf_counter, process_time

import duckdb
import numpy as np

import nps
from benchmarks import data
from benchmarks.timing import Row, apart, bandwidth, memory

JUST = """SELECT feature, sum(just::INTEGER), sum(days / w), sum(days / w * (1 - days / w))
    FROM (SELECT answer, {feature} AS feature, bool_or(ago = 0) AS just, count(*) AS days FROM {slots} GROUP BY ALL)
    JOIN (SELECT answer, least((epoch(responded_at) - (SELECT min(epoch("at")) FROM used)) // 86400 + 1, 90) AS w
          FROM answers) USING (answer)
    GROUP BY feature"""
ROLLUP = (
    """CREATE TEMP TABLE answers AS
       SELECT (row_number() OVER (ORDER BY responded_at))::INTEGER - 1 AS answer, * FROM read_csv($responses)""",
    """CREATE TEMP TABLE used AS
       SELECT answer, feature, usage."at", responded_at FROM usage JOIN answers ON user_id = person_id
       AND usage."at" > responded_at - INTERVAL 90 DAY AND usage."at" <= responded_at""",
    "SELECT answer, feature, count(*) AS uses FROM used GROUP BY ALL",
    """SELECT answer, count(DISTINCT "at"::DATE) AS active_days, count(*) AS uses, count(DISTINCT feature) AS features
       FROM used GROUP BY answer""",
    """CREATE TEMP TABLE slots AS
       SELECT DISTINCT answer, feature, least((epoch(responded_at) - epoch("at")) // 86400, 89)::INTEGER AS ago
       FROM used""",
    JUST.format(slots="slots", feature="feature"),
    JUST.format(slots="(SELECT DISTINCT answer, ago FROM slots)", feature="NULL"),
    """SELECT count(DISTINCT "at"::DATE) AS active_days, count(*) AS uses, count(DISTINCT feature) AS features
       FROM usage, (SELECT max(responded_at) AS last FROM answers)
       WHERE "at" > last - INTERVAL 90 DAY AND "at" <= last GROUP BY user_id""",
    """SELECT person_id, feature, min(day)::INTEGER AS first, max(day)::INTEGER AS last
       FROM (SELECT person_id, feature, epoch("at") // 86400 AS day FROM usage
             JOIN (SELECT DISTINCT person_id, min(responded_at) OVER () AS first FROM answers) ON user_id = person_id
             WHERE "at" >= first::DATE)
       GROUP BY person_id, feature, day // 90""",
)
HELD = {"csv": 1.0, "parquet": 0.8}  # of the time that DuckDB takes
MEMORY = 2_500  # MB
WIDE_MEMORY = 1.3  # of that of a fifth of the uses
TIMES = 3  # as each takes tens of seconds
READ = {
    "csv": "CREATE TEMP TABLE usage AS SELECT * FROM read_csv($usage)",
    "parquet": "CREATE VIEW usage AS SELECT * FROM read_parquet($usage)",
}


def ours(files: data.Files, kind: str) -> int:
    """Pairs of the panel."""
    return len(nps.load(files.responses, getattr(files, kind)).pairs.answer)


def wide(files: data.Files, _kind: str) -> int:
    """Pairs of the panel of five times the uses."""
    return len(nps.load(files.responses, data.wide(files)).pairs.answer)


def in_duckdb(files: data.Files, kind: str) -> int:
    """Pairs of the rollup, which leaves the engine as Arrow tables."""
    usage = str(getattr(files, kind))
    with duckdb.connect() as con:
        answers, used, *results = ROLLUP
        if kind == "csv":
            con.execute(READ[kind], {"usage": usage})
        else:
            con.read_parquet(usage).create_view("usage")
        con.execute(answers, {"responses": str(files.responses)})
        con.execute(used)
        pairs, *_ = [_rows(con, query) for query in results]
        return pairs


def _rows(con: duckdb.DuckDBPyConnection, query: str) -> int:
    """Rows of a result, which leaves the engine as an Arrow table; 0 of a step on the way there."""
    found = con.sql(query)
    return found.to_arrow_table().num_rows if found else 0


def rows(sizes: tuple[int, ...], _times: int) -> Iterator[Row]:
    """Time and memory by format at the largest size."""
    people = sizes[-1]
    for kind in ("csv", "parquet"):
        runs = {way: [] for way in ("ours", "duckdb")}
        for _ in range(TIMES):
            for way, told in runs.items():
                told.append(apart("benchmarks.rollup", way, kind, people))
        seconds, peak = (
            {way: float(np.median([run[figure] for run in told])) for way, told in runs.items()}
            for figure in ("seconds", "peak")
        )
        assert runs["ours"][0]["pairs"] == runs["duckdb"][0]["pairs"]
        size = getattr(data.files(people), kind).stat().st_size / 1e6
        what = f"rollup: {data.EVENTS * people:,} events, {size:,.0f} MB {kind.upper()}, to panel"
        note = f"{size:,.0f} MB that must be touched: {1e6 * size / bandwidth():.2f} s at best on one core."
        yield Row(what, "DuckDB: read and roll up", people, seconds["ours"], seconds["duckdb"], HELD[kind], "s", note)
        yield Row(f"peak memory of that ({kind.upper()})", "2.5 GB", people, peak["ours"], MEMORY, 1.0, "MB")


def wide_rows(sizes: tuple[int, ...], _times: int) -> Iterator[Row]:
    """Five times the uses of the same people, against those: once each."""
    people = sizes[-1]
    data.wide(data.files(people))
    once, wide = (apart("benchmarks.rollup", way, "parquet", people) for way in ("ours", "wide"))
    what = f"rollup: {data.WIDE * data.EVENTS * people:,} events of as many people, "
    against = f"{data.EVENTS * people:,} events"
    note = f"{wide['processor']:,.0f} against {once['processor']:,.0f} s of processors"
    yield Row(f"{what}to panel", against, people, wide["seconds"], once["seconds"], data.WIDE, "s", note)
    yield Row(f"{what}peak memory", against, people, wide["peak"], once["peak"], WIDE_MEMORY, "MB")


def main(way: str, kind: str, people: str) -> None:
    """One run, told as JSON."""
    files = data.files(int(people))
    begin, worked = perf_counter(), process_time()
    pairs = {"ours": ours, "wide": wide, "duckdb": in_duckdb}[way](files, kind)
    seconds, processor = perf_counter() - begin, process_time() - worked
    print(json.dumps({"seconds": seconds, "processor": processor, "pairs": pairs, "peak": memory("VmHWM")}))


if __name__ == "__main__":
    main(*sys.argv[1:])
