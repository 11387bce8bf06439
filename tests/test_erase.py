"""Forgetting a person everywhere, for good; what they may have handed out; and what is older than is kept."""

import json
import shutil
from datetime import date, datetime

import kept
import pandas as pd
import pytest
from kept import ADMIN, ANALYST, FILES, landed

from nps import counting, lens, rollups
from nps.notes import NothingLeft
from pages.session import starting
from workspace import backup
from workspace.privacy import erase, export, forgetting, retention
from workspace.store import audit, datasets, markers, marks, rules, sets
from workspace.store.database import open_workspace, writing

WHO, MAIL = "customer-1", "one@customer.example"
BAD = """response_id,person_id,score,date,comment
r5,customer-9,eleven,2026-03-05,
r6,customer-9,one@customer.example,2026-03-05,
r7,customer-8,7,2026-03-05,thanks to customer-1.
r8,customer-7,7,2026-03-06,customer-2 and two@customer.example are others
"""


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """What was read of the files, and of later ones that name the same person in a comment and in a bad cell."""
    place = tmp_path_factory.mktemp("read")
    return landed(place / "first", **FILES), landed(place / "later", responses=BAD)


@pytest.fixture(scope="module")
def made(tmp_path_factory, read):
    """A workspace with two versions of one dataset, and one of another."""
    root = tmp_path_factory.mktemp("made") / "workspace"
    with open_workspace(root) as space:
        dataset = datasets.keep(ANALYST, space, read[0], "Q1")
        datasets.refresh(ANALYST, space, dataset, read[1], 1)
        datasets.keep(ANALYST, space, read[0], "Q2")
        markers.add_marker(ANALYST, space, dataset, date(2026, 3, 1), f"called {MAIL.upper()}")
        markers.add_marker(ANALYST, space, dataset, date(2026, 3, 1), "Release")
        rules.keep(ANALYST, space, dataset, "1", json.dumps({"name": f"what {WHO} says", "en": [MAIL, "slow"]}), seen=0)
        with writing(space.db):
            row = {"id": "s1", "dataset": dataset, "made_by": "user 1", "made_at": "2026"}
            space.db.table("selections").insert_all(
                [
                    {**row, "name": "one", "query": f"person={WHO}"},
                    {**row, "id": "s2", "name": "two", "query": f"mail={MAIL.replace('@', '%40')}"},
                    {**row, "id": "s3", "name": "three", "query": "plan=pro"},
                ]
            )
        for name, line in (
            ("one", f"is.name:{MAIL.replace('@', '%40')}"),
            (WHO, "is.plan:pro"),
            ("two", "is.plan:pro"),
        ):
            sets.save(ANALYST, space, dataset, sets.SET, name, [line])
    return root


@pytest.fixture
def root(tmp_path, made):
    """The same, for one test alone."""
    shutil.copytree(made, tmp_path / "workspace")
    return tmp_path / "workspace"


def test_before_anybody_is_erased_they_are_in_many_places(root):
    assert len(kept.traces(root, WHO, MAIL)) > 10


@pytest.mark.parametrize("said", [WHO, MAIL, f"  {WHO.upper()} ", "ONE@customer.example"])
def test_somebody_erased_by_id_or_e_mail_is_in_no_byte_and_no_value(root, said):
    with open_workspace(root) as space:
        assert erase.erase(ADMIN, space, said)
        assert space.db.execute("SELECT count(*), min(finished) FROM erased").fetchone() == (2, 1)
    assert kept.traces(root, WHO, MAIL) == []
    assert kept.left_over(root) == set()
    kept.state(root)


def test_words_that_only_begin_like_somebody_erased_are_others():
    key = b"key"
    gone = marks.Forgotten(key, {marks.mark(key, word) for word in (WHO, MAIL, "u/12.345")})
    for said, left in (
        ("customer-11, customer-1@customer.example", "customer-11, customer-1@customer.example"),
        ("(customer-1), CUSTOMER-1.", "([removed]), [removed]."),
        ("mail One@Customer.example!", "mail [removed]!"),
        ("see u/12.345.", "see [removed]."),
        ('{"note": "report.as", "value": "by\\ncustomer-1"}', '{"note": "report.as", "value": "by\\n[removed]"}'),
    ):
        assert gone.removed(said) == left


