"""Small tables and panels for tests, made from literals."""

import sqlite3
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
from hypothesis import Phase, settings
from hypothesis import strategies as st

import nps
from nps import sources
from nps.rollups import Rollup

REJECTED = pd.DataFrame({"table": [], "row": [], "column": [], "value": [], "reason": []})
FEATURES = ("Boards", "Export", "Search", "Timer")
ROLES = ("Admin", "Editor", None)


def few(examples: int) -> settings:
    """So many examples in `make test`, ten times as many in `make fuzz`; what loads tables takes minutes to shrink."""
    times = settings.default.max_examples // 100
    return settings(max_examples=examples * times, phases=[Phase.explicit, Phase.reuse, Phase.generate])


SOME = few(30)


def database(path: Path, tables: dict[str, list[tuple]]) -> None:
    """A SQLite (.db) or DuckDB file with these tables, each a header and rows."""
    connection = sqlite3.connect(path) if path.suffix == ".db" else duckdb.connect(str(path))
    for name, (header, *rows) in tables.items():
        columns = ", ".join(f"{column} {'INT' if column == 'score' else 'TEXT'}" for column in header)
        connection.execute(f"CREATE TABLE {name} ({columns})")
        connection.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(header))})", rows)
    connection.commit()
    connection.close()


def write(folder: Path, content: str | bytes, name: str = "file.csv") -> Path:
    """A file with exactly this content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def responses(**columns) -> pd.DataFrame:
    """Answers of persons p0, p1, ... on 1 March 2025, at noon, unless said otherwise."""
    n = len(next(iter(columns.values())))
    usual = {"person_id": [f"p{i}" for i in range(n)], "responded_at": ["2025-03-01 12:00:00"] * n}
    return pd.DataFrame(usual | columns)


def usage(*rows: tuple) -> pd.DataFrame:
    """Rows of person_id, feature, at."""
    return pd.DataFrame(rows, columns=["person_id", "feature", "at"])


def answered(*days: str) -> list[str]:
    return [f"{day} 12:00:00" for day in days]


def uploaded(given: sources.Given, read):
    """What `read(source, connection)` says of a source while it is open."""
    with sources.connect() as (con, scratch):
        return read(sources.open_source(given, "responses", con, scratch), con)


def rows_of(given: sources.Given) -> list[tuple]:
    """The rows as text, None where a cell is missing."""

    def read(source, _):
        frame = source.table.to_pandas()
        return list(frame.astype(object).where(frame.notna(), None).itertuples(index=False, name=None))

    return uploaded(given, read)


def lines_of(given: sources.Given) -> tuple[list[int], list[tuple[int, str, str]]]:
    """The lines at which accepted rows begin, and (line, value, reason) of those that could not be split."""

    def read(source, con):
        kept = sources.materialise(source, con)
        records = kept.table.record.to_pandas()
        held = kept.malformed().drop(columns="file")
        return kept.lines(records).tolist(), list(held.itertuples(index=False, name=None))

    return uploaded(given, read)


def panel_of(
    scores: list[int], uses: list[dict[str, float]], persons: list[str] | None = None, **columns: list
) -> nps.Panel:
    """A panel without files: one answer per score, oldest first, with what was used before it; days are features."""
    n = len(scores)
    answers = pd.DataFrame(
        {
            "person_id": persons or [f"p{i}" for i in range(n)],
            "score": np.array(scores, np.int8),
            "responded_at": pd.date_range("2025-01-01", periods=n, freq="6h"),
            "survey": None,
            **columns,
        }
    )
    rows = [(i, "feature", name, float(count)) for i, used in enumerate(uses) for name, count in used.items()]
    pairs = pd.DataFrame(rows, columns=["answer", "kind", "feature", "uses"])
    names = pairs[["kind", "feature"]].drop_duplicates().sort_values(["kind", "feature"], ignore_index=True)
    codes = pairs["feature"].map({name: code for code, name in enumerate(names["feature"])})
    coded = pairs.assign(feature=codes.astype(int)).sort_values(["feature", "answer"], ignore_index=True)
    per_answer = pairs.groupby("answer")["uses"]
    activity = pd.DataFrame({"uses": per_answer.sum(), "features_used": per_answer.size()})
    activity = activity.assign(active_days=activity["uses"], minutes=np.nan).reset_index()
    return nps.Panel.of(
        answers,
        None,
        Rollup(names, coded[["answer", "feature", "uses"]], activity),
        measure="active_days",
        window_days=90,
        rejected=REJECTED,
    )


@st.composite
def panels(draw, most: int = 60) -> nps.Panel:
    """Any small panel: repeated answers, ties, unused features, missing roles; an admin and an editor at least."""
    n = draw(st.integers(2, most))

    def column(values, length=n):
        return draw(st.lists(values, min_size=length, max_size=length))

    used = st.dictionaries(st.sampled_from(FEATURES), st.integers(1, 3), max_size=len(FEATURES))
    return panel_of(
        scores=column(st.integers(0, 10)),
        uses=column(used),
        persons=column(st.integers(0, n).map("p{}".format)),
        role=["Admin", "Editor", *column(st.sampled_from(ROLES), n - 2)],
        survey=column(st.sampled_from(["spring", "autumn"])),
    )


@st.composite
def regions(draw) -> tuple[tuple[int, int], tuple[int, int]]:
    """Any region: activity in steps of 5 percentile points, scores."""
    low, high = sorted(draw(st.lists(st.integers(0, 20), min_size=2, max_size=2, unique=True)))
    bottom, top = sorted(draw(st.tuples(st.integers(0, 10), st.integers(0, 10))))
    return (5 * low, 5 * high), draw(st.sampled_from([(bottom, top), (0, 10)]))


@st.composite
def selections(draw) -> nps.Selection:
    """Any selection over `panels`."""
    activity, score = draw(regions())
    return nps.Selection(
        activity=activity,
        score=score,
        where=draw(st.sampled_from([{}, {"role": ["Admin"]}, {"role": ["Editor", "(none)"]}])),
        period=draw(st.sampled_from([None, ("2025-01-03", "2025-01-08")])),
        survey=draw(st.sampled_from([None, "spring"])),
        repeats=draw(st.sampled_from(["latest", "all"])),
    )
