"""Databases: a connection, the tables and SELECTs in it, read where they lie and never changed."""

from nps.engines.answers import beside
from nps.engines.backends import AUTHORITIES, ENGINES, Engine, environment
from nps.engines.connection import Connection, check_typed, from_secrets, pinned
from nps.engines.selects import checked_select
from nps.engines.sessions import stop_all
from nps.engines.stored import Stored, attach, table_names

__all__ = [
    "AUTHORITIES",
    "ENGINES",
    "Connection",
    "Engine",
    "Stored",
    "attach",
    "beside",
    "check_typed",
    "checked_select",
    "environment",
    "from_secrets",
    "pinned",
    "stop_all",
    "table_names",
]
