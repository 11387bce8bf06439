"""What is kept under a name: opened, refreshed, undone, deleted."""

import json
from datetime import date

import kept
import pandas as pd
import pytest
from kept import ADMIN, ANALYST, FILES, landed

from nps import lens
from nps.notes import InputError
from workspace.privacy import erase
from workspace.store import audit, datasets, markers, rules
from workspace.store.database import open_workspace

NEWER = {
    "responses": """response_id,person_id,score,date,comment
r2,customer-2,10,2026-03-02,mended
r4,customer-4,7,2026-04-01,new
""",
    "usage": """person_id,feature,date
customer-2,Search,2026-02-20
customer-2,Timer,2026-03-25
""",
    "people": """person_id,name,email,plan
customer-2,Duo,two@customer.example,free
customer-4,Vier,four@customer.example,free
""",
}


@pytest.fixture(scope="module")
def older(tmp_path_factory):
    return landed(tmp_path_factory.mktemp("older") / "files", **FILES)


@pytest.fixture(scope="module")
def newer(tmp_path_factory):
    return landed(tmp_path_factory.mktemp("newer") / "files", **NEWER)


@pytest.fixture
def space(tmp_path):
    with open_workspace(tmp_path / "workspace") as opened:
        yield opened


def now(space, name="Q1"):
    (found,) = (each for each in datasets.listed(ADMIN, space) if each.name == name)
    return found


def test_what_is_kept_is_opened_as_it_was_read(space, older):
    dataset = datasets.keep(ANALYST, space, older, "  Q1 ")
    found = datasets.find(ANALYST, space, dataset)
    assert (found.name, found.number, found.rows) == ("Q1", 1, {"responses": 3, "people": 3, "usage": 4})
    panel = lens.panel_of_folder(datasets.place(ANALYST, space, found))
    assert panel.answers["score"].tolist() == [9, 3, 8]
    assert panel.answers["features_used"].tolist() == [1, 2, 1]


@pytest.mark.parametrize(("name", "why"), [("  ", "at most 80"), ("x" * 81, "at most 80"), ("Q1", "another name")])
def test_a_name_is_some_text_that_nothing_else_has(space, older, name, why):
    datasets.keep(ANALYST, space, older, "Q1")
    with pytest.raises(InputError, match=why):
        datasets.keep(ANALYST, space, older, name)
    other = datasets.keep(ANALYST, space, older, "Q2")
    with pytest.raises(InputError, match=why):
        datasets.rename(ANALYST, space, other, name)
    assert kept.left_over(space.root) == set()


def test_those_opened_last_come_first(space, older):
    one, _other = (datasets.keep(ANALYST, space, older, name) for name in ("Q1", "Q2"))
    assert [each.name for each in datasets.listed(ANALYST, space)] == ["Q2", "Q1"]
    datasets.opened(ANALYST, space, one)
    assert [each.name for each in datasets.listed(ANALYST, space)] == ["Q1", "Q2"]


def test_a_refresh_takes_the_newer_row_of_each_id_and_newer_usage_from_its_first_moment_on(space, older, newer):
    dataset = datasets.keep(ANALYST, space, older, "Q1")
    datasets.refresh(ANALYST, space, dataset, newer, 1)
    assert [(row[2], row[3], row[0]) for row in answers(space)] == [
        ("customer-1", "r1", 9),
        ("customer-2", "r2", 10),
        ("customer-3", "r3", 8),
        ("customer-4", "r4", 7),
    ]
    assert [row[-1] for row in kept.rows(space, "Q1", "people")] == ["pro", "free", "free", "free"]
    assert [(row[0], row[1], f"{row[2]:%m-%d}") for row in kept.rows(space, "Q1", "usage")] == [
        ("customer-1", "Board", "02-01"),
        ("customer-2", "Board", "02-02"),
        ("customer-2", "Search", "02-20"),
        ("customer-2", "Timer", "03-25"),
    ]  # of 21 February there is nothing any more: the newer file does not have it
    panel = lens.panel_of_folder(datasets.place(ANALYST, space, now(space)))
    assert panel.answers["person_id"].tolist() == [f"customer-{n}" for n in (1, 2, 3, 4)]


def test_kept_usage_lies_by_whom_it_is_of_and_when_after_a_refresh_too(space, tmp_path):
    """As the file came, people are in turn: nobody could be found without reading all of it."""
    header, used = "person_id,feature,date", ["b,Map,2026-02-03", "a,Map,2026-02-02", "b,Map,2026-02-01"]
    first = kept.landed(tmp_path / "first", **kept.FILES | {"usage": "\n".join([header, *used, ""])})
    more = kept.landed(tmp_path / "more", usage="\n".join([header, "b,Map,2026-02-05", "a,Map,2026-02-04", ""]))
    dataset = datasets.keep(ANALYST, space, first, "Q1")
    lies = [("a", "02-02"), ("b", "02-01"), ("b", "02-03")]
    assert used_by(space) == lies
    datasets.refresh(ANALYST, space, dataset, more, 1)
    assert used_by(space) == [lies[0], ("a", "02-04"), *lies[1:], ("b", "02-05")]


