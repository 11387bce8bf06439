"""The Data page keeps data under a name; the menu and a link open them again, for everybody."""

import os
from pathlib import Path

import kept
import pytest
from journeys import bring, headline, healthy, metrics, opened, said, settled, visit
from kept import FILES, here, landed
from team import invited, login

from web import identity
from workspace.access import ways
from workspace.access.actor import Actor
from workspace.privacy import erase
from workspace.store import datasets, markers, rules, settings

pytestmark = [pytest.mark.timeout(300), pytest.mark.usefixtures("workspace")]  # whole pages


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    return landed(tmp_path_factory.mktemp("read") / "files", **FILES)


@pytest.fixture
def one(read, workspace):
    """The id of what is kept."""
    return keep(read)


def keep(read, name="First quarter"):
    with here() as space:
        return datasets.keep(kept.ANALYST, space, read, name)


def now(dataset):
    with here() as space:
        return datasets.find(kept.ADMIN, space, dataset)


def pressed(app, key):
    return healthy(app.button(key=key).click().run(), "data")


def test_what_was_read_is_kept_under_a_name_with_its_events_and_rules_and_its_link_opens_it_for_others():
    app = bring(opened(page="data"), **{table: content.encode() for table, content in FILES.items()})
    with here() as space:
        mark = app.session_state["dataset"].fingerprint
        markers.add_marker(kept.ANALYST, space, mark, kept.DAY, "Release")
        rules.keep(kept.ANALYST, space, mark, "", "", seen=0)
        settings.change(kept.ANALYST, space, mark, "watching", "{}")
    visit(app, "data").text_input(key="keep_name").set_value("First quarter").run()
    pressed(app, "keep")
    assert "“First quarter” is kept on this machine" in said(app)
    with here() as space:
        (found,) = datasets.listed(kept.ADMIN, space)
        assert len(markers.markers(kept.ADMIN, space, found.id)) == 1
        assert rules.current(kept.ADMIN, space, found.id).number == 1
        assert settings.setting(kept.ADMIN, space, found.id, "watching") == "{}"
    assert app.query_params["data"] == found.id
    other = opened(page="data", data=found.id)
    assert (headline(other), metrics(other)["Answers"]) == ("3 answers are loaded", "3")
    assert "First quarter" in said(other)


def test_a_link_keeps_its_filters_when_it_opens_what_is_kept(one):
    assert metrics(opened(data=one, period="2026-03-02..2026-03-03"))["People who answered"] == "2"


def test_the_menu_above_every_page_lists_what_is_kept_last_opened_first(one, read):
    other = keep(read, "Second quarter")
    for wanted, options in ((one, ["First quarter", "Second quarter"]), (other, ["Second quarter", "First quarter"])):
        menu = opened(page="segments", data=wanted).selectbox(key="kept_menu")
        assert (menu.options, menu.value) == (options, wanted)


def test_the_list_on_the_data_page_opens_what_is_kept(one):
    app = pressed(opened(page="data"), f"open_{one}")
    assert (headline(app), app.query_params["data"]) == ("3 answers are loaded", one)
    assert app.button(key=f"open_{one}").disabled


def test_newer_files_refresh_it_and_that_can_be_undone(one):
    app = opened(page="data", data=one)
    newer = kept.RESPONSES + "r4,customer-2,10,2026-04-01,\n"
    app.file_uploader(key="upload_responses").upload("april.csv", newer.encode())
    settled(app.run())
    settled(app.button(key="refresh_kept").click().run())
    assert metrics(visit(app, "data"))["Answers"] == "4"
    assert (now(one).number, now(one).rows["usage"]) == (2, 4)
    assert metrics(pressed(app, "undo_refresh"))["Answers"] == "3"
    assert not [button for button in app.button if button.key == "undo_refresh"]


def test_what_others_did_meanwhile_is_said(one, read):
    app = opened(page="data", data=one)
    for _ in range(2):
        with here() as space:
            datasets.refresh(kept.ANALYST, space, one, read, now(one).number)
    app.run()
    with here() as space:
        datasets.undo(kept.ANALYST, space, one, 3)
    assert "Somebody changed “First quarter” meanwhile" in said(pressed(app, "undo_refresh"))
    assert now(one).number == 2


def test_whoever_is_erased_is_gone_from_what_somebody_looks_at(one):
    app = opened(page="data", data=one)
    with here() as space:
        erase.erase(kept.ADMIN, space, "customer-1")
    assert metrics(healthy(app.run(), "data"))["Answers"] == "2"


def test_when_nobody_is_left_the_sample_is_shown_and_that_is_said(one):
    app = opened(data=one)
    with here() as space:
        for person in ("customer-1", "customer-2", "customer-3"):
            erase.erase(kept.ADMIN, space, person)
    assert "No answer is left: they were erased" in said(healthy(app.run()))
    assert "data" not in app.query_params


def test_deleting_shows_the_sample_and_old_links_and_those_who_look_are_told(one):
    app, reader = opened(page="data", data=one), opened(data=one)
    assert "data" not in pressed(app, "delete_kept").query_params
    for other in (opened(page="data", data=one), reader.run()):
        assert "This data is not kept here any more." in said(healthy(other))
        assert "data" not in other.query_params


def test_it_can_be_called_otherwise_but_not_as_another(one, read):
    keep(read, "Second quarter")
    app = opened(page="data", data=one)
    app.text_input(key="rename_to").set_value("Second quarter").run()
    assert "Something else is kept as “Second quarter”." in said(pressed(app, "rename"))
    app.text_input(key="rename_to").set_value("<b>Spring</b> :red[x]").run()
    assert "<b>Spring</b> :red[x]" in [text.value for text in pressed(app, "rename").main.text]
    assert now(one).name == "<b>Spring</b> :red[x]"
    assert not [each.value for each in (*app.main.markdown, *app.main.caption, *app.title) if "Spring" in each.value]


def test_a_link_opens_for_a_viewer_who_can_change_nothing(one, monkeypatch):
    monkeypatch.setenv("NPS_LENS_LOGIN", "password")
    place = Path(os.environ["NPS_LENS_WORKSPACE"])
    invited(place, with_passwords=False)
    with here() as space:
        vera = identity.Visitor(ways.by_name(Actor.SYSTEM, space, login("vera")), "veras session")
    monkeypatch.setattr(identity, "of_page", lambda: vera)
    app = opened(data=one)
    assert app.query_params["data"] == one
    assert not [button.key for button in app.button if button.key in ("delete_kept", "undo_refresh", "rename", "keep")]


def test_an_administrator_hands_out_what_is_kept_of_a_person_and_erases_them_by_their_id(one):
    app = healthy(opened(page="person", data=one, person="customer-1"))
    assert {"export_person"} <= {button.key for button in app.get("download_button")}
    app.text_input(key="erase_confirmed").input("customer-2").run()
    healthy(app.button(key="erase_person").click().run())
    assert "That is not the id of this person." in said(app)
    app.text_input(key="erase_confirmed").input("customer-1").run()
    healthy(app.button(key="erase_person").click().run(), "people")
    assert "This person is erased from all that is kept." in said(app)
    assert "customer-1" not in {person for frame in app.dataframe for person in frame.value.get("person_id", ())}
    with here() as space:
        assert erase.words_for(space, "customer-1") == frozenset()


def test_of_data_that_are_not_kept_nobody_is_erased():
    app = opened(page="person", person="u00569")
    assert "erase_person" not in {button.key for button in app.button}
