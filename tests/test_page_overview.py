"""The overview says what Python answers: how NPS moved, its figures, what to look at first, and who is nearly there."""

from datetime import date

import pytest
from journeys import charts, headline, healthy, metrics, opened, said, visit

import nps
from nps.wording import compared, headlines, overview, release, segments, words

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
        assert str(overview.first_of(row)) in said(app)
        assert str(overview.figures_of(row)) in said(app)
    link = dict(app.query_params)
    app.button(key="open_finding_0").click().run()
    healthy(app, "the page of the first finding")
    assert app.query_params["is.plan"] == link["is.plan"]


def test_a_reason_that_sets_detractors_apart_opens_with_who_gives_it(sample):
    app, found = opened(), sample.select().findings({"Release: Facilitation mode": date(2026, 6, 9)})
    row = next(row for row in found.head(5).itertuples() if row.kind == "reason")
    assert "Bugs and reliability: more often given by detractors" in said(app)
    assert "31 of 127 detractors, 14 of 243 promoters · sure" in said(app)
    healthy(app.button(key=f"open_finding_{row.Index}").click().run(), "reasons")
    assert headline(app) == "45 of 563 who wrote say so."
    assert app.query_params["theme"] == row.value == "bugs"
    assert app.query_params["v"] == "3"


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


def test_what_changed_around_a_day_that_is_clicked_opens_beside_the_trend_and_leads_on(sample):
    app, chosen = opened(), sample.select()
    app.session_state["around"] = date(2026, 5, 1)
    healthy(app.run(), "overview")
    before, after = (date(2026, 1, 31), date(2026, 4, 30)), (date(2026, 5, 1), date(2026, 7, 29))
    shown = everything(app)
    assert "From 1 May 2026 on, 90 days" in [each.value for each in app.subheader]
    assert compared.versus_previous(chosen.during(after).versus_previous()) in shown
    segment = chosen.explained(before, after)["segment"].iloc[0]
    assert f"•  {segments.of_parts(chosen.changed(segment, before, after), segment)}" in shown
    assert f"◆  {words.day(date(2026, 6, 9))}  Release: Facilitation mode" in shown
    written = chosen.during(after).people["comment"].dropna()
    assert f"{len(written)} comments since that day" in shown
    healthy(app.button(key="why_moved").click().run(), "segments")
    assert app.query_params["view"] == "changed"


def test_around_the_first_days_there_is_too_little_to_compare(sample):
    app = opened()
    app.session_state["around"] = sample.period[0]
    assert "Before this day or since, fewer than 10" in "".join(everything(healthy(app.run())))


def everything(app):
    """What stands on the page, and in a dialog above it."""
    return [each.value for each in (*app.text, *app.caption)]


def test_of_chosen_scores_no_nps_is_told():
    app = opened(score="0-6")
    assert metrics(app)["NPS"] == "—"
    assert charts(app) == 1  # answers by score
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
