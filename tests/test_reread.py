"""What other rules change, before anybody keeps them."""

import builders
import numpy as np
import pytest

import nps
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
