"""Who is like a promoter: the regression, what may be believed of it, and when it is not shown."""

from pathlib import Path

import builders
import numpy as np
import pandas as pd
import pytest

import nps
from nps.measures import likeness, logistic
from nps.measures.findings import looked_at
from nps.measures.likeness import Hidden
from nps.measures.logistic import Inputs, Rated
from nps.selection import population
from nps.wording.likeness import of_proof

SAMPLE = Path(__file__).parents[1] / "sample_data"
ROW = np.arange(24)
MATRIX = np.column_stack([ROW * 7 % 10, ROW * 3 % 8, (ROW % 5) ** 2 / 4])
GAVE = MATRIX[:, 0] - MATRIX[:, 1] + ROW * 5 % 7 > 4


@pytest.fixture(scope="module")
def sample() -> nps.Panel:
    return nps.load(*(SAMPLE / f"{name}.csv" for name in ("responses", "usage", "people")))


def everybody(panel: nps.Panel) -> np.ndarray:
    return population(panel, nps.Selection())


def made_up(people: int, taught: bool, seed: int = 0, **columns: list) -> nps.Panel:
    """Who uses Boards is a promoter in 9 of 10 cases, others in 3 of 10; or, untaught, everybody in 6 of 10."""
    rng = np.random.default_rng(seed)
    boards = rng.random(people) < 0.5
    promoter = rng.random(people) < (np.where(boards, 0.9, 0.3) if taught else 0.6)
    uses = [{"Boards": 1.0} if own else {"Search": 1.0} for own in boards]
    return builders.panel_of(np.where(promoter, 9, 7).tolist(), uses, **columns)


@pytest.mark.parametrize(
    ("penalty", "expected"),
    [
        (1.0, [-0.95028966, 0.66471336, -0.687171, 0.13524718]),
        (10.0, [-0.74955147, 0.38943884, -0.36704887, 0.09634898]),
        (50.0, [-0.53097762, 0.19136999, -0.15188899, 0.04575672]),
        (200.0, [-0.32736845, 0.0734608, -0.05064359, 0.0163977]),
    ],
)
def test_the_regression_as_another_program_has_it(penalty, expected):
    """By scikit-learn 1.9.1: LogisticRegression(C=1 / penalty, solver="newton-cholesky", tol=1e-12)."""
    assert logistic.logistic(MATRIX, GAVE, penalty).tolist() == pytest.approx(expected, abs=6e-9)


def test_where_it_starts_does_not_matter():
    start = logistic.logistic(MATRIX, GAVE, 200.0)
    assert logistic.logistic(MATRIX, GAVE, 1.0, start) == pytest.approx(logistic.logistic(MATRIX, GAVE, 1.0))


def test_auc_counts_pairs_and_ties_as_half():
    rating, gave = np.array([1, 2, 2, 3, 3, 3, 4, 5, 5, 6]), np.array([0, 0, 1, 0, 1, 0, 1, 0, 1, 1], bool)
    pairs = [(a > b) + (a == b) / 2 for a in rating[gave] for b in rating[~gave]]
    assert logistic.rated(gave, rating).auc == pytest.approx(np.mean(pairs)) == pytest.approx(0.72)


def test_auc_of_the_example_in_the_documentation_of_scikit_learn():
    """The example of sklearn.metrics.roc_auc_score: 0.75."""
    assert logistic.rated(np.array([0, 0, 1, 1], bool), np.array([0.1, 0.4, 0.35, 0.8])).auc == 0.75


def test_the_error_of_a_worthless_rating_is_that_of_wilcoxon():
    """Hanley and McNeil's formula at an AUC of .5 is the exact (n1 + n0 + 1) / (12 n1 n0)."""
    found = logistic.rated(np.repeat([True, False], [40, 60]), np.zeros(100))
    assert found == (0.5, pytest.approx(np.sqrt(101 / (12 * 40 * 60))))


def test_a_perfect_rating_and_one_without_a_second_side():
    assert logistic.rated(np.array([True, False]), np.array([2.0, 1.0])) == Rated(1.0, 0.0)
    assert all(np.isnan(logistic.rated(np.array([True]), np.array([2.0]))))


def test_fifths_compare_what_was_predicted_with_what_came():
    gave, rating = np.arange(10) >= 7, np.linspace(0, 0.9, 10)
    table = likeness.calibration(gave, rating)
    assert table["people"].tolist() == [2] * 5
    assert table["predicted"].tolist() == pytest.approx([0.05, 0.25, 0.45, 0.65, 0.85])
    assert table["observed"].tolist() == [0, 0, 0, 0.5, 1]


@pytest.mark.parametrize(
    ("usage", "activity", "hidden"),
    [
        (0.599, 0.55, Hidden.WEAK),
        (0.60, 0.55, None),
        (0.65, 0.645, Hidden.NO_BETTER),
        (0.66, 0.645, None),
        (0.58, 0.62, Hidden.NO_BETTER),
    ],
)
def test_it_is_shown_only_where_it_beats_activity(usage, activity, hidden):
    assert likeness.verdict(usage, activity) is hidden


