"""Columns of usage that say in few words how something was used: on which plan or platform, in which version.

What such a column may be is said here only. None that tells people apart, or names them: no name, address, id, free
text; and no number, amount or date, but for versions.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import islice

import ibis
import pandas as pd
from ibis.expr.types import StringValue, Table

from nps.columns import content, names
from nps.fields.headers.never import IDS, PERSONAL, VERSION
from nps.literals.words import stated
from nps.sources import of_few

MOST_COLUMNS = 6  # of a file, the first
MOST_VALUES = 50
LONGEST = 60  # characters of a value
FEW = 10  # rows or people: so few tell little
MOST_DIFFERENT = 200  # cells of a column, blanks and words for nothing among them, to be looked at one by one
ABOUT_SOMEBODY = ("person_id", "name", "email", "account_id", "account", "owner", "response_id", "comment", "revenue")


def promising(sample: pd.DataFrame, others: Iterable[str]) -> tuple[str, ...]:
    """Of these columns the first few that may be properties, by headers and first rows; blank ones may get values."""
    called = (column for column in others if not _is_about_somebody(column))
    return tuple(islice((column for column in called if _may_be(sample[column], column)), MOST_COLUMNS))


def settled(table: Table, columns: Sequence[str], person: str) -> dict[str, StringValue]:
    """Those of them that whole columns allow, each as conditions name it: blanks and words for nothing are gone.

    table   lies in DuckDB
    person  the column that tells whose a row is
    """
    if not columns:
        return {}
    counted = ibis.union(*(_counted(table, column) for column in columns)).to_pandas()
    counted["said"] = content.filled(counted["cell"].astype("string"))
    values = {column: counted[counted["column"] == column] for column in columns}
    few = [column for column in columns if _are_few(values[column], column)]
    apart = _telling_apart(table, few, person)
    return {column: _said(table[column], values[column], column) for column in few if column not in apart}


def _counted(table: Table, column: str) -> Table:
    """The cells of a column, some where these are many: cell, rows, column."""
    cells = table.select(cell=table[column])
    counted = cells.group_by("cell").aggregate(rows=cells.count()).limit(MOST_DIFFERENT)
    return counted.mutate(column=ibis.literal(column))


def _said(cell: StringValue, values: pd.DataFrame, header: str) -> StringValue:
    filled = values.dropna(subset="cell")
    if (filled["cell"] == filled["said"]).fillna(False).all():
        return of_few(cell, filled["cell"])
    return stated(cell, header)


def _is_about_somebody(header: str) -> bool:
    """Whether a header names people or accounts, or what is known of somebody alone."""
    fields = any(names.rank(name, header) is not None for name in ABOUT_SOMEBODY)
    return fields or re.search(f"{IDS}|{PERSONAL}", names.plain(header)) is not None


def _may_be(cells: pd.Series, header: str) -> bool:
    filled = cells.dropna()
    return filled.empty or _are_words(pd.Series(filled.unique(), dtype="string"), len(filled), header)


def _are_few(values: pd.DataFrame, header: str) -> bool:
    """Whether a whole column is a few words; one may be, as other files can say another."""
    filled = values.dropna(subset="said")
    return _are_words(filled["said"], filled["rows"].sum(), header)


def _are_words(values: pd.Series, rows: int, header: str) -> bool:
    """Whether these are a few words that come again: no texts, addresses, lists, and no numbers but of versions."""
    if not 0 < len(values) <= MOST_VALUES or (rows >= FEW and 2 * len(values) > rows):
        return False
    if (values.str.len().gt(LONGEST) | values.str.contains(r"@|^[\[{]")).any():
        return False
    version = re.search(VERSION, names.plain(header)) is not None
    return version or not (content.numeric(values) or content.dated(values) >= 0.5)


def _telling_apart(table: Table, columns: Sequence[str], person: str) -> list[str]:
    """Those of which everybody has a value of their own. Of so few values those cannot that many people have."""
    if not columns:
        return []
    first = table.limit(content.SAMPLE_ROWS)
    people = (
        first.aggregate(**{c: first[person].nunique(where=first[c].notnull()) for c in columns}).to_pandas().iloc[0]
    )
    unsure = [column for column in columns if people[column] < 2 * MOST_VALUES]
    return [c for c in unsure if _are_own(table.select(whose=person, value=c).distinct().drop_null().to_pandas())]


def _are_own(pairs: pd.DataFrame) -> bool:
    """Whether everybody has one value, and hardly any two the same."""
    people, values = pairs["whose"].nunique(), pairs["value"].nunique()
    share = 0.5 if people >= FEW else 0.9
    return people > 2 and len(pairs) == people and values > share * people
