"""Connections that people type: nothing of this server goes to a host that did not prove itself, none to one inside."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

import nps
from nps import engines
from nps.engines import Connection, pinned
from nps.engines.addresses import is_public
from nps.engines.failures import meaning

SECRET = "swordfish"
REFUSED_IN_GERMAN = (
    b"SFATAL\0VFATAL\0C28P01\0MPasswort-Authentifizierung f\xc3\xbcr Benutzer \xc2\xbbnps\xc2\xab fehlgeschlagen\0\0"
)
INSIDE = [
    *("0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "100.127.255.254"),
    *("127.0.0.1", "127.255.255.255", "168.63.129.16", "169.254.0.1", "169.254.0.23", "169.254.169.254"),
    *("169.254.170.2", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1"),
    *("192.168.0.1", "192.168.255.255", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1"),
    *("239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:0.0.0.0"),
    *("::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:168.63.129.16"),
    *("::127.0.0.1", "::8.8.8.8", "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b::169.254.169.254"),
    *("64:ff9b::168.63.129.16", "64:ff9b:1::1", "64:ff9b:1::808:808", "100::1", "2001::1"),
    *("2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1", "2001:10::1", "2001:20::1", "2002:7f00:1::"),
    *("2002:a00:1::1", "2002:808:808::1", "3fff::1", "5f00::1", "fc00::1", "fd00::1", "fd00:ec2::254", "fe80::1"),
    *("fe80::1%eth0", "fe80::a9fe:a9fe", "fec0::1", "feff::1", "ff02::1", "ff0e::1", "localhost", "127.1"),
    *("2130706433", "1.2.3.4.5"),
]
OUTSIDE = ["8.8.8.8", "93.184.215.14", "172.32.0.1", "2606:2800:21f:cb07::1", "64:ff9b::808:808", "::ffff:8.8.8.8"]


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_of_our_networks_of_a_clouds_services_or_of_nobody_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_an_address_of_the_internet_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize("host", ["a..b", "." * 3, "a" * 64 + ".example", "xn--a" * 60, "fe80::1%lo", "1.2.3.4.5"])
def test_a_name_that_cannot_be_one_ends_in_a_sentence(host):
    with pytest.raises(nps.InputError, match=r"The host is a name|no host called|inside this server"):
        pinned(Connection("postgres", host=host, port=5432))


# --- what a server hears --------------------------------------------------------------------------------------------


@dataclass
class Listener:
    """A server that speaks a little of PostgreSQL, and all that it heard."""

    port: int
    heard: list[bytes] = field(default_factory=list)


@contextmanager
def listening(answer_to_tls: bytes, then: bytes) -> Iterator[Listener]:
    """Asked for TLS it says `answer_to_tls`; whoever goes on is answered with `then`, and heard out."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        found = Listener(server.getsockname()[1])

        def serve() -> None:
            while True:
                try:
                    client, _ = server.accept()
                except OSError:
                    return
                with client:
                    client.settimeout(3)
                    speak(client)

        def speak(client: socket.socket) -> None:
            try:
                for _ in range(3):
                    if not (heard := client.recv(65536)):
                        return
                    found.heard.append(heard)
                    if len(heard) == 8 and heard[4:] == struct.pack("!i", 80877103):  # asks for TLS
                        client.sendall(answer_to_tls)
                    else:
                        client.sendall(then)
            except OSError:
                return

        threading.Thread(target=serve, daemon=True).start()
        yield found
        server.shutdown(socket.SHUT_RDWR)


def message(kind: bytes, content: bytes) -> bytes:
    return kind + struct.pack("!i", len(content) + 4) + content


CLEAR_TEXT = message(b"R", struct.pack("!i", 3))


@pytest.fixture
def with_secrets(tmp_path, monkeypatch) -> None:
    """Passwords of this server, in every place where a driver looks for some."""
    pytest.importorskip("psycopg")
    (tmp_path / ".pgpass").write_text(f"*:*:*:*:{SECRET}\n")
    (tmp_path / ".pgpass").chmod(0o600)
    (tmp_path / ".pg_service.conf").write_text(f"[ours]\npassword={SECRET}\nuser={SECRET}\n")
    (tmp_path / ".my.cnf").write_text(f"[client]\npassword={SECRET}\n")
    said = {"HOME": tmp_path, "PGPASSFILE": tmp_path / ".pgpass", "PGSERVICEFILE": tmp_path / ".pg_service.conf"}
    said |= {"PGPASSWORD": SECRET, "PGUSER": SECRET, "PGDATABASE": SECRET, "PGSERVICE": "ours", "PGSSLMODE": "disable"}
    said |= {"PGREQUIREAUTH": "", "PGOPTIONS": f"-c x.y={SECRET}", "PGAPPNAME": SECRET}
    for name, value in said.items():
        monkeypatch.setenv(name, str(value))