def used_by(space) -> list[tuple[str, str]]:
    """Who used something on which day, as the file has it."""
    rows = pd.read_parquet(datasets.place(ANALYST, space, now(space)) / "usage.parquet")
    return [(row.person_id, f"{row.at:%m-%d}") for row in rows.itertuples()]


def answers(space):
    return sorted(kept.rows(space, "Q1", "responses"), key=lambda row: row[3] or "")


def test_a_file_of_one_table_leaves_the_others(space, older, tmp_path):
    dataset = datasets.keep(ANALYST, space, older, "Q1")
    before = kept.rows(space, "Q1", "responses"), kept.rows(space, "Q1", "people")
    datasets.refresh(ANALYST, space, dataset, landed(tmp_path / "more", usage=NEWER["usage"]), 1)
    assert (kept.rows(space, "Q1", "responses"), kept.rows(space, "Q1", "people")) == before
    assert now(space).rows == {"responses": 3, "people": 3, "usage": 4}


def test_answers_without_an_id_are_all_kept_and_that_is_said(space, tmp_path):
    nameless = "score,date\n9,2026-03-01\n2,2026-03-02\n"
    first, second = (landed(tmp_path / name, responses=nameless) for name in ("one", "two"))
    dataset = datasets.keep(ANALYST, space, first, "Q1")
    datasets.refresh(ANALYST, space, dataset, second, 1)
    panel = lens.panel_of_folder(datasets.place(ANALYST, space, now(space)))
    assert sorted(panel.answers["score"]) == [2, 2, 9, 9]
    assert panel.answers["person_id"].nunique() == 4  # nobody knows whether they are the same people
    assert [(each.code, each.values) for each in panel.notes][-1] == ("dataset.without_id", {"n": 4})


def test_undo_goes_back_to_the_version_before_and_a_later_one_has_a_new_number(space, older, newer):
    dataset = datasets.keep(ANALYST, space, older, "Q1")
    before = answers(space)
    datasets.refresh(ANALYST, space, dataset, newer, 1)
    datasets.undo(ANALYST, space, dataset, 2)
    assert answers(space) == before
    datasets.refresh(ANALYST, space, dataset, newer, 1)
    assert (now(space).number, now(space).versions) == (3, 2)
    datasets.undo(ANALYST, space, dataset, 3)
    assert answers(space) == before
    with pytest.raises(InputError, match="no version before"):
        datasets.undo(ANALYST, space, dataset, 1)
    assert kept.left_over(space.root) == set()


def test_three_versions_are_kept(space, older, newer):
    dataset = datasets.keep(ANALYST, space, older, "Q1")
    for number in (1, 2, 3):
        datasets.refresh(ANALYST, space, dataset, newer, number)
    assert (now(space).number, now(space).versions) == (4, 3)
    assert kept.left_over(space.root) == set()


@pytest.mark.parametrize("change", ["refresh", "undo"])
def test_who_looked_at_an_earlier_version_is_told_so(space, older, newer, change):
    dataset = datasets.keep(ANALYST, space, older, "Q1")
    datasets.refresh(ANALYST, space, dataset, newer, 1)
    before = kept.state(space.root)
    given = [newer, 1] if change == "refresh" else [1]
    with pytest.raises(InputError, match="Somebody changed “Q1” meanwhile"):
        getattr(datasets, change)(ANALYST, space, dataset, *given)
    assert kept.state(space.root) == before
    assert kept.left_over(space.root) == set()


def test_deleting_takes_versions_markers_rules_and_folders_but_nothing_of_others(space, older, newer):
    one, other = (datasets.keep(ANALYST, space, older, name) for name in ("Q1", "Q2"))
    datasets.refresh(ANALYST, space, one, newer, 1)
    for dataset in (one, other):
        markers.add_marker(ANALYST, space, dataset, date(2026, 3, 1), "Release")
        rules.keep(ANALYST, space, dataset, "1", "{}", seen=0)
    datasets.delete(ADMIN, space, one)
    assert [each.name for each in datasets.listed(ANALYST, space)] == ["Q2"]
    assert [len(markers.markers(ANALYST, space, dataset)) for dataset in (one, other)] == [0, 1]
    assert [rules.current(ANALYST, space, dataset).number for dataset in (one, other)] == [0, 1]
    assert kept.left_over(space.root) == set()
    for ask in (datasets.find, datasets.delete):
        with pytest.raises(InputError, match="not kept here any more"):
            ask(ADMIN, space, one)


def test_usage_of_people_is_not_mixed_with_usage_of_accounts(space, older, tmp_path):
    dataset = datasets.keep(ANALYST, space, older, "Q1")
    answers = "response_id,person_id,account_id,score,date\n" + "".join(
        f"s{n},p{n},a{n},9,2026-03-01\n" for n in range(9)
    )
    usage = "account_id,feature,date\n" + "".join(f"a{n},Board,2026-02-01\n" for n in range(9))
    other = landed(tmp_path / "accounts", responses=answers, usage=usage)
    with pytest.raises(InputError, match="another id than before"):
        datasets.refresh(ANALYST, space, dataset, other, 1)
    assert kept.left_over(space.root) == set()


