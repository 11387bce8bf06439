"""Counting: the brush, a changed filter and the first cube, against DuckDB, pandas and Polars over the same pairs.

The others get pairs that already carry the band, the score and the filter's value, so that none of them has to join
(but for one row), and only count: no comparison, no interval. Ours answers with everything the page shows.
"""

from collections.abc import Iterator
from functools import cache, cached_property

import duckdb
import numpy as np
import pandas as pd
import polars as pl

import nps
from benchmarks import data
from benchmarks.timing import Row, bandwidth, in_turn
from nps.cube import CELLS, Cube
from nps.rollups import Rollup
from nps.selection import SCORES, Selection

REGION = Selection(activity=(50, 90))
CUT = Selection(activity=(50, 90), score=(9, 10))
EVERYBODY, FILTER = Selection(), Selection(where={"role": ["Admin"]})
NOTHING_REJECTED = pd.DataFrame(columns=["table", "row", "column", "value", "reason"])

LONG = 3  # times that what takes seconds is timed


@cache
def product(people: int) -> nps.Panel:
    """A panel of this size, 31 pairs per person, of accounts whose people think alike; made once."""
    answers = data.answers(people)
    answers["account"] = data.accounts(answers["score"].to_numpy())
    person, feature, uses = data.uses(answers.pop("rate").to_numpy())
    used = np.bincount(person, minlength=people)
    volume = np.bincount(person, uses, people)
    activity = pd.DataFrame({"answer": np.arange(people), "active_days": np.ceil(volume / 2), "uses": volume})
    rollup = Rollup(
        pd.DataFrame({"kind": "feature", "feature": data.NAMES}),
        pd.DataFrame({"answer": person, "feature": feature, "uses": uses.astype(float)}),
        activity.assign(minutes=np.nan, features_used=used),
    )
    return nps.Panel.of(answers, None, rollup, measure="active_days", window_days=90, rejected=NOTHING_REJECTED)


