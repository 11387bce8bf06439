"""Who will leave: what a model looks at, when it is shown, and that it finds nothing where there is nothing."""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from nps.measures import signals, watch_model
from nps.measures.paired import Contest
from nps.measures.signals import Snapshot
from nps.measures.watch_model import Model

WEEKS = (95, 82, 69, 56, 43, 30, 17, 4)
NOTHING = dict.fromkeys(signals.SIGNS, np.nan)


def by_hand() -> Model:
    slopes, spread = np.array([-0.8, 0.5, -0.3]), np.array([0.5, 1, 0.8])
    return Model(("pace", "trouble", "score"), np.array([0.0, 1, 2]), spread, slopes, -2.0)


def test_what_a_model_says_of_an_account_by_hand():
    it = pd.DataFrame([NOTHING | {"pace": -0.7, "trouble": 3.0, "score": 1.2}])
    assert by_hand().contributions(it)[0] == pytest.approx([1.12, 1, 0.3])
    assert by_hand().probability(it).item() == pytest.approx(0.603483, abs=5e-7)
    assert [told.code for told in by_hand().reasons(it)[0]] == ["signal.pace", "signal.trouble", "signal.score"]


def test_what_speaks_for_growing_is_told_as_the_other_side():
    """Slopes of growth are the other way round, and so is what adds to its odds: more use, no trouble, a high score."""
    growth = by_hand()._replace(beta=-by_hand().beta)
    it = pd.DataFrame([NOTHING | {"pace": 0.7, "trouble": 0.0, "score": 2.8}])
    told = [str(each) for each in growth.reasons(it)[0]]
    assert told == [
        "use against the past is higher than that of most",
        "no comment names trouble",
        "the latest answer is higher than that of most",
    ]


def test_what_is_not_known_adds_nothing_and_is_no_reason():
    it = pd.DataFrame([NOTHING | {"pace": 0.5, "trouble": 1.5}])
    assert by_hand().contributions(it)[0] == pytest.approx([-0.8, 0.25, 0])
    assert [told.code for told in by_hand().reasons(it)[0]] == ["signal.trouble"]


def drawn(rng: np.random.Generator, accounts: int, risk, rule) -> list[Snapshot]:
    """Snapshots of accounts whose use is falling or not, and who use more or fewer features.

    risk, rule  of falling and breadth, both N(0, 1): the log odds of leaving, and the order of the rule
    """
    found = []
    for week in WEEKS:
        falling, breadth, noise = rng.standard_normal((3, accounts))
        left = rng.random(accounts) < 1 / (1 + np.exp(-risk(falling, breadth)))
        table = pd.DataFrame(NOTHING, index=range(accounts)).assign(pace=-falling, breadth=breadth, score=noise)
        table.loc[rng.random(accounts) < 0.6, "score"] = np.nan
        found.append(Snapshot(week, np.arange(accounts), table, rule(falling, breadth), left))
    return found


@cache
def by_two_causes() -> watch_model.WatchModel:
    """The rule sees one of two things that make accounts leave."""
    return watch_model.watch_model(
        drawn(np.random.default_rng(1), 400, lambda a, b: -2.6 + 0.8 * a - 0.9 * b, lambda a, _: a)
    )


def test_a_model_that_sees_what_the_rule_does_not_is_shown():
    found = by_two_causes()
    assert found.shown
    assert found.missing == 0
    assert found.tested.first > found.tested.second + 0.05
    assert found.tested.z > 1.645
    assert found.model.names[0] == "pace"
    assert found.model.beta[found.model.names.index("breadth")] < 0


def test_hits_by_fifth_and_what_was_foretold_are_those_of_forecasts():
    found = by_two_causes()
    model, rule = (found.fifths[found.fifths["by"] == by] for by in ("model", "rule"))
    assert model["accounts"].tolist() == rule["accounts"].tolist() == [400] * 5
    assert model["left"].sum() == rule["left"].sum() == found.outcomes
    assert model["lift"].iloc[-1] > rule["lift"].iloc[-1] > 1
    assert ((model["low"] <= model["share"]) & (model["share"] <= model["high"])).all()
    top = found.calibration.iloc[-1]
    assert top["predicted"] == pytest.approx(top["observed"], abs=0.08)


def test_a_model_that_is_no_better_than_the_rule_is_not_shown():
    same = drawn(np.random.default_rng(2), 400, lambda a, _: -2.6 + 0.9 * a, lambda a, _: a)
    found = watch_model.watch_model(same)
    assert found.why_not.code == "model.churn.no_better"
    assert found.model is None


def test_where_nothing_tells_who_leaves_no_model_is_shown():
    nothing = drawn(np.random.default_rng(3), 400, lambda a, _: -2.2 + 0 * a, lambda a, _: a)
    assert watch_model.watch_model(nothing).why_not.code == "model.churn.weak"


@pytest.mark.slow
def test_shuffled_outcomes_hardly_ever_show_a_model():
    rng, shown = np.random.default_rng(4), 0
    for _ in range(100):
        snapshots = drawn(rng, 150, lambda a, b: -2.6 + 0.8 * a - 0.9 * b, lambda a, _: a)
        shown += watch_model.watch_model([each._replace(left=rng.permutation(each.left)) for each in snapshots]).shown
    assert shown <= 5


