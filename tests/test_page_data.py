"""The Data page: what is brought is checked, used and accounted for, row by row; what cannot be used is said."""

import builders
import files
import pytest
from journeys import (
    PAGES,
    Files,
    bring,
    charts,
    equal,
    headline,
    healthy,
    metrics,
    opened,
    said,
    settled,
    shows_what_python_answers,
    table,
    visit,
)
from streamlit.testing.v1 import AppTest

import nps
from nps.wording import answering, reports, words

NEED_USAGE = ("usage_map", "features")
pytestmark = [pytest.mark.timeout(300), pytest.mark.usefixtures("workspace")]  # whole pages


@pytest.fixture(scope="module")
def loaded(product, tmp_path_factory):
    """A session that uses the files of the product."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("NPS_LENS_WORKSPACE", str(tmp_path_factory.mktemp("workspace")))
        return bring(opened(page="data"), **product.contents)


def every_row(app: AppTest) -> AppTest:
    """What came of every row."""
    return healthy(visit(app, "data").button_group(key="data_view").set_value("rows").run(), "data")


def test_after_files_are_used_the_overview_says_what_came_of_them_and_leads_to_every_row(product):
    panel, app = product.usual, bring(opened(page="data"), **product.contents)
    used = int((panel.answers["features_used"] > 0).sum())
    assert 0 < used < len(panel.answers)
    told = f"{len(panel.answers)} answers are in use, {used} of them with usage; 0 rows were left out."
    assert [info.value for info in app.info] == [told]
    assert metrics(app)["NPS"] == words.points(panel.select().score.nps)
    healthy(app.button(key="see_rows").click().run(), "data")
    assert headline(app) == "Every row could be read"
    assert app.query_params["view"] == "rows"


def test_a_list_of_accounts_is_brought_beside_the_answers_of_accounts():
    names = [f"acc-{n:02d}" for n in range(30)]
    contents = {
        "responses": files.table(("account_id", "score", "day"), [(name, 9, "2026-06-01") for name in names]),
        "usage": files.table(("account_id", "feature", "day"), [(name, "Board", "2026-05-01") for name in names[:20]]),
        "accounts": files.table(
            ("account_id", "plan", "seats"), [(name, ("Free", "Pro")[n % 2], n) for n, name in enumerate(names)]
        ),
    }
    app = bring(opened(page="data"), **contents)
    assert [info.value for info in app.info] == ["30 answers are in use, 20 of them with usage; 0 rows were left out."]
    assert visit(app, "segments").selectbox(key="segment").options == ["By plan"]


def test_a_file_is_checked_in_a_line_before_it_is_used():
    content = files.table(
        ("who", "score", "day"), [(f"p{n}", n % 11, "2026-03-01") for n in range(9)] + [("p9", "x", "")]
    )
    app = opened(page="data")
    app.file_uploader(key="upload_responses").upload("march.csv", content)
    read = "Score (0-10) ← score, Date of the answer ← day"
    lines = [text.value for text in settled(app.run()).main.text]
    assert f"march.csv: {read}, 90% read" in lines
    assert any(line.startswith("•  1 row will be left out: not a whole score") for line in lines)
    assert "No column says who does not want to be contacted: nobody is left out of lists of contacts." in said(app)
    asked = {box.key.removeprefix("column_responses_").rpartition("_")[0]: box for box in app.selectbox if box.key}
    settled(asked["opted_out"].select("who").run())
    assert f"march.csv: {read}, Does not want to be contacted ← who" in [text.value for text in app.main.text]
    assert "nobody is left out" not in said(app)


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
            assert "Add usage on the Data page" in [link.label for link in app.get("page_link")]
            assert charts(app) == 0
    assert "Add columns such as role, plan or region" in said(visit(app, "segments"))
    assert "the map and the features need it" in said(every_row(app))
    assert metrics(visit(app, "overview"))["NPS"] == words.points(panel.select().score.nps) == "0"
    visit(app, "person").selectbox(key="picked_person").select_index(0)
    assert headline(healthy(app.run(), "person")).startswith("Promoter: gave 10 on ")


@pytest.mark.parametrize("name", files.WRONG)
def test_a_wrong_file_is_refused_in_one_sentence_and_what_was_loaded_stays(loaded, product, name):
    panel, app = product.usual, visit(loaded, "data")
    link = dict(app.query_params)
    content, reason = files.WRONG[name]
    for each in reason:
        app.file_uploader(key=f"upload_{each}").set_value((name, content, "text/csv"))
    settled(app.run())
    assert all(button.disabled for button in app.button if button.key == "use_files")
    problems = [text.value for text in app.main.text if text.value.startswith("⚠")]
    assert len(problems) == len(reason) == 2
    assert all(expected in said for expected, said in zip(reason.values(), problems, strict=True))
    assert metrics(app)["Answers"] == f"{len(panel.answers)}"
    assert dict(app.query_params) == link
    assert metrics(visit(app, "overview"))["NPS"] == words.points(panel.select().score.nps)


@pytest.mark.parametrize("name", ["product.db", "product.duckdb"])
def test_a_database_file_dropped_once_brings_all_its_tables(tmp_path, name):
    asked = [("user_id", "score", "day"), ("a", 9, "2026-02-01"), ("b", 3, "2026-02-02")]
    used = [("user_id", "feature", "date"), ("a", "Board", "2026-01-20"), ("b", "Timer", "2026-01-02")]
    builders.database(tmp_path / name, {"log": used, "answers": asked})
    app = opened(page="data")
    app.file_uploader(key="upload_responses").upload(name, (tmp_path / name).read_bytes())
    assert "“answers” was read" in said(settled(app.run()))
    settled(app.button(key="use_files").click().run())
    shown = metrics(visit(app, "data"))
    assert (shown["Answers"], shown["Features and pages"], shown["Rows left out"]) == ("2", "2", "0")


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
    assert metrics(visit(app, "data"))["Rows left out"] == "1"
    assert table(every_row(app), "table", "reason")["value"].tolist() == ["Response"]


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
    assert metrics(visit(app, "data"))["Features and pages"] == "2"
    assert "100% of the people who answered used something in the 90 days before" in said(every_row(app))


def test_every_row_is_accounted_for_and_those_that_cannot_be_used_are_listed_with_line_and_reason(tmp_path):
    wrong = ["p1,9,2026-03-01", "p2,eleven,2026-03-01", "p3,12,2026-03-01", "p4,,2026-03-01"]
    lines = ["person_id,score,responded_at", *wrong, *(f"q{n},8,2026-03-01" for n in range(20))]
    contents = {"responses": "\n".join(lines).encode()}
    rejected = Files(tmp_path, contents).usual.rejected
    app = bring(opened(page="data"), **contents)
    assert metrics(visit(app, "data"))["Rows left out"] == "3"
    assert headline(every_row(app)) == "3 rows could not be read"
    equal(table(app, "table", "reason"), reports.spoken(rejected))
    assert rejected["row"].tolist() == [3, 4, 5]
    balance = table(app, "in_file").set_index("table").loc["responses"]
    assert balance.tolist() == [24, 21, 3, 0]
    assert "All 21 answers are of one day, 2026-03-01" in said(app)
    assert {"download_report", "download_rejected"} <= {button.key for button in app.get("download_button")}


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
    assert metrics(visit(app, "data"))["Answers"] == "60"
    healthy(app.button(key="use_sample").click().run(), "data")
    assert "Answers: 1,500" in said(app)


def test_a_link_to_an_upload_can_be_left_for_the_sample(sample):
    app = opened(data="0123456789abcdef", activity="50-100")
    (button,) = [button for button in app.main.button if button.label == "Look at the sample instead"]
    healthy(button.click().run(), "overview")
    assert metrics(app)["NPS"] == words.points(sample.select().score.nps)
    assert not dict(app.query_params)


def test_after_what_people_answer_stands_beside_how_surveys_do(sample):
    app = opened(page="data", view="survey_health")
    assert headline(app) == "1,155 people answered, 294 of them more than once"
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
        return table(every_row(app), "table", "reason")["file"].tolist()

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
    assert metrics(visit(app, "data"))["Answers"] == f"{len(panel.answers)}"
