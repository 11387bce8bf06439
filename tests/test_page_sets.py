"""Sets of people: put together from conditions, counted meanwhile, saved, and used as filters."""

import pytest
from journeys import Files, healthy, opened, said

import nps
from nps.wording import words

EXPORTS = "did.feature:Bulk export;uses:1-"
IDLE = "!did.*;uses:1-;last:30"


@pytest.fixture
def app():
    return opened(page="people", view="sets")


def used(app, key, what, kind=("did", False)):
    """Have the widgets of a condition say who used something, or did not."""
    app.selectbox(key=f"{key}_kind").select(kind)
    app.run().multiselect(key=f"{key}_what").set_value([what])
    return healthy(app.run(), "people")


def told(counted, score=None):
    """How many people there are, as a page says it."""
    parts = [f"{counted.people:,} people", f"{counted.respondents:,} of them answered"]
    if score:
        parts.append(f"NPS {words.points(score.nps)} ({words.points(score.low)} to {words.points(score.high)})")
    return " · ".join(parts)


def test_conditions_are_counted_while_they_are_put_together(app, sample):
    used(app, "set_0_and", ("feature", "Bulk export"))
    score = sample.select(nps.Selection(who=EXPORTS)).score
    assert told(sample.counted(EXPORTS), score) in said(app)
    app.button(key="set_add").click().run()
    used(app, "set_1_and", ("", ""), ("did", True))
    app.selectbox(key="set_1_and_when").select("last")
    healthy(app.run(), "people")
    both = sample.counted(EXPORTS, IDLE)
    assert told(both) in said(app)
    assert "used Bulk export" in said(app)
    assert f"{sample.counted(EXPORTS).people:,} people" in said(app)  # of the first condition alone
    healthy(app.button(key="set_use").click().run(), "people")
    assert app.query_params["who"] == [IDLE, EXPORTS]
    assert f"{len(sample.select(nps.Selection(who=[EXPORTS, IDLE])).places):,} people answered" in app.title[0].value


def test_one_condition_or_another(app, sample):
    used(app, "set_0_and", ("feature", "Bulk export"))
    app.button(key="set_add").click().run()
    app.selectbox(key="set_joined").select("or").run()
    used(app, "set_1_or", ("feature", "Comments"))
    either = f"{EXPORTS}|did.feature:Comments;uses:1-"
    assert told(sample.counted(either)) in said(app)
    healthy(app.button(key="set_add").click().run(), "people")
    assert "used Bulk export or used Comments" in said(app)
    healthy(app.button(key="row_gone_0").click().run(), "people")
    assert "used Bulk export" not in said(app)


@pytest.mark.parametrize(
    ("kind", "fields", "line"),
    [
        ("is", {"values_role": ["Facilitator"]}, "is.role:Facilitator"),
        ("answered", {"scores": (0, 6)}, "answered.0-6"),
        ("named", {"named_theme": "bugs", "side": "dislike"}, "named.bugs.dislike"),
        (
            "then",
            {"first": ("feature", "Bulk export"), "then": ("feature", "Comments")},
            "then.feature:Bulk export,feature:Comments;7",
        ),
    ],
)
def test_every_kind_of_condition_can_be_put_together(app, sample, kind, fields, line):
    app.selectbox(key="set_0_and_kind").select((kind, False))
    healthy(app.run(), "people")
    kinds = {each.key: each for each in (*app.multiselect, *app.selectbox, *app.slider)}
    for name, value in fields.items():
        kinds[f"set_0_and_{name}"].set_value(value)
    healthy(app.run(), "people")
    assert told(sample.counted(line)) in said(app)


def test_an_account_is_asked_by_its_people(tmp_path):
    people = b"person_id,account_id,plan\na,n,Pro\nb,n,Free\nc,s,Free\n"
    read = Files(tmp_path, {"responses": b"person_id,score,date\na,9,2026-01-05\nc,3,2026-01-06\n", "people": people})
    app = opened(read, page="people", view="sets")
    app.selectbox(key="set_0_and_kind").select(("account", False)).run()
    app.selectbox(key="set_0_and_in_kind").select(("is", False)).run()
    app.multiselect(key="set_0_and_in_values_plan").set_value(["Pro"])
    assert told(read.usual.counted("account.any.is.plan:Pro")) in said(healthy(app.run(), "people"))


def test_a_set_is_saved_used_and_changed_into_its_next_version(app, sample):
    def save(name):
        app.text_input(key="name_set").set_value(name)
        return healthy(app.button(key="save_set_button").click().run(), "people")

    used(app, "set_0_and", ("feature", "Bulk export"))
    assert r"“\*Exporters\*” is kept, version 1" in said(save("*Exporters*"))
    assert "used Bulk export" in said(app)  # what was saved stands there, to be added to
    used(app, "set_1_and", ("feature", "Comments"))
    assert r"“\*Exporters\*” is kept, version 2" in said(save("*Exporters*"))
    (row,) = app.dataframe(key="sets").value.to_dict("records")
    assert (row["name"], row["version"]) == ("*Exporters*", 2)
    assert row["people"] == sample.counted(EXPORTS, "did.feature:Comments;uses:1-").people
    healthy(app.button(key="set_anew").click().run(), "people")
    app.selectbox(key="set_0_and_kind").select(("saved", False)).run()
    healthy(app.selectbox(key="set_0_and_set").select("*Exporters*").run(), "people")
    healthy(app.button(key="set_use").click().run(), "people")
    assert app.query_params["who"].startswith("saved.")
    assert app.query_params["who"].endswith("~2")
    assert "in the set “*Exporters*”" in said(app)
    gone = next(button for button in app.button if button.key.startswith("remove_set_"))
    healthy(gone.click().run(), "people")
    assert "Some filters do not occur in this data" in said(app)


def test_a_set_without_a_name_is_refused_in_words(app):
    used(app, "set_0_and", ("feature", "Bulk export"))
    app.text_input(key="name_set").set_value("  ")
    assert "a name of at most 80 characters" in said(healthy(app.button(key="save_set_button").click().run(), "people"))


def test_what_could_not_be_asked_once_is_asked_again(app, sample, monkeypatch):
    def late(_panel: nps.Panel, *_lines: str) -> None:
        raise nps.InputError("database.late")

    with monkeypatch.context() as busy:
        busy.setattr(nps.Panel, "counted", late)
        used(app, "set_0_and", ("feature", "Kanban board"))
        assert str(nps.InputError("database.late")) in said(app)
    healthy(app.run(), "people")
    counted = sample.counted("did.feature:Kanban board;uses:1-")
    assert f"{counted.people:,} people · {counted.respondents:,} of them answered" in said(app)
