"""Before and after a release: the difference of differences, who adopted, and what is said of it."""

from datetime import date
from functools import cache

import builders
import numpy as np
import pandas as pd
import pytest

import nps
from nps import spells
from nps.measures import release
from nps.wording.release import of_release

GOLDEN = {  # account -> answers before, answers after; by hand and by statsmodels (docs/methods.md, cluster-robust)
    "A": ([-1, 0, 1], [0, 1, 1]),
    "B": ([-1, -1, 0, 1], [0, 1, 1, 1]),
    "C": ([0, 0], [1, 0]),
    "D": ([0, 1, 1], [0, 0, 1]),
    "E": ([-1, 0, 1, 1], [-1, 1, 1, 0]),
    "F": ([1, -1], [0, -1]),
}
ADOPTED = {"A", "B", "C"}


def golden() -> tuple[np.ndarray, ...]:
    """y, adopter, after, cluster."""
    rows = [
        (y, account in ADOPTED, after, "ABCDEF".index(account))
        for account, sides in GOLDEN.items()
        for after, answers in enumerate(sides)
        for y in answers
    ]
    y, adopter, after, cluster = (np.array(column) for column in zip(*rows, strict=True))
    return y.astype(float), adopter.astype(bool), after.astype(bool), cluster


def test_the_difference_of_two_differences_with_six_accounts():
    found = release.difference_in_differences(*golden())
    se = 18.933619272
    assert found.points == pytest.approx(100)
    assert found.df == pytest.approx(4.586206897, abs=1e-8)
    assert found.p == pytest.approx(0.004176613, abs=1e-9)
    assert (found.high - found.low) / 2 == pytest.approx(2.6423 * se, rel=1e-3)


def test_it_is_the_coefficient_of_a_regression_with_both_and_their_product():
    y, adopter, after, _ = golden()
    design = np.column_stack([np.ones(len(y)), adopter, after, adopter & after]).astype(float)
    by_hand = np.linalg.lstsq(design, y, rcond=None)[0][3]
    assert release.difference_in_differences(*golden()).points == pytest.approx(100 * by_hand)


def test_nothing_is_told_under_thirty_answers_in_a_cell():
    y, adopter, after, cluster = (np.tile(column, 4) for column in golden())
    assert release.compared(y, adopter, after, cluster).points == pytest.approx(100)
    few = release.compared(*(column[:-1] for column in (y[:110], adopter[:110], after[:110], cluster[:110])))
    assert np.isnan(few.points)


def test_where_everybody_of_a_cell_agrees_there_is_no_interval():
    y, adopter, after = (np.repeat(column, 30) for column in ([0.0, 0, 0, 1], [0, 0, 1, 1], [0, 1, 0, 1]))
    found = release.compared(y, adopter.astype(bool), after.astype(bool), np.arange(120))
    assert found.points == 100
    assert np.isnan([found.low, found.high, found.p]).all()


def test_one_account_alone_tells_nothing():
    y, adopter, after, cluster = golden()
    assert np.isnan(release.difference_in_differences(y, adopter, after, cluster * 0).points)


def test_who_used_it_within_ninety_days_is_told_exactly():
    """Against every use looked at; everybody answers on the first day, or use would not be kept."""
    rng, start = np.random.default_rng(3), pd.Timestamp("2024-01-01")
    people = [f"p{i}" for i in range(40)]
    days = [(person, day) for person in people for day in rng.integers(0, 700, rng.integers(1, 8))]
    used = [(person, "Export", start + pd.Timedelta(days=int(day), hours=7)) for person, day in days]
    before = [(person, "Export", "2023-12-20") for person in people]
    answers = builders.responses(person_id=people, score=[9] * 40, responded_at=["2024-01-01 12:00"] * 40)
    panel = nps.load(answers, builders.usage(*used, *before))
    for after in (-100, -1, 0, 1, 89, 90, 250, 365, 610, 699, 700):
        wanted = {person for person, day in days if after <= day < after + 90}
        found = spells.users_after(panel.spells, 0, start + pd.Timedelta(days=after))
        assert {panel.answers["person_id"][panel.person == person].item() for person in found} == wanted


@cache
def taken_up(rise: int) -> nps.Panel:
    """200 people who answer once before and once after 1 June; half of them take Export up and answer higher then."""
    people = np.repeat([f"p{i:03d}" for i in range(200)], 2)
    after = np.tile([False, True], 200)
    adopter = np.repeat(np.arange(200) % 2 == 0, 2)
    rng = np.random.default_rng(5)
    scores = np.clip(rng.integers(3, 10, 400) + rise * (after & adopter), 0, 10)
    days = np.where(after, 152, 0) + rng.integers(0, 150, 400)
    answers = pd.DataFrame({"person_id": people, "score": scores, "responded_at": pd.Timestamp("2025-01-01")})
    answers["responded_at"] += pd.to_timedelta(days, unit="D")
    board = [(person, "Board", "2025-01-10") for person in people[::2]]
    export = [(person, "Export", "2025-07-15") for person in people[::4]]
    return nps.load(answers, builders.usage(*board, *export))


def test_a_selection_tells_what_changed_for_who_took_a_feature_up():
    found = taken_up(rise=3).select().release("Export", date(2025, 6, 1))
    assert found.cells["responses"].tolist() == [100, 100, 100, 100]
    assert found.effect.low > 0
    assert found.trend.low < 0 < found.trend.high
    assert found.effect.points == pytest.approx(found.change("users") - found.change("others"))


def test_adoption_counts_whenever_people_answered():
    """They used Export on 15 July; most of them answered before that."""
    panel = taken_up(rise=0)
    assert panel.select().release("Export", date(2025, 6, 1)).cells["responses"][0] == 100
    assert panel.select().release("Export", date(2025, 2, 1)).cells["responses"][0] == 0


def test_the_words_never_call_it_proof():
    told = of_release(taken_up(rise=3).select().release("Export", date(2025, 6, 1)))
    assert "This does not prove that the release did it: who takes up a feature is not chosen at random." in told[0]
    assert "points more than those of others" in told[0]


def test_the_words_say_when_there_are_too_few():
    panel = nps.load(builders.responses(score=[9, 3]), builders.usage(("p0", "Export", "2025-02-01")))
    assert of_release(panel.select().release("Export", date(2025, 2, 1)))[0].startswith("Too few to tell")


def test_a_feature_is_new_when_others_were_used_long_before_it():
    panel = taken_up(rise=0)
    assert panel.first_used(panel.feature("Export")) == date(2025, 7, 15)
    assert panel.first_used(panel.feature("Board")) is None


def test_features_are_marked_that_came_after_the_first_quarter_of_the_data():
    panel = taken_up(rise=0)
    marked = panel.select().by_feature().set_index("feature")["new_since"]
    assert marked["Export"] == pd.Timestamp(2025, 7, 15)
    assert pd.isna(marked["Board"])


def test_a_feature_used_before_the_first_answers_is_not_new_when_it_is_used_again():
    answers = builders.responses(score=[9, 3], responded_at=["2025-01-10 12:00", "2025-09-01 12:00"])
    used = builders.usage(("p0", "Board", "2025-01-09"), ("p0", "Timer", "2025-01-12"), ("p1", "Board", "2025-08-01"))
    assert nps.load(answers, used).new_since.isna().all()


def test_a_feature_that_is_not_there_is_refused():
    with pytest.raises(nps.InputError, match="no feature called “Import”"):
        taken_up(rise=0).select().release("Import", date(2025, 6, 1))
