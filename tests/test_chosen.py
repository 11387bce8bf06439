"""What a selection answers about time, other ways to count, and the users of a feature."""

from datetime import date

import builders
import numpy as np
import pandas as pd
import pytest
from hypothesis import given

import nps
from nps.measures import score


def panel_over_time(*rows: tuple[str, str, int, str]) -> nps.Panel:
    """Rows of person, day, score, role."""
    frame = pd.DataFrame(rows, columns=["person_id", "responded_at", "score", "role"])
    return nps.load(frame)


@pytest.fixture
def release() -> nps.Panel:
    """Ten admins and ten editors a month; admins say 3 until the release of 1 March and 10 from then on."""
    return panel_over_time(
        *(
            (f"{role}{month}{i}", f"2025-0{month}-1{i}", 9 if role == "Editor" else 3 if month < 3 else 10, role)
            for month in (1, 2, 3, 4)
            for role in ("Admin", "Editor")
            for i in range(10)
        )
    )


def test_before_and_after_a_day(release):
    before, after = release.select().around("role", "Admin", date(2025, 3, 1)).to_dict("records")
    assert (before["when"], before["responses"], before["nps"], before["nps_rest"]) == ("before", 20, -100, 100)
    assert (after["when"], after["responses"], after["nps"], after["nps_rest"]) == ("after", 20, 100, 100)
    assert before["points"] == -200
    assert before["p"] < 0.001 < 0.9 < after["p"]


def test_before_and_after_stay_inside_the_period(release):
    january = release.select(nps.Selection(period=("2025-01-01", "2025-01-31")))
    before, after = january.around("role", "Admin", date(2025, 1, 15)).to_dict("records")
    assert (before["responses"], after["responses"]) == (5, 5)


def test_a_day_outside_the_period_leaves_one_side_empty(release):
    january = release.select(nps.Selection(period=("2025-01-01", "2025-01-31")))
    before, after = january.around("role", "Admin", date(2025, 3, 1)).to_dict("records")
    assert (before["responses"], after["responses"]) == (10, 0)
    assert np.isnan(after["points"])


def test_one_value_and_everyone_else_over_time(release):
    frame = release.select().with_and_without("role", "Admin", "month")
    assert frame.groupby("who", sort=False)["nps"].apply(list).to_dict() == {
        "Admin": [-100, -100, 100, 100],
        "": [100, 100, 100, 100],
    }


def test_a_change_is_split_by_segment(release):
    parts, total = release.select().changed(
        "role", (date(2025, 1, 1), date(2025, 2, 28)), (date(2025, 3, 1), date(2025, 4, 30))
    )
    assert parts.set_index("value")["rate"].to_dict() == {"Admin": 100, "Editor": 0}
    assert (total.before, total.after, total.mix, total.rate) == (0, 100, 0, 100)


def test_the_period_before_is_as_long_and_ends_the_day_before(release):
    march = nps.Selection(period=("2025-03-01", "2025-03-31"))
    assert march.previous == (date(2025, 1, 29), date(2025, 2, 28))
    assert release.select(march).versus_previous().points == 100
    assert np.isnan(release.select().versus_previous().points)


def test_a_region_that_cuts_scores_is_not_compared_over_time(release):
    chosen = release.select(nps.Selection(period=("2025-03-01", "2025-03-31"), score=(9, 10)))
    assert np.isnan(chosen.versus_previous().points)


def test_every_account_has_one_vote():
    answers = pd.DataFrame({"person_id": list("abcd"), "score": [10, 10, 10, 0], "account_id": ["x", "x", "x", "y"]})
    chosen = nps.load(answers).select()
    assert chosen.score.nps == 50
    assert chosen.weighted("answer").nps == 50
    assert chosen.weighted("account").nps == 0


def test_revenue_counts_per_account_and_the_unknown_is_left_out():
    answers = pd.DataFrame(
        {
            "person_id": list("abcd"),
            "score": [10, 10, 0, 0],
            "account": ["x", "x", "y", "z"],
            "revenue": [90, 90, 10, None],
        }
    )
    found = nps.load(answers).select().weighted("revenue")
    assert found.nps == pytest.approx(80)
    assert (found.responses, found.left_out) == (3, 1)


@given(builders.panels(), builders.selections())
@builders.SOME
def test_one_vote_per_answer_is_the_plain_score(panel, selection):
    chosen = panel.select(selection)
    assert chosen.weighted("answer").nps == pytest.approx(chosen.score.nps, nan_ok=True)


def test_users_of_a_feature_and_those_who_stopped():
    panel = builders.panel_of(
        [3, 9, 8, 7], [{"Boards": 1}, {"Boards": 1}, {"Export": 1}, {"Boards": 2}], ["a", "b", "a", "b"]
    )
    code = panel.features["feature"].tolist().index("Boards")
    users, stopped = panel.select().users_of(code)
    assert users["person_id"].tolist() == ["b"]
    assert stopped["person_id"].tolist() == ["a"]


