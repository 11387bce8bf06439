"""Sample data: four files of Slateboard, a whiteboard product that does not exist.

`generate` is pure and seeded. `python -m sample_data.generate` writes what it gives beside this file, the same bytes
each time. The planted truths are the constants that end in EFFECT or EFFECTS; README.md says what a measurement finds
of them.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from sample_data import others, words
from sample_data.company import CALENDAR, DAYS, RELEASE, USAGE_FROM, events_of, people_of, used
from sample_data.planted import History

SEED = 2059
ANSWERS_FROM = np.datetime64("2025-11-01")
WINDOW = 90

# The planted truths, in units of satisfaction, where 0.1 is worth some 5 to 8 points of NPS.
ACTIVITY_EFFECT = 1.5
FEATURE_EFFECTS = {"Templates": 0.38, "AI summary": 0.38, "Bulk export": -0.55, "Issue sync": -0.55}
FACILITATOR_EFFECT = {"before": -0.6, "after": 0.05}
LEAVING_EFFECT = -0.06  # of activity, on the chance of leaving in the DAYS_MORE after the last answers
LEAVING_EFFECTS = {"Share link": -0.11, "Board search": 0.13}
LEAVING, DAYS_MORE = 0.24, 61
SCORE_SHARES = np.array([22, 9, 14, 19, 25, 72, 61, 138, 204, 200, 236]) / 1000
WAVES = {"NPS winter 2025": 11, "NPS spring 2026": 2, "NPS summer 2026": 5, "NPS autumn 2026": 8}


class Sample(NamedTuple):
    """The four tables, their cells as the CSV files show them."""

    responses: pd.DataFrame
    usage: pd.DataFrame
    people: pd.DataFrame
    accounts: pd.DataFrame


def generate(people: int = 3000, seed: int = SEED) -> Sample:
    """Invent `people` people, half as many responses, and what those people did in the product; and as `planted` says,
    some more accounts, of whom nobody answered, and what became of all of them."""
    responses, history = invent(people, seed)
    return Sample(responses, _usage(history), _public(history), _listed(history))


def invent(people: int = 3000, seed: int = SEED) -> tuple[pd.DataFrame, History]:
    """The responses, and all that happened, with what no table tells: `kind` of accounts, who is `keen`."""
    rng = np.random.default_rng(seed)
    crowd = people_of(rng, people)
    events = events_of(rng, crowd)
    uses = used(rng, events)
    asked = _asked(rng, crowd, events, people // 2)
    answers = _scored(rng, crowd, events, asked)
    left = _left(np.random.default_rng((seed, 2)), crowd, events, asked)  # a stream of its own disturbs nothing else
    responses = _responses(rng, crowd, answers)
    return responses, others.history(np.random.default_rng((seed, 3)), crowd, uses, left, asked)


def _asked(rng, crowd: pd.DataFrame, events: pd.DataFrame, n: int) -> pd.DataFrame:
    """Who answered on which day: active people a bit more often, nobody twice in a wave or four times in all."""
    was_active = np.zeros((len(crowd), DAYS), bool)
    was_active[events["who"], events["day"]] = True
    eager = np.exp(0.45 * crowd["activity"].to_numpy())
    answered = np.zeros(len(crowd), int)
    waves = []
    for wave, (survey, month) in enumerate(WAVES.items()):
        days = np.flatnonzero((CALENDAR >= ANSWERS_FROM) & _in_wave(month))
        can = (crowd["first"] + 45 < days[0]) & (crowd["last"] > days[-1]) & (answered < 3)
        chance = eager * can * 0.8**answered
        size = min(int(can.sum()), n * (wave + 1) // 4 - n * wave // 4)
        who = rng.choice(len(crowd), size, replace=False, p=chance / chance.sum())
        fresh = np.repeat([1.5, 0.9, 0.7], [len(days) - 60, 30, 30])
        odds = fresh * (0.15 + 2.5 * was_active[np.ix_(who, days)])
        day = days[[rng.choice(len(days), p=row / row.sum()) for row in odds]]
        answered[who] += 1
        waves.append(pd.DataFrame({"who": who, "day": day, "survey": survey, "in_app": was_active[who, day]}))
    return pd.concat(waves, ignore_index=True)


def _in_wave(month: int) -> np.ndarray:
    """Days of CALENDAR in the three months from `month` on."""
    return (CALENDAR.astype("datetime64[M]").astype(int) % 12 - (month - 1)) % 12 < 3


def _scored(rng, crowd: pd.DataFrame, events: pd.DataFrame, asked: pd.DataFrame) -> pd.DataFrame:
    """Add `score` (0-10, shared out by rank of satisfaction), `used` (names of features) and `released`."""
    days, used = _before(events, asked)
    person = crowd.iloc[asked["who"]].reset_index(drop=True)
    released = pd.Series(CALENDAR[asked["day"]] >= RELEASE)
    effects = words.FEATURES.index.map(FEATURE_EFFECTS).fillna(0).to_numpy(float)
    role = np.where(released, FACILITATOR_EFFECT["after"], FACILITATOR_EFFECT["before"])
    satisfaction = (
        ACTIVITY_EFFECT * np.log1p(days / 4)
        + (used * effects).sum(axis=1)
        + role * (person["role"] == "Facilitator")
        + 0.45 * person["patience"]
        + rng.normal(0, 0.5, len(asked))
        + rng.choice([-2.5, 0.0, 2.5], len(asked), p=[0.07, 0.87, 0.06])  # a very bad or very good day
    )
    rank = (satisfaction.rank(method="first") - 0.5) / len(asked)
    score = np.searchsorted(np.cumsum(SCORE_SHARES)[:-1], rank)
    names = words.FEATURES.index.to_numpy()
    return asked.assign(score=score, used=[list(names[row]) for row in used], released=released)


def _before(events: pd.DataFrame, asked: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Per answer, from the WINDOW days that end with its own: active days, and which features were used."""
    key = (events["who"] * DAYS + events["day"]).to_numpy()
    own = (asked["who"] * DAYS).to_numpy()
    start = np.searchsorted(key, own + np.maximum(asked["day"] - WINDOW + 1, 0))
    stop = np.searchsorted(key, own + asked["day"], side="right")
    feature = events["feature"].to_numpy()
    used = np.zeros((len(asked), len(words.FEATURES)), bool)
    days = np.zeros(len(asked), int)
    for i, (a, b) in enumerate(zip(start, stop, strict=True)):
        used[i, feature[a:b]] = True
        days[i] = len(np.unique(key[a:b]))
    return days, used


