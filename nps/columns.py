"""What each column of a file is, by its name and by its content.

A reading is a suggestion: pages show it, people correct it, `nps.load(..., mapping=...)` overrules it.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

import pandas as pd

from nps.fields import DATES, FIELDS, NAMES
from nps.sources import CHOICES, InputError, Source

SAMPLE_ROWS = 5_000
DATE_ORDERS = ("day first", "month first")

SCORE = r"(?:10|[0-9])(?:\.0+)?"
_ISO = r"\d{4}[-/]\d{1,2}[-/]\d{1,2}([ T].*)?"
_NUMERIC_DATE = r"\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2})([ ,T].*)?"
_EPOCH = r"\d{10}(\.\d+)?|\d{13}|\d{16}"
_COMPACT = r"(19|20)\d{6}"


@dataclass(frozen=True)
class Reading:
    """How a file is read: columns (field -> column), features (columns of a wide usage file), date_order."""

    table: str
    columns: dict[str, str]
    others: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    date_order: str | None = None
    ambiguous_dates: bool = False

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know about this reading."""
        if not self.ambiguous_dates:
            return ()
        return (f"Dates of the {self.table} file fit day first and month first; they were read {self.date_order}.",)

    def mapping(self) -> dict[str, str | None]:
        """The same reading as a mapping for `nps.load`: every field said, absent ones as None."""
        said = {name: self.columns.get(name) for name in FIELDS[self.table]}
        return said | ({"date_order": self.date_order} if self.date_order else {})


def read(source: Source, table: str, mapping: Mapping[str, str | None] | None = None) -> Reading:
    """Recognise the columns of `source` as a table of that name; what `mapping` says goes before what is found.

    Raises InputError when a needed column is missing or a mapped one does not exist.
    """
    said = {field: column for field, column in (mapping or {}).items() if field not in ("export", *CHOICES)}
    order = said.pop("date_order", None)
    if source.holds not in (None, table):
        raise InputError(
            f"The {table} file was read as {source.export}, which holds {source.holds}. "
            f"Give it as {source.holds}, or say that it is no such export."
        )
    _check(said, order, table, source)
    said = _hinted(source, said) | said
    sample = _sample(source)
    if sample.empty:
        raise InputError(f"The {table} file has a header but no rows below it. Export it again.")
    found = _recognise(sample, table, {name: column for name, column in said.items() if column})
    columns = {name: column for name, column in (found | said).items() if column}
    if table == "responses" and "score" not in (mapping or {}):
        _refuse_small_scale(sample, columns)
    features = ()
    if table == "usage" and "feature" not in columns:
        features = _wide_features(sample, columns)
        columns = {name: column for name, column in columns.items() if name in ("person_id", "at")}
    _need(columns, features, table)
    others = tuple(c for c in source.columns if c not in columns.values() and c not in features)
    fits = _date_orders(source, columns)
    return Reading(table, columns, others, features, order or (fits[0] if fits else None), not order and len(fits) == 2)


def identify(source: Source) -> Reading:
    """The table that this must be, read as such: answers where a score is named, else what explains most columns."""
    if source.holds:
        return read(source, source.holds)
    sample = _sample(source)
    if any(_name_rank("score", column) is not None and _fits("score", sample[column]) for column in sample):
        return read(source, "responses")
    readings = []
    for table in FIELDS:
        with suppress(InputError):
            readings.append(read(source, table))
    if not readings:
        raise InputError("Nothing in it looks like scores from 0 to 10, and no column says who a row is about.")
    filled = {column for column in sample if sample[column].notna().any()}
    return max(readings, key=lambda reading: len(filled & {*reading.columns.values(), *reading.features}))


def _hinted(source: Source, said: Mapping[str, str | None]) -> dict[str, str]:
    """The fields that the export tells, where the user says nothing of them or of their columns."""
    return {name: c for name, c in source.hints.items() if name not in said and c not in said.values()}


def _check(said: Mapping[str, str | None], order: str | None, table: str, source: Source) -> None:
    for name, column in said.items():
        if name not in FIELDS[table]:
            raise InputError(f"The {table} table has no field called “{name}”. Fields: {', '.join(FIELDS[table])}.")
        if column is not None and column not in source.columns:
            raise InputError(f"The file has no column called “{column}”.")
    if order is not None and order not in DATE_ORDERS:
        raise InputError(f"The order of dates is either {' or '.join(DATE_ORDERS)}.")


def _sample(source: Source) -> pd.DataFrame:
    """The first rows as trimmed text; blanks are missing."""
    frame = source.table.limit(SAMPLE_ROWS).to_pandas()[list(source.columns)]
    return frame.apply(lambda column: column.astype("string").str.strip().replace("", pd.NA))


def _recognise(sample: pd.DataFrame, table: str, said: Mapping[str, str]) -> dict[str, str]:
    """The best unclaimed column for each field: content must fit, the better name wins, then the earlier column."""
    found, free = {}, [c for c in sample.columns if c not in said.values()]
    for name in FIELDS[table]:
        if name in said:
            continue
        ranked = [(rank, c) for c in free if (rank := _name_rank(name, c)) is not None and _fits(name, sample[c])]
        if ranked:
            found[name] = min(ranked, key=lambda pair: pair[0])[1]
            free.remove(found[name])
    return found | _by_content(sample, table, found | said, free)


