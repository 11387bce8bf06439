"""What files say of each use besides its fields, as a plan or a platform, and what can be asked of it."""

from functools import cache

import builders
import ibis
import kept
import pandas as pd
import pytest
import stores
import who_worlds
from hypothesis import given
from journeys import Files, healthy, opened, said
from kept import ADMIN, ANALYST
from test_who import FEW, assert_equal, of

import nps
from nps import intake, lens, sources
from nps.columns import content, properties
from nps.who.text import coded
from workspace.privacy import erase
from workspace.store import datasets
from workspace.store.database import open_workspace

DAYS = [f"2025-02-{day:02}" for day in range(1, 29)]
ANSWERS = builders.responses(score=[9, 3, 7], responded_at=["2025-03-01 12:00"] * 3)  # of p0, p1 and p2
ROWS = 24


def used(**others: list) -> pd.DataFrame:
    """Twenty-four uses, of p0 to p5 in turn, with other columns: each repeats its cells until the end."""
    rows = {"person_id": ["p0", "p1", "p2", "p3", "p4", "p5"], "feature": ["Board", "Timer"], "at": DAYS} | others
    return pd.DataFrame({name: [cells[n % len(cells)] for n in range(ROWS)] for name, cells in rows.items()})


def asked(usage: pd.DataFrame | list, **how) -> tuple[str, ...]:
    return nps.load(ANSWERS, usage=usage, **how).who.askable().usage


def passing(panel: nps.Panel, line: str) -> list[str]:
    return panel.select(nps.Selection(who=line)).people["person_id"].tolist()


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("plan", ["Free", "Pro", "Pro", "Free", "Free"]),
        ("Platform", ["web", "iOS", None, "Android"]),
        ("country", ["Namibia", "NA", "DE", "FR", "IT"]),
        ("App Version", ["4.1", "4.10", "5", "4.2", "4.1", "5", "5"]),
        ("user type", ["admin", "guest of ours", "admin", "admin", "admin"]),
        ("Betriebssystem", ["Windows 11", "macOS", "Linux", "Linux", "Linux"]),
        ("beta", ["true", "false", "true", "true", "true"]),
        ("always", ["same"]),  # until another file, or a newer one, says otherwise
        ("page title", ["Home", "Prices", "Home", "Home", "Home"]),
    ],
)
def test_a_few_words_that_come_again_can_be_asked_for(header, cells):
    assert asked(used(**{header: cells})) == (header,)


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("seats", ["3", "5", "7", "9", "11"]),
        ("price", ["9.99", "19.99", "0.00", "9.99", "9.99"]),
        ("renewal", ["2025-01-01", "2025-02-01", "2025-03-01", "2025-02-01", "2025-02-01"]),
        ("row text", [f"text {n}" for n in range(ROWS)]),
        ("licence", [f"key {n}" for n in range(20)]),
        ("answer to us", ["It took me a whole morning to find out where the comments had gone", "fine", "fine"]),
        ("whom", ["ann@customer.example", "bea@customer.example", "cid@customer.example", None, None]),
        ("details", ['{"a": 1}', '{"a": 2}', '{"a": 1}', '{"a": 1}', '{"a": 1}']),
        ("called", ["Ann", "Bea", "Cid", "Dan", "Eve", "Fay"]),  # everybody has one of their own
        *(
            (header, ["Ann", "Bea", "Ann", "Ann", "Ann"])
            for header in ("first name", "Vorname", "created by", "manager")
        ),
        *((header, ["x1", "x2", "x1", "x1", "x1"]) for header in ("session id", "device name", "Telefon", "ip", "zip")),
        *((header, ["Acme", "Bolt", "Acme", "Acme", "Acme"]) for header in ("company", "customer", "workspace")),
    ],
)
def test_what_tells_people_apart_numbers_dates_and_texts_cannot(header, cells):
    assert asked(used(**{header: cells})) == ()


def test_the_whole_column_counts_not_its_first_rows_alone(monkeypatch):
    monkeypatch.setattr(content, "SAMPLE_ROWS", 6)
    late = used(
        plan=["Free", "Pro"], platform=["web"] * 6 + [f"web {n}" for n in range(18)], mode=[None] * 6 + ["x"] * 18
    )
    assert asked(late) == ("plan", "mode")
    whose = used(person_id=["p0"] * 6 + [f"p{n}" for n in range(1, 7)] * 3, nick=["Ann"] * 6 + list("bcdefg") * 3)
    assert asked(whose) == ()


