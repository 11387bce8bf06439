"""Who took a step in time against who did not, from a day on that both had reached: the landmark.

Whoever stays has more time to take a step, so "ever took it" goes with staying where the step does nothing. From the
landmark on, the last day of the step, both sides are looked at alike. Who takes a step is not chosen at random.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from nps.measures import covariates, fairly, kaplan_meier, score
from nps.measures.fairly import Cases, Fairly
from nps.measures.rules import ROBUST_BELOW
from nps.steps import Onboarding, Step

LEAVES_WITHIN = 90  # days after the landmark
OUTCOMES = {"nps": score.NET, "left": np.array([0.0, 1.0])}
COLUMNS = ["step", "people", "others", "difference", "low", "high", "q", "robust"]


def by_steps(
    onboarding: Onboarding,
    reached: pd.DataFrame,
    people: pd.DataFrame,
    early: Callable[[int], pd.DataFrame],
    outcome: str = "nps",
    answers: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """A row per step: step, people who took it in time, others, difference, low, high, q, robust.

    reached  see `onboarding.reached`
    people   by person_id: start, left_day (whole days since, NaN who has not), role, plan, account (may be missing)
    early    days -> uses of those first days: person_id, kind, feature, uses
    outcome  "left": within 90 days after the landmark, 0..1; "nps": of the first answer after it, in points
    answers  person_id, day (since the start), group (0, 1, 2), oldest first
    """
    found = []
    for number, step in enumerate(onboarding.steps):
        rows = reached[reached["step"] == number].set_index("person_id")
        y = (
            stayed_or_left(people, rows, step.within_days)
            if outcome == "left"
            else _answered(people, rows, step.within_days, answers)
        )
        cases = _cases(people.loc[y.index], y, early(step.within_days), step, outcome)
        found.append(fairly.compare(cases, (rows["day"].loc[y.index] < step.within_days).to_numpy()))
    return _told(onboarding, found, score.POINTS if outcome == "nps" else 1.0)


def there(people: pd.DataFrame, rows: pd.DataFrame, days: int, known: int) -> pd.Index:
    """Who joined `known` days ago or earlier, and had not left by the landmark."""
    left = people["left_day"].reindex(rows.index)
    return rows.index[((rows["censored_at"] >= known) & ~(left < days)).to_numpy()]


def stayed_or_left(people: pd.DataFrame, rows: pd.DataFrame, days: int) -> pd.Series:
    """1 who left within 90 days after the landmark, else 0; of those alone of whom that is known."""
    own = there(people, rows, days, days + LEAVES_WITHIN)
    return (people["left_day"].reindex(own) < days + LEAVES_WITHIN).astype(int)


def curves(people: pd.DataFrame, rows: pd.DataFrame, days: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """How many stay from the landmark on, of who took the step by then and of the others: see `kaplan_meier.curve`."""
    own = rows.loc[there(people, rows, days, days)]
    left = people["left_day"].reindex(own.index)
    time = (left.fillna(own["censored_at"]) - days).to_numpy()
    took = (own["day"] < days).to_numpy()
    one, other = (kaplan_meier.curve(time[side], left.notna().to_numpy()[side]) for side in (took, ~took))
    return one, other


def _answered(people: pd.DataFrame, rows: pd.DataFrame, days: int, answers: pd.DataFrame) -> pd.Series:
    """The group of the first answer after the landmark, of who gave one."""
    later = answers[answers["day"] >= days].drop_duplicates("person_id").set_index("person_id")["group"]
    return later.reindex(there(people, rows, days, days)).dropna().astype(int)


def _cases(people: pd.DataFrame, y: pd.Series, uses: pd.DataFrame, step: Step, outcome: str) -> Cases:
    person, account = np.arange(len(people)), people["account"]
    others = ~pd.MultiIndex.from_frame(uses[["kind", "feature"]]).isin(step.features)
    volume = np.log1p(uses[others].groupby(["person_id", "kind", "feature"])["uses"].sum())
    volume = volume.groupby("person_id").sum().reindex(people.index, fill_value=0.0).to_numpy().round(9)
    alike = {"quarter": covariates.by_quarter(people["start"], person)}
    alike |= {name: covariates.by_value(people[name], person) for name in covariates.PER_PERSON}
    cluster = pd.factorize(account.where(account.notna(), "person " + people.index.astype(str)))[0]
    return Cases(
        y.to_numpy(), OUTCOMES[outcome], fairly.tiers(volume), covariates.combined(alike, len(people)), cluster
    )


def _told(onboarding: Onboarding, found: list[Fairly], scale: float) -> pd.DataFrame:
    q = score.benjamini_hochberg(np.array([each.p for each in found]))
    rows = [
        (
            step.name,
            each.did,
            each.others,
            *(scale * x for x in (each.difference, each.low, each.high)),
            own,
            bool(own < ROBUST_BELOW),
        )
        for step, each, own in zip(onboarding.steps, found, q, strict=True)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)
