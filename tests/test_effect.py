"""Whether a campaign worked: by hand, by simulation, and against a slow look at each stratum."""

from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pytest

import nps
from nps.measures import effect
from nps.weekly import Weekly
from nps.wording.effect import of_outcome, of_use, regression

BEGAN = datetime(2026, 2, 1, tzinfo=UTC)
AFTER = {  # (detractors, passives, promoters) after, of detractors and of passives before
    True: ((20, 12, 8), (5, 15, 10)),
    False: ((50, 20, 10), (15, 50, 35)),
}


def by_hand():
    """Of each answer: value, whether its person was written to, the group before."""
    rows = [
        (value, written_to, group)
        for written_to, groups in AFTER.items()
        for group, counts in enumerate(groups)
        for value, n in zip((-100.0, 0.0, 100.0), counts, strict=True)
        for _ in range(n)
    ]
    return [np.array(column) for column in zip(*rows, strict=True)]


def test_the_effect_is_that_within_the_groups_before():
    """From detractors -30 against -50, from passives 16.667 against 20: (40 x 20 - 30 x 3.333) / 70."""
    told = effect.compared(*by_hand())
    assert (round(told.points, 6), round(told.se, 6)) == (10.0, 10.496765)
    assert (told.n, told.others, told.covered) == (70, 180, 1.0)
    assert (round(told.low, 3), round(told.high, 3), told.worked) == (-10.573, 30.573, False)


def test_before_against_after_would_have_said_that_it_worked():
    value, written_to, group = by_hand()
    naive = (value - np.where(group == 0, -100.0, 0.0))[written_to].mean()
    assert round(naive, 6) == 47.142857


def test_strata_equal_a_slow_look_at_each():
    rng = np.random.default_rng(3)
    value, written_to, stratum = rng.choice([-100.0, 0.0, 100.0], 200), rng.random(200) < 0.3, rng.integers(0, 30, 200)
    total = weight = variance = 0.0
    for one in range(30):
        a, b = value[written_to & (stratum == one)], value[~written_to & (stratum == one)]
        if len(a) > 1 and len(b) > 1:
            total, weight = total + len(a) * (a.mean() - b.mean()), weight + len(a)
            variance += len(a) ** 2 * (a.var(ddof=1) / len(a) + b.var(ddof=1) / len(b))
    told = effect.compared(value, written_to, stratum)
    assert (told.points, told.se) == (pytest.approx(total / weight), pytest.approx(variance**0.5 / weight))
    assert told.n == weight
    assert told.covered == pytest.approx(weight / written_to.sum())


def test_under_thirty_of_a_side_nothing_is_told_however_large_it_looks():
    value = np.repeat([100.0, 0.0, -100.0, 0.0], [28, 1, 50, 1])
    few = effect.compared(value, np.repeat([True, False], [29, 51]), np.zeros(80))
    assert (few.low > 0, few.told, few.worked) == (True, False, False)
    assert effect.compared(value[:1], np.array([True]), np.zeros(1)).told is False
    assert np.isnan(effect.compared(value[:0], np.zeros(0, bool), np.zeros(0)).covered)


def world(rng, planted, people=3_000, held_back=0.15):
    """Opinions last and answers are noisy; who is more active is written to sooner, and answers again more often."""
    opinion = rng.normal(6.8, 1.9, people)
    active = rng.normal(0, 1, people) + 0.35 * (opinion - 6.8) / 1.9
    first = np.clip(np.rint(opinion + rng.normal(0, 1.5, people)), 0, 10)
    chosen = (first <= 6) & (rng.random(people) < 1 / (1 + np.exp(0.3 - 0.5 * active)))
    held = chosen & (rng.random(people) < held_back)
    then = np.clip(np.rint(opinion + rng.normal(0, 1.5, people) + planted * (chosen & ~held)), 0, 10)
    answers = 1 / (1 + np.exp(0.4 - 0.25 * active - 0.1 * (then - 6) - 0.3 * (chosen & ~held)))
    percentile = 100 * pd.Series(active).rank().to_numpy() / people
    return first, then, percentile, chosen, held, rng.random(people) < answers