def test_others_are_left_as_they_were_but_for_what_they_say_of_somebody_erased(root):
    with open_workspace(root) as space:
        erase.erase(ADMIN, space, WHO)
        answers = {row[3]: row[4] for row in kept.rows(space, "Q1", "responses")}
        assert answers == {
            "r2": "ask [removed] or [removed] about it",
            "r3": None,
            "r7": "thanks to [removed].",
            "r8": "customer-2 and two@customer.example are others",
        }
        assert [row[0] for row in kept.rows(space, "Q1", "people")] == ["customer-2", "customer-3"]
        assert {row[0] for row in kept.rows(space, "Q1", "usage")} == {"customer-2", "customer-3"}
        rejected = [row[2:4] for row in kept.rows(space, "Q1", "rejected")]
        assert sorted(rejected) == [("score", "[removed]"), ("score", "eleven")]
        panel = lens.panel_of_folder(datasets.place(ADMIN, space, datasets.listed(ADMIN, space)[-1]))
        assert len(panel.answers) == 4


def test_markers_selections_and_sets_that_name_somebody_go_with_them(root):
    with open_workspace(root) as space:
        erase.erase(ADMIN, space, WHO)
        assert [row["name"] for row in space.db.table("markers").rows] == ["Release"]
        assert [row["name"] for row in space.db.table("selections").rows] == ["three"]
        assert [row["name"] for row in space.db.table("sets").rows] == ["two"]


def test_rules_go_on_without_what_names_somebody(root):
    with open_workspace(root) as space:
        erase.erase(ADMIN, space, WHO)
        (row,) = space.db.table("rules").rows
        assert json.loads(row["rules"]) == {"name": "what [removed] says", "en": ["[removed]", "slow"]}


def test_whoever_was_erased_stays_so_whatever_is_kept_or_refreshed_later(root, read):
    with open_workspace(root) as space:
        erase.erase(ADMIN, space, WHO)
        again = datasets.keep(ANALYST, space, read[0], "the same files again")
        datasets.refresh(ANALYST, space, again, read[1], 1)
        assert datasets.find(ANALYST, space, again).rows == {"responses": 4, "people": 2, "usage": 3}
    assert kept.traces(root, MAIL) == []


def test_whoever_was_erased_stays_so_in_a_restored_backup_that_still_has_them(root, tmp_path):
    copy = tmp_path / "monday.tar"
    with open_workspace(root) as space:
        backup.backup(ADMIN, space, copy)
        erase.erase(ADMIN, space, WHO)
    for number, known in enumerate((root, root / "erased.json")):
        backup.restore(ADMIN, copy, tmp_path / f"restored{number}", known)
        assert kept.traces(tmp_path / f"restored{number}", MAIL) == []
        kept.state(tmp_path / f"restored{number}")
    backup.restore(ADMIN, copy, tmp_path / "forgetful")
    assert kept.traces(tmp_path / "forgetful", MAIL) != []  # as nobody said who was erased since


def test_a_server_that_starts_ends_what_was_promised(root, monkeypatch):
    monkeypatch.setenv("NPS_LENS_WORKSPACE", str(root))
    monkeypatch.setattr("pages.session.data.warm_up", lambda: None)
    with open_workspace(root) as space:
        erase._promised(ADMIN, space, WHO, False)
    assert kept.traces(root, MAIL) != []
    starting.warm_up()
    assert kept.traces(root, MAIL) == []


def test_an_id_of_few_signs_goes_as_a_person_and_stays_as_a_word(tmp_path):
    answers = "response_id,person_id,score,date,comment\nr1,9,9,2026-03-01,a\nr2,8,3,2026-03-02,9 of 9 times\n"
    with open_workspace(tmp_path / "workspace") as space:
        datasets.keep(ANALYST, space, landed(tmp_path / "files", responses=answers), "Q1")
        erase.erase(ADMIN, space, "9")
        assert [(row[2], row[4]) for row in kept.rows(space, "Q1", "responses")] == [("8", "9 of 9 times")]


def test_an_e_mail_that_others_have_too_stays_theirs(tmp_path):
    people = "person_id,email\ncustomer-1,team@customer.example\ncustomer-2,team@customer.example\n"
    files = landed(tmp_path / "files", responses=FILES["responses"], people=people)
    with open_workspace(tmp_path / "workspace") as space:
        datasets.keep(ANALYST, space, files, "Q1")
        erase.erase(ADMIN, space, "customer-1")
        assert kept.rows(space, "Q1", "people") == [("customer-2", "team@customer.example")]


