"""How a panel or a selection looks in a notebook: a line, the score, five answers. What people wrote is escaped."""

from html import escape

import pandas as pd

from nps.measures.score import Score

ROWS = 5
COLUMNS = ["person_id", "responded_at", "score", "group", "activity", "comment"]


def html(line: str, measured: Score, latest: pd.DataFrame) -> str:
    """The line, the score, and answers (at most five, the latest last) as `panel.answers` has them."""
    rows = latest[COLUMNS][::-1].to_html(index=False)
    return f"<p>{escape(line)}</p>{measured._repr_html_()}{rows}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """1 person, 1,155 people."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
