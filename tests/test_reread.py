"""What other rules change, before anybody keeps them."""

import builders
import numpy as np
import pytest

import nps
from nps.chosen.reread import preview
from nps.comments import Rules, Theme, editing
from nps.measures.reread import reread

RULES = Rules((Theme("speed", "", (("en", ("slow*",)),)), Theme("bugs", "", (("en", ("crash*",)),))))
COMMENTS = ["It is slow", "Slow, and it crashes", "It lags", "Laggy crash", "", "Nothing to say"]


@pytest.fixture(scope="module")
def panel():
    uses = [{"Board": 1}] * len(COMMENTS)
    return builders.panel_of([9, 3, 8, 2, 5, 7], uses, comment=COMMENTS).with_rules(RULES)


def changed(panel, rules):
    return reread(panel.coding, panel.with_rules(rules).coding, np.arange(len(panel.coding.answer)))


def test_more_words_take_comments_the_latest_first(panel):
    found = changed(panel, editing.with_words(RULES, "speed", "en", ["lag*"]))
    assert (found.of, found.comments) == (5, 2)
    assert found.themes.to_dict("records") == [
        {"theme": "speed", "takes": 2, "taken": (3, 2), "gives_up": 0, "given_up": ()}
    ]
    assert found.features.empty


def test_a_theme_that_is_left_out_gives_up_all_of_its_comments(panel):
    found = changed(panel, editing.marked(RULES, "bugs", excluded=True))
    assert found.themes[["theme", "takes", "gives_up"]].values.tolist() == [["bugs", 0, 2]]
    assert found.themes["given_up"][0] == (3, 1)


def test_themes_that_are_merged_take_what_the_other_gives_up_and_did_not_have(panel):
    found = changed(panel, editing.merged(RULES, "bugs", "speed"))
    assert found.themes[["theme", "takes", "gives_up"]].values.tolist() == [["speed", 1, 0], ["bugs", 0, 2]]
    assert found.comments == 2


def test_an_alias_takes_comments_for_its_feature_and_its_words_from_themes(panel):
    found = changed(panel, RULES.with_aliases({("feature", "Engine"): ["slow motion", "laggy crash"]}))
    assert found.features.values.tolist() == [["feature", "Engine", 1, (3,), 0, ()]]
    assert found.themes[["theme", "gives_up"]].values.tolist() == [["bugs", 1]]


def test_another_name_changes_nothing_of_what_is_read(panel):
    found = changed(panel, editing.renamed(RULES, "speed", "Waiting"))
    assert (found.comments, len(found.themes), len(found.features)) == (0, 0, 0)


def test_only_the_comments_that_count_are_told(panel):
    wider = panel.with_rules(editing.with_words(RULES, "speed", "en", ["lag*"]))
    found = reread(panel.coding, wider.coding, np.array([0, 2]))
    assert (found.of, found.comments, found.themes["taken"][0]) == (2, 1, (2,))


def test_what_is_told_is_what_happens(sample):
    """Of the sample, against a loop over its comments."""
    ours = sample.rules
    other = editing.merged(editing.without_words(ours, "bugs", "en", ["crash*", "timed out"]), "signin", "security")
    after = sample.with_rules(other)
    rows = np.arange(len(sample.coding.answer))
    found = reread(sample.coding, after.coding, rows)
    for row in found.themes.itertuples():
        was, now = ({n for n in rows if row.theme in _themes(panel, n)} for panel in (sample, after))
        assert (row.takes, row.gives_up) == (len(now - was), len(was - now))
        assert (row.taken, row.given_up) == tuple(
            tuple(sorted(each, reverse=True)[:3]) for each in (now - was, was - now)
        )
    differ = [n for n in rows if {*_themes(sample, n)} != {*_themes(after, n)}]
    assert found.comments == len(differ) > 0


def _themes(panel: nps.Panel, row: int) -> list[str]:
    coding = panel.coding
    return [key for key, bits in zip(coding.themes, coding.sided[row], strict=True) if bits]


def test_the_preview_of_a_change_is_what_the_figures_become(sample):
    other = editing.merged(editing.with_words(sample.rules, "price", "en", ["update*"]), "signin", "security")
    other = other.with_aliases({("feature", "Issue sync"): ["last update"]})
    asked = nps.Selection(period=("2026-01-01", "2026-10-31"), activity=(50, 100), score=(0, 6), theme="signin")
    found = preview(sample.select(asked), other)
    whole = nps.Selection(period=("2026-01-01", "2026-10-31"))
    before, after = (panel.select(whole) for panel in (sample, sample.with_rules(other)))
    assert found.of == int(before.cube.wrote.sum())
    for told, of, ask in (
        (found.themes, ["theme"], lambda chosen: chosen.reasons("groups")),
        (found.features, ["kind", "feature"], lambda chosen: chosen.mentions("groups")),
    ):
        frames = {when: ask(chosen).set_index(of) for when, chosen in (("before", before), ("after", after))}
        for row in told.set_index(of).itertuples():
            for when, frame in frames.items():
                there = row.Index in frame.index
                people = frame.loc[row.Index, "people"] if there else 0
                assert getattr(row, f"people_{when}") == people
                assert getattr(row, f"flagged_{when}") == (there and frame.loc[row.Index, "flagged"])
            assert row.people_after - row.people_before == row.takes - row.gives_up
    assert {"price", "signin", "security"} <= {*found.themes["theme"]}
    assert found.features["feature"].tolist() == ["Issue sync"]
    assert found.themes.set_index("theme")["name"]["signin"] == "Sign-in and access"
    unknown = [chosen.reasons("groups")["share"].iloc[-1] for chosen in (before, after)]
    assert [found.unknown_before, found.unknown_after] == unknown


def test_where_nobody_wrote_nothing_is_read_differently(panel):
    found = preview(panel.select(nps.Selection(score=(5, 5))), editing.marked(RULES, "bugs", excluded=True))
    assert (found.of, found.comments) == (5, 2), "whatever the region"
    empty = builders.panel_of([9, 3], [{"Board": 1}] * 2, comment=["", ""])
    found = preview(empty.select(), RULES)
    assert (found.of, found.comments, len(found.features)) == (0, 0, 0)