class Others:
    """The same data where the others count it."""

    def __init__(self, built: nps.Panel) -> None:
        pairs, answers = built.pairs, built.answers
        place = pd.DataFrame(
            {
                "band": answers["band"].to_numpy(np.int8),
                "score": answers["score"].to_numpy(np.int8),
                "role": answers["role"].cat.codes.to_numpy(np.int8),
                "plan": answers["plan"].cat.codes.to_numpy(np.int8),
            }
        )
        self.role = answers["role"].cat.categories.get_loc("Admin")
        self.respondents = place
        self.pairs = place[["band", "score", "role"]].iloc[pairs.answer].reset_index(drop=True)
        self.pairs = self.pairs.assign(feature=pairs.feature.astype(np.int16), loo=built.tiers.loo)
        self.pairs = self.pairs.assign(full=built.tiers.full.astype(np.int8)[pairs.answer])
        self.uses = pd.DataFrame({"answer": pairs.answer, "feature": self.pairs["feature"], "uses": pairs.uses})
        self.duckdb = duckdb.connect()
        for name in ("respondents", "pairs", "uses"):
            self.duckdb.register("given", getattr(self, name))
            self.duckdb.execute(f"CREATE TABLE {name} AS SELECT * FROM given")  # noqa: S608 - our own three names

    @cached_property
    def polars(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Pairs and respondents."""
        return pl.from_pandas(self.pairs), pl.from_pandas(self.respondents)

    def brush_over_pairs(self, least: int = 0) -> list:
        """Counts by score, from a least one, of each feature and each value, in the region: pairs find their people."""
        of_people = "uses JOIN (SELECT rowid AS answer, band, score FROM respondents) USING (answer)"
        return self._counted(of_people, least)

    def brush_in_duckdb(self) -> list:
        """The same of pairs that carry the band and the score."""
        return self._counted("pairs", 0)

    def _counted(self, pairs: str, least: int) -> list:
        of = {"feature": pairs, "role": "respondents", "plan": "respondents"}
        return [
            self.duckdb.execute(
                f"""SELECT {what}, score, count(*) FROM {rows} WHERE band BETWEEN 10 AND 17 AND score >= $least
                    GROUP BY ALL""",  # noqa: S608 - our own names
                {"least": least},
            ).fetchall()
            for what, rows in of.items()
        ]

    def brush_in_pandas(self) -> list:
        """The same."""
        inside, people = (frame[frame["band"].between(10, 17)] for frame in (self.pairs, self.respondents))
        return [
            inside.groupby(["feature", "score"]).size(),
            people.groupby(["role", "score"]).size(),
            people.groupby(["plan", "score"]).size(),
        ]

    def brush_in_polars(self) -> list:
        """The same."""
        inside, people = (frame.filter(pl.col("band").is_between(10, 17)) for frame in self.polars)
        return [
            inside.group_by("feature", "score").len(),
            people.group_by("role", "score").len(),
            people.group_by("plan", "score").len(),
        ]

    def filtered_in_duckdb(self) -> list:
        """The counts of a cube under the filter: users by feature, tier and cell, for both kinds of tier."""
        return [
            self.duckdb.execute(
                f"""SELECT feature, {tier}, band, score, count(*) FROM pairs WHERE role = $role
                    GROUP BY ALL""",  # noqa: S608 - two names of columns
                {"role": self.role},
            ).fetchnumpy()
            for tier in ("loo", '"full"')
        ]

    def cube_in_duckdb(self) -> list:
        """Tiers from the uses, then the counts of a cube of everybody."""
        self.duckdb.execute(
            """CREATE OR REPLACE TEMP TABLE totals AS
               SELECT rowid AS answer, round(coalesce(volume, 0), 9) AS total
               FROM respondents
               LEFT JOIN (SELECT answer, sum(ln(1 + uses)) AS volume FROM uses GROUP BY answer) ON answer = rowid"""
        )
        shares = [k / 20 for k in range(1, 20)]
        (cuts,) = self.duckdb.execute("SELECT quantile_cont(total, $shares) FROM totals", {"shares": shares}).fetchone()
        loo, full = (
            " + ".join(f"({x} > {cut!r})::TINYINT" for cut in cuts) for x in ("round(total - ln(1 + uses), 9)", "total")
        )
        self.duckdb.execute(
            f"""CREATE OR REPLACE TEMP TABLE tiered AS
                SELECT feature, answer, {loo} AS loo, {full} AS whole
                FROM uses JOIN totals USING (answer)"""  # noqa: S608 - numbers
        )
        self.duckdb.execute(
            """CREATE OR REPLACE TEMP TABLE placed AS
               SELECT feature, loo, whole, band, score
               FROM tiered JOIN (SELECT rowid AS answer, band, score FROM respondents) USING (answer)"""
        )
        return [
            self.duckdb.execute(
                f"SELECT feature, {tier}, band, score, count(*) FROM placed GROUP BY ALL"  # noqa: S608 - two names
            ).fetchnumpy()
            for tier in ("loo", "whole")
        ]


def answered(built: nps.Panel, asked: Selection = REGION) -> tuple:
    """All that a release on the map has to tell of segments and features: every figure and interval, as arrays."""
    chosen = built.select(asked)
    return chosen.value_figures, chosen.feature_figures()


def told(built: nps.Panel) -> list[pd.DataFrame]:
    """The same as tables, made where somebody opens them."""
    chosen = built.select(REGION)
    return [*(chosen.by_segment(name) for name in built.segments), chosen.by_feature()]


def recounted(built: nps.Panel, asked: Selection = FILTER) -> tuple:
    """The counts of another filter, whose cube is not known yet."""
    built.made.cache_clear()
    cube = built.select(asked).cube
    return cube.below, cube.segments


def turned_to(built: nps.Panel) -> tuple:
    """Those, and all that is worked out of them once per filter: fits, what clusters do, what is sure."""
    built.made.cache_clear()
    return answered(built, FILTER)


def first_counted(built: nps.Panel) -> tuple:
    """The counts of a panel that nobody has looked at yet."""
    del vars(built)["tiers"]
    return recounted(built, EVERYBODY)


def rows(sizes: tuple[int, ...], times: int) -> Iterator[Row]:
    """The brush, a filter, the first cube; the largest size against the others, and against the smallest."""
    small, large = product(sizes[0]), product(sizes[-1])
    check(small)
    people = sizes[-1]
    for built in (small, large):
        answered(built)
    same = in_turn({"large": lambda: answered(large), "small": lambda: answered(small)}, 3 * times)
    yield Row("brush", f"itself at {sizes[0]:,}", people, same["large"], same["small"], 2.0)
    others = Others(large)
    found = in_turn({"ours": lambda: answered(large), "DuckDB": others.brush_over_pairs}, times)
    spent = (found["ours"], found["DuckDB"])
    yield Row("brush", "DuckDB, counts over pairs", people, *spent, 0.005, note=kept_sums(large))
    cut = {"ours": lambda: answered(large, CUT), "DuckDB": lambda: others.brush_over_pairs(CUT.score[0])}
    found = in_turn(cut, times)
    spent = (found["ours"], found["DuckDB"])
    yield Row("brush that cuts scores", "DuckDB, counts over pairs", people, *spent, 0.005)
    found = in_turn({"ours": lambda: told(large), "DuckDB": others.brush_over_pairs}, times)
    spent = (found["ours"], found["DuckDB"])
    yield Row("brush, as tables", "DuckDB, counts over pairs", people, *spent, None)
    found = in_turn({"ours": lambda: answered(large), "DuckDB": others.brush_in_duckdb}, times)
    yield Row("brush", "DuckDB, pairs with band and score", people, found["ours"], found["DuckDB"], None)
    found = in_turn({"ours": lambda: answered(large), "Polars": others.brush_in_polars}, times)
    yield Row("brush", "Polars, counts alone", people, found["ours"], found["Polars"], None)
    found = in_turn({"ours": lambda: answered(large), "pandas": others.brush_in_pandas}, times)
    yield Row("brush", "pandas, counts alone", people, found["ours"], found["pandas"], None)
    touched = roofline(large)
    found = in_turn({"ours": lambda: recounted(large), "DuckDB": others.filtered_in_duckdb}, times)
    yield Row(
        "filter changed: new cube",
        "DuckDB, the same group-by",
        people,
        found["ours"],
        found["DuckDB"],
        1.0,
        note=touched,
    )
    found = in_turn({"ours": lambda: turned_to(large), "DuckDB": others.filtered_in_duckdb}, times)
    spent = (found["ours"], found["DuckDB"])
    yield Row("filter changed: all that is told of it", "DuckDB, the same group-by", people, *spent, None)
    found = in_turn({"ours": lambda: first_counted(large), "DuckDB": others.cube_in_duckdb}, min(times, LONG))
    yield Row(
        "first cube, tiers included",
        "DuckDB, the same in SQL",
        people,
        found["ours"],
        found["DuckDB"],
        1.0,
        note=touched,
    )


def kept_sums(built: nps.Panel) -> str:
    """What is kept for each filter, and what a region must touch of it: at its two edges, for each group of scores."""
    below, strata = built.select(REGION).cube.below, built.select(REGION).cube.strata
    touched = 8 * below[0, 0].nbytes
    best = 1000 * touched / bandwidth()
    kept = (below.nbytes + strata.users.nbytes) / 1e6
    return (
        f"{kept:.1f} MB kept per filter, {touched / 1e6:.2f} MB touched by a region: {best:.2f} ms at best on one core."
    )


def roofline(built: nps.Panel) -> str:
    """What a pass over all pairs must touch at least, and how long one core needs for that."""
    pairs = built.pairs
    size = pairs.answer.nbytes + built.tiers.loo.nbytes
    spent = 1000 * size / bandwidth()
    return f"{len(pairs.answer):,} pairs, {size / 1e6:.0f} MB that must be touched: {spent:.0f} ms at best on one core."


def check(built: nps.Panel) -> None:
    """The others count the same: a comparison of different figures would compare nothing."""
    others, cube = Others(built), Cube(built, np.arange(len(built.answers)))
    assert sorted(others.brush_over_pairs()[0]) == sorted(others.brush_in_duckdb()[0])
    by_feature = {(feature, score): n for feature, score, n in others.brush_in_duckdb()[0]}
    by_cell = np.diff(np.diff(cube.below, axis=0), axis=1)[..., :-1]  # (11, 20, 2, H, F)
    inside = by_cell[:, 10:18, 1].sum((1, 2)).T
    assert by_feature == {(f, s): n for (f, s), n in np.ndenumerate(inside) if n}
    for way, found in enumerate(others.cube_in_duckdb()):
        *where, counted = found.values()
        feature, tier, band, score = (np.asarray(column, int) for column in where)
        table = by_cell[:, :, way].transpose(3, 2, 1, 0).reshape(len(built.features), -1, CELLS)
        theirs = np.zeros_like(table)
        theirs[feature, tier, band * SCORES + score] = counted
        assert (theirs.sum(1) == table.sum(1)).all()
        assert np.abs(theirs - table).sum() < 1e-3 * table.sum()  # a cut may differ in its last digit
