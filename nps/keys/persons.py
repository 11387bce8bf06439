"""Which columns join answers with usage and people: those that share the most ids."""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from typing import NamedTuple

from ibis.expr.types import Table

from nps.columns import Reading
from nps.columns.choice import COMPANY
from nps.columns.names import plain, rank
from nps.fields import ACCOUNTS
from nps.keys import listed
from nps.keys.listed import ID, Listed
from nps.keys.matching import ENOUGH, HARDLY, MOST_IDS, Match, Opened, ids_of, match, matched, part
from nps.literals.words import normalised
from nps.notes import InputError, Note, Value, chain, note, table_named

WAYS = ("exact", "normalised")
MOST_CANDIDATES = 5


class Agreed(NamedTuple):
    """The readings with the columns that join, what to say about it, and the way (one of WAYS)."""

    readings: dict[str, Reading]
    notes: tuple[Note, ...]
    way: str = "exact"


def agree(opened: Opened, mapping: Mapping[str, Mapping], way: str | None = None, before: str | None = None) -> Agreed:
    """Choose the columns that join responses with usage and people, and those with the list of accounts.

    opened   table -> source and reading
    mapping  what was said of each table: a person column that was said stays
    way      "exact": ids join as they stand. "normalised": case, odd spaces and a final .0 do not matter. Unsaid: that
             where some ids need it and no two people of these files would become one; e-mail addresses never do
    before   the way that was found when the same tables were read before: taken again, and no id is looked at
    """
    if way not in (None, *WAYS):
        raise InputError("keys.no_way", ways=chain("or", WAYS))
    readings = {name: reading for name, (_, reading) in opened.items()}
    others = [name for name in ("usage", "people") if name in opened and "responses" in opened]
    said = all((mapping.get(name) or {}).get("person_id") for name in ("responses", *others))
    if others and before and said and not any(_accounts(readings[name]) for name in others):
        return Agreed(_joined_by(way or before, readings), (), way or before)
    readings, matches, notes = _by_person(opened, readings, mapping, others)
    accounts = listed.joined(opened, readings, mapping)
    loose = way == "normalised" or (way is None and _safe(opened, readings, matches, accounts))
    way = "normalised" if loose else "exact"
    told = [_note(name, matches[name], loose, readings) for name in others]
    told += listed.said(accounts, readings, loose=loose)
    return Agreed(_joined_by(way, accounts.readings), (*notes, *told), way)


def _by_person(
    opened: Opened, readings: dict[str, Reading], mapping: Mapping[str, Mapping], others: list[str]
) -> tuple[dict[str, Reading], dict[str, Match], list[Note]]:
    """The readings in which answers share most with each of the others, how much that is, and what to say of it."""
    matches, notes = {name: match(opened, _pair(readings, name), name) for name in others}, []
    if others and all(match.share < HARDLY for match in matches.values()):
        readings, notes = _better(opened, readings, mapping, others)
        matches = {name: match(opened, _pair(readings, name), name) for name in others}
    for name in (name for name in others if matches[name].share < HARDLY):
        known_by_people = "people" in matches and name != "people" and matches["people"].share >= HARDLY
        if by_account := _by_account(opened, readings, name, mapping.get(name), known_by_people):
            readings, matches = readings | {name: by_account[0]}, matches | {name: by_account[1]}
    return readings, matches, notes


def _safe(opened: Opened, readings: Mapping[str, Reading], matches: Mapping[str, Match], accounts: Listed) -> bool:
    """Whether some ids join only however they are written, and no two people, or accounts, would become one."""
    if any(match.merges for match in matches.values()):
        return False
    if any(match.normalised > match.exact for match in matches.values()):
        return True
    if not accounts.by_id or accounts.match.normalised == accounts.match.exact or accounts.match.merges:
        return False
    own = {name: reading.columns.get("person_id") for name, reading in readings.items() if name == "responses"}
    return not any(match(opened, (column, column), name).merges for name, column in own.items())


def _joined_by(way: str, readings: Mapping[str, Reading]) -> dict[str, Reading]:
    return {
        name: replace(each, normalised=way == "normalised" and each.whose != "account")
        for name, each in readings.items()
    }


def _pair(readings: Mapping[str, Reading], name: str) -> tuple[str | None, str | None]:
    return readings["responses"].columns.get(readings[name].whose), readings[name].columns.get("person_id")


def _accounts(reading: Reading, mapping: Mapping | None = None) -> dict[str, list[str]]:
    """Field of accounts, id or name -> the columns that may hold it; only the person column that somebody said."""
    current = reading.columns.get("person_id")
    free = [current] if (mapping or {}).get("person_id") else [*reading.used, *reading.others]
    return {
        field: columns
        for field in ACCOUNTS
        if (columns := [c for c in free if c and (c == reading.columns.get(field) or rank(field, c) is not None)])
    }


def _may_hold_accounts(reading: Reading, field: str, mapping: Mapping | None) -> list[str]:
    """The columns that may hold what answers call their account, a field; those called as that field is first."""
    named = _accounts(reading, mapping)
    current = reading.columns.get("person_id")
    customers = [current] if current and re.search(COMPANY, plain(current)) else []
    return [*dict.fromkeys([*named.get(field, ()), *(c for columns in named.values() for c in columns), *customers])]