@pytest.mark.parametrize(
    ("panel", "hidden"),
    [
        (made_up(199, taught=True), Hidden.FEW),
        (builders.panel_of([9] * 49 + [7] * 151, [{"Search": 1.0}] * 200), Hidden.ONE_SIDED),
        (nps.load(pd.DataFrame({"person_id": range(200), "score": [9, 7] * 100})), Hidden.NO_USAGE),
    ],
    ids=["199 answers", "49 promoters", "no usage"],
)
def test_too_few_are_not_rated(panel, hidden):
    found = likeness.likeness(panel, everybody(panel))
    assert found.hidden is hidden
    assert found.ranking.empty
    assert np.isnan(found.usage.auc)


def test_what_use_tells_is_learned_though_activity_says_nothing():
    panel = made_up(400, taught=True)
    found = likeness.likeness(panel, everybody(panel))
    assert found.hidden is None
    assert (found.people, found.cases) == (400, (panel.answers["group"] == "Promoter").sum())
    assert found.usage.auc > 0.75
    assert found.activity.auc < 0.6
    assert set(found.ranking["group"]) == {"Passive"}
    assert found.ranking["likeness"].is_monotonic_decreasing
    assert found.calibration["people"].sum() == 400


@pytest.mark.parametrize("seed", range(5))
def test_noise_is_not_learned(seed):
    """In sample a model always finds something; out of fold it does not."""
    panel = made_up(400, taught=False, seed=seed)
    assert likeness.likeness(panel, everybody(panel)).hidden is Hidden.WEAK


def folds_of(accounts: list, persons: list[str], seed: int) -> tuple[pd.DataFrame, np.ndarray]:
    panel = builders.panel_of([9] * len(persons), [{}] * len(persons), persons, account_id=accounts)
    return panel.answers, logistic.folded(panel, np.arange(len(persons)), seed)


def test_people_of_one_account_stand_in_one_fold():
    answers, folds = folds_of([f"a{i % 30}" for i in range(300)], [f"p{i}" for i in range(300)], seed=1)
    assert (answers.assign(fold=folds).groupby("account_id")["fold"].nunique() == 1).all()
    assert np.bincount(folds).tolist() == [60] * 5


@pytest.mark.parametrize(
    "accounts", [[None] * 50, ["one", "two"] * 25, [None, "a", "b", "c", "d", "e", None, "f", "g", "h"] * 5]
)
def test_answers_of_one_person_stand_in_one_fold_where_accounts_are_unknown_or_few(accounts):
    answers, folds = folds_of(np.repeat(accounts, 2).tolist(), [f"p{i // 2}" for i in range(100)], seed=0)
    assert (answers.assign(fold=folds).groupby("person_id")["fold"].nunique() == 1).all()
    assert set(folds) == {0, 1, 2, 3, 4}


def test_nobody_is_rated_by_a_model_that_saw_them():
    """One fold by hand: standardised by the others, fitted to the others."""
    rng = np.random.default_rng(3)
    row, column = np.nonzero(rng.random((90, 4)) < 0.5)
    inputs = Inputs(row, column, rng.random(len(row)), 4, rng.random((90, 2)))
    gave, folds = rng.random(90) < 0.5, np.arange(90) % 5
    penalty, logit = logistic.cross_validated(inputs, gave, folds)
    own, matrix = folds == 2, inputs.dense()
    standard = (matrix - matrix[~own].mean(0)) / matrix[~own].std(0)
    beta = logistic.logistic(standard[~own], gave[~own], penalty)
    assert logit[own] == pytest.approx(beta[0] + standard[own] @ beta[1:], abs=1e-7)


def test_inputs_as_pairs_are_the_matrix():
    inputs = Inputs(
        np.array([0, 2, 2]), np.array([1, 0, 1]), np.array([0.5, 1.0, 2.0]), 2, np.array([[1, 2], [3, 4], [5, 6.0]])
    )
    dense = [[0, 0.5, 1, 2], [0, 0, 3, 4], [1, 2, 5, 6]]
    weights = np.array([1.0, 10, 100, 1000])
    assert inputs.dense().tolist() == dense
    assert inputs.at(np.array([2, 1])).dense().tolist() == [dense[2], dense[1]]
    assert inputs.weighted(weights) == pytest.approx(np.array(dense) @ weights)


def test_inputs_are_what_was_used_before_each_answer():
    panel = builders.panel_of([9, 3, 7], [{"Search": 2.0}, {}, {"Export": 1.0, "Search": 4.0}])
    inputs = logistic.inputs_of(panel, np.array([2, 0, 1]))
    assert panel.features["feature"].tolist() == ["Export", "Search"]
    assert inputs.dense() == pytest.approx(np.log1p([[4, 1, 5, 5], [2, 0, 2, 2], [0, 0, 0, 0]]))


def test_who_is_like_a_promoter_in_the_sample(sample):
    """Four planted features tell more than activity does; the ratings mean what they say."""
    found = likeness.likeness(sample, everybody(sample))
    assert found.hidden is None
    assert found.usage.auc > found.activity.auc + 0.02
    assert (found.calibration["predicted"] - found.calibration["observed"]).abs().max() < 0.08
    assert set(found.ranking["group"]) == {"Passive"}


