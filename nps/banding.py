"""Columns that people can be divided by: few values as they are, numbers and dates in bands."""

import re
from itertools import pairwise

import numpy as np
import pandas as pd

from nps.notes import Note, note

NONE = "(none)"
MAX_VALUES = 50
MAX_LENGTH = 60
FEW_NUMBERS = 12
ISO_DATE = r"\d{4}-\d{2}-\d{2}([ T].*)?"
_NUMBER = r"-?\d[\d,.]*(?:e[+-]\d+)?"
_RANGES = {
    "segment.up_to": re.compile(rf"up to (?P<high>{_NUMBER})"),
    "segment.from_to": re.compile(rf"(?P<low>{_NUMBER}) to (?P<high>{_NUMBER})"),
    "segment.over": re.compile(rf"over (?P<low>{_NUMBER})"),
}


def named(value: str) -> Note:
    """What a value is called: ranges, and who has none, by us; every other by whoever gave it."""
    if value == NONE:
        return note("segment.none")
    for code, written in _RANGES.items():
        if match := written.fullmatch(value):
            return note(code, **match.groupdict())
    return note("as_is", text=value)


def is_identifier(header: str) -> bool:
    """Columns whose name says that they tell people apart rather than group them."""
    words = header.casefold().replace("_", " ").split()
    return bool(words) and words[-1] in ("id", "uuid", "guid", "key", "hash", "ip", "phone", "url", "address")


def bands(cells: pd.Series) -> pd.Categorical | None:
    """The column as 2-50 ordered values, missing ones as (none); None when it cannot divide anybody."""
    if pd.api.types.is_datetime64_any_dtype(cells):
        return _finished(_periods(cells))
    if cells.notna().sum() == 0:
        return None
    if pd.api.types.is_numeric_dtype(cells) and not pd.api.types.is_bool_dtype(cells):
        return _finished(_ranges(_finite(cells)))
    codes, values = pd.factorize(cells.astype("string"))  # each is read once, however many people share it

    def everybodys(read: pd.Series) -> pd.Series:
        return read.reindex(codes).set_axis(cells.index)

    text = pd.Series(values).str.strip().replace("", pd.NA)
    numbers = _finite(pd.to_numeric(text, errors="coerce"))
    if (numbers.notna() == text.notna()).all():
        return _finished(_ranges(everybodys(numbers)))
    dates = pd.to_datetime(text.where(text.str.fullmatch(ISO_DATE)), format="ISO8601", utc=True, errors="coerce")
    if (dates.notna() == text.notna()).all():
        return _finished(_periods(everybodys(dates.dt.tz_localize(None))))
    if text.nunique() > MAX_VALUES or text.str.len().max() > MAX_LENGTH:
        return None
    return _finished(everybodys(text.astype(pd.CategoricalDtype(sorted(text.dropna().unique())))))


def _finished(values: pd.Series) -> pd.Categorical | None:
    """(none) for who has no value, last; nothing when all people stand together."""
    values = values.cat.remove_unused_categories()
    if values.isna().any():
        values = values.cat.remove_categories([c for c in [NONE] if c in values.cat.categories])
        values = values.cat.add_categories(NONE).fillna(NONE)
    return values.array if 2 <= len(values.cat.categories) <= MAX_VALUES else None


def _finite(numbers: pd.Series) -> pd.Series:
    return numbers.astype(float).replace([np.inf, -np.inf], np.nan)


def _ranges(numbers: pd.Series) -> pd.Series:
    """A few different numbers stay as they are; more become four ranges of about equally many people."""
    distinct = np.sort(numbers.dropna().unique())
    if len(distinct) <= FEW_NUMBERS:
        names = {value: _number(value) for value in distinct}
        return numbers.map(names).astype(pd.CategoricalDtype(list(dict.fromkeys(names.values())), ordered=True))
    cuts = np.unique([_rounded(cut) for cut in numbers.quantile([0.25, 0.5, 0.75])])
    names = [f"up to {_number(cuts[0])}"]
    names += [f"{_number(low)} to {_number(high)}" for low, high in pairwise(cuts)]
    names += [f"over {_number(cuts[-1])}"]
    return pd.cut(numbers, [-np.inf, *cuts, np.inf], labels=names)


def _periods(dates: pd.Series) -> pd.Series:
    """Years; quarters when the dates span less than two years."""
    span = dates.max() - dates.min()
    quarters = pd.notna(span) and span < pd.Timedelta(days=730)
    label = dates.dt.year.astype("Int64").astype("string")
    label = label + " Q" + dates.dt.quarter.astype("Int64").astype("string") if quarters else label
    return label.astype(pd.CategoricalDtype(sorted(label.dropna().unique()), ordered=True))


def _rounded(value: float) -> float:
    """To two significant digits."""
    return float(f"{value:.2g}")


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) else f"{value:,.4g}"