def test_of_many_columns_the_first_few_can_be_asked_for():
    many = {f"mode {n}": ["on", "off", "on"] for n in range(properties.MOST_COLUMNS + 2)}
    assert asked(used(**many)) == tuple(many)[:-2]


def test_words_for_nothing_are_nothing_and_blanks_around_words_go():
    panel = nps.load(ANSWERS, usage=used(plan=["Free ", "Pro", "n/a", "Free", None]))
    assert panel.who.values("usage", "plan") == ["(none)", "Free", "Pro"]


def test_nothing_else_that_is_counted_or_told_changes():
    with_plan, without = (nps.load(ANSWERS, usage=used(**others)) for others in ({"plan": ["Free", "Pro", None]}, {}))
    stores.assert_same(with_plan, without)
    pd.testing.assert_frame_equal(with_plan.report, without.report)
    assert with_plan.who.weekly().people.tolist() == without.who.weekly().people.tolist()


def test_one_of_several_files_may_say_more_and_spell_it_otherwise(tmp_path):
    """Three shapes: plain, with a plan, and with other names for everything."""
    one = used(person_id=["p0", "p1"])
    two = used(person_id=["p1"], Plan=["Free", "Pro", "Pro"])
    three = used(person_id=["p2"], plan=["Pro"]).rename(columns={"person_id": "user", "feature": "page", "at": "time"})
    files = [builders.write(tmp_path, each.to_csv(index=False), f"{n}.csv") for n, each in enumerate((one, two, three))]
    panel = nps.load(ANSWERS, usage=files)
    assert panel.who.askable().usage == ("Plan",)
    assert panel.who.values("usage", "Plan") == ["(none)", "Free", "Pro"]
    assert passing(panel, "did.*;uses:1-;Plan=Pro") == ["p1", "p2"]
    assert passing(panel, "did.*;uses:1-;Plan=%28none%29") == ["p0", "p1"]


def test_a_column_a_feature_has_what_is_said_of_its_row():
    wide = pd.DataFrame({"user": ["p0", "p1", "p2", "p0"], "day": DAYS[:4], "plan": ["Free", "Pro", "Pro", "Pro"]})
    panel = nps.load(ANSWERS, usage=wide.assign(Export=["1", "2", None, None], Board=[None, "3", "1", "2"]))
    assert passing(panel, "did.feature:Board;uses:1-;plan=Pro") == ["p0", "p1", "p2"]
    assert passing(panel, "did.feature:Export;uses:1-;plan=Pro") == ["p1"]


@pytest.mark.parametrize("name", ["answer", "n", "found", "joined_at", "responded_at", "kind of use", "day"])
def test_a_column_called_as_one_of_ours_is_not_taken_for_it(name):
    usage = used(**{name: ["on", "off", "off"]})
    panel = nps.load(ANSWERS, usage=usage)
    assert asked(usage) == (name,)
    on = [person for person in ("p0", "p1", "p2") if ((usage["person_id"] == person) & (usage[name] == "on")).any()]
    for window in ("", ";last:90", ";before:90"):
        assert passing(panel, f"did.*;uses:1-{window};{coded(name)}=on") == on
        assert passing(panel, f"did.*;days:1-{window}") == ["p0", "p1", "p2"]
    assert panel.who.life("p0").days["uses"].sum() == 4
    assert panel.who.weekly().people.tolist()


# --- against loops ---------------------------------------------------------------------------------------------------


@cache
def made(seed: int) -> tuple:
    """A world whose usage came as two files, and the same to walk through by loops."""
    world = who_worlds.world(seed)
    for person in world.people.values():
        person.events = [event for event in person.events if event["at"]]  # no row of a dated file may lack one
    frames = who_worlds.frames(world)
    con = ibis.duckdb.connect()
    with sources.connect() as (reading, scratch):
        files = [scratch / "one.csv", scratch / "two.csv"]
        for n, file in enumerate(files):
            frames["usage"].iloc[n::2].to_csv(file, index=False)
        usage = intake.land({"usage": files}, {}, reading, scratch).tables["usage"].to_pandas()
    tables = {name: con.create_table(name, frame) for name, frame in (frames | {"usage": usage}).items()}
    return of(world, tables), world


ASKED = who_worlds.maybe_not(who_worlds.did(who_worlds.windows).filter(lambda clause: clause.props))


@given(ASKED)
@FEW
def test_usage_of_files_gives_the_same_people_as_a_loop(term):
    assert_equal(*made(3), (term,))


# --- kept data -------------------------------------------------------------------------------------------------------

