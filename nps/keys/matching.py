"""How many ids of one column are in another, as they stand and as they are meant: counted where the data lives."""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd
from ibis.expr.types import Table

from nps import engines
from nps.columns import Reading
from nps.literals.words import identity, like
from nps.notes import Note, note
from nps.sources import Source

MOST_IDS = 20_000
HARDLY, ENOUGH = 0.05, 0.3  # of respondents: below the first another column is looked for, above the second it is taken
Opened = Mapping[str, tuple[Source, Reading]]


class Match(NamedTuple):
    """Respondents' ids in another file: how many there are, how many are in it as they stand, and how many normalised;
    whether that would merge people."""

    ids: int
    exact: int
    normalised: int
    merges: bool

    @property
    def share(self) -> float:
        return self.normalised / self.ids if self.ids else 0.0


def match(opened: Opened, pair: tuple[str | None, str | None], name: str) -> Match:
    """How many of the different ids in the first column, at most 20,000, occur in the second."""
    mine, theirs = pair
    if mine is None or theirs is None:
        return Match(0, 0, 0, merges=False)
    source, reading = opened["responses"]
    return matched(opened, ids_of(*source.cells(mine), mine in reading.plain, MOST_IDS), name, theirs)


def matched(opened: Opened, ids: Table, name: str, theirs: str) -> Match:
    """How many of these ids, at most 20,000, occur in a column of another file."""
    sample = ids.limit(MOST_IDS).to_pandas().dropna().drop_duplicates()
    merged = sample.loc[~sample["like"].str.contains("@", regex=False), "like"].duplicated().any()
    source, reading = opened[name]
    ids = ids_of(*source.cells(theirs), theirs in reading.plain)
    found = [counts(part, ids).to_pandas() for part in engines.beside(sample, source.table)]
    exact, loosely, several = pd.concat(found).fillna(0).sum().astype(int) if found else (0, 0, 0)
    return Match(len(sample), int(exact), int(loosely), merges=bool(merged or several))


def counts(sample: Table, ids: Table) -> Table:
    """One row: of the ids asked for, how many there are as they stand, how many normalised, how many stand for several.

    Addresses are the same in any case, so none stands for several.
    """
    ids = ids.rename(theirs="id")
    each = sample.join(ids, sample["like"] == ids["like"]).select("id", "theirs", like=sample["like"])
    each = each.group_by("id", "like").aggregate(
        exact=(each.id == each.theirs).any(), several=each.theirs.nunique() > 1
    )
    merged = each.several & ~each["like"].contains("@")
    return each.aggregate(exact=each.exact.sum(), normalised=each.count(), several=merged.sum())


def ids_of(table: Table, column: str, plain: bool = False, most: int | None = None) -> Table:
    """The different ids of a column, so many at most, and each normalised; plain ones stand as they are."""
    cells = table.select(id=table[column]).distinct().limit(most)
    ids = cells if plain else cells.select(id=identity(cells.id)).distinct()
    return ids.mutate(like=like(ids.id))  # a filter before it would be worked out for every row


def part(found: int, asked: int) -> Note:
    """How large a part that is, in words; more than 99% is not all."""
    share = found / asked
    return note("keys.nearly_all") if 0.995 <= share < 1 else note("keys.part", share=share)
