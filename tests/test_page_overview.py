"""The overview says what Python answers: how NPS moved, its figures, what to look at first, and who is nearly there."""

from datetime import date

import pytest
from journeys import charts, healthy, metrics, opened, said, visit

import nps
from nps.wording import headlines, overview, release, words

pytestmark = [pytest.mark.timeout(300), pytest.mark.usefixtures("workspace")]


def test_the_overview_begins_with_what_changed_and_its_figures(sample):
    app, chosen = opened(), sample.select()
    found, score = chosen.headline(), chosen.score
    assert [title.value for title in app.title] == [overview.of_change(found)]
    assert overview.of_mover(found)[0] in said(app)
    shown = metrics(app)
    assert shown["NPS"] == words.points(score.nps)
    assert shown["Promoters"] == words.percent(score.promoters / score.responses)
    assert shown["Detractors"] == words.percent(score.detractors / score.responses)
    assert shown["People who answered"] == f"{score.responses:,}"
    assert charts(app) == 2  # NPS over time, answers by score


def test_what_to_look_at_first_are_the_surest_findings_and_each_opens_with_filters_as_they_are(sample):
    app = opened(**{"is.plan": "Team"})
    chosen = sample.select(nps.Selection(where={"plan": ["Team"]}))
    found = chosen.findings({"Release: Facilitation mode": date(2026, 6, 9)})
    assert len(found) >= 2
    for row in found.head(5).itertuples():
        assert overview.first_of(row) in said(app)
        assert overview.figures_of(row) in said(app)
    link = dict(app.query_params)
    app.button(key="open_finding_0").click().run()
    healthy(app, "the page of the first finding")
    assert app.query_params["is.plan"] == link["is.plan"]


def test_changes_are_told_with_their_events(sample):
    app = opened()
    for alarm in sample.select().alarms().itertuples():
        assert headlines.of_alarm(alarm) in said(app)


def test_almost_promoters_are_one_click_from_the_map_and_one_from_their_contacts(sample):
    chosen = sample.select(nps.Selection(activity=(90, 100), score=(7, 8)))
    app = opened()
    assert f"{len(chosen.places)} of the most active people gave 7 or 8." in said(app)
    assert f"{chosen.reached()[0]} of them may be contacted." in said(app)
    assert "almost_contacts" in {button.key for button in app.get("download_button")}
    healthy(app.button(key="show_almost").click().run(), "usage_map")
    assert (app.query_params["activity"], app.query_params["score"]) == ("90-100", "7-8")


def test_of_chosen_scores_no_nps_is_told():
    app = opened(score="0-6")
    assert metrics(app)["NPS"] == "—"
    assert app.title[0].value == "257 people are selected."


def test_where_every_answer_counts_the_interval_takes_a_persons_answers_together(sample):
    app, chosen = opened(repeats="all"), sample.select(nps.Selection(repeats="all"))
    helps = {metric.label: metric.help for metric in app.metric}
    assert helps["NPS"] == words.interval(chosen.score)
    assert chosen.score[5:] == pytest.approx(chosen.weighted("answer")[1:3])


def test_few_answers_without_dates_or_usage_say_what_is_missing(tmp_path):
    import files
    from journeys import Files

    app = opened(Files(tmp_path, {"responses": files.table(("person_id", "score"), [("a", 9), ("b", 3)])}))
    assert app.title[0].value == "2 answers: too few for NPS, which needs 10."
    assert "no dates" in said(app)
    visit(app, "overview")


def test_what_changed_with_a_release_stands_at_its_event(sample):
    told = release.of_release(sample.select().release("Facilitation mode", date(2026, 6, 9)))
    app = opened()
    healthy(app.selectbox(key="event_feature").select("Facilitation mode").run(), "overview")
    assert all(sentence in said(app) for sentence in told)