def test_newer_ids_are_matched_as_the_older_were(space, tmp_path):
    loose = landed(tmp_path / "one", {"keys": "normalised"}, **FILES)
    dataset = datasets.keep(ANALYST, space, loose, "Q1")
    way = datasets.keys(ANALYST, space, now(space))
    shouting = RESPONSES_IN_CAPITALS
    datasets.refresh(ANALYST, space, dataset, landed(tmp_path / "two", {"keys": way}, responses=shouting), 1)
    panel = lens.panel_of_folder(datasets.place(ANALYST, space, now(space)))
    assert panel.answers["person_id"].tolist() == ["customer-1", "customer-2", "customer-3", "customer-1"]


RESPONSES_IN_CAPITALS = "response_id,person_id,score,date\nr9,CUSTOMER-1,5,2026-05-01\n"


def test_the_source_of_a_dataset_is_told_without_its_secret_and_only_its_like_refreshes_it(space, older, tmp_path):
    counted = tmp_path / "counted"
    counted.mkdir()
    for file in older.iterdir():
        (counted / file.name).write_bytes(file.read_bytes())
    manifest = json.loads((counted / "manifest.json").read_text())
    (counted / "manifest.json").write_text(json.dumps(manifest | {"window_days": 90}))
    source = {"connection": "shop", "tables": {"responses": "answers"}, "mapping": {}}
    dataset = datasets.keep(ANALYST, space, counted, "Q1", source)
    assert now(space).source == source
    with pytest.raises(InputError, match="read there again"):
        datasets.refresh(ANALYST, space, dataset, older, 1)
    datasets.refresh(ANALYST, space, dataset, counted, 1)
    assert (now(space).number, now(space).rows["responses"]) == (2, 3)


def test_only_what_comes_from_a_database_is_read_by_itself(space, older):
    dataset = datasets.keep(ANALYST, space, older, "Q1")
    with pytest.raises(InputError, match="from a database"):
        datasets.schedule(ANALYST, space, dataset, 60)


def test_each_change_stands_in_the_audit(space, older, newer):
    dataset = datasets.keep(ANALYST, space, older, "Q1")
    datasets.refresh(ANALYST, space, dataset, newer, 1)
    datasets.undo(ANALYST, space, dataset, 2)
    datasets.rename(ANALYST, space, dataset, "Q2")
    datasets.retain(ADMIN, space, dataset, 400)
    datasets.delete(ADMIN, space, dataset)
    told = audit.rows(ADMIN, space)
    assert told["did"].tolist()[::-1] == ["keep", "refresh", "undo", "rename", "change", "delete"]
    assert all(json.loads(about)["dataset"] == dataset for about in told["about"])


def test_names_of_folders_and_columns_mean_nothing(tmp_path, newer):
    """A folder may be called as DuckDB's partitions or patterns are, a column as one of its own."""
    odd = kept.FILES | {"people": PEOPLE_WITH_ODD_COLUMNS}
    with open_workspace(tmp_path / "env=prod [1]* 'x'" / "workspace") as space:
        dataset = datasets.keep(ANALYST, space, landed(tmp_path / "odd", **odd), "Q1")
        datasets.refresh(ANALYST, space, dataset, newer, 1)
        erase.erase(ADMIN, space, "customer-1")
        panel = lens.panel_of_folder(datasets.place(ANALYST, space, now(space)))
        assert panel.answers["person_id"].tolist() == ["customer-2", "customer-3", "customer-4"]
        assert not {"env", "nps_lens_row"} & {*panel.answers}
        assert [row[0] for row in kept.rows(space, "Q1", "people")] == ["customer-2", "customer-3", "customer-4"]


PEOPLE_WITH_ODD_COLUMNS = """person_id,email,file_row_number,_new,select
customer-1,one@customer.example,7,a,x
customer-2,two@customer.example,8,b,y
customer-3,three@customer.example,9,c,z
"""


LISTED = "account_id,plan,owner\na1,pro,Kim\na2,free,Lee\n"


def test_of_accounts_the_newer_row_counts_and_their_ids_are_not_mixed_with_names(space, tmp_path):
    read = landed(tmp_path / "one", **FILES, accounts=LISTED)
    dataset = datasets.keep(ANALYST, space, read, "Q1")
    datasets.refresh(ANALYST, space, dataset, landed(tmp_path / "two", accounts="account_id,plan\na2,pro\na3,pro\n"), 1)
    assert kept.rows(space, "Q1", "accounts") == [("a1", "pro", "Kim"), ("a2", "pro", None), ("a3", "pro", None)]
    assert now(space).rows["accounts"] == 3
    with pytest.raises(InputError, match="another id than before"):
        datasets.refresh(ANALYST, space, dataset, landed(tmp_path / "three", accounts="company,plan\nNord,pro\n"), 2)
