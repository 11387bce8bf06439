"""Which column is which field, and which table a file is."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import chain as chained
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd

from nps.columns import content, derived, finished, forms, names, properties, scales, whose
from nps.columns.choice import recognise
from nps.columns.features import wide
from nps.columns.reading import SETTINGS, Reading
from nps.fields import FIELDS, PERSON_FIELDS
from nps.literals import scores
from nps.literals.dates import ORDERS
from nps.literals.numbers import DECIMALS
from nps.literals.scores import SCALES
from nps.notes import InputError, MissingColumn, NotATable, Note, NothingLeft, chain, note, shortlist, table_named
from nps.sources import CHOICES, Source


def read(source: Source, table: str, mapping: Mapping[str, str | None] | None = None) -> Reading:
    """Recognise the columns of `source` as a table of that name; what `mapping` says goes before what is found.

    Raises InputError when a needed column is missing, a mapped one does not exist, or the scale has to be said.
    """
    return settled(source, recognised(source, table, mapping))


def recognised(source: Source, table: str, mapping: Mapping[str, str | None] | None = None) -> Reading:
    """As `read`, by the header and the first rows: how whole columns are written is not known yet."""
    if source.holds not in (None, table):
        holds = table_named(source.holds)
        raise InputError("columns.other_export", table=table_named(table), export=source.export, holds=holds)
    stated = stated_columns(source, table, mapping or {})
    settings = {name: value for name in SETTINGS if (value := (mapping or {}).get(name))}
    _check_settings(settings)
    sample = content.sample(source)
    _check_rows(sample, table)
    if table == "responses" and "score" not in stated:
        finished.refuse(sample)
    scale = settings.get("scale")
    guesses = recognise(sample, table, {name: column for name, column in stated.items() if column}, scale)
    columns = {name: column for name, column in (guesses | stated).items() if column}
    features = ()
    if table == "usage" and "feature" not in columns:
        features = wide(sample, columns)
        columns = {name: column for name, column in columns.items() if name in ("person_id", "at")}
    missed = (*_missed(sample, table, columns, features),)
    needed(columns, features, table, chained(_unlikely(sample, table), missed, source.notes))
    others = tuple(c for c in source.columns if c not in columns.values() and c not in features)
    rivals = () if table != "responses" or "score" in stated else _rivals(sample, columns, scale)
    doubts = () if table != "responses" or "score" in stated else _doubtful(columns["score"], sample)
    if table == "responses":
        given = scores.numbers(sample[columns["score"]])
        doubts = (*doubts, *derived.notes(sample, others, given), *_companies(columns, stated))
    notes = (*doubts, *rivals, *missed)
    asked = properties.promising(sample, others) if table == "usage" else ()
    return Reading(table, columns, others, features, asked, **settings, notes=notes)


def settled(source: Source, reading: Reading) -> Reading:
    """The reading with what its whole columns tell. Raises InputError as `forms.settle` and `scales.notes` do."""
    about_scores = ()
    if reading.table == "responses":
        about_scores = scales.notes(source, reading.columns["score"], reading.scale)
    facts = forms.settle(source, reading)
    nobody, about_people = whose.nobodys_ids(source, reading, facts.ids)
    reading = replace(reading, plain=facts.plain)
    no_account, about_accounts = whose.no_accounts(source.table, reading)
    return replace(
        reading,
        nobody=nobody,
        no_account=no_account,
        date_order=facts.date_order,
        ambiguous_dates=facts.ambiguous_dates,
        dates=facts.dates,
        decimals=facts.decimals,
        notes=(*about_scores, *facts.notes, *about_people, *about_accounts, *reading.notes),
    )


def identify(source: Source) -> Reading:
    """The table that this must be, read as such: answers where a score is named, else what explains most columns."""
    if source.holds:
        return read(source, source.holds)
    sample = content.sample(source)
    _check_rows(sample, "")
    named = [column for column in sample if names.rank("score", column) is not None]
    if any(content.fits("score", sample[column]) or content.rated(sample[column]) for column in named):
        return read(source, "responses")
    finished.refuse(sample)
    readings = []
    for table in FIELDS:
        with suppress(InputError):
            readings.append(read(source, table))
    if not readings:
        raise _unknown(source)
    if any(_about_people(reading) for reading in readings):
        readings = [one for one in readings if not one.features and (one.table != "usage" or "at" in one.columns)]
    filled = {column for column in sample if sample[column].notna().any()}
    best = max(readings, key=lambda reading: len(filled & {*reading.columns.values(), *reading.features}))
    listed = [one for one in readings if one.table == "accounts"]
    return listed[0] if listed and of_accounts(best, sample) else best


def of_accounts(reading: Reading, sample: pd.DataFrame) -> bool:
    """Whether a list of people is one of accounts: its only key is an account, and no two rows have the same."""
    key = reading.columns.get("person_id")
    called = key is not None and any(names.rank(name, key) is not None for name in ("account_id", "account"))
    alone = called and not {"name", "email"} & reading.columns.keys()
    return reading.table == "people" and alone and bool(sample[key].dropna().is_unique)


def stated_columns(source: Source, table: str, mapping: Mapping[str, str | None]) -> dict[str, str | None]:
    """Field -> column (None: not there) as the user says it, and where that leaves a field open, the export.

    Raises InputError when there is no such field or column.
    """
    stated = {name: value for name, value in mapping.items() if name not in (*SETTINGS, *CHOICES, "export")}
    _check(stated, table, source)
    return _hinted(source, stated) | stated


def _check_rows(sample: pd.DataFrame, table: str) -> None:
    if sample.dropna(how="all").empty:
        raise (
            NothingLeft("columns.no_rows", table=table_named(table)) if table else NothingLeft("columns.no_rows_at_all")
        )


def _unknown(source: Source) -> InputError:
    """Why a file is none of the tables, with what was said of it first."""
    alone = [note("columns.one_column", column=name[:60]) for name in source.columns if len(source.columns) == 1]
    return NotATable("columns.no_table", also=(*alone, *source.notes))


def _missed(sample: pd.DataFrame, table: str, columns: Mapping[str, str], features: tuple[str, ...]) -> Iterator[Note]:
    """What to say of columns that are called like a score or a date and hold none."""
    for name, what in {
        "score": "columns.no_scores",
        "responded_at": "columns.no_dates",
        "at": "columns.no_dates",
    }.items():
        if name in columns or (name != "score" and name not in FIELDS[table]):
            continue
        for column in sample:
            rank, cells = names.rank(name, column), sample[column].dropna()
            if (
                rank is not None
                and rank < (3 if name == "score" else 2)
                and len(cells)
                and not content.fits(name, cells)
                and column not in (*columns.values(), *features)
            ):
                yield note(what, column=column, cell=cells.iloc[0][:40])


def _doubtful(score: str, sample: pd.DataFrame) -> Iterator[Note]:
    """What to say where no name told that this is the score."""
    if names.rank("score", score) is None and content.scored(sample[score]) > 0.5:
        yield note("columns.score_by_numbers", column=score[:60])
    elif not names.asks(score):
        yield note("columns.score_not_named", column=score[:60])


def _companies(columns: Mapping[str, str], stated: Mapping) -> Iterator[Note]:
    """What to say where a column that may be the person's was taken for the company's."""
    for name in ("account", "account_id"):
        column = columns.get(name)
        if column and name not in stated and names.rank("person_id", column) is not None and "person_id" not in stated:
            yield note("columns.company", column=column, person=columns["person_id"])


def _unlikely(sample: pd.DataFrame, table: str) -> Iterator[Note]:
    """What to say of columns with numbers from 0 to 10 whose names speak of something else."""
    if table == "responses":
        for column in sample:
            if names.speaks_of_something_else(column) and content.scored(sample[column]) > 0.95:
                yield note("columns.unlikely_score", column=column[:60])


def _rivals(sample: pd.DataFrame, columns: Mapping[str, str], scale: str | None) -> tuple[Note, ...]:
    """What to say when other columns are called like the score, too, and hold scores."""
    read, taken = columns["score"], {*columns.values()}
    place = names.rank("score", read)
    alike = (c for c in sample if c not in taken and names.rank("score", re.sub(r" \(\d+\)$", "", c)) == place)
    rivals = [c for c in alike if place is not None and content.fits("score", sample[c], scale)]
    if not rivals:
        return ()
    return (note("columns.rivals", columns=shortlist(rivals, 1), read=read[:60]),)


def _hinted(source: Source, stated: Mapping[str, str | None]) -> dict[str, str]:
    """The fields that the export tells, where the user says nothing of them or of their columns."""
    return {name: c for name, c in source.hints.items() if name not in stated and c not in stated.values()}


def _about_people(reading: Reading) -> bool:
    """A name, an address or two more facts make a list of people, however many number columns it has."""
    fields = reading.columns.keys() & {*PERSON_FIELDS} if reading.table == "people" else set()
    return bool(fields & {"name", "email"}) or len(fields) >= 2


def _check(stated: Mapping[str, str | None], table: str, source: Source) -> None:
    for name, column in stated.items():
        if name not in FIELDS[table]:
            raise InputError("columns.no_field", table=table_named(table), field=name, fields=FIELDS[table])
        if column is not None and column not in source.columns:
            raise MissingColumn("columns.no_column", column=column)


def _check_settings(settings: Mapping[str, str]) -> None:
    for name, values in {"date_order": ORDERS, "decimal": DECIMALS, "scale": SCALES}.items():
        if settings.get(name, next(iter(values))) not in values:
            raise InputError(f"columns.unknown_{name}", values=chain("or", values))
    try:
        ZoneInfo(settings.get("zone", "UTC"))
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise InputError("columns.no_zone") from unknown


def needed(columns: Mapping[str, str], features: tuple[str, ...], table: str, notes: Iterable[Note] = ()) -> None:
    """Raise InputError where a field is missing, with what was said first: a wrong sheet or header shows there.

    notes  taken only then
    """
    if missing := _missing(columns, features, table):
        about = {"table": table_named(table)} if missing == "person" else {}
        raise MissingColumn(f"columns.{missing}_missing", **about, also=notes)


def _missing(columns: Mapping[str, str], features: tuple[str, ...], table: str) -> str | None:
    """The field that a table cannot do without, where it is not there."""
    if table == "responses":
        return None if "score" in columns else "score"
    if table == "accounts":
        return None if {"account_id", "account"} & columns.keys() else "account"
    if "person_id" not in columns:
        return "person"
    return "feature" if table == "usage" and "feature" not in columns and not features else None
