"""A selection is a value: equal, hashable, in a link; a brush becomes whole cells."""

import re
from datetime import date

import builders
import numpy as np
import pytest
import who_worlds
from hypothesis import given, settings
from hypothesis import strategies as st

import nps
from nps.selection import PRESETS, Choice, Region, Selection, clauses, population, preset_region, region_of_brush
from nps.selection.clauses import KINDS, Segment, Used

ALMOST_PROMOTERS = PRESETS[0]
HALF_A_YEAR = ("2026-01-01", "2026-06-30")
NEWEST = max(kind.since for kind in KINDS)  # version of links
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@st.composite
def any_selections(draw):
    activity, score = draw(builders.regions())
    return Selection(
        activity=activity,
        score=score,
        where=draw(st.dictionaries(TEXT, st.lists(TEXT, max_size=3), max_size=3)),
        period=draw(st.none() | st.tuples(st.dates(), st.dates()).map(sorted)),
        survey=draw(st.none() | TEXT),
        repeats=draw(st.sampled_from(["latest", "all"])),
        used=draw(st.lists(TEXT, max_size=3)),
        like_promoters=draw(st.booleans()),
        who=draw(st.lists(who_worlds.words, max_size=2)),
    )


def tied(counts: dict[int, int]) -> np.ndarray:
    """People by band."""
    people = np.zeros(20, int)
    people[list(counts)] = list(counts.values())
    return people


def test_the_same_question_is_the_same_value():
    one = Selection(where={"role": ["Editor", "Admin"], "plan": ["Free"]}, period=("2025-01-01", "2025-02-01"))
    other = Selection(
        where={"plan": ("Free",), "role": {"Admin", "Editor"}}, period=(date(2025, 1, 1), date(2025, 2, 1))
    )
    assert one == other
    assert hash(one) == hash(other)
    assert len({one, other, Selection()}) == 2


def test_a_single_value_need_not_be_a_list():
    assert Selection(where={"role": "Admin"}) == Selection(where={"role": ["Admin"]})


def test_a_segment_without_wanted_values_is_no_filter():
    assert Selection(where={"role": []}) == Selection()


def test_filters_are_the_selection_without_its_region():
    asked = Selection(activity=(90, 100), score=(7, 8), where={"role": ["Admin"]})
    assert asked.filters == Selection(where={"role": ["Admin"]})
    assert asked.filters.within(asked.region) == asked
    assert Selection().region.everything


@given(any_selections())
def test_a_link_gives_the_same_selection_back(asked):
    assert Selection.from_query(asked.to_query()) == asked


def test_a_link_holds_only_what_is_narrowed():
    assert Selection().to_query() == {}
    asked = Selection(activity=(90, 100), score=(7, 8), where={"role": ["Admin", "Owner"]}, repeats="all")
    assert asked.to_query() == {
        "activity": ["90-100"],
        "score": ["7-8"],
        "repeats": ["all"],
        "is.role": ["Admin", "Owner"],
    }


def test_a_link_says_the_version_that_knows_all_it_holds():
    assert Selection(used=["Boards", "Export"]).to_query() == {"used": ["Boards", "Export"], "v": ["2"]}
    assert Selection(like_promoters=True).to_query() == {"like": ["promoters"], "v": ["2"]}
    assert [*range(1, 1 + max(kind.since for kind in KINDS))] == sorted({kind.since for kind in KINDS})


def test_no_filter_takes_the_name_of_another_parameter():
    others = ["activity", "score", "repeats", "clauses", "v", "window", "measure", "surveys", "data", "person"]
    taken = [*others, *(kind.keyword for kind in KINDS)]
    assert len(taken) == len(set(taken))


@pytest.mark.parametrize(
    ("old", "meant"),
    [
        ({}, {}),
        ({"activity": ["90-100"], "score": ["7-8"]}, {"activity": (90, 100), "score": (7, 8)}),
        (
            {"is.role": ["Admin", "Owner"], "is.plan": ["(none)"]},
            {"where": {"role": ["Admin", "Owner"], "plan": "(none)"}},
        ),
        ({"is.": [""]}, {"where": {"": ""}}),
        ({"period": ["2026-01-01..2026-06-30"], "repeats": ["all"]}, {"period": HALF_A_YEAR, "repeats": "all"}),
        ({"survey": ["Q1", "(none)"]}, {"survey": ["(none)", "Q1"]}),
        ({"alike": ["promoter"], "score": ["7-8"]}, {"like_promoters": True, "score": (7, 8)}),
        ({"alike": ["yes"]}, {}),
        ({"window": ["30"], "data": ["0123"], "utm_source": ["mail"], "person": []}, {}),
    ],
    ids=str,
)
def test_links_of_the_first_version_open(old, meant):
    assert Selection.from_query(old) == Selection.from_query({**old, "v": ["1"]}) == Selection(**meant)