def _by_content(sample: pd.DataFrame, table: str, known: Mapping[str, str], free: list[str]) -> dict[str, str]:
    """Columns that names could not tell: the only 0-10 column, the first dates, an id, long text, the only words."""
    found = {}
    if table == "responses" and "score" not in known:
        scores = [c for c in free if _share(sample[c], SCORE) > 0.95 and _top(sample[c]) >= 9]
        found |= {"score": scores[0]} if len(scores) == 1 else {}
    when = {"responses": "responded_at", "usage": "at"}.get(table)
    if when and when not in known:
        dates = [c for c in free if _share(sample[c], f"{_ISO}|{_NUMERIC_DATE}") > 0.95]
        found |= {when: dates[0]} if dates else {}
    if "person_id" not in known:
        found |= _person_column(known, free, table)
    if table == "responses" and "comment" not in known:
        texts = [c for c in free if c not in found.values() and _mean_length(sample[c]) > 25]
        found |= {"comment": texts[0]} if texts else {}
    person = (known | found).get("person_id")
    if table == "usage" and "feature" not in known and person and sample[person].duplicated().any():
        spare = [c for c in free if c not in found.values()]
        names = [c for c in spare if 1 < sample[c].nunique() <= 500 and not _numeric(sample[c])]
        found |= {"feature": names[0]} if len(names) == 1 else {}
    return found


def _person_column(known: Mapping[str, str], free: list[str], table: str) -> dict[str, str]:
    """A plain id or an e-mail address tells people apart where nothing better does; an answer's own id does not."""
    ids = [c for c in free if _plain(c) in ("id", "guid", "uuid", "key")]
    emails = [known["email"]] if "email" in known else [c for c in free if _plain(c).endswith("email")]
    spare = [known["response_id"]] if _plain(known.get("response_id", "")) == "id" else []
    best = ids + emails if table == "people" else emails + ids + spare
    return {"person_id": best[0]} if best else {}


def _plain(header: str) -> str:
    """`visitorId` and `VISITOR_ID` as `visitor id`."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    return " ".join(re.sub(r"[\W_]+", " ", spaced).casefold().split())


def _name_rank(name: str, header: str) -> int | None:
    return next((rank for rank, pattern in enumerate(NAMES[name]) if re.search(pattern, _plain(header))), None)


def _fits(name: str, cells: pd.Series) -> bool:
    """Does the content allow this field? An empty column fits nothing."""
    if cells.notna().sum() == 0:
        return False
    if name == "score":
        return _share(cells, SCORE) >= 0.5
    if name in DATES:
        return _share(cells, f"{_ISO}|{_NUMERIC_DATE}|{_EPOCH}|{_COMPACT}") >= 0.5
    if name in ("uses", "minutes", "revenue"):
        return _numeric(cells)
    if name == "feature":  # an event's own id names no feature
        return cells.nunique() <= max(50, cells.count() / 2)
    return True


def _share(cells: pd.Series, pattern: str) -> float:
    filled = cells.dropna()
    return float(filled.str.fullmatch(pattern).mean()) if len(filled) else 0.0


def _numeric(cells: pd.Series) -> bool:
    filled = cells.dropna()
    return len(filled) > 0 and _numbers(filled).notna().mean() >= 0.5


def _top(cells: pd.Series) -> float:
    return float(_numbers(cells).max())


def _numbers(cells: pd.Series) -> pd.Series:
    return pd.to_numeric(cells.str.replace(",", ""), errors="coerce")


def _mean_length(cells: pd.Series) -> float:
    filled = cells.dropna()
    return float(filled.str.len().mean()) if len(filled) else 0.0


def _refuse_small_scale(sample: pd.DataFrame, columns: Mapping[str, str]) -> None:
    column = columns.get("score")
    if column and sample[column].notna().sum() >= 20 and _top(sample[column]) <= 5:
        raise InputError(
            f"“{column}” never goes above {_top(sample[column]):.0f}, so it looks like a scale of 1 to 5, not 0 to 10. "
            "NPS needs a 0-10 question; choose another column, or this one if people could really answer up to 10."
        )


def _wide_features(sample: pd.DataFrame, columns: Mapping[str, str]) -> tuple[str, ...]:
    """The number columns of a usage file that has one column per feature; one without any number yet may get some."""
    taken = [columns[name] for name in ("person_id", "at", "minutes") if name in columns]
    return tuple(c for c in sample.columns if c not in taken and (_numeric(sample[c]) or sample[c].isna().all()))


def _need(columns: Mapping[str, str], features: tuple[str, ...], table: str) -> None:
    if table == "responses" and "score" not in columns:
        raise InputError(
            "No column holds scores from 0 to 10. NPS needs the answers to “How likely are you to recommend us?”: "
            "choose the column yourself, or export the survey again with that question."
        )
    if "person_id" not in columns and table != "responses":
        raise InputError(f"No column of the {table} file says who it is about. Choose the column with the person's id.")
    if table == "usage" and "feature" not in columns and not features:
        raise InputError("No column says what was used. Add a column with the feature, page or event.")


def _date_orders(source: Source, columns: Mapping[str, str]) -> tuple[str, ...]:
    """The orders that fit every date like 03/04/2025 of the file; both when it cannot be told, none without any."""
    dates = [source.table[columns[name]] for name in DATES if name in columns]
    dates = [column for column in dates if column.type().is_string()]
    if not dates:
        return ()
    parts = r"^\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}"
    tops = {f"{c.get_name()} {n}": c.re_extract(parts, n).try_cast("int64").max() for c in dates for n in (1, 2)}
    largest = source.table.aggregate(**tops).to_pandas()
    first, second = largest.iloc[0, 0::2].max(), largest.iloc[0, 1::2].max()
    if pd.isna(first):
        return ()
    fits = tuple(order for order, top in (("month first", first), ("day first", second)) if top <= 12)
    return fits or (DATE_ORDERS[0],)