def compared(rng, planted, with_held_back):
    """What is told of one such world: against who was held back, or who else gave 0 to 6, by score and activity."""
    first, then, percentile, chosen, held, again = world(rng, planted)
    counts = again & (chosen if with_held_back else (first <= 6) & ~held)
    stratum = np.zeros(len(first)) if with_held_back else 5 * first + percentile // 20
    value = 100.0 * ((then >= 9).astype(float) - (then <= 6))
    return effect.compared(value[counts], (chosen & ~held)[counts], stratum[counts])


@pytest.mark.parametrize(
    ("with_held_back", "found"), [(True, 0.5), (False, 0.9)], ids=["held back at random", "of the same score and tier"]
)
def test_of_400_campaigns_without_effect_few_worked_and_one_point_is_found(with_held_back, found):
    """Before against after would say so of all 400: see docs/methods.md."""
    rng = np.random.default_rng(5)
    without = [compared(rng, 0, with_held_back) for _ in range(400)]
    assert np.mean([each.low > 0 for each in without]) <= 0.05
    assert abs(np.mean([each.points for each in without])) < 3
    planted = [compared(rng, 1, with_held_back) for _ in range(400)]
    assert np.mean([each.low > 0 for each in planted]) >= found
    assert 25 < np.mean([each.points for each in planted]) < 35


@pytest.mark.parametrize("with_held_back", [True, False])
def test_an_outcome_is_that_of_the_answers_before_and_after(with_held_back):
    first, then, percentile, chosen, held, again = world(np.random.default_rng(5), 1)
    ids = np.arange(len(first)).astype(str)
    before = pd.DataFrame({"person_id": ids, "score": first, "responded_at": pd.Timestamp("2026-01-01")})
    later = pd.DataFrame({"person_id": ids, "score": then, "responded_at": pd.Timestamp("2026-03-01")})[again]
    told = pd.concat([before, later]).assign(opted_out=False, percentile=np.r_[percentile, percentile[again]])
    arm = np.where(held, "held back", "contact")
    members = pd.DataFrame({"person_id": ids, "arm": arm, "contacted_at": np.where(held, None, "2026-02-01")})
    members, others = members[chosen if with_held_back else chosen & ~held], ids[(first <= 6) & ~held]
    found = effect.outcome(told.sample(frac=1, random_state=1), members, BEGAN, others)
    wanted = compared(np.random.default_rng(5), 1, with_held_back)
    assert found.effect == pytest.approx(wanted)
    assert found.people["written_to"].sum() == (chosen & ~held).sum()


def answers(*rows):
    """person_id, day, score of each; everybody's activity is the same."""
    frame = pd.DataFrame(rows, columns=["person_id", "responded_at", "score"]).astype(
        {"responded_at": "datetime64[us]"}
    )
    return frame.assign(percentile=50.0, opted_out=frame["person_id"] == "out")


def test_the_last_answer_before_stands_against_the_first_one_after():
    found = effect._followed(
        answers(("a", "2025-12-01", 2), ("a", "2026-01-31", 5), ("a", "2026-02-20", 9), ("a", "2026-06-01", 0)), BEGAN
    )
    assert found[["score", "next", "tier", "wait"]].values.tolist() == [[5, 9, 2, 0]]
    waits = effect._followed(answers(*[(str(n), f"2026-{n}-15", 5) for n in range(2, 10)]), BEGAN)["wait"]
    assert waits.tolist() == [0, 1, 1, 2, 2, 2, 3, 3]


def sides(*groups):
    """Answers and members of groups: who they are, the scores before and after (None: no second answer), how often."""
    rows, members = [], []
    for kind, before, after, n in groups:
        for each in range(n):
            who = f"{kind}{before}{after}{each}"
            rows += [(who, "2026-01-01", before)] + ([] if after is None else [(who, "2026-03-01", after)])
            if kind in ("reached", "missed", "held"):
                arm = "held back" if kind == "held" else "contact"
                members.append((who, arm, "2026-02-01" if kind == "reached" else None))
    frame = answers(*rows)
    return (
        frame.assign(opted_out=frame["person_id"].str.startswith("out")),
        pd.DataFrame(members, columns=["person_id", "arm", "contacted_at"]),
    )


