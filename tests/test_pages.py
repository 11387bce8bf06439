"""Every page as a journey: what it shows equals what `nps` answers, and where something is missing it says what."""

import json
from datetime import date

import files
import pytest
from journeys import (
    PAGES,
    Files,
    as_shown,
    bring,
    charts,
    equal,
    healthy,
    metrics,
    opened,
    said,
    settled,
    spoken,
    table,
    visit,
    without_few,
)
from streamlit.testing.v1 import AppTest

import nps
from nps.measures import churn
from nps.wording import answering, headlines, release, reports, words
from nps.wording.formulas import formula

NEED_USAGE = ("usage_map", "features")
pytestmark = [pytest.mark.timeout(300), pytest.mark.usefixtures("workspace")]  # whole pages
GAUGE = "The score on the scale from -100 to 100"
ALMOST = {"activity": "90-100", "score": "7-8"}


@pytest.fixture(scope="module")
def loaded(product, tmp_path_factory):
    """A session that uses the files of the product."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("NPS_LENS_WORKSPACE", str(tmp_path_factory.mktemp("workspace") / "workspace.db"))
        return bring(opened(page="data"), **product.contents)


def shows_what_python_answers(app: AppTest, chosen: nps.Chosen) -> None:
    """On every page the figures are those of the same selection in Python."""
    score, panel = chosen.score, chosen.panel
    region = chosen.selection.region

    visit(app, "overview")
    assert metrics(app)["NPS"] == words.points(score.nps)
    assert words.interval(score) in said(app)
    assert f"Promoters: {score.promoters:,} ({score.promoters / score.responses:.0%})" in said(app)
    equal(table(app, "score", "group"), as_shown(chosen.distribution))
    trend = chosen.trend()
    assert table(app, "period")["responses"].tolist() == trend["responses"].tolist()
    gauge = region.all_scores and score.responses >= 10
    assert charts(app) == 1 + gauge + (trend["responses"] >= 10).any()

    visit(app, "usage_map")
    if region.all_scores:
        assert metrics(app) == {"NPS of the selection": words.points(score.nps)}
    else:
        assert metrics(app) == {"People selected": f"{score.responses:,}"}
    people = table(app, "person_id", "comment")
    assert people["person_id"].tolist() == chosen.people["person_id"].tolist()[::-1][: len(people)]
    assert f"of {score.responses:,}." in said(app) or f"{score.responses:,} people." in said(app)
    assert app.get("download_button")[0].label == f"Download {len(chosen.contacts()):,} contacts"
    assert f"contacted: {chosen.reached()[1]}" in said(app)
    assert charts(app) == 1

    visit(app, "segments")
    segment = app.selectbox(key="segment").value
    assert segment in panel.segments
    shown, wanted = table(app, "value", "flagged"), as_shown(chosen.by_segment(segment))
    equal(shown[["value", "responses", "share"]], wanted[["value", "responses", "share"]])
    enough = (wanted["responses"] >= 10).to_numpy()
    equal(shown[["nps", "low", "high"]][enough], wanted[["nps", "low", "high"]][enough])
    assert shown["nps"][~enough].isna().all()

    visit(app, "features")
    shown, wanted = table(app, "label", "users"), without_few(as_shown(spoken(chosen.by_feature())))
    assert len(shown) == len(wanted) == len(panel.features)
    shared = [column for column in shown if column in wanted]
    assert {"kind", "users"} < {*shared}
    assert ("verdict" in shared) == ("robust" in shared) == region.everything
    assert ("adjusted" in shared) == wanted["adjusted"].notna().any()
    key = ["kind", "label"]
    wanted = wanted.rename(columns={"feature": "label"})
    equal(shown.sort_values(key)[shared], wanted.sort_values(key)[shared])


def test_every_page_shows_the_sample(sample):
    app = opened()
    for page in PAGES:
        visit(app, page)
    shows_what_python_answers(app, sample.select())


def test_every_page_follows_a_region_that_cuts_scores(sample):
    app = opened(**ALMOST)
    chosen = sample.select(nps.Selection(activity=(90, 100), score=(7, 8)))
    shows_what_python_answers(app, chosen)
    assert "Scores inside a selection of scores say nothing" in said(visit(app, "segments"))
    assert "Scores inside a selection of scores say nothing" in said(visit(app, "features"))
    assert "Active days between the 90th and 100th percentile; score 7 to 8" in [
        text.value for text in app.sidebar.text
    ]


def test_what_changed_with_a_release_stands_at_its_event_and_at_its_feature(sample):
    told = release.of_release(sample.select().release("Facilitation mode", date(2026, 6, 9)))
    app = opened()
    healthy(app.selectbox(key="event_feature").select("Facilitation mode").run(), "overview")
    assert all(sentence in said(app) for sentence in told)
    app = visit(app, "features")
    healthy(app.selectbox(key="feature").select("Facilitation mode").run(), "features")
    assert app.selectbox(key="release_since").options[0] == "First used, 9 June 2026"
    assert all(sentence in said(app) for sentence in told)


def test_features_can_be_compared_by_who_left(sample):
    app = opened(page="features")
    chosen = sample.select()
    healthy(app.button_group(key="outcome").set_value("churn").run(), "features")
    wanted = without_few(as_shown(spoken(chosen.by_feature("churn")))).rename(columns={"feature": "label"})
    shown = table(app, "label", "left")
    shared = [column for column in shown if column in wanted]
    key = ["kind", "label"]
    equal(shown.sort_values(key)[shared], wanted.sort_values(key)[shared])
    assert "Users of Share link leave 15 points less often than others who are as active" in said(app)
    assert words.of_leavers(chosen.leavers) in said(app)

    healthy(app.selectbox(key="feature").select("Share link").run(), "features")
    users, _ = chosen.users_of(wanted.index[wanted["label"] == "Share link"][0])
    assert metrics(app)["Left the product, of its users"] == words.percent(churn.leavers(users).share)
    healthy(app.button_group(key="feature_who").set_value("left").run(), "features")
    assert f"{churn.leavers(users).left} people." in said(app)

    healthy(app.button_group(key="outcome").set_value("score").run(), "features")
    assert "NPS of its users" in metrics(app)


def test_who_left_is_compared_also_where_a_region_cuts_scores(sample):
    app = opened(score="7-8", page="features")
    healthy(app.button_group(key="outcome").set_value("churn").run(), "features")
    assert "Compared among the people selected by their score" in said(app)
    wanted = as_shown(spoken(sample.select(nps.Selection(score=(7, 8))).by_feature("churn")))
    shown = table(app, "label", "left").set_index("label")
    assert shown.loc["Share link", "adjusted"] == pytest.approx(
        wanted.set_index("feature").loc["Share link", "adjusted"]
    )


def test_leaving_is_no_choice_where_nobody_is_known_to_have_left(product):
    assert product.usual.outcomes == ("score",)
    app = opened(product, page="features")
    assert "outcome" not in [group.key for group in app.get("button_group")]


def test_filters_and_region_hold_together(sample):
    period = ("2026-01-01", "2026-06-30")
    app = opened(
        **{"activity": "50-100", "is.role": "Admin", "used": "Bulk export", "period": "..".join(period), "v": "2"}
    )
    assert {"role: Admin", "used: Bulk export", "used: Board home"} < {*app.multiselect(key="people").options}
    wanted = nps.Selection(activity=(50, 100), where={"role": ["Admin"]}, used="Bulk export", period=period)
    chosen = sample.select(wanted)
    assert 0 < chosen.score.responses < sample.select().score.responses
    shows_what_python_answers(app, chosen)


def test_window_and_activity_measure_come_from_the_link(product):
    app = visit(opened(product, window="30", measure="minutes"), "usage_map")
    people = table(app, "person_id", "comment")
    wanted = product.panel(30, "minutes").select().people.iloc[::-1]
    assert people["activity"].tolist() == wanted["activity"].tolist()
    assert wanted["activity"].sum() < product.panel(90, "minutes").answers["activity"].sum()
    assert (app.query_params["window"], app.query_params["measure"]) == ("30", "minutes")


def test_uploaded_files_take_the_place_of_the_sample(loaded, product):
    panel, app = product.usual, visit(loaded, "data")
    assert metrics(app)["Answers"] == f"{len(panel.answers)}"
    assert metrics(app)["Rows left out"] == "0"
    shows_what_python_answers(app, panel.select())


def test_responses_alone_still_give_score_trend_and_segments(tmp_path):
    alone = Files(tmp_path, {"responses": files.answers([10, 9, 8, 7, 3, 0] * 10)})
    panel, app = alone.usual, opened(alone)
    for page in PAGES:
        visit(app, page)
        if page in NEED_USAGE:
            assert "Add a usage file" in said(app)
            assert [link.label for link in app.get("page_link")] == ["Add usage on the Data page"]
            assert charts(app) == 0
    assert "Add columns such as role, plan or region" in said(visit(app, "segments"))
    assert "the usage map and the features need it" in said(visit(app, "data"))
    visit(app, "overview")
    assert metrics(app)["NPS"] == words.points(panel.select().score.nps) == "0"
    equal(table(app, "score", "group"), as_shown(panel.select().distribution))
    visit(app, "person").selectbox(key="picked_person").select_index(0)
    assert metrics(healthy(app.run(), "person")) == {"Latest score": "10"}


@pytest.mark.parametrize("name", files.WRONG)
def test_a_wrong_file_is_refused_in_one_sentence_and_what_was_loaded_stays(loaded, product, name):
    panel, app = product.usual, visit(loaded, "data")
    link = dict(app.query_params)
    content, reason = files.WRONG[name]
    for table in reason:
        app.file_uploader(key=f"upload_{table}").set_value((name, content, "text/csv"))
    settled(app.run())
    assert all(button.disabled for button in app.button if button.key == "use_files")
    problems = [text.value for text in app.main.text if text.value.startswith("⚠")]
    assert len(problems) == len(reason) == 2
    assert all(expected in said for expected, said in zip(reason.values(), problems, strict=True))
    assert metrics(app)["Answers"] == f"{len(panel.answers)}"
    assert dict(app.query_params) == link
    assert metrics(visit(app, "overview"))["NPS"] == words.points(panel.select().score.nps)


def test_a_recognised_export_is_named_and_can_be_read_as_a_plain_table(tmp_path):
    header = "Respondent ID,Collector ID,Start Date,End Date,How likely are you to recommend us?,Team"
    rows = ["", ",,,,Response,Response", *(f"{n},7,2026-01-05,2026-01-05,9,red" for n in range(12))]
    content = (header + "\n".join(rows)).encode()
    app = opened(page="data")
    app.file_uploader(key="upload_responses").upload("responses.csv", content)
    assert "Recognised: SurveyMonkey export." in [caption.value for caption in settled(app.run()).caption]
    settled(next(toggle for toggle in app.toggle if toggle.key.startswith("plain_")).set_value(True).run())
    assert "Read as a plain table." in [caption.value for caption in app.caption]
    settled(app.button(key="use_files").click().run())
    assert metrics(app)["Rows left out"] == "1"
    assert table(app, "table", "reason")["value"].tolist() == ["Response"]


def test_a_reading_that_was_confirmed_is_used_again_by_the_same_browser_and_another_is_asked():
    content = b"who,q1,q2,when\n" + b"".join(b"p%d,9,3,2026-01-05\n" % n for n in range(12))
    columns = {"score": "q2", "responded_at": "when", "person_id": "who"}

    def chosen(app: AppTest) -> dict[str, str | None]:
        boxes = {box.key: box.value for box in app.selectbox if box.key}
        return {f: at for key, at in boxes.items() for f in columns if key.startswith(f"column_responses_{f}_")}

    app = opened(page="data")
    app.file_uploader(key="upload_responses").upload("january.csv", content)
    settled(app.run())
    for field, column in columns.items():
        next(box for box in app.selectbox if box.key.startswith(f"column_responses_{field}_")).select(column)
    settled(app.button(key="use_files").click().run())
    assert metrics(visit(app, "overview"))["NPS"] == words.points(-100)

    other = opened(page="data")
    other.file_uploader(key="upload_responses").upload("february.csv", content.replace(b"2026-01", b"2026-02"))
    assert "that files with the same columns are read otherwise" in said(settled(other.run()))
    assert chosen(other)["score"] == "q1"
    assert "•  Score (0-10): q2, here q1" in said(other)
    settled(other.button(key="take_responses").click().run())
    assert any("Read as it was confirmed on" in caption.value for caption in other.caption)
    assert chosen(other) == columns

    again = opened(page="data")
    again.session_state["who"] = other.session_state["who"]
    again.file_uploader(key="upload_responses").upload("march.csv", content.replace(b"2026-01", b"2026-03"))
    settled(again.run())
    assert chosen(again) == columns
    settled(again.button(key="forget_responses").click().run())
    assert chosen(again)["score"] == "q1"


def test_what_nobody_chose_in_a_file_that_could_not_be_read_is_still_recognised():
    responses = b"person_id,score,responded_at\n" + b"".join(b"p%d,9,2026-03-01\n" % n for n in range(12))
    usage = b"called,what,day,uses\n" + b"".join(
        b"p%d,%s,2026-02-%02d,3\n" % (n, feature, 1 + n) for n in range(12) for feature in (b"Search", b"Export")
    )
    app = opened(page="data")
    app.file_uploader(key="upload_responses").upload("responses.csv", responses)
    app.file_uploader(key="upload_usage").upload("usage.csv", usage)
    settled(app.run())
    assert any("says who it is about" in text.value for text in app.main.text)
    box = next(box for box in app.selectbox if box.key.startswith("column_usage_person_id_"))
    assert box.value is None
    assert box.options[0] == "(to be recognised)"
    settled(box.select("called").run())
    settled(app.button(key="use_files").click().run())
    assert metrics(app)["Features and pages"] == "2"
    assert "100% of the people who answered used something in the 90 days before" in said(app)


def test_every_row_is_accounted_for_and_those_that_cannot_be_used_are_listed_with_line_and_reason(tmp_path):
    wrong = ["p1,9,2026-03-01", "p2,eleven,2026-03-01", "p3,12,2026-03-01", "p4,,2026-03-01"]
    lines = ["person_id,score,responded_at", *wrong, *(f"q{n},8,2026-03-01" for n in range(20))]
    contents = {"responses": "\n".join(lines).encode()}
    rejected = Files(tmp_path, contents).usual.rejected
    app = bring(opened(page="data"), **contents)
    assert metrics(app)["Rows left out"] == "3"
    equal(table(app, "table", "reason"), reports.spoken(rejected))
    assert rejected["row"].tolist() == [3, 4, 5]
    balance = table(app, "in_file").set_index("table").loc["responses"]
    assert balance.tolist() == [24, 21, 3, 0]
    assert "All 21 answers are of one day, 2026-03-01" in said(app)
    assert {"download_report", "download_rejected"} <= {button.key for button in app.get("download_button")}


def test_filters_that_leave_nobody_say_so_on_every_page(sample):
    first = sample.answers["responded_at"].min()
    surveys = sample.answers.groupby("survey")["responded_at"].min()
    app = opened(survey=surveys.idxmax(), period=f"{first:%Y-%m-%d}..{first:%Y-%m-%d}")
    for page in ("overview", "find", "usage_map", "segments", "features", "surveys"):
        assert "Nobody passes these filters." in said(visit(app, page))
        assert charts(app) == 0
    visit(app, "person")
    visit(app, "data")
    visit(app, "overview")
    healthy(app.button(key="clear_filters_here").click().run(), "overview")
    assert metrics(app)["NPS"] == words.points(sample.select().score.nps)
    assert not dict(app.query_params)


@pytest.mark.parametrize(
    "query",
    [{"score": "eleven"}, {"score": "8-7"}, {"activity": "91-99"}, {"period": "yesterday"}, {"repeats": "some"}],
    ids=str,
)
def test_a_link_with_unreadable_filters_shows_everything_and_says_so(sample, query):
    app = opened(**query)
    assert len(app.info) == 1
    assert metrics(app)["NPS"] == words.points(sample.select().score.nps)
    assert not dict(app.query_params)


def test_filters_that_the_data_does_not_know_are_left_out(sample):
    app = opened(**{"is.role": "Astronaut", "is.planet": "Mars", "survey": "None such", "activity": "50-100"})
    assert "Some filters do not occur in this data" in said(app)
    assert metrics(app)["NPS"] == words.points(sample.select(nps.Selection(activity=(50, 100))).score.nps)
    assert dict(app.query_params) == {"activity": "50-100"}


def test_a_link_to_an_upload_asks_for_its_files_and_then_opens_as_it_was(loaded, product):
    contents, panel = product.contents, product.usual
    mark = visit(loaded, "overview").query_params["data"]
    wanted = nps.Selection(activity=(50, 100), where={"role": ["Admin", "Designer"]})
    app = opened(**{"data": mark, "activity": "50-100", "is.role": ["Admin", "Designer"]})
    for page in PAGES:
        visit(app, page)
        if page != "data":
            assert "Bring the same files" in said(app)
            assert not app.metric
            assert charts(app) == 0
    assert app.query_params["data"] == mark
    bring(app, **contents)
    shows_what_python_answers(app, panel.select(wanted))
    assert app.query_params["data"] == mark


def test_other_files_than_those_of_the_link_start_afresh_and_the_sample_can_be_had_back():
    contents = {"responses": files.answers([10, 9, 8, 7, 3, 0] * 10)}
    app = bring(opened(page="data", data="0123456789abcdef", activity="50-100"), **contents)
    assert "These are not the files of the link" in said(app)
    assert "activity" not in app.query_params
    assert metrics(app)["Answers"] == "60"
    healthy(app.button(key="use_sample").click().run(), "data")
    assert metrics(app)["Answers"] == "1,500"


def test_a_link_to_an_upload_can_be_left_for_the_sample(sample):
    app = opened(data="0123456789abcdef", activity="50-100")
    (button,) = [button for button in app.main.button if button.label == "Look at the sample instead"]
    healthy(button.click().run(), "overview")
    assert metrics(app)["NPS"] == words.points(sample.select().score.nps)
    assert not dict(app.query_params)


@pytest.mark.parametrize("page", ["overview", "usage_map", "segments", "features", "surveys", "find"])
def test_every_chart_says_what_it_shows_and_has_its_table_and_every_figure_opens_to_its_formula(page):
    app = visit(opened(), page)
    specs = [json.loads(chart.proto.spec) for chart in app.get("vega_lite_chart")]
    assert all(len(spec["description"]) > 10 for spec in specs)
    assert len(app.dataframe) >= len([spec for spec in specs if spec["description"] != GAUGE])
    assert "n = 1,155 answers, each person's latest. Whom: everybody." in said(app)
    opened_up = "difference" if page == "find" else "interval"
    assert formula(opened_up).formula in [code.value for code in app.code]


def test_the_numbers_of_the_map_are_there_when_somebody_opens_them(sample):
    app = visit(opened(), "usage_map")
    assert len(app.dataframe) == 1
    app.session_state["segment_numbers"] = app.session_state["feature_numbers"] = True
    healthy(app.run(), "usage_map")
    segment = app.selectbox(key="map_segment").value
    assert (
        table(app, "value", "share")["responses"].tolist() == sample.select().by_segment(segment)["responses"].tolist()
    )
    assert sorted(table(app, "users")["users"]) == sorted(sample.select().by_feature()["users"])
    assert ["nps" in {*frame.value} for frame in app.dataframe] == [True, True, False]
    healthy(app.slider(key="slider_score").set_range(7, 8).run(), "usage_map")
    assert ["nps" in {*frame.value} for frame in app.dataframe] == [False, False, False]


@pytest.mark.parametrize("view", ["over_time", "crossed", "changed"])
def test_every_view_of_the_segments_opens_to_its_formulas(view):
    app = opened(page="segments")
    app.get("button_group")[0].set_value(view).run()
    healthy(app, "segments")
    assert formula("interval").formula in [code.value for code in app.code]
    assert len(app.dataframe) == 1


@pytest.fixture
def mixed(tmp_path):
    """Happy people in two quarterly surveys, unhappy ones after support."""
    surveys = (("Q1 2026", 10, 20), ("Q2 2026", 9, 20), ("After support", 0, 30))
    rows = [
        (f"{name}-{i}", score, f"2026-03-{1 + i % 28:02}", name)
        for name, score, people in surveys
        for i in range(people)
    ]
    return Files(tmp_path, {"responses": files.table(("person_id", "score", "responded_at", "survey"), rows)})


def test_surveys_of_different_kinds_are_not_mixed_until_somebody_chooses_to(mixed):
    panel, app = mixed.usual, opened(mixed)
    assert "These surveys are of different kinds" in said(app)
    relational = panel.select(nps.Selection(survey=["Q1 2026", "Q2 2026"]))
    visit(app, "overview")
    assert metrics(app)["NPS"] == words.points(relational.score.nps) == "100"
    assert "Counted: Q1 2026, Q2 2026." in said(app)
    assert app.query_params["survey"] == ["Q1 2026", "Q2 2026"]
    assert not [button for button in app.sidebar.button if button.label == "Clear filters"]
    survey = app.selectbox(key="survey")
    assert survey.options == ["All surveys together", "All relational surveys", "After support", "Q1 2026", "Q2 2026"]
    survey.select(())
    healthy(app.run(), "overview")
    assert metrics(app)["NPS"] == words.points(panel.select().score.nps) == "14"
    assert "All are counted together, as you chose" in said(app)
    assert (app.query_params["surveys"], "survey" in app.query_params) == ("together", False)
    assert metrics(opened(mixed, surveys=app.query_params["surveys"]))["NPS"] == "14"
    app.selectbox(key="survey").select(("After support",))
    assert metrics(healthy(app.run(), "overview"))["NPS"] == "−100"
    (clear,) = [button for button in app.sidebar.button if button.label == "Clear filters"]
    assert metrics(healthy(clear.click().run(), "overview"))["NPS"] == "100"
    kinds = table(visit(app, "surveys"), "survey", "kind").set_index("survey")["kind"].to_dict()
    assert kinds == {"After support": "transactional", "Q1 2026": "relational", "Q2 2026": "relational"}


def test_the_overview_says_the_first_findings_and_what_the_watch_warns_of(sample):
    app = opened()
    found, alarms = sample.select().findings().head(3), sample.select().alarms()
    assert len(found) == 3
    assert len(alarms)
    for sentence in [*map(headlines.of_finding, found.itertuples()), *map(headlines.of_alarm, alarms.itertuples())]:
        assert sentence in said(app)


def test_where_every_answer_counts_the_interval_takes_a_persons_answers_together(sample):
    app = opened(repeats="all")
    chosen = sample.select(nps.Selection(repeats="all"))
    assert words.interval(chosen.score) in said(app)
    assert chosen.score[5:] == pytest.approx(chosen.weighted("answer")[1:3])
    assert "Answers of one account, or of one person, are alike" in said(app)


def test_who_is_like_a_promoter_is_not_offered_where_it_cannot_be_told(product):
    app = visit(opened(product), "usage_map")
    assert product.usual.like_promoters.hidden
    assert "Use it like promoters" not in app.get("button_group")[0].options
    assert "show_alike" not in {button.key for button in visit(app, "surveys").button}
    assert "Nobody can be told to use the product like promoters do." in said(opened(product, alike="promoter"))


def test_after_what_people_answer_stands_on_the_surveys_page(sample):
    app = opened(page="surveys")
    found = sample.select().after_what()
    shown = table(app, "just", "ratio")
    assert shown["ratio"].tolist() == pytest.approx(found["ratio"].round(1).tolist(), nan_ok=True)
    assert answering.of_after_what(found.iloc[1:].nlargest(1, "ratio").iloc[0]) in said(app)


def test_two_sessions_that_bring_the_same_bytes_share_one_panel_and_others_do_not(tmp_path):
    mine, hers = (files.answers([10] + [score] * 30) for score in (9, 2))
    assert len(mine) == len(hers)
    apps = [bring(opened(page="data"), responses=content) for content in (mine, mine, hers)]
    first, second, third = (app.session_state["dataset"].data for app in apps)
    assert first is second
    assert first is not third
    assert [metrics(visit(app, "overview"))["NPS"] for app in apps] == ["100", "100", "\N{MINUS SIGN}94"]


def test_several_files_of_one_kind_and_a_refusal_of_one(product):
    app = opened(page="data")
    app.file_uploader(key="upload_responses").upload("image.csv", files.WRONG["image.csv"][0])
    app.file_uploader(key="upload_usage").upload("usage.csv", product.contents["usage"])
    settled(app.run())
    assert [text.value for text in app.main.text if text.value.startswith("⚠")] == [
        "⚠  image.csv: This is an image, not a table. Save the table as CSV and try again."
    ]


def test_a_workbook_dropped_once_is_used_for_every_table_that_its_sheets_hold(product):
    sheets = {"asked": "responses", "log": "usage", "who": "people"}
    content = files.workbook({sheet: product.contents[table] for sheet, table in sheets.items()})
    app = visit(opened(), "data")
    app.file_uploader(key="upload_responses").upload("all.xlsx", content)
    assert "all.xlsx holds more than the responses" in said(settled(app.run()))
    assert {"•  log: usage", "•  who: people"} <= {text.value for text in app.main.text}
    next(box for box in app.checkbox if box.label == "Use the people").uncheck()
    settled(app.run())
    settled(app.button(key="use_files").click().run())
    used = app.session_state["dataset"].data.panel(90, "active_days")
    assert used.has_usage
    assert used.respondents["role"].isna().all()
    assert len(used.answers) == len(product.usual.answers)


def test_a_file_that_is_used_as_it_was_recognised_is_looked_at_once(product):
    app = bring(opened(page="data"), responses=product.contents["responses"])
    again = opened(page="data")
    again.file_uploader(key="upload_responses").upload("again.csv", product.contents["responses"])
    assert any("confirmed on" in caption.value for caption in settled(again.run()).caption)
    assert [len(looked.session_state["previews"]) for looked in (app, again)] == [1, 1]


def test_nobody_is_told_what_another_person_calls_the_same_files():
    months = [b"person_id,score\np1,9\nx\n", b"person_id,score\np2,3\n"]

    def told(*names: str) -> list[str]:
        app = opened(page="data")
        for name, content in zip(names, months, strict=True):
            app.file_uploader(key="upload_responses").upload(name, content)
        settled(app.run())
        settled(app.button(key="use_files").click().run())
        return table(app, "table", "reason")["file"].tolist()

    assert told("march.csv", "april.csv") == ["march.csv"]
    assert told("secret.csv", "other.csv") == ["secret.csv"]


def test_files_on_the_server_can_be_used_where_the_administrator_allows_it(product, tmp_path, monkeypatch):
    contents, panel = product.contents, product.usual
    shared, secret = tmp_path / "shared", tmp_path / "secret.csv"
    (shared / "2026").mkdir(parents=True)
    secret.write_bytes(contents["people"])
    (shared / "2026/answers.csv").write_bytes(contents["responses"])
    (shared / ".hidden").mkdir()
    (shared / ".hidden/people.csv").write_bytes(contents["people"])
    (shared / "out.csv").symlink_to(secret)
    assert not opened(page="data").main.multiselect
    monkeypatch.setenv("NPS_LENS_FOLDER", str(shared))
    app = opened(page="data")
    assert app.multiselect(key="server_responses").options == ["2026/answers.csv"]
    settled(app.multiselect(key="server_responses").select("2026/answers.csv").run())
    settled(app.button(key="use_files").click().run())
    assert metrics(app)["Answers"] == f"{len(panel.answers)}"
