"""What each column of a file is, by its name and by its content.

A reading is a suggestion: pages show it, people correct it, `nps.load(..., mapping=...)` overrules it.
"""

from nps.columns.content import SAMPLE_ROWS, sample
from nps.columns.pushdown import read_in_database
from nps.columns.reading import SETTINGS, Reading
from nps.columns.recognise import identify, of_accounts, read, recognised, settled
from nps.literals.dates import ORDERS as DATE_ORDERS
from nps.literals.dates import zones
from nps.literals.numbers import DECIMALS
from nps.literals.scores import SCALES

__all__ = [
    "DATE_ORDERS",
    "DECIMALS",
    "SAMPLE_ROWS",
    "SCALES",
    "SETTINGS",
    "Reading",
    "identify",
    "of_accounts",
    "read",
    "read_in_database",
    "recognised",
    "sample",
    "settled",
    "zones",
]
