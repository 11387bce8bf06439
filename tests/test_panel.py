"""The panel: who counts, how active each is against the others, and what is known of each."""

from fractions import Fraction

import builders
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nps
from nps import banding, joined
from nps.notes import note
from nps.selection import Selection


def days(*counts: int) -> pd.DataFrame:
    """One feature used on so many days by p0, p1, ..."""
    first = pd.Timestamp("2025-01-01")
    rows = [
        (f"p{i}", "Board", f"{first + pd.Timedelta(days=day):%Y-%m-%d}")
        for i, n in enumerate(counts)
        for day in range(n)
    ]
    return builders.usage(*rows)


def segments(**columns: list) -> pd.DataFrame:
    n = len(next(iter(columns.values())))
    return nps.load(builders.responses(score=[9] * n, **columns)).respondents


def test_the_latest_answer_of_each_person_counts():
    panel = nps.load(
        builders.responses(
            person_id=list("abab"),
            score=[1, 2, 3, 4],
            responded_at=builders.answered("2025-03-04", "2025-03-01", "2025-03-02", "2025-03-03"),
        )
    )
    assert panel.respondents[["person_id", "score"]].values.tolist() == [["b", 4], ["a", 1]]
    assert len(panel.answers) == 4
    assert panel.answers["responded_at"].is_monotonic_increasing


def test_of_answers_at_the_same_moment_the_later_line_counts():
    panel = nps.load(builders.responses(person_id=["a", "a"], score=[9, 3]))
    assert panel.respondents["score"].tolist() == [3]


def test_who_is_a_promoter():
    panel = nps.load(builders.responses(score=list(range(11))))
    groups = panel.answers.sort_values("score")["group"]
    assert groups.tolist() == ["Detractor"] * 7 + ["Passive"] * 2 + ["Promoter"] * 2


def test_percentile_and_band_worked_by_hand():
    """Of five, less: 0, 1, 1, 3, 4; same: 1, 2, 2, 1, 1. percentile = 100 (less + same / 2) / 5."""
    panel = nps.load(builders.responses(score=[9] * 5), days(0, 1, 1, 2, 3))
    assert panel.answers["activity"].tolist() == [0, 1, 1, 2, 3]
    assert panel.answers["percentile"].tolist() == [10, 40, 40, 70, 90]
    assert panel.answers["band"].tolist() == [2, 8, 8, 14, 18]


