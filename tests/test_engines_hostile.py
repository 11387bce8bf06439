"""Hostile SELECTs at a real PostgreSQL, and what a connection that people typed needs to be one."""

import os
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import wait_until

import nps
from nps import engines, intake
from nps.engines import Stored, backends, checked_select, sessions

psycopg = pytest.importorskip("psycopg")
PASSWORD = "s3cret-pa55word"
pytestmark = [pytest.mark.engines, pytest.mark.filterwarnings("ignore:XDG_RUNTIME_DIR is not set")]
HARMLESS = {"random"}  # among what changes from call to call

ATTACKS = [
    r"SELECT E'\\' AS a, ' ; INSERT INTO canary VALUES (2) --' AS b",
    r"SELECT E'\\' AS a, ' , pg_sleep(60) --' AS b",
    r"SELECT '\' AS a, ' ; DELETE FROM canary; --' AS b",
    "SELECT $a$ ' $a$, ' ; DROP TABLE canary --'",
    "SELECT 1; DELETE FROM canary",
    "WITH gone AS (DELETE FROM canary RETURNING *) SELECT * FROM gone",
    "SELECT (60::float8).pg_sleep",
    "SELECT x.pg_sleep FROM (SELECT 60::float8 AS seconds) AS x",
    "SELECT U&'!0027 ; DELETE FROM canary --' UESCAPE '!'",
    "SELECT set_config('default_transaction_read_only', 'off', false)",
    "SELECT nextval('numbers')",
    "SELECT * INTO other FROM canary",
    "SELECT query_to_xml('DELETE FROM canary', true, true, '')",
    "SELECT lo_create(1)",
    "SELECT * FROM canary FOR UPDATE",
]


@pytest.fixture(scope="module")
def server():
    from servers import READER, postgres

    with postgres() as running:
        with running.owner() as owner:
            owner.execute("CREATE TABLE canary (a int); INSERT INTO canary VALUES (1); CREATE SEQUENCE numbers")
            owner.execute(f"GRANT ALL ON canary, numbers TO {READER}; GRANT CREATE ON SCHEMA public TO {READER}")
            owner.execute("CREATE TABLE wide AS SELECT n AS score, 1 AS person_id FROM generate_series(1, 5) n")
            owner.execute(f"GRANT SELECT ON wide TO {READER}")
        yield running


@pytest.mark.parametrize("select", ATTACKS)
def test_a_hostile_select_changes_nothing_even_where_its_user_may(server, select):
    with pytest.raises(nps.InputError):
        nps.load(Stored(server.reader(), select=select))
    with server.owner() as owner:
        assert owner.execute("SELECT array_agg(a) FROM canary").fetchall() == [([1],)]
        assert owner.execute("SELECT is_called FROM numbers").fetchall() == [(False,)]


@pytest.mark.parametrize("sent", ["SELECT 1; DELETE FROM canary", "SELECT 1; SELECT 2", "COMMIT; DELETE FROM canary"])
def test_the_protocol_takes_one_statement_whatever_came_past_the_check(server, sent):
    with sessions.session(server.reader()) as backend, pytest.raises(psycopg.errors.SyntaxError, match="multiple"):
        backend.raw_sql(sent)


def test_no_function_that_does_more_than_compute_is_let_through(server):
    with server.owner() as owner:
        rows = owner.execute("SELECT DISTINCT proname, provolatile FROM pg_proc WHERE prokind = 'f'").fetchall()
    changing = {name for name, kind in rows if kind == "v"} - HARMLESS
    assert len(rows) > 2_000
    assert {name for name, _ in rows if passes(f"{name}(x)")}.isdisjoint(changing)
    ways = ("(x).{}", "x.{}", "(ARRAY[x])[1].{}", "ROW(x).{}")
    assert {name for name, _ in rows for way in ways if passes(way.format(f'"{name}"'))} == set()


def passes(expression: str) -> bool:
    try:
        checked_select(f"SELECT {expression} FROM (SELECT 1 AS score) AS x", "postgres")
    except nps.InputError:
        return False
    return True


def test_a_pause_past_the_deadline_does_not_save_what_is_begun_then(server, monkeypatch):
    monkeypatch.setattr(backends, "TIMEOUT_SECONDS", 0.5)

    def late() -> None:
        with sessions.session(server.reader()) as backend:
            backend.con.execute("SET statement_timeout = 0")
            threading.Event().wait(1)
            backend.con.execute("SELECT pg_sleep(60)")

    with pytest.raises(nps.InputError, match="took too long"):
        late()