def _responses(rng, crowd: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """The responses table in order of time; 45 in 100 answers have a comment."""
    seconds = rng.integers(6 * 3600, 21 * 3600, len(answers))
    at = CALENDAR[answers["day"]].astype("datetime64[s]") + seconds
    answers = answers.assign(at=at, role=crowd["role"].to_numpy()[answers["who"]]).sort_values("at", kind="stable")
    comments = [words.comment(rng, a) if rng.random() < 0.45 else None for a in answers.itertuples()]
    return pd.DataFrame(
        {
            "response_id": [f"r{i:06d}" for i in range(1, len(answers) + 1)],
            "person_id": crowd["person_id"].to_numpy()[answers["who"]],
            "score": answers["score"].to_numpy(),
            "responded_at": answers["at"].dt.strftime("%Y-%m-%dT%H:%M:%SZ").to_numpy(),
            "comment": comments,
            "survey": answers["survey"].to_numpy(),
            "channel": np.where(answers["in_app"], "In-app", "Email"),
        }
    )


def _usage(history: History) -> pd.DataFrame:
    """The usage table in order of days: one row per person, feature and day."""
    events = history.events
    feature = words.FEATURES.iloc[events["feature"]]
    table = pd.DataFrame(
        {
            "person_id": history.crowd["person_id"].to_numpy()[events["who"]],
            "feature": feature.index,
            "kind": feature["kind"].to_numpy(),
            "at": CALENDAR[events["day"]].astype(str),
            "uses": events["uses"].to_numpy(),
            "minutes": events["minutes"].to_numpy(),
        }
    )
    return table.iloc[np.argsort(events["day"], kind="stable")].reset_index(drop=True)


def _left(rng, crowd: pd.DataFrame, events: pd.DataFrame, asked: pd.DataFrame) -> pd.Series:
    """The day each person left, counted on from USAGE_FROM; NaN for who stayed.

    Who was there to the end may leave in the DAYS_MORE after it, by what they used before their latest answer, or
    before the end if they gave none.
    """
    asked_last = asked.groupby("who")["day"].max().reindex(crowd.index, fill_value=DAYS - 1)
    days, used = _before(events, asked_last.rename_axis("who").reset_index())
    effects = words.FEATURES.index.map(LEAVING_EFFECTS).fillna(0).to_numpy(float)
    chance = LEAVING + LEAVING_EFFECT * np.log1p(days / 4) + (used * effects).sum(axis=1)
    later = DAYS + rng.integers(0, DAYS_MORE, len(crowd))
    return crowd["last"].where(crowd["last"] < DAYS, np.where(rng.random(len(crowd)) < chance, later, np.nan))


def _public(history: History) -> pd.DataFrame:
    """The people table: what a customer database would hold, without what only this file knows."""
    crowd = history.crowd
    dated = crowd.assign(joined_at=_date(crowd["first"]), churned_at=_date(history.left))
    who = ["person_id", "name", "email", "account_id", "account_name", "role", "plan", "revenue", "region"]
    return dated[[*who, "joined_at", "churned_at", "opted_out"]]


def _listed(history: History) -> pd.DataFrame:
    """The table of accounts."""
    dates = {f"{name}_at": _date(history.accounts[name]) for name in ("renewal", "joined", "churned", "expanded")}
    return history.accounts[["account_name", "plan", "revenue", "owner"]].assign(**dates).reset_index()


def _date(day: pd.Series) -> np.ndarray:
    """Positions in CALENDAR, also outside it, as YYYY-MM-DD; None for none."""
    dates = (USAGE_FROM + day.fillna(0).to_numpy().astype("timedelta64[D]")).astype(str)
    return np.where(day.notna(), dates, None)


def write(folder: Path, sample: Sample) -> None:
    """Write the tables as responses.csv, usage.csv, people.csv and accounts.csv (UTF-8, Unix line ends)."""
    for name, table in sample._asdict().items():
        table.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(__file__).parent, generate())
