"""Sample data: three files of Slateboard, a whiteboard product that does not exist.

`generate` is pure and seeded. `python -m sample_data.generate` writes what it gives beside this file, the same bytes
each time. The planted truths are the constants that end in EFFECT or EFFECTS; README.md says what a measurement finds
of them.
"""

import unicodedata
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from sample_data import words

SEED = 2059
USAGE_FROM = np.datetime64("2025-08-01")
ANSWERS_FROM = np.datetime64("2025-11-01")
LAST_DAY = np.datetime64("2026-10-31")
RELEASE = np.datetime64("2026-06-09")  # Facilitation mode, in the eighth month of answers
WINDOW = 90
DAYS = int((LAST_DAY - USAGE_FROM).astype(int)) + 1
CALENDAR = USAGE_FROM + np.arange(DAYS)
HOLIDAYS = np.arange("2025-12-23", "2026-01-03", dtype="datetime64[D]")

# The planted truths, in units of satisfaction, where 0.1 is worth some 5 to 8 points of NPS.
ACTIVITY_EFFECT = 1.5
FEATURE_EFFECTS = {"Templates": 0.38, "AI summary": 0.38, "Bulk export": -0.55, "Issue sync": -0.55}
FACILITATOR_EFFECT = {"before": -0.6, "after": 0.05}
LEAVING_EFFECT = -0.06  # of activity, on the chance of leaving in the DAYS_MORE after the last answers
LEAVING_EFFECTS = {"Share link": -0.11, "Board search": 0.13}
LEAVING, DAYS_MORE = 0.24, 61
SCORE_SHARES = np.array([22, 9, 14, 19, 25, 72, 61, 138, 204, 200, 236]) / 1000

ROLES = {  # share of people, how much more they use the product
    "Admin": (0.08, 0.2),
    "Designer": (0.18, 0.3),
    "Engineer": (0.16, -0.1),
    "Facilitator": (0.17, 0.1),
    "Product manager": (0.20, 0.2),
    "Researcher": (0.08, 0.0),
    "Viewer": (0.13, -0.7),
}
PLANS = {  # share of accounts, price per seat and year
    "Free": (0.22, 0),
    "Team": (0.38, 96),
    "Business": (0.28, 180),
    "Enterprise": (0.12, 264),
}
REGIONS = {"North America": 0.38, "Europe": 0.36, "Asia-Pacific": 0.18, "Latin America": 0.08}
WAVES = {"NPS winter 2025": 11, "NPS spring 2026": 2, "NPS summer 2026": 5, "NPS autumn 2026": 8}


class Sample(NamedTuple):
    """The three tables, their cells as the CSV files show them."""

    responses: pd.DataFrame
    usage: pd.DataFrame
    people: pd.DataFrame


