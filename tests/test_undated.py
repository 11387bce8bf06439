"""Answers without a date beside others that have one: in every score of all time, and nowhere a date is needed."""

import builders
import numpy as np
import pandas as pd
import pytest
from spoken import sentences

import nps
from nps.wording import words

DATED = "2025-03-01 12:00:00"


def mixed(undated: int = 30) -> nps.Panel:
    """Sixty dated promoters, of whom half used Export, and detractors without a date who used it last week."""
    people = [f"p{i}" for i in range(60 + undated)]
    answers = builders.responses(
        person_id=people,
        score=[9] * 60 + [3] * undated,
        responded_at=[DATED] * 60 + [None] * undated,
        role=["Admin", "Editor"] * ((60 + undated) // 2),
    )
    used = [(person, "Export", "2025-02-25") for person in people[:30] + people[60:]]
    idle = [(person, "Board", "2025-02-25") for person in people[30:60]]
    return nps.load(answers, builders.usage(*used, *idle))


def test_they_count_in_the_score_and_in_segments():
    chosen = mixed().select()
    assert (chosen.score.responses, chosen.score.detractors) == (90, 30)
    assert chosen.by_segment("role")["responses"].tolist() == [45, 45]
    assert chosen.distribution["responses"].sum() == 90


def test_they_are_left_out_and_counted_where_a_date_is_needed():
    chosen = mixed().select()
    assert chosen.undated == chosen.unplaced == 30
    assert chosen.trend("month")["responses"].sum() == 60
    assert chosen.during(("2025-01-01", "2025-12-31")).score.responses == 60


def test_nobody_knows_which_use_came_before_them():
    panel = mixed()
    chosen = panel.select()
    assert chosen.by_feature().set_index("feature")["users"].to_dict() == {"Board": 30, "Export": 30}
    assert panel.answers.loc[panel.answers["responded_at"].isna(), ["activity", "percentile"]].isna().all(axis=None)
    regions = [chosen.panel.select(nps.Selection(activity=band)) for band in ((0, 50), (50, 100))]
    assert sum(region.score.responses for region in regions) == 60 == len(chosen.placed.places)
    assert sum(part.responses for part in chosen.by_activity()[:2]) <= 60


def test_they_move_no_percentile_and_no_tier_of_the_others():
    few, many = mixed(undated=0), mixed()
    dated = many.answers["responded_at"].notna().to_numpy()
    for column in ("percentile", "band"):
        assert many.answers[column][dated].tolist() == few.answers[column].tolist()
    assert np.array_equal(many.tiers.full[dated], few.tiers.full)


def test_of_one_person_the_dated_answer_is_the_later_one():
    answers = builders.responses(person_id=["a", "a", "b"], score=[9, 0, 0], responded_at=[DATED, None, DATED])
    assert nps.load(answers).select().score.nps == 0


def test_use_without_dates_counts_for_them():
    answers = builders.responses(score=[9, 0], responded_at=[DATED, None])
    used = pd.DataFrame({"person_id": ["p0", "p1"], "feature": "Export", "uses": 3})
    chosen = nps.load(answers, used).select()
    assert chosen.by_feature()["users"].tolist() == [2]
    assert chosen.unplaced == 0


def test_use_without_dates_lies_in_no_days_before_an_answer(tmp_path):
    asked = builders.write(tmp_path, "Kunde;Note;Datum\na;9;01.02.2026\nb;3;02.02.2026\n", "asked.csv")
    undated = builders.write(tmp_path, "Kunde;Funktion;Anzahl\na;Suche;3\nb;Export;2\n", "undated.csv")
    dated = builders.write(tmp_path, "Kunde;Funktion;Datum\na;Suche;20.01.2026\n", "dated.csv")
    assert not nps.load(asked, undated).windowed
    assert nps.load(asked, dated).windowed
    assert nps.load(asked).windowed
    assert "at any time" in words.usage_counts(1, 90, nps.load(asked, undated).windowed)


@pytest.mark.parametrize(
    ("lacking", "said"), [(1, "1 answer has no date: it counts in"), (2, "2 answers have no date: they count in")]
)
def test_a_note_tells_how_many_they_are(lacking, said):
    panel = nps.load(builders.responses(score=[9, 9, 9], responded_at=[None] * lacking + [DATED] * (3 - lacking)))
    assert any(said in note for note in sentences(panel.notes))
    assert panel.rejected.empty


def test_a_date_that_no_answer_has_stretches_no_period(tmp_path):
    """Far in the future it is an error and the row is held back; a spreadsheet's zero is a blank cell."""
    days = [*["2026-02-03"] * 40, "2206-02-01", "2150-01-01", "1900-01-01", "1/0/1900", "0"]
    rows = "".join(f"u{n},{n % 11},{day}\n" for n, day in enumerate(days))
    panel = nps.load(builders.write(tmp_path, f"user_id,score,date\n{rows}"))
    assert [f"{day:%Y-%m-%d}" for day in panel.period] == ["2026-02-03", "2026-02-03"]
    assert panel.rejected["row"].tolist() == [42, 43]
    assert panel.answers["responded_at"].isna().sum() == 3