def _by_account(
    opened: Opened, readings: Mapping[str, Reading], name: str, mapping: Mapping | None, by_people: bool
) -> tuple[Reading, Match] | None:
    """The reading of a file that is kept per account, and how many accounts of answers it knows; None if it is not.

    by_people  whether the people file, which is kept per person, may tell the accounts of those who answered
    """
    for field in ACCOUNTS:
        theirs = _may_hold_accounts(readings[name], field, mapping)
        mine = readings["responses"].columns.get(field)
        ids = ids_of(opened["responses"][0].table, mine) if mine else None
        if by_people and not mine and field in readings["people"].columns:
            ids = _ids_by_people(opened, readings, field)
        for column in theirs if ids is not None else ():
            found = matched(opened, ids, name, column)
            if found.share >= ENOUGH:
                return replace(_told_by(readings[name], column), whose=field), found
    return None


def _ids_by_people(opened: Opened, readings: Mapping[str, Reading], field: str) -> Table:
    """The different ids of the accounts that the people file says of those who answered."""
    mine, theirs = _pair(readings, "people")
    answers, people = opened["responses"][0].table, opened["people"][0].table
    answered = answers.select(like=normalised(answers[mine])).distinct()
    accounts = people.select(like=normalised(people[theirs]), account=people[readings["people"].columns[field]])
    return ids_of(accounts.semi_join(answered, "like"), "account")


def _better(
    opened: Opened, readings: dict[str, Reading], mapping: Mapping[str, Mapping], others: list[str]
) -> tuple[dict[str, Reading], list[Note]]:
    """Readings with the id columns that share the most, where that is enough; unchanged where none does."""
    choices = {name: candidates(readings[name], mapping.get(name)) for name in ("responses", *others)}
    shares = {
        (mine, name, theirs): match(opened, (mine, theirs), name).share
        for name in others
        for mine, theirs in product(choices["responses"], choices[name])
    }

    def best(mine: str, name: str) -> tuple[float, str | None]:
        pairs = [(shares[mine, name, theirs], theirs) for theirs in choices[name]]
        return max(pairs, key=lambda pair: pair[0], default=(0.0, None))

    mine = max(choices["responses"], key=lambda column: sum(best(column, name)[0] for name in others), default=None)
    taken = {name: best(mine, name)[1] for name in others if mine and best(mine, name)[0] >= ENOUGH}
    if not taken:
        return readings, []
    changed = readings | {name: _told_by(readings[name], column) for name, column in taken.items()}
    changed["responses"] = _told_by(readings["responses"], mine)
    joined = [note("keys.joined", table=table_named(name), mine=mine, theirs=taken[name]) for name in taken]
    return changed, joined


def candidates(reading: Reading, mapping: Mapping | None = None) -> list[str]:
    """Columns that may tell people apart: the one in use first; only that one where somebody said so."""
    current = [reading.columns["person_id"]] if "person_id" in reading.columns else []
    if (mapping or {}).get("person_id"):
        return current
    fields = [reading.columns[name] for name in ("email", "response_id") if name in reading.columns]
    named = [column for column in (*reading.others, *reading.features) if re.search(ID, plain(column))]
    return list(dict.fromkeys([*current, *fields, *named]))[:MOST_CANDIDATES]


def _told_by(reading: Reading, column: str) -> Reading:
    """The reading with this column as the person; the column it had is one of the others then."""
    before = reading.columns.get("person_id")
    columns = reading.columns | {"person_id": column}
    spare = [before] if before and before not in columns.values() else []
    return replace(
        reading,
        columns=columns,
        others=tuple(name for name in (*reading.others, *spare) if name != column),
        features=tuple(name for name in reading.features if name != column),
    )


def _note(name: str, match: Match, loose: bool, readings: Mapping[str, Reading]) -> Note:
    """The match rate, and what was done about ids that differ in their writing only."""
    if not match.ids:
        return note("keys.nobody", table=table_named(name))
    loose = loose and readings[name].whose != "account"  # names are joined as they stand
    joined, differ = match.normalised if loose else match.exact, match.normalised - match.exact
    mine, theirs = _pair(readings, name)
    also = (note("keys.differ_matched" if loose else "keys.differ", n=differ),) if differ > 0 else ()
    if joined / match.ids < HARDLY:
        return note(f"keys.hardly_{name}", found=joined, asked=match.ids, mine=mine, theirs=theirs, also=also)
    whose = readings[name].whose
    matched = note(f"keys.found_{name}", **_share(joined, match.ids, whose == "person_id"), also=also)
    if whose == "person_id":
        return matched
    by = note("quoted", name=mine) if mine else note("keys.of_people", column=readings["people"].columns[whose])
    return note("keys.by_account", table=table_named(name), mine=by, theirs=theirs, also=(matched,))


def _share(joined: int, ids: int, people: bool) -> dict[str, Value]:
    """How large a part of whom."""
    who = note(f"keys.{'respondents' if people else 'accounts'}{'_looked_at' * (ids >= MOST_IDS)}")
    return {"part": part(joined, ids), "who": who, "found": joined, "asked": ids}
