"""Which columns join a list of accounts with what answers, people and usage call theirs."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from nps.columns import Reading
from nps.columns.names import plain, rank
from nps.fields import ACCOUNTS
from nps.keys.matching import ENOUGH, HARDLY, Match, Opened, ids_of, matched, part
from nps.notes import Note, note, table_named

ID = r"\b(?:id|key|uuid|guid|e ?mail|mail|user|customer|person|reference|\w*nummer|numero|codigo|code|identifi\w+)\b"
APART = 0.9  # of the rows of a list: what tells accounts apart is hardly ever there twice
MOST_COLUMNS = 5
NAMING = ("people", "responses", "usage")


class Pair(NamedTuple):
    """A column of a file and one of the list, and how many accounts of the first are in the second."""

    name: str
    mine: str
    theirs: str
    match: Match


class Listed(NamedTuple):
    """The readings with the columns that join the list, how well the best of them do, and what to say of it."""

    readings: dict[str, Reading]
    pair: Pair | None = None

    @property
    def match(self) -> Match:
        """How well they join."""
        return self.pair.match if self.pair else Match(0, 0, 0, merges=False)

    @property
    def by_id(self) -> bool:
        """Whether it is ids that join them, not names, which are taken as they are written."""
        return self.pair is not None and self.readings["accounts"].columns.get("account_id") == self.pair.theirs


def joined(opened: Opened, readings: Mapping[str, Reading], mapping: Mapping[str, Mapping]) -> Listed:
    """Choose the columns that join the list of accounts; the same readings where there is no list, or nothing joins it.

    Columns that are read as accounts come first; where these share hardly any, others that may hold an account's id.
    A column that somebody said stays.
    """
    files = [name for name in NAMING if name in readings]
    if "accounts" not in readings or not files:
        return Listed({**readings})
    pairs = _pairs(opened, {name: _read(readings[name]) for name in files}, _read(readings["accounts"]))
    best = _best(pairs)
    if best is None or best.match.share < HARDLY:
        possible = {name: _possible(readings[name], mapping.get(name) or {}) for name in files}
        theirs = [c for c in _possible(readings["accounts"], mapping.get("accounts") or {}) if _apart(opened, c)]
        others = [pair for pair in _pairs(opened, possible, theirs) if pair.match.share >= ENOUGH]
        best, pairs = _best(others) or best, others or pairs
    if best is None or best.match.share < HARDLY:
        return Listed({**readings}, best)
    own = [_best(pair for pair in pairs if (pair.name, pair.theirs) == (name, best.theirs)) for name in files]
    taken = {pair.name: pair.mine for pair in own if pair and pair.match.share >= HARDLY} | {"accounts": best.theirs}
    field = "account" if readings["accounts"].columns.get("account") == best.theirs else "account_id"
    return Listed(
        {**readings, **{name: _called(readings[name], column, field) for name, column in taken.items()}}, best
    )


def said(found: Listed, before: Mapping[str, Reading], *, loose: bool) -> tuple[Note, ...]:
    """The match rate of a list of accounts, and by which columns it is joined where these are others than were read.

    before  the readings before the columns were chosen
    loose   whether ids join that differ in their writing only
    """
    pair, asked = found.pair, found.match.ids
    if "accounts" not in before:
        return ()
    if pair is None or not asked:
        return (note("keys.no_account"),)
    joined = found.match.normalised if loose and found.by_id else found.match.exact
    differ = found.match.normalised - found.match.exact
    also = (note("keys.differ_matched" if joined > found.match.exact else "keys.differ", n=differ),) if differ else ()
    columns = {"mine": pair.mine, "theirs": pair.theirs, "table": table_named(pair.name)}
    if joined / asked < HARDLY:
        return (note("keys.hardly_accounts", found=joined, asked=asked, **columns, also=also),)
    told = note("keys.found_accounts", part=part(joined, asked), found=joined, asked=asked, also=also)
    as_read = pair.theirs in _read(before["accounts"]) and pair.mine in _read(before[pair.name])
    return (told,) if as_read else (note("keys.joined_accounts", **columns), told)


def _pairs(opened: Opened, own: Mapping[str, Iterable[str]], theirs: Iterable[str]) -> list[Pair]:
    return [
        Pair(name, mine, column, matched(opened, ids_of(opened[name][0].table, mine), "accounts", column))
        for name, columns in own.items()
        for mine in columns
        for column in theirs
    ]


def _best(pairs: Iterable[Pair]) -> Pair | None:
    return max(pairs, key=lambda pair: pair.match.share, default=None)


def _read(reading: Reading) -> list[str]:
    """The columns that are read as accounts, ids first; the key of what is kept per account."""
    if reading.whose in ACCOUNTS:
        return [reading.columns["person_id"]]
    return [reading.columns[name] for name in ACCOUNTS if name in reading.columns]


def _possible(reading: Reading, mapping: Mapping) -> list[str]:
    """Those, and others that may tell accounts apart; only what somebody said, where they did."""
    if reading.whose in ACCOUNTS or any(mapping.get(name) for name in ACCOUNTS):
        return _read(reading)
    named = [
        c for c in reading.others if re.search(ID, plain(c)) or any(rank(name, c) is not None for name in ACCOUNTS)
    ]
    person = [reading.columns["person_id"]] if "person_id" in reading.columns else []
    return [*dict.fromkeys([*_read(reading), *named, *person])][:MOST_COLUMNS]


def _apart(opened: Opened, column: str) -> bool:
    """Whether a column of the list tells its rows apart."""
    cells = opened["accounts"][0].table[column]
    rows, different = cells.count(), cells.nunique()
    return bool((different >= APART * rows).to_pandas())


def _called(reading: Reading, column: str, field: str) -> Reading:
    """The reading in which accounts are called by this column, a field; another id is one of the others then."""
    if reading.whose in ACCOUNTS or (field, column) == ("account_id", reading.columns.get("account_id")):
        return reading
    before = reading.columns.get("account_id")
    columns = {
        name: each
        for name, each in reading.columns.items()
        if name != "account_id" and (name, each) != ("account", column)
    }
    columns[field] = column
    spare = [before] if before and before not in columns.values() else []
    others = tuple(name for name in (*reading.others, *spare) if name != column)
    return replace(reading, columns=columns, others=others)
