"""What must hold of any data, whatever the figures.

Beside its own subject each of these stands elsewhere: a bridge sums to the change (test_change), weights of one give
the unweighted score (test_weights), an interval always holds its raw score (test_score) or share (test_churn).
"""

import itertools

import builders
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import nps
from nps.wording import words

SPRING = ("2025-03-01", "2025-05-31")
FEW = builders.few(1)  # each reads two sets of tables
REPEATS = ("latest", "all")
pytestmark = pytest.mark.timeout(300)
ASKED = {
    "period": nps.Selection(period=SPRING),
    "survey": nps.Selection(survey="product"),
    "segment": nps.Selection(where={"role": ["Admin", "Editor"]}),
}
STRANGER = {  # who answers, and what keeps the answer out
    "period": {"responded_at": "2025-07-01 12:00"},
    "survey": {"survey": "support"},
    "segment": {"role": "Guest"},
}
FIGURES = {
    "score": lambda chosen: pd.DataFrame([chosen.score]),
    "segments": lambda chosen: chosen.by_segment("role"),
    "trend": lambda chosen: chosen.trend("week"),
    "rolling": lambda chosen: chosen.rolling(),
    "alarms": lambda chosen: chosen.alarms(),
    "change": lambda chosen: chosen.changed("role", ("2025-03-01", "2025-04-15"), ("2025-04-16", "2025-05-31"))[0],
    "leavers": lambda chosen: pd.DataFrame([chosen.leavers]),
    "by account": lambda chosen: pd.DataFrame([chosen.weighted("account")]),
    "moves": lambda chosen: chosen.moves(),
}


def tables(seed: int, people: int = 90) -> dict[str, pd.DataFrame]:
    """Answers (no two at one moment), uses and people, in spring, of any product."""
    rng = np.random.default_rng(seed)
    who = [f"p{i}" for i in range(people)]
    n = 2 * people
    minutes = rng.choice(90 * 24 * 60, n, replace=False)
    answers = pd.DataFrame(
        {
            "person_id": rng.choice(who, n),
            "score": rng.integers(0, 11, n),
            "responded_at": pd.Timestamp(SPRING[0]) + pd.to_timedelta(minutes, unit="min"),
            "survey": rng.choice(["product", "support"], n),
        }
    )
    days = pd.Timestamp(SPRING[0]) + pd.to_timedelta(rng.integers(-60, 90, 20 * people), unit="D")
    usage = pd.DataFrame(
        {"person_id": rng.choice(who, 20 * people), "feature": rng.choice(builders.FEATURES, 20 * people), "at": days}
    )
    left = pd.Series(pd.Timestamp("2025-06-15"), range(people)).where(rng.random(people) < 0.3)
    known = pd.DataFrame(
        {
            "person_id": who,
            "role": rng.choice(["Admin", "Editor", "Viewer"], people),
            "account_id": rng.choice(["a1", "a2", "a3", "a4"], people),
            "churned_at": left,
        }
    )
    return {"responses": answers, "usage": usage, "people": known}


def alike(one: pd.DataFrame, other: pd.DataFrame) -> None:
    """The same figures: counts exactly, what is summed to the last few bits."""
    assert_frame_equal(one, other, check_exact=False, rtol=1e-9, atol=1e-9, check_categorical=False)


@FEW
@given(st.integers(0, 2**32 - 1))
def test_figures_do_not_depend_on_row_order(seed):
    given_tables = tables(seed)
    shuffled = {name: table.sample(frac=1, random_state=seed) for name, table in given_tables.items()}
    panels = [nps.load(**given) for given in (given_tables, shuffled)]
    for activity, repeats in itertools.product(((0, 100), (50, 100)), REPEATS):
        one, other = (panel.select(nps.Selection(activity=activity, repeats=repeats)) for panel in panels)
        for figure in FIGURES.values():
            alike(figure(one), figure(other))
        for outcome in one.panel.outcomes:
            alike(one.by_feature(outcome), other.by_feature(outcome))


@pytest.mark.parametrize("filtered_by", STRANGER)
@FEW
@given(seed=st.integers(0, 2**32 - 1))
def test_adding_a_person_who_was_filtered_out_changes_nothing(filtered_by, seed):
    """Of features, what is counted stays; tiers are cut over everybody in the panel, whatever the filters."""
    given_tables, asked = tables(seed), ASKED[filtered_by]
    stranger = {"responded_at": "2025-04-01 12:00:30", "survey": "product", "role": "Admin"} | STRANGER[filtered_by]
    answer = {"person_id": "stranger", "score": 0, **stranger, "responded_at": pd.Timestamp(stranger["responded_at"])}
    role = {"person_id": "stranger", "role": answer.pop("role"), "account_id": "a1"}
    use = {"person_id": "stranger", "feature": "Timer", "at": pd.Timestamp("2025-03-15")}
    more = {
        name: pd.concat([table, pd.DataFrame([row])], ignore_index=True)
        for (name, table), row in zip(given_tables.items(), (answer, use, role), strict=True)
    }
    panels = [nps.load(**given) for given in (given_tables, more)]
    assert len(panels[1].respondents) == len(panels[0].respondents) + 1
    for repeats in REPEATS:
        one, other = (panel.select(asked.changed(repeats=repeats)) for panel in panels)
        for figure in FIGURES.values():
            alike(figure(one), figure(other))
        for outcome in one.panel.outcomes:
            counted = ["feature", "users", "nps", "reach", *(["left"] if outcome == "churn" else [])]
            alike(one.by_feature(outcome)[counted], other.by_feature(outcome)[counted])


@builders.SOME
@given(builders.panels(), builders.selections())
def test_an_interval_always_holds_its_raw_score_wherever_it_is_shown(panel, asked):
    chosen = panel.select(asked)
    shown = pd.concat([pd.DataFrame([chosen.score]), chosen.by_segment("role"), chosen.trend("week")])
    shown = shown[shown["responses"] > 0].dropna(subset=["low", "high"])  # of one person alone there is none
    assert (shown["low"] <= shown["nps"] + 1e-9).all()
    assert (shown["nps"] <= shown["high"] + 1e-9).all()
    compared = chosen.by_feature().dropna(subset=["adjusted"])
    assert compared["adjusted"].between(compared["low"], compared["high"]).all()


@builders.SOME
@given(builders.panels(), builders.selections())
def test_only_answers_of_one_person_or_account_have_no_interval_and_that_is_said(panel, asked):
    chosen = panel.select(asked)
    several, of_one = chosen.score.responses > 1, len({*panel.cluster[chosen.places].tolist()}) == 1
    missing = bool(np.isnan(chosen.score.low)) and chosen.score.responses > 0
    assert missing == (several and of_one)
    assert ("there is no interval" in words.interval(chosen.score)) == missing


@builders.SOME
@given(builders.panels(), builders.selections())
def test_a_bridge_sums_to_the_change(panel, asked):
    chosen, early, late = panel.select(asked), ("2025-01-01", "2025-01-05"), ("2025-01-06", "2025-03-01")
    parts, total = chosen.changed("role", early, late)
    change = chosen.during(late).score.nps - chosen.during(early).score.nps
    if not np.isnan(change):
        assert parts[["mix", "rate"]].to_numpy().sum() == pytest.approx(change, abs=1e-9)
        assert total.change == pytest.approx(change, abs=1e-9)
