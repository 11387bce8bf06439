"""What came of every row, and the rows left out, as people read them."""

from collections.abc import Callable

import pandas as pd

from nps.notes import decoded, note, table_named


def spoken(report: pd.DataFrame) -> pd.DataFrame:
    """A report, or rows left out, with its codes said in the language that is spoken, each different one once."""
    return report.assign(**{name: _said(report[name], say) for name, say in SPOKEN.items() if name in report})


def _said(cells: pd.Series, say: Callable[[str], str]) -> pd.Series:
    return cells.map({cell: say(cell) for cell in cells.unique()})


def _told(line: str) -> str:
    return str(decoded(line)) if line else ""


SPOKEN: dict[str, Callable[[str], str]] = {
    "table": lambda table: str(table_named(table)),
    "about": lambda about: str(note(f"about.{about}")),
    "subject": _told,
    "sentence": _told,
    "reason": _told,
}
