"""The page of accounts and that of one: lists with reasons, health with its parts, and what is not known."""

import files
import pytest
from conftest import ROOT
from journeys import Files, headline, healthy, metrics, opened, said, table

import nps
from nps.chosen.watched import Watched
from nps.chosen.watching import Watching
from nps.measures import lists

NOW = Watching.from_json((ROOT / "sample_data/watching.json").read_text("utf-8"))  # what the sample begins with
TABLES = ("responses", "usage", "people", "accounts")
pytestmark = [pytest.mark.timeout(300), pytest.mark.usefixtures("workspace")]  # whole pages


@pytest.fixture(scope="module")
def sample() -> nps.Panel:
    return nps.load(**{table: ROOT / f"sample_data/{table}.csv" for table in TABLES})


@pytest.fixture(scope="module")
def watched(sample) -> Watched:
    return sample.watched(keys=NOW.keys, onboarding=NOW.onboarding)


def listed(app):
    return table(app, "name", "why")


def test_the_lists_of_the_page_are_those_that_python_answers(sample, watched):
    leave = watched.watch("leave", NOW.rules)
    app = opened(page="accounts", list="leave")
    assert headline(app) == f"{len(leave)} accounts may leave"
    shown = listed(app)
    assert shown["name"].tolist() == leave["account"].tolist()
    assert shown["why"].tolist() == ["; ".join(map(str, reasons)) for reasons in leave["reasons"]]
    assert shown["points"].tolist() == leave["points"].tolist()
    healthy(app.pills(key="heavy_users").set_value("heavy").run())
    heavy = leave[leave["heavy"]]
    assert headline(app) == f"{len(heavy)} accounts may leave although they were heavy users"
    assert listed(app)["name"].tolist() == heavy["account"].tolist()
    assert dict(app.query_params) == {"list": "leave", "whom": "heavy"}


def test_each_list_says_what_came_of_it_and_a_search_finds_by_id(watched):
    record = watched.record(NOW.rules)
    app = opened(page="accounts", list="leave")
    told = f"Of {record.listed} listed a quarter ago by these rules {record.listed_left} left since"
    assert told in said(app)
    wanted = watched.watch("leave", NOW.rules).iloc[2]
    healthy(app.text_input(key="account_search").input(str(wanted.name).upper()).run())
    assert listed(app)["name"].tolist() == [wanted["account"]]
    assert headline(app) == "1 account may leave"


def test_an_account_is_shown_with_its_reasons_its_parts_and_what_is_not_known(sample, watched):
    row = watched.watch("leave", NOW.rules).iloc[0]
    health = watched.health(NOW.weights).loc[row.name]
    app = opened(page="accounts", account=row.name)
    assert headline(app).startswith("May leave. Use is ")
    assert row["account"] in said(app)
    for reason in row["reasons"]:
        assert f"•  {reason}" in said(app)
    assert metrics(app)["Health"] == f"{health['health']:.0f}"
    parts = table(app, "part", "place", "raw", "weight")
    known = [part for part in watched.figures() if health[f"{part}_raw"] == health[f"{part}_raw"]]
    assert parts["place"].tolist() == health[known].round().tolist()
    weighted = (parts["weight"] * health[known].to_numpy()).sum() / parts["weight"].sum()
    assert weighted == pytest.approx(health["health"])
    assert "•  support: no number of open tickets" in said(app)
    people = sample.select().everyone([row.name])
    assert len(table(app, "name", "contact")) == len(people)


def test_weights_that_are_changed_change_health_and_stand_in_the_link(watched):
    account = watched.watch("leave", NOW.rules).index[0]
    app = opened(page="accounts", account=account)
    healthy(app.slider(key="weight_use").set_value(0).run())
    assert app.query_params["hw"] == "0.1.1.2.2.1.1.1"
    weights = nps.measures.health.Weights.parse("0.1.1.2.2.1.1.1")
    assert metrics(app)["Health"] == f"{watched.health(weights).loc[account, 'health']:.0f}"