def test_too_few_who_left_are_counted_and_no_model_is_shown():
    few = [
        each._replace(left=np.arange(400) < 6)
        for each in drawn(np.random.default_rng(5), 400, lambda a, _: a, lambda a, _: a)
    ]
    found = watch_model.watch_model(few)
    assert found.why_not.code == "model.churn.few"
    assert found.outcomes == 12
    assert found.missing == 18
    assert watch_model.watch_model([]).missing == 50


def test_nobody_is_foretold_from_what_came_later():
    """The last two snapshots before the end teach only those after them: changing them changes no earlier forecast."""
    snapshots = drawn(np.random.default_rng(1), 400, lambda a, b: -2.6 + 0.8 * a - 0.9 * b, lambda a, _: a)
    over = snapshots[:-1]
    turned = [*over[:-2], *(each._replace(left=~each.left) for each in over[-2:])]
    before, after = (watch_model._foretold(some[-3], some, signals.SIGNS, 0) for some in (over, turned))
    assert before.tolist() == after.tolist()


def test_a_sign_against_the_rule_takes_a_signal_out():
    """Who uses more features leaves here, which no sentence would tell."""
    snapshots = drawn(np.random.default_rng(6), 400, lambda a, b: -2.6 + 0.8 * a + 0.9 * b, lambda a, _: a)
    assert "breadth" not in watch_model.fitted(snapshots, signals.SIGNS).names


def test_what_makes_accounts_grow_has_the_other_sign():
    growing = drawn(np.random.default_rng(6), 400, lambda a, b: -2.6 - 0.8 * a + 0.9 * b, lambda a, _: -a)
    found = watch_model.watch_model(growing, "expansion")
    assert found.shown
    assert {"pace", "breadth"} <= {*found.model.names}
    assert watch_model.watch_model(growing).model is None


@pytest.mark.parametrize(
    ("missing", "tested", "why"),
    [
        (3, Contest(0.9, 0.6, 0.01, 9.0), "model.churn.few"),
        (0, Contest(0.59, 0.5, 0.01, 9.0), "model.churn.weak"),
        (0, Contest(0.7, 0.5, 0.11, 9.0), "model.churn.weak"),
        (0, Contest(0.7, 0.6, 0.05, 1.644), "model.churn.no_better"),
        (0, Contest(0.7, 0.6, 0.05, np.nan), "model.churn.no_better"),
        (0, Contest(0.7, 0.6, 0.05, 1.646), None),
    ],
)
def test_when_a_model_is_shown(missing, tested, why):
    found = watch_model.verdict(missing, tested)
    assert (found and found.code) == why
    grown = watch_model.verdict(missing, tested, "expansion")
    assert (grown and grown.code) == (why and why.replace("churn", "expansion"))
    assert "left" not in str(grown)


FACTS = {
    **{"pace": 0.5, "pace_people": 2.0, "breadth": 3, "key": 1.0, "active": 2, "seen": 8, "score": 4.0},
    **{"trouble": True, "weeks": 9.0, "there": True},
}


def test_signals_are_those_of_the_day():
    found = signals.signals(pd.DataFrame([FACTS]), keys=4, mean=7.5).iloc[0]
    assert found.tolist() == pytest.approx([*np.log([0.5, 2, 4]), 0.25, 0.25, -3.5, 1, np.log(10)])


def test_what_is_not_known_or_was_never_there_is_missing():
    unknown = dict.fromkeys(("pace", "pace_people", "key", "score", "weeks"), np.nan) | {"seen": 0, "active": 0}
    found = signals.signals(pd.DataFrame([FACTS | unknown]), keys=0, mean=np.nan).iloc[0]
    assert found[found.notna()].to_dict() == {"breadth": pytest.approx(np.log(4)), "trouble": 1}


@pytest.mark.parametrize(
    ("churned", "stake", "left"),
    [
        ("2025-01-28", False, False),
        ("2025-01-29", True, True),
        ("2025-04-29", True, True),
        ("2025-04-30", True, False),
        (None, True, False),
        ("2024-06-01", False, False),
    ],
)
def test_who_leaves_within_four_weeks_had_decided_and_is_left_out(churned, stake, left):
    when = pd.Series(pd.to_datetime([churned]))
    assert [part.item() for part in signals.after(when, pd.Timestamp("2025-01-01"))] == [stake, left]


def test_a_snapshot_holds_who_was_there_and_at_stake():
    facts = pd.DataFrame([FACTS, FACTS | {"there": False}, FACTS, FACTS])
    churned = pd.Series(pd.to_datetime([None, None, "2025-01-10", "2025-02-10"]))
    table = signals.signals(facts, 4, 7.5)
    found = signals.snapshot(30, facts, table, np.arange(4.0), churned, pd.Timestamp("2025-01-01"))
    assert (found.account.tolist(), found.left.tolist(), found.order.tolist()) == ([0, 3], [False, True], [0, 3])


def test_snapshots_are_taken_every_thirteen_weeks_with_seventeen_before_each():
    assert signals.weeks(60) == [43, 30, 17]
    assert signals.weeks(59) == [30, 17]
    assert signals.weeks(33) == []