@pytest.mark.parametrize("version", ["0", f"{NEWEST + 1}", "²", "", "v2", "9" * 5000])
def test_a_version_that_is_not_known_is_not_guessed_at(version):
    with pytest.raises(nps.InputError, match="could not be read, so everything is shown"):
        Selection.from_query({"v": [version], "score": ["7-8"]})


@given(
    st.dictionaries(
        st.sampled_from(
            ["activity", "score", "period", "repeats", "survey", "is.role", "used", "like", "alike", "v", "utm"]
        ),
        st.lists(TEXT | st.from_regex(r"[0-9.\-]{1,12}", fullmatch=True), max_size=2),
        max_size=4,
    )
)
@settings(max_examples=300)
def test_any_link_gives_a_selection_or_one_clear_sentence(query):
    try:
        said = ""
        asked = Selection.from_query(query)
    except nps.InputError as unreadable:
        said, asked = str(unreadable), Selection()
    assert said in ("", "This link's filters could not be read, so everything is shown.")
    assert Selection.from_query(asked.to_query()) == asked


@pytest.mark.parametrize(
    "wrong",
    [
        {"activity": (92, 100)},
        {"activity": (90, 90)},
        {"activity": (100, 90)},
        {"activity": (-5, 100)},
        {"activity": (0, 105)},
        {"score": (0, 11)},
        {"score": (8, 7)},
        {"score": (7.5, 8)},
        {"score": (1, 2, 3)},
        {"period": ("2025-02-01", "2025-01-01")},
        {"repeats": "first"},
    ],
    ids=str,
)
def test_what_no_map_can_show_is_refused(wrong):
    with pytest.raises(ValueError, match=r"goes from|begins|count|unpack"):
        Selection(**wrong)


def test_the_region_covers_whole_bands_and_scores():
    cells = Region((90, 100), (7, 8)).cells().reshape(20, 11)
    assert cells.sum() == 4
    assert cells[18:, 7:9].all()
    assert Region().cells().all()


@pytest.mark.parametrize(
    ("x", "y", "region"),
    [
        ([90, 100], [6.5, 8.5], Region((90, 100), (7, 8))),
        ([92.4, 97.6], [6.9, 8.1], Region((90, 100), (7, 8))),
        ([92.6, 97.4], [7, 7], None),
        ([92.5, 92.5], [7, 7], Region((90, 95), (7, 7))),
        ([97.6, 92.4], [8.1, 6.9], Region((90, 100), (7, 8))),
        ([0, 100], [6.1, 6.9], None),
        ([-50, 500], [-3, 33], Region()),
    ],
    ids=["on edges", "just its centres", "between centres", "one centre", "backwards", "between scores", "beyond"],
)
def test_a_brush_becomes_the_cells_whose_centres_it_holds(x, y, region):
    assert region_of_brush({"x": x, "y": y}) == region


def test_a_cleared_brush_is_everybody():
    assert region_of_brush({}) == Region()


@given(builders.regions())
def test_a_region_drawn_as_a_brush_is_that_region(region):
    activity, (low, high) = region
    assert region_of_brush({"x": list(activity), "y": [low - 0.5, high + 0.5]}) == Region(activity, (low, high))


def test_almost_promoters_are_the_tenth_that_is_most_active():
    everywhere = np.full(20, 7)
    assert preset_region(ALMOST_PROMOTERS, everywhere) == (Region((90, 100), (7, 8)), False)


def test_where_a_quarter_ties_at_the_top_the_preset_reaches_down_to_them_and_says_so():
    """A quarter at the maximum stands at the percentile 87.5: band 17."""
    assert preset_region(ALMOST_PROMOTERS, tied({7: 75, 17: 25})) == (Region((85, 100), (7, 8)), True)


def test_a_preset_takes_bands_until_they_hold_a_tenth():
    assert preset_region(ALMOST_PROMOTERS, tied({3: 90, 15: 6, 17: 4})) == (Region((75, 100), (7, 8)), True)


def test_a_preset_of_quiet_people_grows_upwards():
    quiet = next(preset for preset in PRESETS if preset.name == "quiet_detractors")
    assert preset_region(quiet, tied({6: 60, 16: 40})) == (Region((0, 35), (0, 6)), True)


def test_a_preset_of_nobody_is_as_it_is():
    assert preset_region(ALMOST_PROMOTERS, np.zeros(20, int)) == (Region((90, 100), (7, 8)), False)


def test_presets_have_names_of_their_own():
    assert len({preset.name for preset in PRESETS}) == len(PRESETS)


def test_period_and_survey_come_before_the_latest_answer():
    panel = builders.panel_of(
        [9, 3, 7], [{}] * 3, ["a", "a", "b"], survey=["spring", "autumn", "spring"], role=["Admin", "Editor", "Admin"]
    )
    assert population(panel, Selection()).tolist() == [1, 2]
    assert population(panel, Selection(survey="spring")).tolist() == [0, 2]
    assert population(panel, Selection(repeats="all")).tolist() == [0, 1, 2]
    assert population(panel, Selection(where={"role": ["Admin"]})).tolist() == [2]


