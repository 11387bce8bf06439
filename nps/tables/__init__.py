"""Responses, people and usage: named, typed and checked, with every row that cannot be used and why.

Ibis expressions throughout. Columns that already have a type (from a database) keep it; text is parsed.
"""

from nps.tables.answers import GROUPS, group_of, responses
from nps.tables.checked import Checked, as_it_is
from nps.tables.person import accounts, people, people_in_database
from nps.tables.rules import NO_USES, OFF_SCALE, REJECTED
from nps.tables.use import usage, usage_in_database, uses_alone

__all__ = [
    "GROUPS",
    "NO_USES",
    "OFF_SCALE",
    "REJECTED",
    "Checked",
    "accounts",
    "as_it_is",
    "group_of",
    "people",
    "people_in_database",
    "responses",
    "usage",
    "usage_in_database",
    "uses_alone",
]