@pytest.mark.parametrize(
    "missing", [{"password": ""}, {"username": ""}, {"username": " "}, {"password": "", "username": ""}]
)
def test_without_a_user_and_a_password_nobody_is_asked(missing, with_secrets):
    with listening(b"N", CLEAR_TEXT) as server:
        said = {"host": "127.0.0.1", "port": server.port, "username": "ann", "password": "typed"} | missing
        with pytest.raises(nps.InputError, match="Give the user and the password"):
            engines.table_names(Connection("postgres", **said))
    assert server.heard == []


@pytest.mark.parametrize("answer_to_tls", [b"N", b"S", b"E", b""])
def test_a_server_that_does_not_prove_who_it_is_hears_no_name_and_no_password(answer_to_tls, with_secrets):
    with listening(answer_to_tls, CLEAR_TEXT) as server:
        typed = Connection("postgres", "127.0.0.1", server.port, "d", "", "ann", "typed-password")
        with pytest.raises(nps.InputError, match="No database answers there over TLS"):
            engines.table_names(typed)
    heard = b"".join(server.heard)
    assert not [word for word in (b"typed-password", b"ann", SECRET.encode()) if word in heard]


def test_what_a_server_refuses_is_told_by_its_code_in_whatever_language(with_secrets):
    with listening(b"N", message(b"E", REFUSED_IN_GERMAN)) as server:
        said = {"options": (("sslmode", "disable"),), "trusted": True}
        with pytest.raises(nps.InputError, match="refused the user name or the password"):
            engines.table_names(Connection("postgres", "127.0.0.1", server.port, "d", "", "nps", "x", **said))


@pytest.mark.parametrize(
    ("field", "value"),
    [("database", "a\0b"), ("username", "a\nb"), ("password", "a\0b"), ("port", float("nan")), ("port", 0)],
)
def test_signs_that_cannot_be_seen_and_ports_that_are_none_are_refused(field, value):
    said = {"host": "db.example.com", "username": "ann", "password": "x"} | {field: value}
    with pytest.raises(nps.InputError, match="Type it anew"):
        engines.table_names(Connection("postgres", **said))


# --- what errors mean -----------------------------------------------------------------------------------------------


def test_a_refused_password_is_told_in_four_languages():
    psycopg = pytest.importorskip("psycopg")
    for told in (
        'password authentication failed for user "nps"',
        "Passwort-Authentifizierung für Benutzer »nps« fehlgeschlagen",
        "authentification par mot de passe échouée pour l'utilisateur « nps »",
        "la autentificación password falló para el usuario «nps»",
    ):
        assert "user name or the password" in str(meaning(psycopg.errors.InvalidPassword(told)))
        at_the_door = psycopg.OperationalError(f"connection failed: FATAL:  {told}")
        assert "user name or the password" in str(meaning(at_the_door))


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("InvalidCatalogName", "has no database of that name"),
        ("InsufficientPrivilege", "may not read that"),
        ("UndefinedTable", "is not there"),
        ("QueryCanceled", "took too long"),
        ("InvalidTextRepresentation", "real date or number"),
        ("ReadOnlySqlTransaction", "Only reading is allowed"),
        ("TooManyConnections", "no more connections"),
    ],
)
def test_a_code_of_postgres_tells_what_to_do_whatever_the_words(kind, told):
    psycopg = pytest.importorskip("psycopg")
    assert told in str(meaning(getattr(psycopg.errors, kind)("слова, die nichts sagen: hush")))


def test_a_code_of_mysql_tells_what_to_do_whatever_the_words():
    made = type("OperationalError", (Exception,), {"__module__": "MySQLdb"})
    for code, told in {
        1045: "password",
        1049: "database of that name",
        1142: "SELECT",
        2003: "No database answers",
    }.items():
        assert told in str(meaning(made(code, "слова: hush")))