def test_whom_nobody_knows_is_erased_only_when_that_is_meant(root, tmp_path):
    with open_workspace(root) as space:
        with pytest.raises(NothingLeft, match="Nothing that is kept knows"):
            erase.erase(ADMIN, space, "customer-5")
        assert erase.erase(ADMIN, space, "customer-5", unknown=True)
        answers = "response_id,person_id,score,date\nr1,customer-5,9,2026-03-01\nr2,customer-6,9,2026-03-01\n"
        later = datasets.keep(ANALYST, space, landed(tmp_path / "later", responses=answers), "later")
        assert datasets.find(ANALYST, space, later).rows == {"responses": 1}


def test_the_last_one_to_answer_can_be_erased_and_the_data_says_so(tmp_path):
    answers = "response_id,person_id,score,date\nr1,customer-1,9,2026-03-01\n"
    with open_workspace(tmp_path / "workspace") as space:
        dataset = datasets.keep(ANALYST, space, landed(tmp_path / "files", responses=answers), "Q1")
        erase.erase(ADMIN, space, WHO)
        folder = datasets.place(ADMIN, space, datasets.find(ADMIN, space, dataset))
        with pytest.raises(NothingLeft, match="they were erased"):
            lens.panel_of_folder(folder)


def test_people_stand_in_the_audit_as_marks(root):
    with open_workspace(root) as space:
        erase.erase(ADMIN, space, WHO)
        told = json.loads(audit.rows(ADMIN, space, 1)["about"][0])
        assert told == {"person": marks.mark(marks.secret(root), WHO)[:16]}
        assert audit.verify(ADMIN, space).broken is None


def test_what_was_counted_in_a_database_is_the_same_for_everybody_else(tmp_path, read):
    """Usage that stays in its database is kept as counts by the number of an answer, and numbers move up."""
    place = counted(tmp_path, read[0])
    before = lens.panel_of_folder(place)
    with open_workspace(tmp_path / "workspace") as space:
        dataset = datasets.keep(ANALYST, space, place, "Q1", {"connection": "shop", "tables": {}, "mapping": {}})
        erase.erase(ADMIN, space, WHO)
        after = lens.panel_of_folder(datasets.place(ADMIN, space, datasets.find(ADMIN, space, dataset)))
    left = before.answers[before.answers["person_id"] != WHO]
    wanted = {"person_id", "active_days", "uses", "features_used"}
    pd.testing.assert_frame_equal(after.answers[[*wanted]], left[[*wanted]].reset_index(drop=True))
    assert uses(after) == {pair for pair in uses(before) if pair[0] != WHO}
    assert after.spells["person"].tolist() == [0, 0, 1][: len(after.spells)]
    assert kept.traces(tmp_path / "workspace", MAIL) == []


def counted(tmp_path, folder):
    """The same as a database would count it."""
    place = tmp_path / "counted"
    with lens.sources.connect() as (con, _):
        lens.intake.read_landed(folder, con).count(90)[0].write(place)
    assert counting.read(rollups.Rollup, place)
    return place


def uses(panel):
    """Who used what."""
    people, names = panel.answers["person_id"], panel.features["feature"]
    return {(people[answer], names[feature], uses) for answer, feature, uses in zip(*panel.pairs, strict=True)}


def test_every_table_and_every_text_in_it_has_a_way_to_forget(tmp_path):
    with open_workspace(tmp_path / "workspace") as space:
        texts = {
            table.name: {column.name for column in table.columns if column.type not in ("INTEGER", "REAL")}
            for table in space.db.tables
            if not table.name.startswith("sqlite_")
        }
    assert texts == {table: {*columns} for table, columns in forgetting.TABLES.items()}


def test_somebody_is_handed_all_that_is_kept_of_them_and_nothing_of_others(root):
    with open_workspace(root) as space:
        told = json.loads(json.dumps(export.export(ADMIN, space, MAIL)))
    assert told["person"] == [WHO, MAIL]
    (first,) = (each for each in told["datasets"] if each["dataset"] == "Q1")
    assert first["tables"]["responses"] == [
        {"response_id": "r1", "person_id": WHO, "score": 9, "responded_at": "2026-03-01T00:00:00", "comment": "fine"}
    ]
    assert [row["feature"] for row in first["tables"]["usage"]] == ["Board"]
    assert first["tables"]["people"] == [{"person_id": WHO, "name": "Una", "email": MAIL, "plan": "pro"}]
    assert "customer-2" not in json.dumps(told)