USAGE = """person_id,feature,date,plan
customer-1,Board,2026-02-01,Pro
customer-2,Board,2026-02-02,Free
customer-2,Search,2026-02-20,Pro
customer-3,Search,2026-02-21,Free
"""
NEWER = """person_id,feature,date,platform
customer-3,Board,2026-02-20,web
customer-3,Board,2026-02-21,iOS
customer-2,Board,2026-02-22,iOS
"""


@pytest.fixture
def space(tmp_path):
    with open_workspace(tmp_path / "workspace") as opened:
        yield opened


def of_dataset(space, dataset: str) -> nps.Panel:
    (version,) = (each for each in datasets.listed(ADMIN, space) if each.id == dataset)
    return lens.panel_of_folder(datasets.place(ADMIN, space, version))


def test_a_refresh_keeps_what_was_said_of_older_uses_and_adds_what_is_said_of_newer_ones(space, tmp_path):
    first = kept.landed(tmp_path / "first", **kept.FILES | {"usage": USAGE})
    dataset = datasets.keep(ANALYST, space, first, "Q1")
    assert of_dataset(space, dataset).who.askable().usage == ("plan",)
    datasets.refresh(ANALYST, space, dataset, kept.landed(tmp_path / "more", usage=NEWER), 1)
    panel = of_dataset(space, dataset)
    assert panel.who.askable().usage == ("plan", "platform")
    assert passing(panel, "did.*;uses:1-;plan=Pro") == ["customer-1"]  # newer files hold from their first moment on
    assert passing(panel, "did.*;uses:1-;platform=iOS") == ["customer-2", "customer-3"]
    assert passing(panel, "did.*;uses:1-;platform=%28none%29") == ["customer-1", "customer-2"]


def test_data_that_was_kept_before_is_opened_as_it_is(space, tmp_path):
    """Folders of before have no such columns: nothing is asked of them, and everything else is."""
    dataset = datasets.keep(ANALYST, space, kept.landed(tmp_path / "old", **kept.FILES), "Q1")
    panel = of_dataset(space, dataset)
    assert panel.who.askable().usage == ()
    with pytest.raises(nps.InputError, match="plan"):
        passing(panel, "did.*;uses:1-;plan=Pro")


def test_who_is_erased_is_in_no_value_either(space, tmp_path):
    named = USAGE.replace("customer-3,Search,2026-02-21,Free", "customer-3,Search,2026-02-21,plan of customer-1")
    dataset = datasets.keep(ANALYST, space, kept.landed(tmp_path / "read", **kept.FILES | {"usage": named}), "Q1")
    assert "plan of customer-1" in of_dataset(space, dataset).who.values("usage", "plan")
    assert erase.erase(ADMIN, space, "customer-1")
    assert not any("customer-1" in value for value in of_dataset(space, dataset).who.values("usage", "plan"))
    assert kept.traces(space.root, "customer-1") == []


# --- the page --------------------------------------------------------------------------------------------------------


def test_the_builder_asks_of_which_plan_or_platform(tmp_path):
    usage = used(plan=["Free", "Pro", "Pro"], platform=["web", "iOS", "web", "Android"])
    contents = {"responses": ANSWERS.to_csv(index=False).encode(), "usage": usage.to_csv(index=False).encode()}
    read = Files(tmp_path, contents)
    app = opened(read, "people", view="sets")
    app.multiselect(key="set_0_and_what").set_value([("feature", "Timer")])
    which = healthy(app.run(), "people").selectbox(key="set_0_and_prop")
    assert (which.label, which.options) == ("Of which", ["anything", "plan", "platform"])
    assert "columns of the usage" in which.help.lower()
    which.select("platform")
    value = healthy(app.run(), "people").selectbox(key="set_0_and_value")
    assert value.options == ["Android", "iOS", "web"]
    value.select("iOS")
    healthy(app.run(), "people")
    counted = read.usual.counted("did.feature:Timer;uses:1-;platform=iOS")
    assert f"{counted.people:,} people" in said(app)
    healthy(app.button(key="set_add").click().run(), "people")
    assert "used Timer (platform = iOS)" in said(app)


def test_without_such_a_column_there_is_nothing_to_choose(tmp_path):
    contents = {"responses": ANSWERS, "usage": used()}
    app = opened(
        Files(tmp_path, {name: each.to_csv(index=False).encode() for name, each in contents.items()}),
        "people",
        view="sets",
    )
    assert not [each for each in app.selectbox if each.key == "set_0_and_prop"]
