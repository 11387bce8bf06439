"""A seeded product of any size: a panel in memory, and the files that one would be loaded from.

Activity is log-normal. Each feature is adopted in proportion to it, a few by nearly everybody, most by few; satisfied
people are a little more active. Drawn by column, so that a million people take seconds.
"""

import os
import tempfile
from pathlib import Path
from typing import NamedTuple

import duckdb
import numpy as np
import pandas as pd

SEED, FEATURES = 2026, 200
USED, EVENTS = 31, 20  # per respondent: features used, for panels in memory; events, for files
WIDE = 5  # times the events
END, DAYS = pd.Timestamp("2026-07-01"), 180
ROLES = ("Admin", "Analyst", "Designer", "Editor", "Engineer", "Manager", "Sales", "Viewer")
PLANS = ("Enterprise", "Free", "Pro", "Team")
NAMES = tuple(f"Feature {code:03d}" for code in range(FEATURES))


class Files(NamedTuple):
    """What one uploads: an answer per person, and their events twice."""

    responses: Path
    people: Path
    csv: Path
    parquet: Path


def folder() -> Path:
    """Where files are kept between runs: NPS_LENS_BENCH, or a folder of the system's for temporary files."""
    return Path(os.environ.get("NPS_LENS_BENCH") or Path(tempfile.gettempdir()) / "nps-lens-bench")


def answers(people: int) -> pd.DataFrame:
    """One answer per person over 180 days, oldest first: person_id, score, responded_at, role, plan, rate of use."""
    rng = np.random.default_rng([SEED, people])
    rate = rng.lognormal(-0.32, 0.8, people)
    felt = 7.4 + 0.8 * np.log(rate) + rng.normal(0, 2.3, people)
    return pd.DataFrame(
        {
            "person_id": pd.Series(np.arange(people)).map("u{:07d}".format),
            "score": np.clip(felt.round(), 0, 10).astype(np.int8),
            "responded_at": END - pd.to_timedelta(np.sort(rng.integers(0, DAYS * 86_400, people))[::-1], unit="s"),
            "role": pd.Categorical.from_codes(rng.integers(0, len(ROLES), people), ROLES),
            "plan": pd.Categorical.from_codes(rng.integers(0, len(PLANS), people), PLANS),
            "rate": rate,
        }
    )


def accounts(score: np.ndarray) -> np.ndarray:
    """An account for each person, log-normal in size, of people who gave much the same scores: what they think is alike
    (rho about .1)."""
    rng = np.random.default_rng([SEED, len(score), 3])
    account = np.repeat(np.arange(len(score)), np.ceil(rng.lognormal(1.5, 1.2, len(score))).astype(int))[: len(score)]
    whose = np.empty(len(score), int)
    whose[np.argsort(score + rng.normal(0, 6, len(score)))] = account
    return np.char.add("a", whose.astype(str))


def popularity(used: float) -> np.ndarray:
    """Share of people who use each feature (200,), falling like a power; together `used` per person."""
    weight = 1 / (np.arange(FEATURES) + 4.0) ** 0.8
    return weight / weight.sum() * used


def uses(rate: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Who uses what: person, feature and number of uses, one entry per pair, about 31 per person."""
    rng = np.random.default_rng([SEED, len(rate), 1])
    parts = []
    for feature, often in enumerate(popularity(USED * 1.35)):  # adoption saturates
        hazard = (often * rate).astype(np.float32)
        person = np.flatnonzero(rng.random(len(rate), np.float32) < -np.expm1(-hazard)).astype(np.int32)
        count = 1 + rng.poisson(3 * rate[person]).astype(np.int32)
        parts.append((person, np.full(len(person), feature, np.int32), count))
    person, feature, count = map(np.concatenate, zip(*parts, strict=True))
    return person, feature, count


def files(people: int) -> Files:
    """Answers as CSV, 20 events per person as CSV and as Parquet; made once."""
    place = folder() / f"{SEED}-{people}"
    made = Files(place / "responses.csv", place / "people.csv", place / "usage.csv", place / "usage.parquet")
    if not all(path.exists() for path in made):
        place.mkdir(parents=True, exist_ok=True)
        asked = answers(people)
        asked.drop(columns="rate").to_csv(made.responses, index=False)
        asked[["person_id"]].assign(name="Person " + asked["person_id"]).to_csv(made.people, index=False)
        _write(_events(asked["rate"].to_numpy()), made)
    return made


def wide(of: Files) -> Path:
    """The same people's uses five times over, hours apart, as Parquet; made once."""
    made = of.parquet.with_name(f"usage-{WIDE}.parquet")
    if not made.exists():
        moved = (f"""SELECT user_id, feature, "at" - INTERVAL {5 * n} HOUR AS "at" FROM used""" for n in range(WIDE))  # noqa: S608 - numbers
        with duckdb.connect() as con:
            con.read_parquet(str(of.parquet)).create_view("used")
            con.sql(" UNION ALL ".join(moved)).to_parquet(str(made))
    return made


def _events(rate: np.ndarray) -> pd.DataFrame:
    """Events in the order of time, as a log has them: person, feature, second; a tenth by people who never answered."""
    rng = np.random.default_rng([SEED, len(rate), 2])
    total = EVENTS * len(rate)
    silent = len(rate) // 10
    weight = np.concatenate([rate, np.full(silent, 1.0)])
    share = popularity(1.0)
    return pd.DataFrame(
        {
            "person": np.searchsorted(np.cumsum(weight / weight.sum()), rng.random(total)).astype(np.int32),
            "feature": np.searchsorted(np.cumsum(share), rng.random(total)).clip(0, FEATURES - 1).astype(np.int32),
            "second": np.sort(rng.integers(-2 * DAYS * 86_400, 0, total)),
        }
    )


def _write(events: pd.DataFrame, made: Files) -> None:
    names = pd.DataFrame({"feature": np.arange(FEATURES, dtype=np.int32), "name": NAMES})
    with duckdb.connect() as con:
        con.register("events", events)
        con.register("names", names)
        con.execute("CREATE TEMP TABLE start AS SELECT $end::TIMESTAMP AS moment", {"end": END})
        rows = con.sql(
            """SELECT printf('u%07d', person) AS user_id, name AS feature, moment + to_seconds(second) AS at
               FROM events JOIN names USING (feature), start"""
        )
        rows.to_parquet(str(made.parquet))
        con.sql("SELECT * FROM parquet_scan($file)", params={"file": str(made.parquet)}).to_csv(str(made.csv))
