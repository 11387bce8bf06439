"""The Features page: decisions, the comparison, and one feature, as `nps` answers; of chosen scores no NPS."""

import json
import re
from datetime import date

import pytest
from journeys import ROOT, as_shown, headline, healthy, marked, metrics, opened, quotes, said, spoken

import nps
from nps.measures import churn
from nps.wording import names, release, words
from nps.wording.features import GROUPS

pytestmark = [pytest.mark.timeout(300), pytest.mark.usefixtures("workspace")]  # whole pages


@pytest.fixture(scope="module")
def sample():
    """The sample as `nps` sees it."""
    return nps.load(*(ROOT / f"sample_data/{table}.csv" for table in ("responses", "usage", "people")))


@pytest.fixture(scope="module")
def features():
    """The page on the sample."""
    return opened(page="features")


def groups(app) -> dict[str, int]:
    """How many features each group that can be opened says it holds."""
    labels = [re.match(r"\*\*(.+) (\d+)\*\*", expander.label) for expander in app.expander]
    return {found[1].lower(): int(found[2]) for found in labels if found}


def test_features_stand_in_groups_by_what_to_do_with_counts_and_empty_groups_are_told(features, sample):
    wanted = sample.select().by_feature()["verdict"].value_counts()
    assert groups(features) == {names.verdict(code): wanted[code] for code in GROUPS if code in wanted}
    assert "Promote 0 · Rethink or sunset 0" in said(features)
    assert headline(features) == "NPS of users differs from that of others as active for 4 of 40 features."


def test_what_to_decide_on_is_open_and_what_is_not_clear_is_folded(features, sample):
    known = as_shown(sample.select().by_feature()).set_index("feature")
    shown = [row for frame in features.dataframe for row in frame.value.itertuples()]
    assert {row.label for row in shown} == {*known.index[~known["verdict"].eq("no_clear_difference")]}
    for row in shown:
        assert row.users == known.loc[row.label, "users"]
        assert not hasattr(row, "adjusted") or row.adjusted == known.loc[row.label, "adjusted"]


def test_a_search_finds_features_in_all_groups(features):
    features.text_input(key="feature_search").set_value("EXPORT").run()
    labels = {label for frame in healthy(features).dataframe for label in frame.value["label"]}
    assert "Bulk export" in labels
    assert all("export" in label.lower() for label in labels)
    features.text_input(key="feature_search").set_value("").run()


def test_the_comparison_says_how_many_features_it_draws_and_why_not_the_others(sample):
    app = opened(page="features", view="comparison")
    assert "25 of 40 drawn; 13 comparable are not; 2 hardly used" in said(app)
    (chart,) = app.get("vega_lite_chart")
    assert len(json.loads(chart.proto.spec)["description"]) > 10
    (listed,) = app.dataframe
    assert sorted(listed.value["users"]) == sorted(sample.select().by_feature()["users"])


def test_a_link_opens_one_feature_and_the_way_back_leads_to_all(sample):
    app = opened(page="features", feature="Facilitation mode")
    users, stopped = sample.select().users_of(sample.feature("Facilitation mode"))
    assert metrics(app)["Users"] == f"{len(users):,}"
    assert metrics(app)["Used it and stopped"] == f"{len(stopped):,}"
    assert "Facilitation mode" in said(app)
    assert "Facilitation mode" not in headline(app)
    told = release.of_release(sample.select().release("Facilitation mode", date(2026, 6, 9)))
    assert app.selectbox(key="release_since").options[0] == "First used, 9 June 2026"
    assert all(sentence in said(app) for sentence in told)
    assert app.query_params["feature"] == "Facilitation mode"
    healthy(app.button(key="all_features").click().run())
    assert groups(app)
    assert "feature" not in app.query_params


def test_comments_that_name_the_feature_come_first_with_its_name_marked(sample):
    app = opened(page="features", feature="Issue sync")
    frame = sample.select().mentions().set_index("feature")
    named = frame.loc["Issue sync"]
    assert f"{named['people']} people name it: {named['love']} in praise, {named['dislike']} in complaint" in said(app)
    shown = quotes(app, "feature_quotes")
    assert ["issue sync" in marked(quote).lower() for quote in shown] == [True] * 6
    scores = [int(quote["score"]) for quote in shown]
    assert scores == sorted(scores)


def test_a_feature_that_the_data_does_not_have_shows_all_of_them():
    assert groups(opened(page="features", feature="Nobody's feature"))


def test_features_can_be_compared_by_who_left(sample):
    app = opened(page="features", outcome="churn")
    chosen = sample.select()
    assert words.of_leavers(chosen.leavers) in said(app)
    known = as_shown(spoken(chosen.by_feature("churn"))).set_index("feature")
    shown = [row for frame in app.dataframe for row in frame.value.itertuples() if hasattr(row, "adjusted")]
    assert shown
    assert all(row.adjusted == known.loc[row.label, "adjusted"] for row in shown)
    assert "Users of Share link leave 15 points less often than others as active" in said(app)

    app = opened(page="features", outcome="churn", feature="Share link")
    users, _ = chosen.users_of(sample.feature("Share link"))
    assert metrics(app)["Users who left"] == words.percent(churn.leavers(users).share)


def test_leaving_is_no_choice_where_nobody_is_known_to_have_left(product):
    assert product.usual.outcomes == ("score",)
    app = opened(product, page="features")
    assert "outcome" not in [group.key for group in app.get("button_group")]


def test_of_chosen_scores_there_is_no_nps_no_verdict_and_no_trend(sample):
    chosen = sample.select(nps.Selection(score=(0, 6)))
    app = opened(page="features", score="0-6")
    (listed,) = app.dataframe
    known = as_shown(chosen.by_feature()).set_index("feature")
    assert {*listed.value} <= {"label", "kind", "users", "reach", "expected", "most", "named", "go"}
    assert listed.value.set_index("label")["reach"].round(2).to_dict() == known["reach"].to_dict()
    assert not re.search(r"NPS\D{0,30}\d", said(app) + headline(app))

    app = opened(page="features", score="0-6", feature="Issue sync")
    assert headline(app).startswith("63 of 257 detractors use it, 25%; others as active 1")
    assert not metrics(app)
    assert len(app.get("vega_lite_chart")) == 1
    assert next(heading.value for heading in app.header) == "What they say"
    assert not re.search(r"NPS\D{0,30}\d", said(app) + headline(app))


def test_who_left_is_compared_also_where_a_region_cuts_scores(sample):
    app = opened(page="features", score="7-8", outcome="churn")
    assert "Compared among people who were chosen by their scores" in said(app)
    known = as_shown(sample.select(nps.Selection(score=(7, 8))).by_feature("churn")).set_index("feature")
    (listed,) = app.dataframe
    shown = listed.value.set_index("label")["adjusted"].dropna()
    assert len(shown)
    assert all(value == known.loc[label, "adjusted"] for label, value in shown.items())