def test_who_used_a_feature_is_asked_of_the_answer_that_counts():
    """Person a used Boards before the first of two answers only."""
    uses = [{"Boards": 1.0}, {}, {"Boards": 2.0, "Export": 1.0}, {"Search": 1.0}]
    panel = builders.panel_of([9, 3, 7, 5], uses, ["a", "a", "b", "c"])
    assert population(panel, Selection(used="Boards")).tolist() == [2]
    assert population(panel, Selection(used="Boards", repeats="all")).tolist() == [0, 2]
    assert population(panel, Selection(used=["Export", "Search"])).tolist() == [2, 3]
    assert population(panel, Selection(used="Search", score=(0, 6))).tolist() == [3]
    with pytest.raises(nps.InputError, match="no feature called “Chat”"):
        panel.select(Selection(used=["Boards", "Chat"])).score  # noqa: B018 - asking is what fails


@given(builders.panels())
@settings(max_examples=20)
def test_as_many_people_used_a_feature_as_the_panel_counts(panel):
    used = [len(panel.select(Selection(used=name)).places) for name in panel.features["feature"]]
    assert used == panel.features["users"].tolist()


def test_filters_about_the_same_are_one_and_others_narrow():
    asked = Selection(clauses=[Segment("role", ("b",)), Used("used", ("x",)), Segment("role", ("a",))])
    assert asked == Selection(where={"role": ["a", "b"]}, used="x")
    assert str(asked.describe("minutes")) == "role: a, b; used: x"
    wider = asked.changed(used=["y", "x"], score=(0, 6))
    assert str(wider.describe("minutes")) == "score 0 to 6; role: a, b; used: x or y"
    assert asked.changed(where={}, used=()) == Selection()


def test_a_segment_called_as_another_filter_is_no_such_filter():
    asked = Selection(where={"used": ["Boards"]})
    assert asked != Selection(used=["Boards"])
    assert Selection.from_query(asked.to_query()) == asked


def test_a_filter_that_there_is_not_is_named():
    with pytest.raises(TypeError, match="no color, size; filters are where, used"):
        Selection(size=3, color="red")


def test_every_filter_is_told_in_the_help():
    assert all(f"    {kind.keyword} " in Selection.__doc__ for kind in KINDS)


class Having(Choice):
    """Answers whose comment has any of some words."""

    keyword = "having"
    since = NEWEST + 1
    of_people = False

    def passes(self, panel):
        return panel.answers["comment"].fillna("").str.contains("|".join(map(re.escape, self.values))).to_numpy()


def test_a_new_kind_of_filter_is_one_class_and_its_name_in_the_list(monkeypatch):
    monkeypatch.setattr(clauses, "KINDS", (*KINDS, Having))
    comments = ["dear", "dear and slow", None, "fine"]
    panel = builders.panel_of([9, 3, 7, 5], [{}] * 4, ["a", "b", "b", "a"], comment=comments)
    asked = Selection(having=["slow", "dear"], score=(0, 6))
    assert panel.select(asked).people["comment"].tolist() == ["dear and slow"]
    assert population(panel, asked).tolist() == [0, 1]
    assert str(asked.describe("minutes")) == "score 0 to 6; having: dear, slow"
    assert asked.to_query() == {"score": ["0-6"], "having": ["dear", "slow"], "v": [f"{NEWEST + 1}"]}
    assert Selection.from_query(asked.to_query()) == asked
    assert repr(asked) == "Selection(score=(0, 6), having=('dear', 'slow'))"
    monkeypatch.undo()
    with pytest.raises(nps.InputError, match="could not be read"):
        Selection.from_query({"having": ["slow"], "v": [f"{NEWEST + 1}"]})


def test_both_days_of_a_period_are_in_it():
    days = ["2025-01-01 00:00", "2025-01-02 23:59", "2025-01-03 00:00", None]
    panel = nps.load(builders.responses(score=[1, 2, 3, 4], responded_at=days))
    assert panel.select(Selection(period=("2025-01-01", "2025-01-02"))).people["score"].tolist() == [1, 2]


def test_a_segment_that_the_data_do_not_have_is_named():
    panel = builders.panel_of([9, 3], [{}] * 2)
    with pytest.raises(nps.InputError, match="no segment called “team”"):
        panel.cube(Selection(where={"team": ["Blue"]}))
    with pytest.raises(nps.InputError, match="no segment called “team”"):
        panel.select().by_segment("team")


def test_a_selection_says_what_it_is():
    asked = Selection(
        activity=(90, 100),
        score=(7, 8),
        where={"role": ["Admin"]},
        period=("2025-01-01", "2025-02-01"),
        survey="Spring",
    )
    assert str(asked.describe("active_days")) == (
        "active days between the 90th and 100th percentile; score 7 to 8; role: Admin; "
        "answered 2025-01-01 to 2025-02-01; survey: Spring"
    )
    assert str(Selection(score=(10, 10)).describe("minutes")) == "score 10"
    assert str(Selection().describe("minutes")) == "everybody"