def test_a_rule_that_is_changed_changes_the_list(watched):
    rules = NOW.rules._replace(leave=lists.MayLeave(least=5))
    app = opened(page="accounts", list="leave")
    healthy(app.number_input(key="rule_leave_least").set_value(5).run())
    assert headline(app) == f"{len(watched.watch('leave', rules))} accounts may leave"
    healthy(app.button(key="rules_begin").click().run())
    assert headline(app) == f"{len(watched.watch('leave', NOW.rules))} accounts may leave"


def test_key_features_are_chosen_and_count(sample):
    chosen = [("feature", "Templates")]
    app = opened(page="accounts", list="leave")
    healthy(app.multiselect(key="watched_keys").set_value(chosen).run())
    told = sample.watched(keys=tuple(chosen), onboarding=NOW.onboarding).watch("leave", NOW.rules)
    assert headline(app) == f"{len(told)} accounts may leave"


def test_without_usage_accounts_are_told_by_what_they_answer(tmp_path):
    rows = [(f"u{n}", n % 11, f"2026-05-{n % 28 + 1:02}", f"a{n % 6}") for n in range(66)]
    read = Files(tmp_path, {"responses": files.table(("person_id", "score", "date", "account_id"), rows)})
    app = opened(read, page="accounts")
    assert headline(app) == "6 accounts; from 0 of them nobody answered"
    assert "These data have no usage" in said(app)
    shown = table(app, "name", "said")
    assert shown["said"].str.startswith("NPS ").all()
    assert not opened(read, page="accounts", account="a3").exception


def test_where_no_account_is_known_the_page_says_what_to_add(tmp_path):
    rows = [(f"u{n}", n % 11, f"2026-05-{n % 28 + 1:02}") for n in range(33)]
    read = Files(tmp_path, {"responses": files.table(("person_id", "score", "date"), rows)})
    assert headline(opened(read, page="accounts")) == "No account is known."


def test_an_account_shows_every_part_of_health_that_is_known_support_too(tmp_path):
    rows = [(f"u{n}", n % 11, "2026-05-20", f"a{n % 12}") for n in range(72)]
    used = [(f"u{n}", "Boards", f"2026-05-{n % 28 + 1:02}") for n in range(72)]
    contents = {
        "responses": files.table(("person_id", "score", "date", "account_id"), rows),
        "usage": files.table(("person_id", "feature", "date"), used),
        "accounts": files.table(("account_id", "Open tickets"), [(f"a{n}", n) for n in range(12)]),
    }
    app = opened(Files(tmp_path, contents), page="accounts", account="a3")
    parts = table(app, "part", "raw").set_index("part")["raw"]
    assert parts["Support"] == "3 open tickets, 6 people"


def test_accounts_of_which_nobody_is_known_are_told_where_filters_leave_them_out(tmp_path):
    rows = [(f"u{n}", n % 11, f"2026-05-{n % 28 + 1:02}", f"a{n % 6}") for n in range(66)]
    contents = {
        "responses": files.table(("person_id", "score", "date", "account_id"), rows),
        "accounts": files.table(("account_id", "Open tickets"), [(f"a{n}", n) for n in range(8)]),
    }
    read = Files(tmp_path, contents)
    told = "2 accounts are left out, as the filters are about people"
    assert told not in said(opened(read, page="accounts"))
    assert told in said(opened(read, page="accounts", score="0-6"))


def test_a_page_that_ends_early_keeps_its_data_in_the_address(tmp_path):
    rows = [(f"u{n}", n % 11) for n in range(33)]
    read = Files(tmp_path, {"responses": files.table(("person_id", "score"), rows)})
    for page in ("accounts", "person", "usage_map", "reasons"):
        assert opened(read, page=page).query_params["data"] == "0123456789abcdef"
