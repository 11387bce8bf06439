"""What a database's own errors mean, in codes that hold nothing of them: they may quote a password or a row.

Errors are told apart by the codes and classes of each driver, as servers speak many languages; by words only where a
driver gives neither.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager

from ibis.common.exceptions import TableNotFound

from nps.notes import InputError, Refused, TimedOut, Unreachable

LATE, CREDENTIALS, RIGHTS, CHANGES = "database.late", "database.credentials", "database.rights", "database.changes"
CASTS, DATABASE, ABSENT = "database.casts", "database.no_database", "database.absent"
NOBODY, FULL, UNKNOWN = "database.nobody", "database.full", "database.unknown"
KINDS = {
    **dict.fromkeys((CREDENTIALS, DATABASE, NOBODY, FULL), Unreachable),
    **{LATE: TimedOut, RIGHTS: Refused, CHANGES: Refused},
    **dict.fromkeys((CASTS, ABSENT, UNKNOWN), InputError),
}

# By driver: what an error has as its code, from the longest to the shortest that is known, to what it means.
SQLSTATES = {
    **{"28": CREDENTIALS, "3D000": DATABASE, "42501": RIGHTS, "25006": CHANGES, "57014": LATE, "53300": FULL},
    **{"42P01": ABSENT, "42703": ABSENT, "42883": ABSENT, "3F000": ABSENT, "42S02": ABSENT, "22": CASTS, "08": NOBODY},
    "57P03": NOBODY,
}
MYSQL = {
    **dict.fromkeys(("1045", "1698", "1251", "2059"), CREDENTIALS),
    **dict.fromkeys(("1044", "1142", "1143", "1227", "1370"), RIGHTS),
    **dict.fromkeys(("1054", "1146", "1305"), ABSENT),
    **dict.fromkeys(("1205", "1969", "3024", "2013"), LATE),
    **dict.fromkeys(("2002", "2003", "2005", "2006", "2026"), NOBODY),
    **dict.fromkeys(("1264", "1292", "1366", "1411"), CASTS),
    **{"1049": DATABASE, "1290": CHANGES, "1792": CHANGES, "1040": FULL, "1203": FULL},
}
CLICKHOUSE = {
    **dict.fromkeys(("192", "193", "194", "516"), CREDENTIALS),
    **dict.fromkeys(("16", "36", "46", "47", "60"), ABSENT),
    **dict.fromkeys(("6", "27", "38", "41", "53", "70", "72"), CASTS),
    **{"497": RIGHTS, "81": DATABASE, "159": LATE, "160": LATE, "164": CHANGES, "202": FULL},
}
TRINO = {
    **dict.fromkeys(("TABLE_NOT_FOUND", "COLUMN_NOT_FOUND", "SCHEMA_NOT_FOUND"), ABSENT),
    **dict.fromkeys(("EXCEEDED_TIME_LIMIT", "ABANDONED_QUERY"), LATE),
    **{"CATALOG_NOT_FOUND": DATABASE, "PERMISSION_DENIED": RIGHTS, "INVALID_CAST_ARGUMENT": CASTS},
}
CLASSES = {
    **dict.fromkeys(("CatalogException", "BinderException", "NotFound", "TableNotFound"), ABSENT),
    **dict.fromkeys(("ConversionException", "OutOfRangeException"), CASTS),
    **dict.fromkeys(("InterruptException", "QueryCanceled", "DeadlineExceeded"), LATE),
    **dict.fromkeys(("Unauthenticated", "Unauthorized", "RefreshError", "TrinoAuthError"), CREDENTIALS),
    **dict.fromkeys(("TrinoConnectionError", "ServiceUnavailable"), NOBODY),
    **{"Forbidden": RIGHTS, "PermissionException": CHANGES},
}


def _sqlstate(error: BaseException) -> str:
    return str(getattr(error, "sqlstate", None) or "")


def _number(error: BaseException) -> str:
    return str(error.args[0]) if error.args else ""


def _clickhouse(error: BaseException) -> str:
    match = re.search(r"code:? (\d+)", str(error), re.IGNORECASE)
    return match.group(1) if match else ""


def _trino(error: BaseException) -> str:
    return str(getattr(error, "error_name", None) or "")


Codes = tuple[Callable[[BaseException], str], Mapping[str, str]]
DRIVERS: dict[str, Codes] = {
    "psycopg": (_sqlstate, SQLSTATES),
    "snowflake": (_sqlstate, SQLSTATES),
    "databricks": (_sqlstate, SQLSTATES),
    "MySQLdb": (_number, MYSQL),
    "clickhouse_connect": (_clickhouse, CLICKHOUSE),
    "trino": (_trino, TRINO),
}
WORDS = (
    (
        r"statement timeout|canceling statement|execution time|deadline|maximum statement|statement or warehouse|"
        r"interrupted|cancelled",
        LATE,
    ),
    (
        r"invalidpassword|password authentication|no password|authenticat|access denied for user|no pg_hba|"
        r"unauthorized|\b401\b|incorrect username|"
        r"fatal.*(passwor[dt]|mot de passe|senha)|contraseña|парол|パスワード|密码|lösenord|hasł",
        CREDENTIALS,
    ),
    (r"permission denied|not authorized|insufficient|access denied|forbidden|\b403\b|command denied", RIGHTS),
    (r"read-only|readonly|read only", CHANGES),
    (
        r"\bcast|invalid input syntax|out of range|malformed|conversion|convert|invalid datetime|could not be parsed",
        CASTS,
    ),
    (r"database .*does not exist|unknown database|catalog .*(not|does)", DATABASE),
    (
        r"does not exist|not ?found|unknown table|unknown column|undefined|no such (table|column)|cannot be resolved",
        ABSENT,
    ),
    (
        r"resolve|name or service|refused|timeout expired|timed out|could not connect|unreachable|can't connect|"
        r"no route|max retries|no such file or directory|connection failed|server closed|masters are unresponsive",
        NOBODY,
    ),
)


def meaning(error: BaseException) -> InputError:
    """What a driver's error is to people, and to a program; nothing of its own text."""
    code = _code(error)
    return KINDS[code](code)


def _code(error: BaseException) -> str:
    """One of the codes above."""
    code_of, codes = DRIVERS.get(_package(error), (_no_code, {}))
    code = code_of(error)
    category = next((codes[code[:length]] for length in range(len(code), 1, -1) if code[:length] in codes), None)
    category = category or next(
        (CLASSES[kind.__name__] for kind in type(error).__mro__ if kind.__name__ in CLASSES), None
    )
    if category or code:
        return category or UNKNOWN
    text = f"{type(error).__name__} {error}".casefold()
    return next((category for pattern, category in WORDS if re.search(pattern, text)), UNKNOWN)


def _no_code(_: BaseException) -> str:
    return ""


def _package(error: BaseException) -> str:
    return type(error).__module__.partition(".")[0].lstrip("_")


@contextmanager
def explained(drivers: Collection[str]) -> Iterator[None]:
    """Errors of these drivers (names of packages) as InputError; anything else is a fault of ours and passes."""
    ours = {driver.partition(".")[0] for driver in drivers}
    try:
        yield
    except InputError:
        raise
    except Exception as error:
        if _package(error) not in ours and not isinstance(error, TableNotFound):
            raise
        raise meaning(error) from None
