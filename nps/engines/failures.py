"""What a database's own errors mean, in sentences that hold nothing of them: they may quote a password or a row."""

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from ibis.common.exceptions import TableNotFound

from nps.sources import InputError

MEANINGS = (
    (
        r"statement timeout|canceling statement|execution time|deadline|maximum statement|statement or warehouse|"
        r"interrupted|cancelled",
        "The database stopped because it took too long. Give a SELECT that covers less time, or ask for an index.",
    ),
    (
        r"invalidpassword|password authentication|no password|authenticat|access denied for user|no pg_hba|"
        r"unauthorized|\b401\b|incorrect username",
        "The database refused the user name or the password. Check both, or ask who runs it.",
    ),
    (
        r"permission denied|not authorized|insufficient|access denied|forbidden|\b403\b|command denied",
        "This user may not read that. Ask who runs the database to grant it SELECT.",
    ),
    (
        r"read-only|readonly|read only",
        "Only reading is allowed, and this would change something.",
    ),
    (
        r"\bcast|invalid input syntax|out of range|malformed|conversion|convert|invalid datetime|could not be parsed",
        "A text in the column for dates or numbers is neither. Give a SELECT that turns it into a real date or number.",
    ),
    (
        r"database .*does not exist|unknown database|catalog .*(not|does)",
        "The server has no database of that name. Check the spelling.",
    ),
    (
        r"does not exist|not ?found|unknown table|unknown column|undefined|no such (table|column)|cannot be resolved",
        "A table or column that is asked for is not there, or this user may not see it. Check the names.",
    ),
    (
        r"resolve|name or service|refused|timeout expired|timed out|could not connect|unreachable|can't connect|"
        r"no route|max retries|no such file or directory|connection failed|server closed|masters are unresponsive",
        "No database answers there. Check host and port, and whether this server may reach it.",
    ),
)


def meaning(error: BaseException) -> str:
    """What to do about a driver's error; nothing of its own text."""
    text = f"{type(error).__name__} {error}".casefold()
    found = next((sentence for pattern, sentence in MEANINGS if re.search(pattern, text)), None)
    return found or "The database answered with an error; its own log says which. Ask who runs it."


@contextmanager
def explained(drivers: Collection[str]) -> Iterator[None]:
    """Errors of these drivers (names of packages) as InputError; anything else is a fault of ours and passes."""
    ours = {driver.partition(".")[0] for driver in drivers}
    try:
        yield
    except InputError:
        raise
    except Exception as error:
        if type(error).__module__.partition(".")[0].lstrip("_") not in ours and not isinstance(error, TableNotFound):
            raise
        raise InputError(meaning(error)) from None
