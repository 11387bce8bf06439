"""What is done without anybody, and what is done from the command line."""

import json
import os
import sys
from datetime import UTC, datetime, timedelta
from functools import partial

import builders
import kept
import pytest
from kept import ADMIN, ANALYST, FILES, landed
from receiving import mailbox

from nps import __main__ as program
from nps import intake
from nps.engines import Connection, Stored
from pages.session import landed as shared
from pages.session import opened, working
from workspace import connections, work
from workspace.__main__ import main
from workspace.delivery import channels
from workspace.delivery import settings as delivering
from workspace.playbooks import playbooks
from workspace.playbooks.conditions import Then, When
from workspace.playbooks.playbooks import Playbook
from workspace.privacy import erase
from workspace.store import datasets, origins, panels
from workspace.store.database import open_workspace

ANSWERS = [("response_id", "person_id", "score", "day"), ("r1", "customer-1", 9, "2026-03-01")]
MORE = ("r2", "customer-2", 3, "2026-03-02")
USED = [("person_id", "feature", "day"), ("customer-1", "Board", "2026-02-01"), ("customer-2", "Board", "2026-02-02")]


@pytest.fixture
def space(tmp_path, monkeypatch):
    monkeypatch.setenv("NPS_LENS_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    with open_workspace(tmp_path / "workspace") as opened:
        yield opened


@pytest.fixture
def shop(tmp_path, space):
    """A dataset from a database, whose connection stands in secrets.toml."""
    builders.database(tmp_path / "shop.duckdb", {"answers": ANSWERS, "used": USED})
    (tmp_path / ".streamlit").mkdir()
    secret = f'[connections.shop]\ntype = "duckdb"\ndatabase = "{tmp_path / "shop.duckdb"}"\n'
    (tmp_path / ".streamlit/secrets.toml").write_text(secret)
    known = connections.of_secrets()
    assert known == {"shop": Connection("duckdb", database=str(tmp_path / "shop.duckdb"), trusted=True)}
    tables = {
        "responses": Stored(known["shop"], "answers"),
        "usage": Stored(known["shop"], select="SELECT * FROM used"),
    }
    job = intake.Job("count", tables, more={"window_days": 30, "before": None})
    job.result()
    return datasets.keep(ANALYST, space, job.folder, "Shop", origins.told("shop", tables, {}, 30))


def later(minutes):
    return datetime.now(UTC) + timedelta(minutes=minutes)


def test_a_database_is_read_anew_when_it_is_time_and_not_before(space, shop, tmp_path):
    datasets.schedule(ANALYST, space, shop, 60)
    (tmp_path / "shop.duckdb").unlink()
    builders.database(tmp_path / "shop.duckdb", {"answers": [*ANSWERS, MORE], "used": USED})
    assert work.once(ADMIN, space, connections.of_secrets(), later(59)) == []
    assert [str(told) for told in work.once(ADMIN, space, connections.of_secrets(), later(61))] == [
        "Shop was read anew."
    ]
    assert datasets.find(ADMIN, space, shop).rows["responses"] == 2
    assert "shop.duckdb" not in json.dumps(datasets.find(ADMIN, space, shop).source)


def test_what_cannot_be_read_is_told_and_the_rest_is_done(space, shop, tmp_path):
    datasets.schedule(ANALYST, space, shop, 60)
    old = datasets.keep(ANALYST, space, landed(tmp_path / "files", **FILES), "Old")
    datasets.retain(ADMIN, space, old, 1)
    assert sorted(str(told) for told in work.once(ADMIN, space, {}, later(61))) == [
        "Old: 7 rows were too old and are gone.",
        "Shop was not read: There is no connection called “shop” any more. Ask an administrator.",
    ]
    assert datasets.find(ADMIN, space, shop).number == 1


def test_somebody_erased_does_not_come_back_from_the_database(space, shop, tmp_path):
    erase.erase(ADMIN, space, "customer-1")
    datasets.schedule(ANALYST, space, shop, 1)
    (tmp_path / "shop.duckdb").unlink()
    builders.database(tmp_path / "shop.duckdb", {"answers": [*ANSWERS, MORE], "used": USED})
    work.once(ADMIN, space, connections.of_secrets(), later(2))
    assert ["customer-2" in row for row in kept.rows(space, "Shop", "responses")] == [True]
    assert kept.traces(space.root, "customer-1") == []


def test_the_commands_keep_refresh_undo_hand_out_erase_back_up_and_restore(space, tmp_path, capsys):
    for table, content in FILES.items():
        builders.write(tmp_path, content, f"{table}.csv")
    newer = str(builders.write(tmp_path, kept.RESPONSES + "r4,customer-2,10,2026-04-01,\n", "newer.csv"))
    given = [part for table in FILES for part in (f"--{table}", f"{table}.csv")]
    for command, said in (
        (["datasets", "keep", "Q1", *given], ""),
        (["datasets", "refresh", "Q1", "--responses", newer], ""),
        (["datasets"], "4 answers"),
        (["datasets", "undo", "Q1"], ""),
        (["datasets"], "3 answers"),
        (["datasets", "rename", "Q1", "Spring"], ""),
        (["datasets", "retain", "Spring", "9999"], ""),
        (["datasets", "viewers", "Spring", "pseudonymous"], ""),
        (["retention"], ""),
        (["export", "one@customer.example"], '"Una"'),
        (["backup", "copy.tar"], "as confidential"),
        (["erase", "customer-1"], "Erased."),
        (["restore", "copy.tar", "again", "--erased", str(space.root)], "Set NPS_LENS_WORKSPACE to again"),
        (["recover"], "All is tidy."),
        (["work"], ""),
        (["digest", "Spring"], "<!doctype html>"),
        (["digest", "Spring", "--file", "digest.html"], ""),
        (["datasets", "delete", "Spring"], ""),
        (["audit", "list"], "delete"),
        (["audit", "verify"], "rows, all as they were written."),
    ):
        assert main(command) == 0, capsys.readouterr().err
        assert said in capsys.readouterr().out
    assert kept.traces(tmp_path / "again", "one@customer.example") == []


def test_what_is_due_is_done_and_delivered_by_the_server_and_from_the_command_line(space, tmp_path, monkeypatch):
    """A playbook fires on a refreshed dataset, and its digest arrives in a mailbox; both at once tell it once."""
    with mailbox() as (box, port):
        _told_where(tmp_path, port)
        known = delivering.of_secrets()
        to = channels.keep(ADMIN, space, known, channels.Channel("", "Team", "mail", "team@lens.example"))
        dataset = datasets.keep(ANALYST, space, landed(tmp_path / "files", **FILES), "Q1")
        began = datetime.now(UTC) - timedelta(days=8)
        for name, when in (("Low", When("answer", {"score": ["0-6"], "v": ["3"]})), ("Weekly", When("digest"))):
            playbooks.keep(ADMIN, space, Playbook(dataset, name, when, Then(channel=to)), began)
        newer = kept.RESPONSES + f"r9,customer-3,1,{datetime.now(UTC):%Y-%m-%dT%H:%M:%S},\n"
        datasets.refresh(ANALYST, space, dataset, landed(tmp_path / "newer", responses=newer), 1)
        working.once()
        assert main(["work"]) == 0
    subjects = sorted(line for got in box.got for line in got.splitlines() if line.startswith("Subject: "))
    assert subjects == ["Subject: Low: 1 new case", "Subject: Weekly"]
    assert "Content-Type: text/html" in "".join(box.got)
    monkeypatch.setenv("NPS_LENS_WORK", "off")
    assert working.begin() is None


def test_the_servers_own_work_looks_at_the_panel_that_sessions_share(space, tmp_path):
    made = datasets.keep(ANALYST, space, landed(tmp_path / "files", **FILES), "Q1")
    now = datasets.find(ADMIN, space, made)
    alone = opened.for_work(ADMIN, space, now)
    folder = shared.Folder(datasets.place(ADMIN, space, now), partial(panels.panel, ADMIN, space, now))
    held = shared.known(f"kept {now.folder}", folder)
    assert opened.for_work(ADMIN, space, now).answers is held.joined(90, "active_days").answers is not alone.answers


def _told_where(folder, port):
    (folder / ".streamlit").mkdir()
    mail = f'[delivery.mail]\nserver = "127.0.0.1"\nport = {port}\nsecurity = "none"\nsender = "nps@lens.example"\n'
    (folder / ".streamlit/secrets.toml").write_text(mail)


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (["datasets", "undo", "Q1"], "not kept here"),
        (["datasets", "keep", "Q1"], "Name the files"),
        (["datasets", "keep", "Q1", "--responses", "nowhere.csv"], "nowhere.csv"),
        (["erase", "nobody"], "Nothing that is kept knows"),
        (["restore", "nowhere.tar", "again"], "nowhere.tar"),
    ],
)
def test_what_cannot_be_done_is_one_line(space, capsys, command, why):
    assert main(command) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert why in line


def test_a_changed_row_of_the_audit_is_found(space, capsys):
    with open_workspace(space.root) as opened:
        datasets.listed(ADMIN, opened)
        opened.db.execute("DROP TRIGGER audit_no_update")
    main(["backup", "copy.tar"])
    space.db.execute("UPDATE audit SET actor = 'somebody else'")
    space.db.commit()
    assert main(["audit", "verify"]) == 1
    assert "Row 1 is not as it was written." in capsys.readouterr().out


def test_the_program_has_the_same_commands(monkeypatch):
    became = []
    monkeypatch.setattr(os, "execve", lambda _path, command, known: became.append((command, known["PYTHONPATH"])))
    program.main(["erase", "customer-1", "--unknown"])
    wanted = [sys.executable, "-P", "-m", "workspace", "erase", "customer-1", "--unknown"]
    assert became == [(wanted, str(program._app().parent))]
