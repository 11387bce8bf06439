"""What is told as notes, in English."""

from collections.abc import Iterable

import pandas as pd

from nps.notes import Note, decoded


def sentences(notes: Iterable[Note]) -> tuple[str, ...]:
    """The sentences of these notes."""
    return tuple(map(str, notes))


def reasoned(rejected: pd.DataFrame) -> pd.DataFrame:
    """Rows that were left out, with their reasons in words."""
    return rejected.assign(reason=[str(decoded(line)) for line in rejected["reason"]])