def whom(told, written_to):
    """Kinds of people on a side."""
    people = told.people.loc[told.people["written_to"] == written_to, "person_id"]
    return sorted({who.rstrip("0123456789") for who in people})


def test_who_is_counted_on_which_side():
    kinds = [(kind, 3, 8, 1) for kind in ("reached", "missed", "other", "out", "else")]
    told = effect.outcome(*sides(*kinds), BEGAN, ["other380", "out380", "missed380"])
    assert (told.way, told.limited, whom(told, True), whom(told, False)) == ("alike", True, ["reached"], ["other"])
    told = effect.outcome(*sides(*kinds), BEGAN)
    assert (told.limited, whom(told, False)) == (False, ["else", "other"])
    told = effect.outcome(*sides(*kinds, ("held", 3, 8, 1)), BEGAN)
    assert (told.way, whom(told, True), whom(told, False)) == ("at random", ["missed", "reached"], ["held"])


def test_who_answered_again_and_moved_up_is_told_against_others_of_the_same_score():
    """Everybody moves up who gave 3 and nobody who gave 9, whatever a campaign does. Of those written to twice as many
    gave 3 as gave 9, of others as many: in their proportions 2/3 of others moved up, not 1/2."""
    groups = [("reached", 3, 9, 40), ("reached", 9, 9, 20), ("other", 3, 9, 30), ("other", 9, 9, 30)]
    told = effect.outcome(*sides(*groups, ("other", 3, None, 30)), BEGAN)
    assert (told.moved_up.own, told.moved_up.theirs) == (pytest.approx(100 * 2 / 3), pytest.approx(100 * 2 / 3))
    assert (told.again.own, told.again.theirs) == (100, pytest.approx(100 * (40 * 0.5 + 20) / 60))
    assert (told.again.n, told.again.others, told.moved_up.others) == (60, 90, 60)


def test_who_else_was_of_a_selection_is_told_by_the_answers_up_to_that_day():
    rows = [("stayed low", "2026-01-05", 3, "Admin"), ("stayed low", "2026-03-01", 2, "Admin")]
    rows += [("was high", "2026-01-05", 9, "Admin"), ("was high", "2026-03-01", 2, "Admin")]
    rows += [("was low", "2026-01-05", 3, "Admin"), ("was low", "2026-01-20", 9, "Admin")]
    rows += [("came later", "2026-01-21", 3, "Admin"), ("editor", "2026-01-06", 3, "Editor")]
    frame = pd.DataFrame(rows, columns=["person_id", "responded_at", "score", "role"])
    chosen = nps.load(frame).select()
    low, editors = nps.Selection(score=(0, 6), where={"role": ["Admin"]}), nps.Selection(where={"role": ["Editor"]})
    assert chosen.eligible([(low, date(2026, 1, 20))]) == {"stayed low"}
    assert chosen.eligible([(low, date(2026, 1, 6)), (editors, date(2026, 1, 6))]) == {
        *("stayed low", "was low", "editor")
    }
    later = low.changed(period=("2026-01-10", "2026-12-31"))
    assert chosen.eligible([(later, date(2026, 1, 31))]) == {"came later"}
    assert chosen.eligible([(later, date(2026, 1, 9))]) == set()


def week_of(rows, people):
    """Use by week up to 1 March 2026: rows of week, person, days."""
    active = pd.DataFrame(rows, columns=["week", "person", "days"])
    return Weekly(date(2026, 3, 1), pd.Index(people), pd.DataFrame(), pd.DataFrame(), active)


def compared_with(*sides):
    """People of one stratum: id, whether they were written to."""
    return pd.DataFrame(sides, columns=["person_id", "written_to"]).assign(stratum=0)


