"""Databases: a connection, the tables and SELECTs in it, read where they lie and never changed."""

from nps.engines.answers import beside
from nps.engines.backends import ENGINES, Engine
from nps.engines.connection import Connection, from_secrets, pinned
from nps.engines.selects import checked_select
from nps.engines.stored import Stored, opened, table_names

__all__ = [
    "ENGINES",
    "Connection",
    "Engine",
    "Stored",
    "beside",
    "checked_select",
    "from_secrets",
    "opened",
    "pinned",
    "table_names",
]