def active(server) -> int:
    with server.owner() as owner:
        asked = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND application_name = 'NPS Lens'"
        return owner.execute(asked).fetchone()[0]


SLOW = "SELECT count(*) AS score FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b"


@pytest.mark.parametrize("leave", ["cancelled", "left", "killed"])
def test_a_database_works_for_nobody_who_has_left(server, leave):
    here = threading.Event()
    here.set()
    job = intake.Job("preview", {"responses": Stored(server.reader(), select=SLOW)}, alive=here.is_set)
    wait_until(lambda: active(server) == 1, "the database is at work")
    if leave == "cancelled":
        job.cancel()
    elif leave == "left":
        here.clear()
    else:
        job._run.process.kill()
    wait_until(lambda: active(server) == 0, "nothing is at work", 4)


def test_large_cells_are_cut_before_they_come_here(server):
    large = "SELECT repeat('x', 150000) AS comment, n AS person_id, n % 11 AS score FROM generate_series(1, 5000) AS n"
    before = resident()
    seen = intake.Job("preview", {"responses": Stored(server.reader(), select=large)}).previews()["responses"]
    assert seen.head["comment"].str.len().max() == 1_000
    assert resident() - before < 200 * 1024**2


def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_a_password_is_in_no_argument_no_environment_and_no_file_of_a_worker(server):
    job = intake.Job("preview", {"responses": Stored(server.reader(), select=SLOW)})
    wait_until(lambda: active(server) == 1, "the database is at work")
    process = Path(f"/proc/{job._run.process.pid}")
    told = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
    told += b"".join(path.read_bytes() for path in job._run.place.rglob("*") if path.is_file())
    job.cancel()
    assert PASSWORD.encode() not in told


def test_a_typed_connection_reaches_a_server_that_proves_itself(server, tmp_path, monkeypatch):
    monkeypatch.setenv(backends.AUTHORITIES, str(certificates(tmp_path)))
    with behind_tls(server.port, tmp_path) as port:
        typed = server.reader(trusted=False, host="localhost", port=port)
        assert "canary" in engines.table_names(typed)
        with pytest.raises(nps.InputError, match="refused the user name or the password"):
            engines.table_names(replace(typed, password="wrong"))
        with pytest.raises(nps.InputError, match="no database of that name"):
            engines.table_names(replace(typed, database="nowhere"))
        with pytest.raises(nps.InputError, match="over TLS"):  # its certificate is of another name
            engines.table_names(replace(typed, host="127.0.0.1"))
        monkeypatch.delenv(backends.AUTHORITIES)
        with pytest.raises(nps.InputError, match="over TLS"):
            engines.table_names(typed)


@contextmanager
def behind_tls(port: int, folder: Path) -> Iterator[int]:
    """A port at which the server, whose build has no TLS, is reached by it."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "own.crt", folder / "own.key")

    def relay(client: socket.socket) -> None:
        client.recv(8)  # asks for TLS
        client.sendall(b"S")
        own = socket.create_connection(("127.0.0.1", port))
        with suppress(OSError), own as behind, context.wrap_socket(client, server_side=True) as inside:
            threading.Thread(target=pour, args=(behind, inside), daemon=True).start()
            pour(inside, behind)

    def pour(source: socket.socket, into: socket.socket) -> None:
        with suppress(OSError):
            while said := source.recv(65536):
                into.sendall(said)

    def serve(door: socket.socket) -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=relay, args=(door.accept()[0],), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as door:
        threading.Thread(target=serve, args=(door,), daemon=True).start()
        yield door.getsockname()[1]
        door.shutdown(socket.SHUT_RDWR)


def certificates(folder: Path) -> Path:
    """The certificate of an authority, which gave one to localhost: own.crt, own.key."""

    def made(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    made("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.crt", "-subj", "/CN=Ours")
    made("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "own.key", "-out", "own.csr", "-subj", "/CN=localhost")
    (folder / "names").write_text("subjectAltName=DNS:localhost")
    made(
        *("x509", "-req", "-in", "own.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-out", "own.crt"),
        *("-extfile", "names", "-CAcreateserial"),
    )
    return folder / "ca.crt"
