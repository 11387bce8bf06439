"""Which usage counts for an answer, in all four shapes of usage files."""

import builders
import pandas as pd
import pytest

import nps

ANSWERED = "2025-04-01 12:00:00"
ANSWERS = builders.responses(person_id=["a", "b"], score=[9, 3], responded_at=[ANSWERED, ANSWERED])


def used(usage: pd.DataFrame, responses: pd.DataFrame = ANSWERS, **how) -> dict[tuple[str, str], float]:
    """(person, feature) -> uses that count."""
    panel = nps.load(responses, usage, **how)
    persons = panel.answers["person_id"].to_numpy()[panel.pairs.answer]
    names = panel.features["feature"].to_numpy()[panel.pairs.feature]
    return dict(zip(zip(persons, names, strict=True), panel.pairs.uses, strict=True))


@pytest.mark.parametrize(
    ("at", "counts"),
    [
        ("2025-04-01 12:00:00", True),
        ("2025-04-01 12:00:00.000001", False),
        ("2025-04-02 00:00:00", False),
        ("2025-01-01 12:00:00.000001", True),
        ("2025-01-01 12:00:00", False),
        ("2024-12-31", False),
        ("2025-04-01", True),
        ("2025-04-02", False),
        ("2025-01-02", True),
        ("2025-01-01", False),
        ("2025-04-01T13:59:00+02:00", True),
        ("2025-04-01T14:01:00+02:00", False),
    ],
    ids=[
        *("at the answer", "just after", "the next day", "just inside 90 days", "exactly 90 days", "long before"),
        *("the day of the answer", "the day after", "a day that began inside", "a day that began before"),
        *("in another zone, before", "in another zone, after"),
    ],
)
def test_usage_counts_when_it_lies_in_the_window_before_the_answer(at, counts):
    found = used(builders.usage(("a", "Board", at), ("b", "Board", "2025-03-01")))
    assert found == {("b", "Board"): 1} | ({("a", "Board"): 1} if counts else {})


def test_the_window_is_as_long_as_asked():
    events = builders.usage(("a", "Board", "2025-03-24 12:00:01"), ("a", "Export", "2025-03-25 12:00:01"))
    assert used(events, window_days=7) == {("a", "Export"): 1}
    assert used(events, window_days=8) == {("a", "Board"): 1, ("a", "Export"): 1}


@pytest.mark.parametrize("days", [0, -1, 3651])
def test_a_window_that_makes_no_sense_is_refused(days):
    with pytest.raises(nps.InputError, match="between 1 and 3,650 days"):
        nps.load(ANSWERS, window_days=days)


EXPECTED = {("a", "Board"): 3, ("a", "Export"): 1, ("b", "Board"): 2}


def test_one_row_per_event():
    events = builders.usage(
        ("a", "Board", "2025-03-01 10:00"),
        ("a", "Board", "2025-03-01 11:00"),
        ("a", "Board", "2025-03-02 10:00"),
        ("a", "Export", "2025-03-02 10:00"),
        ("b", "Board", "2025-03-03 10:00"),
        ("b", "Board", "2025-03-03 10:00"),
        ("stranger", "Board", "2025-03-03 10:00"),
    )
    assert used(events) == EXPECTED


def test_one_row_per_person_feature_and_day():
    days = builders.usage(
        ("a", "Board", "2025-03-01"),
        ("a", "Board", "2025-03-02"),
        ("a", "Export", "2025-03-02"),
        ("b", "Board", "2025-03-03"),
    )
    assert used(days.assign(count=[2, 1, 1, 2])) == EXPECTED


def test_one_row_per_person_and_feature_without_dates():
    totals = pd.DataFrame({"user_id": list("aab"), "feature": ["Board", "Export", "Board"], "clicks": ["3", "1", "2"]})
    assert used(totals) == EXPECTED


def test_one_column_per_feature():
    wide = pd.DataFrame({"user_id": ["a", "b", "c"], "Board": [3, 2, 9], "Export": [1, None, 9], "Search": [0, 0, 0]})
    assert used(wide) == EXPECTED


def test_one_column_per_feature_and_one_row_per_day():
    wide = pd.DataFrame(
        {
            "user_id": list("aabb"),
            "day": ["2025-03-01", "2025-03-02", "2025-03-03", "2025-04-03"],
            "Board": [2, 1, 2, 7],
            "Export": [0, 1, 0, 7],
        }
    )
    assert used(wide) == EXPECTED


def test_usage_without_dates_counts_for_every_answer_and_gives_no_days():
    totals = pd.DataFrame({"user_id": ["a"], "feature": ["Board"], "clicks": [3]})
    panel = nps.load(ANSWERS, totals)
    assert panel.measure == "uses"
    assert panel.measures == ("uses", "features_used")
    assert panel.answers["active_days"].isna().all()
    assert panel.answers.set_index("person_id")["activity"].to_dict() == {"a": 3, "b": 0}
    assert str(panel.notes[-1]) == "The usage does not tell active days; activity counts uses instead."


def test_each_answer_has_the_usage_before_itself():
    twice = builders.responses(
        person_id=["a", "a"], score=[3, 9], responded_at=["2025-02-01 12:00", "2025-06-01 12:00"]
    )
    events = builders.usage(("a", "Board", "2025-01-15"), ("a", "Export", "2025-05-15"), ("a", "Export", "2025-05-16"))
    panel = nps.load(twice, events)
    assert panel.answers["active_days"].tolist() == [1, 2]
    assert panel.features["users"].tolist() == [0, 1]


def test_all_measures_of_activity():
    days = pd.DataFrame(
        {
            "user_id": list("aaab"),
            "feature": ["Board", "Export", "Board", "Board"],
            "kind": ["feature", "feature", "page", "page"],
            "at": ["2025-03-01 09:00", "2025-03-01 23:00", "2025-03-02 00:00", "2025-03-02"],
            "uses": [2, 1, 4, 1],
            "minutes": [10, None, 5, 1],
        }
    )
    measured = nps.load(ANSWERS, days).answers.set_index("person_id")
    assert measured.loc["a", ["active_days", "uses", "minutes", "features_used"]].tolist() == [2, 7, 15, 3]
    assert measured.loc["b", ["active_days", "uses", "minutes", "features_used"]].tolist() == [1, 1, 1, 1]


def test_ids_of_19_digits_find_their_own_usage_only():
    ids = ["3074457347487777543", "3074457347487777544"]
    answers = builders.responses(person_id=ids, score=[9, 3])
    panel = nps.load(
        answers, builders.usage((ids[0], "Board", "2025-02-27"), ("3074457347487777545", "Board", "2025-02-27"))
    )
    assert panel.answers.set_index("person_id")["active_days"].to_dict() == {ids[0]: 1, ids[1]: 0}