def test_where_use_tells_no_more_than_activity_the_list_goes_by_activity(sample):
    found = likeness.likeness(sample, everybody(sample), "Detractor")
    assert found.hidden is Hidden.NO_BETTER
    assert set(found.ranking["group"]) == {"Detractor", "Passive"}
    assert found.ranking["percentile"].max() <= 20
    assert (found.ranking["features_used"] > 0).all()
    assert found.ranking["activity"].is_monotonic_increasing
    assert found.ranking["likeness"].isna().all()


def test_whether_it_came_true_is_asked_of_later_answers(sample):
    proof = likeness.came_true(sample)
    answers = sample.answers
    before = answers[answers["responded_at"] < proof.cut].drop_duplicates("person_id", keep="last")
    later = set(answers.loc[answers["responded_at"] >= proof.cut, "person_id"])
    assert proof.people == sum((before["group"] == "Passive") & before["person_id"].isin(later)) >= 30
    assert 0 <= proof.others <= 1
    assert 0 <= proof.likelier <= 1


def test_without_later_answers_nothing_is_claimed():
    assert likeness.came_true(made_up(400, taught=True)) is None


def tried_again(true: bool, seed: int = 0) -> nps.Panel:
    """400 people as taught, and 80 passives who answer again: who uses Boards becomes a promoter, or who does not."""
    rng = np.random.default_rng(seed)
    boards = rng.random(480) < 0.5
    promoter = rng.random(480) < np.where(boards, 0.9, 0.3)
    promoter[400:] = False
    became = boards[400:] == true
    scores = [*np.where(promoter, 9, 7), *np.where(became, 9, 7)]
    persons = [*range(480), *range(400, 480)]
    uses = [{"Boards": 1.0} if boards[person] else {"Search": 1.0} for person in persons]
    return builders.panel_of([int(score) for score in scores], uses, [f"p{person}" for person in persons])


def test_a_rating_that_came_true_is_offered():
    panel = tried_again(true=True)
    assert panel.came_true.true
    assert panel.like_promoters.hidden is None
    assert "It came true" in of_proof(panel.came_true)


def test_a_rating_that_did_not_come_true_is_offered_nowhere():
    panel = tried_again(true=False)
    assert not panel.came_true.true
    assert panel.like_promoters.hidden is Hidden.NOT_TRUE
    assert panel.select().likeness().hidden is Hidden.NOT_TRUE
    assert panel.like_promoters.ranking["likeness"].isna().all()
    with pytest.raises(nps.InputError, match="did not come true"):
        panel.select(nps.Selection(like_promoters=True)).contacts()
    assert "of those rated likelier became promoters, and" in of_proof(panel.came_true)


def test_where_too_few_answered_again_it_is_offered_as_not_yet_tried():
    panel = made_up(400, taught=True)
    assert panel.came_true is None
    assert panel.like_promoters.hidden is None
    assert of_proof(panel.came_true).startswith("Not yet tried")


def test_in_the_sample_it_did_not_come_true_and_the_list_goes_by_activity(sample):
    found = sample.like_promoters
    assert found.hidden is Hidden.NOT_TRUE
    assert set(found.ranking["group"]) == {"Passive"}
    assert found.ranking["percentile"].min() >= 80
    assert found.alike.empty


def test_who_is_like_a_promoter_can_be_selected():
    """The fifth with the highest rating, whatever they answered; a filter does not change who they are."""
    panel = made_up(400, taught=True, role=["Admin", "Editor"] * 200)
    rated = panel.like_promoters
    chosen = panel.select(nps.Selection(like_promoters=True))
    assert sorted(chosen.people["person_id"]) == sorted(rated.alike)
    assert len(rated.alike) == rated.people // 5
    passives = panel.select(nps.Selection(like_promoters=True, score=(7, 8))).people
    assert set(passives["person_id"]) < set(rated.alike)
    assert set(passives["group"]) == {"Passive"}
    admins = panel.select(nps.Selection(like_promoters=True, where={"role": ["Admin"]})).people["person_id"]
    assert set(admins) < set(rated.alike)
    assert nps.Selection.from_query(chosen.selection.to_query()) == chosen.selection
    assert chosen.likeness().people == rated.people
    assert population(panel, chosen.selection).tolist() == chosen.places.tolist()


def test_findings_about_those_who_are_like_promoters_count_nobody_else():
    chosen = made_up(400, taught=True).select(nps.Selection(like_promoters=True))
    looks = [look for look in looked_at(chosen.cube, chosen.selection, {}) if look.what == "everyone"]
    assert looks
    assert all(look.n + look.n_rest == len(chosen.places) for look in looks)


def test_who_cannot_be_told_to_be_like_a_promoter_cannot_be_selected():
    panel = made_up(400, taught=False)
    with pytest.raises(nps.InputError, match="Both sides use much the same things"):
        panel.select(nps.Selection(like_promoters=True)).people  # noqa: B018 - asking is what fails