def generate(people: int = 3000, seed: int = SEED) -> Sample:
    """Invent `people` people, half as many responses, and what those people did in the product."""
    rng = np.random.default_rng(seed)
    crowd = _people(rng, people)
    events = _events(rng, crowd)
    usage = _usage(rng, crowd, events)
    asked = _asked(rng, crowd, events, people // 2)
    answers = _scored(rng, crowd, events, asked)
    left = _left(np.random.default_rng((seed, 2)), crowd, events, asked)  # a stream of its own disturbs nothing else
    return Sample(_responses(rng, crowd, answers), usage, _public(crowd, left))


def _people(rng, n: int) -> pd.DataFrame:
    """One row per person: the public columns, plus `activity`, `patience` and first and last day in CALENDAR."""
    accounts = _accounts(rng, max(1, min(n * 2 // 15, len(words.ACCOUNTS) * len(words.TRADES))))
    home = np.concatenate([np.arange(len(accounts)), rng.choice(len(accounts), n, p=accounts["weight"])])[:n]
    crowd = accounts.iloc[np.sort(home)].reset_index(drop=True)
    crowd["person_id"] = [f"u{i:05d}" for i in range(1, n + 1)]
    crowd["name"] = [f"{words.pick(rng, words.FIRST_NAMES)} {words.pick(rng, words.LAST_NAMES)}" for _ in range(n)]
    crowd["email"] = _emails(crowd)
    crowd["role"] = _draw(rng, {role: share for role, (share, _) in ROLES.items()}, n)
    crowd["opted_out"] = np.where(rng.random(n) < 0.06, "true", "false")
    crowd["revenue"] = _revenue(rng, crowd)
    crowd["activity"] = crowd["role"].map({role: more for role, (_, more) in ROLES.items()}) + rng.normal(0, 1, n)
    crowd["patience"] = rng.normal(0, 1, n)
    first = crowd["since"] + (rng.random(n) ** 1.3 * (DAYS - crowd["since"])).astype(int)
    stay = 60 + rng.exponential(2600, n).astype(int)
    crowd["first"], crowd["last"] = first, np.maximum(first + stay, 20)
    return crowd


def _accounts(rng, n: int) -> pd.DataFrame:
    """One row per account; `since` counts days from USAGE_FROM, `weight` is its share of the people."""
    both = rng.permutation(len(words.ACCOUNTS) * len(words.TRADES))[:n]
    names = [f"{words.ACCOUNTS[i // len(words.TRADES)]} {words.TRADES[i % len(words.TRADES)]}" for i in both]
    weight = rng.lognormal(0, 0.9, n)
    return pd.DataFrame(
        {
            "account_id": [f"a{i:04d}" for i in range(1, n + 1)],
            "account_name": names,
            "plan": _draw(rng, {plan: share for plan, (share, _) in PLANS.items()}, n),
            "region": _draw(rng, REGIONS, n),
            "since": -(rng.random(n) * 1000).astype(int) + 120,
            "weight": weight / weight.sum(),
        }
    )


def _emails(crowd: pd.DataFrame) -> list[str]:
    """first.last@account.example, numbered where two people of an account share a name; .example is reserved."""
    domain = crowd["account_name"].str.lower().str.replace(r"[^a-z]+", "-", regex=True)
    plain = crowd["name"].map(lambda name: unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode())
    local = plain.str.lower().str.replace(r"[^a-z]+", ".", regex=True)
    again = crowd.groupby([domain, local]).cumcount()
    number = again.map(lambda k: str(k + 1) if k else "")
    return list(local + number + "@" + domain + ".example")


def _revenue(rng, crowd: pd.DataFrame) -> pd.Series:
    """What the person's account pays per year: price per seat times seats, less a discount."""
    code, first = pd.factorize(crowd["account_id"])
    seats = np.bincount(code) * rng.integers(2, 7, len(first))
    discount = rng.integers(0, 5, len(first)) * 0.05
    price = crowd["plan"].map({plan: price for plan, (_, price) in PLANS.items()})
    return (price * (seats * (1 - discount))[code]).round(-1).astype(int)


def _events(rng, crowd: pd.DataFrame) -> pd.DataFrame:
    """One row per person, day and feature used, as positions in `crowd`, CALENDAR and FEATURES, in that order.

    Features are drawn independently of one another, given how active the person is.
    """
    features = words.FEATURES
    level = crowd["activity"].to_numpy()
    who, day = np.nonzero(_active(rng, crowd))
    base = np.log(features["adoption"] / (1 - features["adoption"])).to_numpy()
    adopted = rng.random((len(crowd), len(features))) < _expit(base + np.outer(level, features["slope"]))
    adopted[:, features["role"] != ""] &= _either(crowd["role"], features["role"], rng)
    used = (rng.random((len(who), len(features))) < features["daily"].to_numpy()) & adopted[who]
    released = CALENDAR[day] >= RELEASE
    used[~released, features.index.get_loc("Facilitation mode")] = False
    used[~used.any(axis=1), features.index.get_loc("Board home")] = True
    row, feature = np.nonzero(used)
    return pd.DataFrame({"who": who[row], "day": day[row], "feature": feature})


def _either(role: pd.Series, wanted: pd.Series, rng) -> np.ndarray:
    """True where a feature made for one role is adopted: by that role, and by a fifth of the others."""
    mine = role.to_numpy()[:, None] == wanted[wanted != ""].to_numpy()[None, :]
    return mine | (rng.random(mine.shape) < 0.2)


def _active(rng, crowd: pd.DataFrame) -> np.ndarray:
    """People x days: was the person active that day? Never before joining or after leaving."""
    month = CALENDAR.astype("datetime64[M]").astype(int)
    mood = rng.normal(0, 0.35, (len(crowd), month[-1] - month[0] + 1))[:, month - month[0]]
    weekend = (CALENDAR.astype(int) + 3) % 7 > 4
    holiday = np.isin(CALENDAR, HOLIDAYS)
    left = crowd["last"].to_numpy()[:, None] - np.arange(DAYS)
    here = (np.arange(DAYS) >= crowd["first"].to_numpy()[:, None]) & (left >= 0)
    drift = mood - 2.4 * weekend - 1.6 * holiday - 1.2 * (left < 45)
    return here & (rng.random(here.shape) < _expit(-2.45 + 1.1 * crowd["activity"].to_numpy()[:, None] + drift))


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


def _usage(rng, crowd: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """The usage table in order of days: one row per person, feature and day."""
    feature = words.FEATURES.iloc[events["feature"]]
    uses = 1 + rng.poisson(1.2, len(events))
    minutes = np.ceil(uses * feature["minutes"].to_numpy() * rng.lognormal(-0.2, 0.6, len(events))).astype(int)
    table = pd.DataFrame(
        {
            "person_id": crowd["person_id"].to_numpy()[events["who"]],
            "feature": feature.index,
            "kind": feature["kind"].to_numpy(),
            "at": CALENDAR[events["day"]].astype(str),
            "uses": uses,
            "minutes": minutes,
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


def _public(crowd: pd.DataFrame, left: pd.Series) -> pd.DataFrame:
    """The people table: what a customer database would hold, without what only this file knows."""
    gone = np.where(left.notna(), _date(left.fillna(0).astype(int)), None)
    dated = crowd.assign(joined_at=_date(crowd["first"]), churned_at=gone)
    who = ["person_id", "name", "email", "account_id", "account_name", "role", "plan", "revenue", "region"]
    return dated[[*who, "joined_at", "churned_at", "opted_out"]]


def _date(day: pd.Series) -> np.ndarray:
    """Positions in CALENDAR, also outside it, as YYYY-MM-DD."""
    return (USAGE_FROM + day.to_numpy().astype("timedelta64[D]")).astype(str)


def _expit(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def _draw(rng, shares: dict[str, float], n: int) -> np.ndarray:
    return np.array(list(shares))[rng.choice(len(shares), n, p=list(shares.values()))]


def write(folder: Path, sample: Sample) -> None:
    """Write the tables as responses.csv, usage.csv and people.csv (UTF-8, Unix line ends)."""
    for name, table in sample._asdict().items():
        table.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(__file__).parent, generate())
