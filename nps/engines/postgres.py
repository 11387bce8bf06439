"""Sessions with PostgreSQL: for reading only, one statement at a time by the protocol, and nothing of this server's."""

import os
import re
from contextlib import suppress
from typing import Any

import ibis
import psycopg

from nps.engines.connection import Connection
from nps.engines.failures import NOBODY
from nps.notes import Unreachable

CONNECT_SECONDS = 10
CANCEL_SECONDS = 2
CHECKS_ITS_CLIENT = 140_000  # the version from which a server can look whether somebody still waits
UNPROVEN = "database.unproven"
ANSWERED = re.compile(r": [^\s:]+:  ")  # a severity, as servers have it and libpq itself does not
QUOTES = "\"'«»„“”‘’‹›「」『』"
# Of a connection that people typed: who answers must prove to be that host, and gets no password, key or ticket but by
# SCRAM; what the environment or files of this server say of connections does not count.
TYPED = {
    **{"sslmode": "verify-full", "sslcertmode": "disable", "sslcert": "", "sslkey": "", "gssencmode": "disable"},
    **{"require_auth": "scram-sha-256", "passfile": os.devnull, "target_session_attrs": "any"},
    **{"load_balance_hosts": "disable", "sslcrl": "", "sslcrldir": "", "requirepeer": ""},
}


class OneStatement(psycopg.Cursor):
    """Sends each statement in the extended protocol, in which a server takes no second one after it."""

    def execute(self, query: Any, params: Any = None, *, prepare: Any = None, binary: Any = None) -> "OneStatement":  # noqa: ARG002
        """As psycopg has it, prepared always."""
        return super().execute(query, params, prepare=True, binary=binary)


def connect(connection: Connection, seconds: float, authorities: str, **options: Any) -> ibis.BaseBackend:
    """A session for reading. Raises psycopg.Error with its SQLSTATE, InputError where a typed host proves nothing.

    options  what libpq is told: host, port, user and options
    """
    limits = {"default_transaction_read_only": "on", "statement_timeout": f"{max(int(seconds * 1000), 1)}ms"}
    options |= {"password": connection.password, "connect_timeout": CONNECT_SECONDS, "application_name": "NPS Lens"}
    options |= {"options": " ".join(f"-c {name}={value}" for name, value in limits.items())}
    if not connection.trusted:
        options = {"hostaddr": ""} | options | TYPED | {"sslrootcert": authorities}
    try:
        backend = ibis.postgres.connect(
            **options, database=connection.database, schema=connection.schema, cursor_factory=OneStatement
        )
    except psycopg.OperationalError as failed:
        if not ANSWERED.search(str(failed)):
            raise Unreachable(NOBODY if connection.trusted else UNPROVEN) from None
        failed.sqlstate = failed.sqlstate or _told_at_the_door(str(failed), connection)
        raise
    backend.con.read_only = True
    if backend.con.info.server_version >= CHECKS_ITS_CLIENT:
        with suppress(psycopg.errors.InvalidParameterValue):  # a server on a system that cannot look
            backend.con.execute("SET client_connection_check_interval = 1000")
    return backend


def stop(backend: ibis.BaseBackend) -> None:
    """End what the session does, in the server."""
    with suppress(psycopg.Error):
        backend.con.cancel_safe(timeout=CANCEL_SECONDS)


def _told_at_the_door(message: str, connection: Connection) -> str | None:
    """What a server that refused a session said, as a SQLSTATE; None where it cannot be told.

    libpq keeps no code of it, but whatever its language, a server quotes the user or the database that it refuses.
    """
    quoted = re.findall(rf"[{QUOTES}]\s?([^{QUOTES}]+?)\s?[{QUOTES}]", message)
    if connection.username == connection.database:
        return None
    return "28P01" if connection.username in quoted else "3D000" if connection.database in quoted else None