def test_people_move_whatever_the_scores_of_the_region():
    panel = builders.panel_of([3, 9], [{"Boards": 1}, {"Boards": 1}], ["a", "a"])
    for region in ({}, {"score": (9, 10)}):
        moves = panel.select(nps.Selection(**region)).moves()
        assert moves[["before", "after"]].to_numpy().tolist() == [[3, 9]]


@given(builders.panels(), builders.selections())
@builders.SOME
def test_two_segments_at_once_hold_everybody_once(panel, selection):
    chosen = panel.select(selection)
    table = chosen.crossed("role", "role")
    assert table["responses"].sum() == chosen.score.responses
    same = table[(table["value_a"] == table["value_b"]) & (table["responses"] > 0)].set_index("value_a")
    alone = chosen.by_segment("role").query("responses > 0").set_index("value")
    assert same["nps"].to_dict() == pytest.approx(alone["nps"].to_dict())


@given(builders.panels(), builders.selections())
@builders.SOME
def test_the_rolling_score_is_that_of_the_last_days(panel, selection):
    chosen = panel.select(selection)
    answers = chosen.every_answer()
    for point in chosen.rolling().itertuples():
        end = point.period + pd.Timedelta(days=1)
        last = answers[
            (answers["responded_at"] <= end) & (answers["responded_at"] > end - pd.Timedelta(days=chosen.rolling_days))
        ]
        if selection.repeats == "latest":
            last = last.drop_duplicates("person_id", keep="last")
        assert point.responses == len(last)
        assert point.nps == pytest.approx(score.score(last["score"]).nps, nan_ok=True)


def test_who_could_have_answered_is_everybody_active_before_the_last_answer():
    answers = builders.responses(person_id=["a", "b"], score=[10, 0])
    used = builders.usage(
        ("a", "Boards", "2025-02-01"),
        ("b", "Boards", "2025-02-01"),
        ("b", "Boards", "2025-02-02"),
        ("silent", "Boards", "2025-02-01"),
        ("gone", "Boards", "2024-06-01"),
        ("later", "Boards", "2025-03-02"),
    )
    panel = nps.load(answers, usage=used)
    assert sorted(panel.everybody["active_days"]) == [1, 1, 2]
    deciles = panel.select().recent.who_answered()
    assert deciles[["high", "users", "respondents"]].to_numpy().tolist() == [[1, 2, 1], [2, 1, 1]]


def test_only_answers_of_the_last_window_are_held_against_everybody_active_in_it():
    answers = builders.responses(person_id=["a", "b"], score=[10, 0], responded_at=["2024-01-01", "2025-03-01"])
    used = builders.usage(("a", "Boards", "2025-02-01"), ("b", "Boards", "2025-02-01"))
    recent = nps.load(answers, usage=used).select().recent
    assert recent.people["person_id"].tolist() == ["b"]
    assert recent.who_answered()["respondents"].tolist() == [1]


@pytest.mark.parametrize(
    "part", [nps.Selection(where={"role": ["Admin"]}), nps.Selection(score=(9, 10)), nps.Selection(repeats="all")]
)
def test_everybody_is_not_known_for_a_part_of_the_people(part):
    used = builders.usage(("p0", "Boards", "2025-02-01"))
    panel = nps.load(builders.responses(score=[9, 3], role=["Admin", "Editor"]), usage=used)
    assert panel.select().recent is not None
    assert panel.select(part).recent is None


def test_everybody_is_not_known_without_usage():
    assert nps.load(builders.responses(score=[9, 3])).select().recent is None


def test_where_every_answer_counts_each_person_is_one_draw():
    """Four people say the same three times over: as wide as four answers less one, and the t of four clusters."""
    scores = [10, 10, 0, 7] * 3
    panel = builders.panel_of(scores, [{}] * 12, persons=list("abcd") * 3)
    every, latest = (panel.select(nps.Selection(repeats=rule)).score for rule in ("all", "latest"))
    assert (every.responses, every.nps) == (12, latest.nps) == (12, 25)
    shares = np.array([1, 1, 2]) / 4
    assert (every.low, every.high) == pytest.approx(score.interval(3 * shares, 3.182446305))


def test_without_repeats_it_does_not_matter_which_answers_count():
    panel = builders.panel_of([10, 9, 0, 7, 3] * 4, [{}] * 20, role=["Admin", "Editor"] * 10)
    every, latest = (panel.select(nps.Selection(repeats=rule)) for rule in ("all", "latest"))
    assert every.score == latest.score
    pd.testing.assert_frame_equal(every.by_segment("role"), latest.by_segment("role"))


def test_one_person_alone_has_a_score_and_no_interval():
    found = builders.panel_of([10, 9], [{}] * 2, persons=["a", "a"]).select(nps.Selection(repeats="all")).score
    assert (found.responses, found.nps) == (2, 100)
    assert np.isnan([found.low, found.high]).all()


def test_only_who_answered_of_late_can_be_set_against_everybody():
    assert not hasattr(nps.Chosen, "reweighted")
    assert not hasattr(nps.Chosen, "who_answered")
