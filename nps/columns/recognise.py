"""Which column is which field, and which table a file is."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd

from nps.columns import content, forms, names, scales
from nps.columns.reading import SETTINGS, Reading
from nps.fields import FIELDS, PERSON_FIELDS
from nps.literals.dates import MONTH, NUMERIC, ORDERS, looks
from nps.literals.numbers import DECIMALS
from nps.literals.scores import SCALES
from nps.sources import CHOICES, InputError, Source

_NO_FEATURE = (
    r"(?:^| )(?:id|hash|key|no|nr|zip|phone|year|synced|age|revenue|arr|mrr|score|rating|nps|minutes|hours|seconds"
    r"|ip|answer|value|total|sum|gesamt|summe)$|^(?:total|sum|gesamt) "
)
_PERIOD = (
    r"^(?:\d{4} (?:0?[1-9]|1[0-2])|(?:0?[1-9]|1[0-2]) \d{4}|\d{4} ?(?:w|kw|q|h)\d\d?|(?:w|kw|q|h) ?\d\d?(?: \d{4})?"
    rf"|{MONTH} \d{{4}})$"
)


def read(source: Source, table: str, mapping: Mapping[str, str | None] | None = None) -> Reading:
    """Recognise the columns of `source` as a table of that name; what `mapping` says goes before what is found.

    Raises InputError when a needed column is missing, a mapped one does not exist, or the scale has to be said.
    """
    return settled(source, found(source, table, mapping))


def found(source: Source, table: str, mapping: Mapping[str, str | None] | None = None) -> Reading:
    """As `read`, by the header and the first rows: how whole columns are written is not known yet."""
    if source.holds not in (None, table):
        raise InputError(
            f"The {table} file was read as {source.export}, which holds {source.holds}. "
            f"Give it as {source.holds}, or say that it is no such export."
        )
    said = said_of(source, table, mapping or {})
    settings = {name: value for name in SETTINGS if (value := (mapping or {}).get(name))}
    _check_settings(settings)
    sample = content.sample(source)
    _check_rows(sample, table)
    scale = settings.get("scale")
    recognised = _recognise(sample, table, {name: column for name, column in said.items() if column}, scale)
    columns = {name: column for name, column in (recognised | said).items() if column}
    features = ()
    if table == "usage" and "feature" not in columns:
        features = _wide_features(sample, columns)
        columns = {name: column for name, column in columns.items() if name in ("person_id", "at")}
    needed(columns, features, table, source.notes)
    others = tuple(c for c in source.columns if c not in columns.values() and c not in features)
    rivals = () if table != "responses" or "score" in said else _rivals(sample, columns, scale)
    notes = (*rivals, *_missed(sample, table, columns, features))
    return Reading(table, columns, others, features, **settings, notes=notes)


def settled(source: Source, reading: Reading) -> Reading:
    """The reading with what its whole columns tell. Raises InputError as `forms.settle` and `scales.notes` do."""
    about_scores = ()
    if reading.table == "responses":
        about_scores = scales.notes(source, reading.columns["score"], reading.scale)
    told = forms.settle(source, reading)
    return replace(
        reading,
        date_order=told.date_order,
        ambiguous_dates=told.ambiguous_dates,
        dates=told.dates,
        decimals=told.decimals,
        notes=(*about_scores, *told.notes, *reading.notes),
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
    readings = []
    for table in FIELDS:
        with suppress(InputError):
            readings.append(read(source, table))
    if not readings:
        raise InputError(_unknown(source))
    if any(_about_people(reading) for reading in readings):
        readings = [one for one in readings if not one.features and (one.table != "usage" or "at" in one.columns)]
    filled = {column for column in sample if sample[column].notna().any()}
    return max(readings, key=lambda reading: len(filled & {*reading.columns.values(), *reading.features}))


def said_of(source: Source, table: str, mapping: Mapping[str, str | None]) -> dict[str, str | None]:
    """Field -> column (None: not there) as the user says it, and where that leaves a field open, the export.

    Raises InputError when there is no such field or column.
    """
    said = {name: value for name, value in mapping.items() if name not in (*SETTINGS, *CHOICES, "export")}
    _check(said, table, source)
    return _hinted(source, said) | said


def _check_rows(sample: pd.DataFrame, table: str) -> None:
    if sample.dropna(how="all").empty:
        raise InputError(f"The {table} file has a header but no rows below it. Export it again.".replace("  ", " "))


def _unknown(source: Source) -> str:
    """Why a file is none of the tables, with what was said of it before."""
    why = "Nothing in it looks like scores from 0 to 10, and no column says who a row is about."
    if len(source.columns) == 1:
        why += (
            f" It has one column, “{source.columns[0][:60]}”. If that should be several, save it with commas, "
            "semicolons or tabs between the cells."
        )
    return " ".join((why, *source.notes))


def _missed(sample: pd.DataFrame, table: str, columns: Mapping[str, str], features: tuple[str, ...]) -> Iterator[str]:
    """What to say of columns that are called like a score or a date and hold none."""
    for name, what in {"score": "scores", "responded_at": "dates", "at": "dates"}.items():
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
                yield f"“{column}” holds no {what} that can be read, as “{cells.iloc[0][:40]}”."


def _rivals(sample: pd.DataFrame, columns: Mapping[str, str], scale: str | None) -> tuple[str, ...]:
    """What to say when other columns are called like the score, too, and hold scores."""
    read, taken = columns["score"], {*columns.values()}
    place = names.rank("score", read)
    alike = (c for c in sample if c not in taken and names.rank("score", re.sub(r" \(\d+\)$", "", c)) == place)
    rivals = [c for c in alike if place is not None and content.fits("score", sample[c], scale)]
    if not rivals:
        return ()
    more = f" and {len(rivals) - 1} more" if len(rivals) > 1 else ""
    return (f"“{rivals[0][:60]}”{more} could be the score, too; “{read[:60]}” stands first and was read.",)


def _hinted(source: Source, said: Mapping[str, str | None]) -> dict[str, str]:
    """The fields that the export tells, where the user says nothing of them or of their columns."""
    return {name: c for name, c in source.hints.items() if name not in said and c not in said.values()}


def _about_people(reading: Reading) -> bool:
    """A name, an address or two more facts make a list of people, however many number columns it has."""
    known = reading.columns.keys() & {*PERSON_FIELDS} if reading.table == "people" else set()
    return bool(known & {"name", "email"}) or len(known) >= 2


def _check(said: Mapping[str, str | None], table: str, source: Source) -> None:
    for name, column in said.items():
        if name not in FIELDS[table]:
            raise InputError(f"The {table} table has no field called “{name}”. Fields: {', '.join(FIELDS[table])}.")
        if column is not None and column not in source.columns:
            raise InputError(f"The file has no column called “{column}”.")


def _check_settings(settings: Mapping[str, str]) -> None:
    allowed = {
        "date_order": ("order of dates", ORDERS),
        "decimal": ("decimal sign", DECIMALS),
        "scale": ("scale", SCALES),
    }
    for name, (what, values) in allowed.items():
        if settings.get(name, next(iter(values))) not in values:
            raise InputError(f"The {what} is either {' or '.join(values)}.")
    try:
        ZoneInfo(settings.get("zone", "UTC"))
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise InputError("There is no such time zone. Zones are called like Europe/Berlin or UTC.") from unknown


def _recognise(sample: pd.DataFrame, table: str, said: Mapping[str, str], scale: str | None) -> dict[str, str]:
    """The best unclaimed column for each field: content must fit, the better name wins, then the earlier column."""
    found, free = {}, [c for c in sample.columns if c not in said.values()]
    for name in FIELDS[table]:
        if name not in said and (best := _best_named(name, sample[free], table, scale)):
            found[name] = best
            free.remove(best)
    found |= _by_content(sample, table, found | said, free)
    if table == "responses" and "score" not in found | said:
        grouped = [c for c in free if content.scored(sample[c], "groups") > 0.95]
        found |= {"score": grouped[0]} if len(grouped) == 1 else {}
    if table == "responses" and "score" not in found | said:
        rated = [c for c in free if names.rank("score", c) is not None and content.rated(sample[c])]
        found |= {"score": min(rated, key=lambda c: names.rank("score", c))} if rated else {}
    return found


def _best_named(name: str, sample: pd.DataFrame, table: str, scale: str | None) -> str | None:
    """The column that this field's names fit best; a column that another field names better is left to that one."""

    def claims(column: str, other: str, rank: int) -> bool:
        theirs = names.rank(other, column)
        return theirs is not None and theirs < rank and content.fits(other, sample[column], scale)

    ranked = []
    for column in sample.columns:
        rank = names.rank(name, column)
        if rank is not None and content.fits(name, sample[column], scale):
            others = (other for other in FIELDS[table] if other != name)
            if not any(claims(column, other, rank) for other in others):
                ranked.append((rank, column))
    return min(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _by_content(sample: pd.DataFrame, table: str, known: Mapping[str, str], free: list[str]) -> dict[str, str]:
    """Columns that names could not tell: the only 0-10 column, the first dates, an id, long text, the only words."""
    found = {}
    if table == "responses" and "score" not in known:
        scores = [c for c in free if content.scored(sample[c]) > 0.95]
        scores = [c for c in scores if scales.look(sample[c].value_counts()).high >= 9]
        found |= {"score": scores[0]} if len(scores) == 1 else {}
    when = {"responses": "responded_at", "usage": "at"}.get(table)
    if when and when not in known:
        dates = [c for c in free if content.dated(sample[c], "iso", *NUMERIC, "spoken") > 0.95]
        found |= {when: dates[0]} if dates else {}
    if "person_id" not in known:
        found |= _person_column(sample, known, free, table)
    if table == "responses" and "comment" not in known:
        texts = [c for c in free if c not in found.values() and content.mean_length(sample[c]) > 25]
        found |= {"comment": texts[0]} if texts else {}
    person = (known | found).get("person_id")
    if table == "usage" and "feature" not in known and person and sample[person].duplicated().any():
        spare = [c for c in free if c not in found.values()]
        words = [c for c in spare if 1 < sample[c].nunique() <= 500 and not _measured(sample[c])]
        found |= {"feature": words[0]} if len(words) == 1 else {}
    return found


def _person_column(sample: pd.DataFrame, known: Mapping[str, str], free: list[str], table: str) -> dict[str, str]:
    """A plain id or an e-mail address tells people apart where nothing better does; an answer's own id does not."""
    ids = [c for c in free if names.plain(c) in ("id", "guid", "uuid", "key")]
    emails = [known["email"]] if "email" in known else free
    emails = [c for c in emails if content.share(sample[c], content.EMAIL) >= (0.5 if c in known.values() else 0.9)]
    spare = [known["response_id"]] if names.plain(known.get("response_id", "")) == "id" else []
    best = ids + emails if table == "people" else emails + ids + spare
    return {"person_id": best[0]} if best else {}


def _measured(cells: pd.Series) -> bool:
    """Whether the cells are numbers or dates rather than names."""
    return content.numeric(cells) or content.dated(cells) >= 0.5


def _wide_features(sample: pd.DataFrame, columns: Mapping[str, str]) -> tuple[str, ...]:
    """The number columns of a usage file that has one column per feature; one without any number yet may get some."""
    taken = [columns[name] for name in ("person_id", "at", "minutes") if name in columns]
    dated = set(sample.columns[looks(pd.Series(sample.columns)).to_numpy(bool)])
    taken += [c for c in sample.columns if c in dated or re.search(f"{_NO_FEATURE}|{_PERIOD}", names.plain(c))]
    spare = [c for c in sample.columns if c not in taken]
    numeric = [c for c in spare if content.numeric(sample[c])]
    return tuple(c for c in spare if c in numeric or sample[c].isna().all()) if numeric else ()


def needed(columns: Mapping[str, str], features: tuple[str, ...], table: str, notes: tuple[str, ...] = ()) -> None:
    """Raise InputError where a field is missing, with what was said before: a wrong sheet or header shows there."""
    why = ""
    if table == "responses" and "score" not in columns:
        why = (
            "No column holds scores from 0 to 10. NPS needs the answers to “How likely are you to recommend us?”: "
            "choose the column yourself, or export the survey again with that question."
        )
    elif "person_id" not in columns and table != "responses":
        why = f"No column of the {table} file says who it is about. Choose the column with the person's id."
    elif table == "usage" and "feature" not in columns and not features:
        why = "No column says what was used. Add a column with the feature, page or event."
    if why:
        raise InputError(" ".join((why, *notes)))