def test_use_is_counted_in_whole_weeks_on_both_sides_of_the_moment():
    """Week 0 is 23 February to 1 March. From 10 February on: weeks 0 and 1, and before it 3 and 4."""
    weekly = week_of([(0, 0, 5), (1, 0, 3), (2, 0, 7), (3, 0, 2), (4, 0, 1), (4, 2, 4), (9, 2, 7)], ["a", "b", "c"])
    people = compared_with(("a", True), ("b", True), ("c", False), ("never used anything", False))
    told = effect.use(weekly, people, datetime(2026, 2, 10))
    assert told.weeks == 2
    assert [(each.own, each.theirs) for each in (told.before, told.after)] == [(0.75, 1.0), (2.0, 0.0)]
    assert told.change.points == pytest.approx((2.0 - 0.75) - (0.0 - 1.0))
    assert effect.use(weekly, people, datetime(2026, 2, 27)) is None
    assert effect.use(weekly, people, datetime(2025, 12, 22)) is None  # nothing is known of before


def test_use_after_is_never_told_without_that_of_enough_others():
    ids = [f"p{n:02}" for n in range(90)]
    weekly = week_of([(week, n, 2 if week == 0 and n < 40 else 1) for n in range(90) for week in (0, 1, 2)], ids)
    people = compared_with(*((each, n < 40) for n, each in enumerate(ids)))
    assert of_use(effect.use(weekly, people, datetime(2026, 2, 23))) == (
        "Active days a week, the week before and after: 1.0 and 2.0 of who was written to, 1.0 and 1.0 of the others. "
        "Against the others, theirs rose (+1.0 to +1.0 days)."
    )
    few = effect.use(weekly, people.head(69), datetime(2026, 2, 23))
    assert of_use(few) == "Too few to tell how use changed: 40 who were written to, 29 others; each needs 30."
    alone = effect.use(weekly, people.head(40), datetime(2026, 2, 23))
    assert of_use(alone) == "Too few to tell how use changed: 0 who were written to, 0 others; each needs 30."
    assert of_use(None) == "Use is not known of a whole week before and after it."


def shares(own, theirs, se=4):
    diff = own - theirs
    return effect.Effect(diff, se, diff - 1.96 * se, diff + 1.96 * se, 70, 180, 1.0, own, theirs)


def outcome(points, se, n=70, others=180, way="alike", *, limited=False):
    told = effect.Effect(points, se, points - 1.96 * se, points + 1.96 * se, n, others, 0.96, points, 0.0)
    return effect.Outcome(way, limited, told, shares(70, 60), shares(10, 5), pd.DataFrame())


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (outcome(30, 6), "Their next answers are 30 points higher than those of others (+18 to +42)."),
        (outcome(-30, 6), "Their next answers are 30 points lower than those of others (−42 to −18)."),
        (outcome(10, 10.5), "Their next answers differ from those of others by no more than chance would explain"),
        (outcome(30, 6, n=29), "Too few to tell: 29 answers since of who was written to, 180 of others like them"),
    ],
)
def test_an_effect_is_told_with_its_interval_and_the_sentence_on_regression(told, sentence):
    said = of_outcome(told)
    assert said[0].startswith(sentence)
    assert "covers 96%" in said[1]
    assert said[2] == "Answered again: 70% of 70 who were written to, 60% of 180 others."
    assert said[3] == "Of these, in a higher group than before: 10% and 5% (−3 to +13 points)."
    assert said[-1] == regression()


def test_only_chance_that_divided_them_lets_it_be_said_that_a_campaign_worked():
    first, second, *_ = of_outcome(outcome(30, 6, way="at random"))
    assert first == "It worked: their next answers are 30 points higher than those of others (+18 to +42)."
    assert second == "The others were held back at random."
    assert of_outcome(outcome(30, 6, limited=True))[1].startswith("The others are of the same selection, had the same")
    assert of_outcome(outcome(np.nan, np.nan, 0, 0))[1].startswith("Nobody else is like them.")
    assert "worked" not in " ".join(of_outcome(outcome(30, 6)))
