"""After what people answer: use in the last day before an answer, against a typical day of its window."""

import builders
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nps
from nps.measures import occasions, rules

DAY = 86400
START = pd.Timestamp("2025-01-01")


def loaded(answers: list[tuple[str, str, str]], uses: list[tuple[str, str, str]], **how) -> nps.Panel:
    """Answers as person, day and time, survey; uses as person, feature, day and time."""
    frame = pd.DataFrame(answers, columns=["person_id", "responded_at", "survey"]).assign(score=9)
    return nps.load(frame, builders.usage(*uses), **how)


def obviously(answers: list, uses: list, window: int) -> dict:
    """One answer, one feature and one day after the other."""
    seconds = {id(row): int((pd.Timestamp(row[-1]) - START).total_seconds()) for row in uses}
    when = [int((pd.Timestamp(at) - START).total_seconds()) for _, at, _ in answers]

    def lags(place, feature):
        return {
            (when[place] - seconds[id(row)]) // DAY
            for row in uses
            if row[0] == answers[place][0]
            and feature in (row[1], None)
            and 0 <= when[place] - seconds[id(row)] < window * DAY
        }

    known = [when[i] - DAY * lag for i in range(len(answers)) for lag in lags(i, None)]
    used = [
        seconds[id(row)]
        for row in uses
        for i, (person, _, _) in enumerate(answers)
        if person == row[0] and 0 <= when[i] - seconds[id(row)] < window * DAY
    ]
    sums = {}
    for i, (_, _, survey) in enumerate(answers):
        for feature in {*(row[1] for row in uses), None}:
            if days := lags(i, feature):
                p = len(days) / min(window, (when[i] - min(used)) // DAY + 1)
                one = np.array([0 in days, p, p * (1 - p)], float)
                sums[survey, feature] = sums.get((survey, feature), 0) + one
    assert bool(known) == bool(sums)
    return {key: pytest.approx(value.tolist(), abs=1e-9) for key, value in sums.items()}


PERSONS = st.sampled_from("abc")
MOMENTS = st.integers(0, 12 * 24).map(lambda hours: f"{START + pd.Timedelta(hours=hours):%Y-%m-%d %H:%M:%S}")


@given(
    st.lists(st.tuples(PERSONS, MOMENTS, st.sampled_from(["spring", "autumn"])), min_size=1, max_size=6, unique=True),
    st.lists(st.tuples(PERSONS, st.sampled_from(["Board", "Export"]), MOMENTS), min_size=1, max_size=12),
    st.integers(1, 12),
)
@builders.few(5)
def test_sums_are_those_of_a_slow_loop(answers, uses, window):
    panel = loaded(answers, uses, window_days=window)
    found = {
        (row.survey, row.feature if isinstance(row.feature, str) else None): [row.just, row.expected, row.variance]
        for row in panel.just_before.itertuples()
    }
    assert found == obviously(answers, uses, window)


def test_by_hand():
    """Ten days known. Export on 2 days, one of them the last; Board on 4 days, none the last; any use on 5."""
    days = {"Export": (1, 10), "Board": (1, 2, 3, 4)}
    uses = [("a", name, f"2025-01-{day:02} 13:00:00") for name, known in days.items() for day in known]
    panel = loaded([("a", "2025-01-11 12:00:00", "NPS")], uses)
    found = panel.just_before.set_index("feature")[["just", "expected", "variance"]]
    assert found.loc["Export"].tolist() == pytest.approx([1, 0.2, 0.16])
    assert found.loc["Board"].tolist() == pytest.approx([0, 0.4, 0.24])
    assert found.loc[found.index.isna()].iloc[0].tolist() == pytest.approx([1, 0.5, 0.25])


def test_use_or_answers_without_dates_tell_nothing():
    totals = pd.DataFrame({"user_id": ["p0"], "feature": ["Board"], "clicks": [3]})
    assert nps.load(builders.responses(score=[9]), totals).just_before.empty
    undated = pd.DataFrame({"person_id": ["p0"], "score": [9]})
    assert nps.load(undated, builders.usage(("p0", "Board", "2025-01-01"))).select().after_what().empty


@pytest.mark.parametrize(
    ("count", "low", "high"), [(1, 0.025, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.390), (100, 81.364, 121.627)]
)
def test_the_interval_is_that_of_a_poisson_count(count, low, high):
    """Exact limits: gamma quantiles, as in the tables of Garwood (1936). Byar's are within 3% from 5 on."""
    found = occasions.poisson_interval(np.array([count]))
    assert [float(bound[0]) for bound in found] == pytest.approx([low, high], rel=0.03, abs=0.02)


def test_no_answer_at_all_has_a_lower_bound_of_nothing():
    low, high = occasions.poisson_interval(np.array([0]))
    assert (low[0], high[0]) == (0, pytest.approx(3.689, rel=0.03))


def test_a_feature_is_told_with_its_ratio_and_what_is_rarely_expected_is_not():
    rows = [("feature", "Export", 31, 10.0, 9.0), ("feature", "Rare", 4, 4.9, 4.5), (None, None, 60, 30.0, 20.0)]
    sums = pd.DataFrame(rows, columns=["kind", "feature", "just", "expected", "variance"])
    any_use, export, rare = occasions.after_what(sums, 200).itertuples()
    assert (export.ratio, export.share, export.expected, export.answers) == (3.1, 0.155, 0.05, 200)
    assert export.p == export.q == pytest.approx(2.56e-12, rel=0.01)
    assert export.low < 3.1 < export.high
    assert np.isnan([rare.ratio, rare.low, rare.high, rare.p, any_use.p]).all()
    assert any_use.ratio == 2


def test_only_the_chosen_surveys_count():
    uses = [("a", "Board", "2025-01-05 12:00:00"), ("b", "Export", "2025-01-05 12:00:00")]
    panel = loaded([("a", "2025-01-05 13:00:00", "one"), ("b", "2025-01-05 13:00:00", "two")], uses)
    found = panel.select(nps.Selection(survey="two")).after_what()
    assert found["feature"].dropna().tolist() == ["Export"]
    assert found["answers"].tolist() == [1, 1]


def test_features_used_by_chance_are_not_told():
    """200 people, each answering at a random moment of a use that is even over time."""
    rng = np.random.default_rng(4)
    answers = [(f"p{i}", f"2025-04-{day:02} 12:00:00", "NPS") for i, day in enumerate(rng.integers(1, 30, 200))]
    uses = [
        (f"p{i}", f"F{n}", f"{START + pd.Timedelta(hours=int(hour)):%Y-%m-%d %H:%M:%S}")
        for i in range(200)
        for n in range(5)
        for hour in rng.integers(0, 120 * 24, 10)
    ]
    found = loaded(answers, uses, window_days=60).select().after_what()
    assert (found["q"].dropna() > rules.HOLDS_BELOW).all()
    assert found["q"].notna().sum() == 5
