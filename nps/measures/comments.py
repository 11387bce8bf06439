"""What people wrote."""

import re

import pandas as pd


def naming(answers: pd.DataFrame, name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Answers with a comment that names something as a whole word, whatever its case, and the others with a comment.

    answers  comment, oldest first; both come the latest first
    """
    said = answers.dropna(subset=["comment"])[::-1]
    word = re.compile(rf"(?<!\w){re.escape(name.strip().casefold())}(?!\w)")
    names_it = said["comment"].astype(str).map(lambda comment: bool(word.search(comment.casefold()))).astype(bool)
    return said[names_it], said[~names_it]