@builders.SOME
@given(st.lists(st.integers(0, 30), min_size=1, max_size=60))
def test_the_band_is_the_slice_of_five_points_that_holds_the_percentile(activity):
    """With fractions instead of the integer formula; an edge belongs to the band above it."""
    panel = builders.panel_of([9] * len(activity), [{"Board": n} if n else {} for n in activity])
    if not any(activity):
        return
    for value, found in zip(activity, panel.answers.itertuples(), strict=True):
        percentile = Fraction(100 * (2 * sum(a < value for a in activity) + activity.count(value)), 2 * len(activity))
        assert found.band == min(19, percentile // 5)
        assert found.percentile == pytest.approx(float(percentile))


def test_earlier_answers_are_measured_against_the_respondents():
    """Person a answered twice; the respondents' days are a: 3, b: 1; with 2 the first answer stands between them."""
    answers = builders.responses(
        person_id=["a", "b", "a"],
        score=[9, 9, 9],
        responded_at=builders.answered("2025-01-02", "2025-03-01", "2025-03-02"),
    )
    usage = builders.usage(*(("a", "Board", f"2025-01-0{d}") for d in (1, 2, 3)), ("b", "Board", "2025-01-01"))
    assert nps.load(answers, usage).answers["percentile"].tolist() == [50, 25, 75]


def test_another_measure_is_another_axis_on_the_same_people():
    usage = pd.DataFrame(
        {"user_id": ["p0", "p1"], "feature": "Board", "at": "2025-02-01", "uses": [1, 5], "minutes": [9, 2]}
    )
    panel = nps.load(builders.responses(score=[9, 9]), usage, measure="minutes")
    assert panel.measures == ("active_days", "minutes", "uses", "features_used")
    assert panel.answers["activity"].tolist() == [9, 2]
    assert panel.measured("uses").answers["activity"].tolist() == [1, 5]
    assert panel.measured("uses").answers["percentile"].tolist() == [25, 75]
    assert panel.answers["percentile"].tolist() == [75, 25]
    assert panel.measured("minutes") is panel
    with pytest.raises(nps.InputError, match="active_days, minutes, uses, features_used"):
        nps.load(builders.responses(score=[9]), measure="clicks")


def test_tiers_are_quantiles_of_log_activity_over_the_respondents():
    """50 respondents give 5 tiers; the ten least active stand in tier 0, the ten most active in tier 4."""
    panel = builders.panel_of([9] * 50, [{"Board": n + 1} for n in range(50)])
    assert panel.tiers.count == 5
    assert np.bincount(panel.tiers.full).tolist() == [10] * 5
    assert set(panel.tiers.loo) == {0}


@pytest.mark.parametrize(("people", "tiers"), [(10, 5), (200, 8), (900, 20)])
def test_the_number_of_tiers_grows_with_the_panel(people, tiers):
    assert builders.panel_of([9] * people, [{"Board": n + 1} for n in range(people)]).tiers.count == tiers


def test_responses_alone_give_score_segments_and_trend():
    panel = nps.load(builders.responses(score=[9, 3, 9], role=["Admin", "Admin", "Editor"]))
    chosen = panel.select()
    assert not panel.has_usage
    assert panel.measures == ()
    assert panel.answers[["activity", "percentile"]].isna().all(axis=None)
    assert chosen.score.nps == pytest.approx(100 / 3)
    assert chosen.by_segment("role")["responses"].tolist() == [2, 1]
    assert chosen.trend()["responses"].tolist() == [3]
    assert chosen.by_feature().empty
    assert chosen.differences().empty
    assert len(chosen.contacts()) == 3
    assert panel.features.columns.tolist() == ["kind", "feature", "users"]


def test_usage_of_other_people_is_as_good_as_none_and_says_so():
    panel = nps.load(builders.responses(score=[9, 3]), builders.usage(("q0", "Board", "2025-02-01")))
    assert not panel.has_usage
    assert str(panel.notes[0]).startswith("Only 0 of 2 respondents have usage")
    assert panel.notes[-1] == note("joined.nobody_used", n=90)


def test_people_add_what_is_known_and_the_answer_itself_goes_first():
    answers = builders.responses(person_id=["a", "b", "c"], score=[9, 3, 7], role=["Admin", None, None])
    people = pd.DataFrame(
        {
            "id": ["b", "a", "z"],
            "name": ["Ben", "Ann", "Zoe"],
            "role": ["Editor", "Owner", "Owner"],
            "Team": ["blue", "red", "red"],
        }
    )
    panel = nps.load(answers, people=people)
    assert panel.respondents["name"].tolist()[:2] == ["Ann", "Ben"]
    assert panel.respondents["role"].tolist() == ["Admin", "Editor", "(none)"]
    assert panel.respondents["Team"].tolist() == ["red", "blue", "(none)"]
    assert panel.segments == ("role", "Team")


def test_who_opted_out_anywhere_has_opted_out():
    answers = builders.responses(
        person_id=["a", "b", "c", "a"],
        score=[9] * 4,
        opted_out=["yes", "no", None, "no"],
        responded_at=builders.answered("2025-03-01", "2025-03-01", "2025-03-01", "2025-03-02"),
    )
    people = pd.DataFrame({"id": ["b", "c"], "name": ["Ben", "Cy"], "opted_out": ["1", None]})
    panel = nps.load(answers, people=people)
    assert panel.answers.groupby("person_id")["opted_out"].agg(set).to_dict() == {
        "a": {True},
        "b": {True},
        "c": {False},
    }


def test_few_values_become_a_segment_as_they_are():
    found = segments(team=["blue", "red", " ", None, "red"])
    assert found["team"].tolist() == ["blue", "red", "(none)", "(none)", "red"]
    assert found["team"].cat.categories.tolist() == ["blue", "red", "(none)"]


@pytest.mark.parametrize(
    "column",
    [
        ["same"] * 60,
        [None] * 60,
        [f"value {i}" for i in range(60)],
        [f"{'long ' * 13}{i % 2}" for i in range(60)],
    ],
    ids=["one value", "no value", "too many values", "prose"],
)
def test_what_divides_nobody_is_no_segment(column):
    panel = nps.load(builders.responses(score=[9] * 60, team=column))
    assert panel.segments == ()


def test_columns_that_tell_people_apart_are_no_segments():
    panel = nps.load(builders.responses(score=[9, 3], session_id=["1", "2"], ip=["x", "y"], country=["NZ", "CH"]))
    assert panel.segments == ("country",)


def test_few_numbers_stay_and_many_become_four_ranges():
    assert segments(seats=["10", "2", "2"])["seats"].cat.categories.tolist() == ["2", "10"]
    found = segments(seats=[str(n) for n in range(2, 202, 2)])["seats"]
    assert found.cat.categories.tolist() == ["up to 52", "52 to 100", "100 to 150", "over 150"]
    assert found.value_counts().tolist() == [26, 25, 25, 24]
    assert found.iloc[[25, 26]].tolist() == ["up to 52", "52 to 100"]
    assert [banding.named(name).code for name in found.cat.categories] == [
        *("segment.up_to", "segment.from_to", "segment.from_to", "segment.over")
    ]


def test_numbers_that_read_alike_share_a_value():
    assert segments(ratio=["0.12345", "0.123451", "2"])["ratio"].tolist() == ["0.1235", "0.1235", "2"]


@pytest.mark.parametrize("value", ["1-10", "up to now", "over", "from 1 to 2", "52 to 100 seats", "", "a to b"])
def test_a_value_that_is_no_range_of_ours_is_somebodys_own(value):
    assert banding.named(value) == note("as_is", text=value)


def test_dates_become_quarters_or_years():
    assert segments(since=["2024-01-31", "2024-04-01", None])["since"].tolist() == ["2024 Q1", "2024 Q2", "(none)"]
    assert segments(since=["2019-01-31", "2024-04-01T10:00:00Z"])["since"].tolist() == ["2019", "2024"]


@pytest.mark.parametrize("value", ["2024-13-45", "inf", "nan", "(none)", "=1", "<b>", "0x1", "1e400"])
def test_odd_values_are_values(value):
    assert set(segments(team=[value, "red", None])["team"]) <= {value, "red", "(none)"}


def test_known_fields_divide_people_in_bands():
    panel = nps.load(
        builders.responses(
            score=[9] * 4,
            account=list("xxyy"),
            revenue=["100", "100", "2,000", None],
            joined=["2025-01-01", "2025-01-05", "2025-02-01", "2024-11-30"],
        )
    )
    assert panel.segments == ("account", "revenue band", "joined")
    assert panel.answers["revenue band"].tolist() == ["100", "100", "2,000", "(none)"]
    assert panel.answers["joined"].tolist() == ["2025 Q1", "2025 Q1", "2025 Q1", "2024 Q4"]


def by_person(panel: nps.Panel) -> pd.DataFrame:
    columns = ["score", "activity", "percentile", "band", "role"]
    return panel.respondents.set_index("person_id")[columns].sort_index().astype({"role": str})


def test_the_order_of_rows_changes_nothing():
    rng = np.random.default_rng(3)
    n = 40
    answers = builders.responses(
        score=rng.integers(0, 11, n).tolist(), role=rng.choice(["Admin", "Editor"], n).tolist()
    )
    answers["responded_at"] = [f"2025-03-01 12:00:{i:02}" for i in range(n)]
    usage = days(*rng.integers(0, 9, n))
    one = nps.load(answers, usage)
    other = nps.load(answers.sample(frac=1, random_state=1), usage.sample(frac=1, random_state=2))
    pd.testing.assert_frame_equal(by_person(one), by_person(other))
    pd.testing.assert_frame_equal(one.select().by_feature(), other.select().by_feature())
    pd.testing.assert_frame_equal(one.select().by_segment("role"), other.select().by_segment("role"))
    assert one.select().score == other.select().score


def test_somebody_whom_the_filters_leave_out_changes_nothing_in_the_selection():
    scores, uses = [9, 3, 7, 9] * 10, [{"Board": 1}, {}, {"Board": 1, "Export": 1}, {"Export": 1}] * 10
    teams = ["blue", "blue", "blue", "blue"] * 10
    asked = Selection(where={"team": ["blue"]})
    few = builders.panel_of([*scores, 0], [*uses, {}], team=[*teams, "red"])
    many = builders.panel_of([*scores, 0, 10], [*uses, {}, {}], team=[*teams, "red", "red"])
    assert few.select(asked).score == many.select(asked).score
    assert few.select(asked).people["person_id"].tolist() == many.select(asked).people["person_id"].tolist()
    pd.testing.assert_frame_equal(few.select(asked).by_segment("team"), many.select(asked).by_segment("team"))
    counted = ["users", "nps", "naive", "reach"]
    pd.testing.assert_frame_equal(few.select(asked).by_feature()[counted], many.select(asked).by_feature()[counted])


def test_rejected_rows_of_all_files_are_kept():
    answers = builders.responses(score=[9, 99])
    usage = builders.usage(("p0", "Board", "2025-02-01"), ("p0", None, "2025-02-01"))
    people = pd.DataFrame({"id": ["p0", "p0"], "name": ["Ann", "Ann"]})
    panel = nps.load(answers, usage, people)
    assert panel.rejected[["table", "row", "value"]].values.tolist() == [
        ["responses", 3, "99"],
        ["people", 3, "p0"],
        ["usage", 3, ""],
    ]


def test_where_nothing_is_left_the_most_frequent_reason_is_told():
    with pytest.raises(nps.InputError, match=r"None of the 3 rows of the responses file could be used.*: not a date"):
        nps.load(
            builders.responses(score=[9, 9, None], responded_at=["soon", "later", None]),
            mapping={"responses": {"responded_at": "responded_at"}},
        )


def test_a_mapping_names_tables_that_exist():
    with pytest.raises(
        nps.InputError, match="no table called “answers”; the tables are responses, people, accounts, usage"
    ):
        nps.load(builders.responses(score=[9]), mapping={"answers": {"score": "score"}})


def test_a_mapping_is_followed():
    frame = pd.DataFrame({"who": ["a"], "q1": ["9"], "rating": ["3"]})
    panel = nps.load(frame, mapping={"responses": {"score": "q1", "person_id": "who"}})
    assert panel.answers[["person_id", "score"]].values.tolist() == [["a", 9]]


@given(st.lists(st.floats(-1e6, 1e6), max_size=20), st.lists(st.floats(-1e9, 1e9), max_size=30))
def test_cuts_below_a_value_are_found_by_a_grid_as_by_searching(cuts, values):
    cuts = np.unique(cuts)
    among = np.concatenate([values, cuts, np.nextafter(cuts, np.inf), np.nextafter(cuts, -np.inf)])
    assert joined.below(cuts, among).tolist() == np.searchsorted(cuts, among).tolist()


@builders.SOME
@given(builders.panels(most=200))
def test_tiers_are_those_of_everybodys_whole_activity_without_one_feature(built):
    uses = np.zeros((len(built.answers), len(built.features)))
    uses[built.pairs.answer, built.pairs.feature] = built.pairs.uses
    total = np.log1p(uses).sum(1).round(9)
    strata = int(np.clip(len(built.latest_positions) // 25, 5, 20))
    cuts = np.unique(np.quantile(total[built.latest_positions], np.arange(1, strata) / strata))
    assert built.tiers.full.tolist() == np.searchsorted(cuts, total).tolist()
    without = (total[built.pairs.answer] - np.log1p(built.pairs.uses)).round(9)
    assert built.tiers.loo.tolist() == np.searchsorted(cuts, without).tolist()