def test_an_account_stays_without_its_owner_who_is_erased(tmp_path):
    """A list of accounts says nothing of whoever is in them, but may name somebody."""
    read = landed(tmp_path / "files", **FILES, accounts=f"account_id,plan,owner\na1,pro,{MAIL}\na2,free,Kim\n")
    with open_workspace(tmp_path / "workspace") as space:
        datasets.keep(ANALYST, space, read, "Q1")
        assert "accounts" not in json.dumps(export.export(ADMIN, space, MAIL)["datasets"][0]["tables"])
        assert erase.erase(ADMIN, space, MAIL)
        assert [row[:2] for row in kept.rows(space, "Q1", "accounts")] == [("a1", "pro"), ("a2", "free")]
    assert kept.traces(tmp_path / "workspace", MAIL) == []


def test_where_everything_is_kept_by_account_a_word_can_be_erased_and_the_rest_is_opened(tmp_path):
    answers = "account_id,score,date\n" + "".join(f"acc-{n:02d},9,2026-03-01\n" for n in range(9))
    usage = "account_id,feature,date\n" + "".join(f"acc-{n:02d},Board,2026-02-01\n" for n in range(9))
    plans = "account_id,plan,seats\n" + "".join(f"acc-{n:02d},{'pro' if n % 2 else 'free'},3\n" for n in range(9))
    read = landed(tmp_path / "files", responses=answers, usage=usage, accounts=plans)
    with open_workspace(tmp_path / "workspace") as space:
        dataset = datasets.keep(ANALYST, space, read, "Q1")
        for word in ("acc-00", "acc-01"):
            assert erase.erase(ADMIN, space, word, unknown=True)
        panel = lens.panel_of_folder(datasets.place(ADMIN, space, datasets.find(ADMIN, space, dataset)))
    assert panel.answers["score"].tolist() == [9] * 9
    assert {"acc-02", "acc-08"} <= {*panel.watched().facts().index}
    assert kept.traces(tmp_path / "workspace", "acc-00", "acc-01") == []


NOW = datetime(2026, 3, 10)


def test_retention_says_what_would_go_takes_it_away_and_leaves_no_earlier_version(root):
    with open_workspace(root) as space:
        dataset = next(each.id for each in datasets.listed(ADMIN, space) if each.name == "Q1")
        datasets.retain(ADMIN, space, dataset, 8)  # since 2 March
        before = kept.state(root)
        dry = retention.expired(ADMIN, space, NOW)
        assert [(each.name, each.rows, each.versions) for each in dry] == [("Q1", {"responses": 1, "usage": 4}, 1)]
        assert kept.state(root) == before
        assert retention.expire(ADMIN, space, NOW) == dry
        assert retention.expire(ADMIN, space, NOW) == []
        now = datasets.find(ADMIN, space, dataset)
        assert (now.number, now.versions, now.rows) == (2, 1, {"responses": 4, "people": 3, "usage": 0})
    assert kept.left_over(root) == set()


def test_earlier_versions_go_too_where_only_they_hold_what_is_too_old(root, read):
    with open_workspace(root) as space:
        dataset = next(each.id for each in datasets.listed(ADMIN, space) if each.name == "Q2")
        datasets.retain(ADMIN, space, dataset, 1)
        datasets.refresh(ANALYST, space, dataset, read[0], 1)
        (dry,) = [each for each in retention.expired(ADMIN, space) if each.name == "Q2"]
        assert (sum(dry.rows.values()), dry.versions) == (0, 1)
        retention.expire(ADMIN, space)
        assert datasets.find(ADMIN, space, dataset).versions == 1


def test_a_refresh_does_not_bring_back_what_is_too_old(root, read):
    with open_workspace(root) as space:
        dataset = next(each.id for each in datasets.listed(ADMIN, space) if each.name == "Q2")
        datasets.retain(ADMIN, space, dataset, 1)
        datasets.refresh(ANALYST, space, dataset, read[0], 1)
        assert datasets.find(ADMIN, space, dataset).rows == {"responses": 0, "people": 3, "usage": 0}
