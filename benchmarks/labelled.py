"""Comments whose truth somebody wrote down: ours, beside the tests, and sets of others from a folder, none of which we
ship. What is not there is skipped.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

OURS = Path(__file__).parents[1] / "tests" / "labelled"
LANGUAGES = ("en", "de", "fr", "es", "pt", "nl")
_SAID = re.compile(r", ['\"]([^'\"]+)['\"], ['\"]([^'\"]+)['\"]\]")  # [words, aspect, tone]
SPLITS = ("train", "dev", "test")
SHOPS, ELSEWHERE = ("phone", "laptop"), ("coursera", "food", "hotel", "restaurant", "sight")
ASPECTS: dict[str, Callable[[str], bool]] = {
    "price": lambda aspect: "price" in aspect.lower(),
    "support": lambda aspect: aspect.startswith(("SUPPORT#", "WARRANTY#", "Seller Service#", "After-sales Service#")),
    "ease": lambda aspect: aspect.endswith(("#USABILITY", "#Easy to Use")),
    "speed": lambda aspect: aspect.endswith("#OPERATION_PERFORMANCE") or aspect.startswith("Performance#"),
    "design": lambda aspect: aspect.endswith("#DESIGN_FEATURES") or aspect.startswith("Appearance Design#"),
}


class Labelled(NamedTuple):
    """Comments, their scores (NaN where there is none) and what they say: a set of labels each."""

    comments: list[str]
    scores: np.ndarray
    themes: list[set[str]]
    sides: list[set[str]]
    languages: np.ndarray


class Reviews(NamedTuple):
    """Reviews of one language: their aspects, and "positive" or "negative" where all that is said is."""

    comments: list[str]
    aspects: list[set[str]]
    tone: np.ndarray


def ours(name: str) -> Labelled:
    """`comments`: written beside the rules, by the same hand. `comments_others`: written later, by another."""
    rows = _table(name)
    themes, sides = ([parts(text) for text in rows[column]] for column in ("themes", "sides"))
    return Labelled(rows["comment"].tolist(), rows["score"].to_numpy(float), themes, sides, rows["language"].to_numpy())


def named(name: str) -> tuple[list[str], list[set[str]]]:
    """Comments, and the features that they name."""
    rows = _table(name)
    return rows["comment"].tolist(), [parts(text) for text in rows["features"]]


def features() -> dict[str, tuple[str, ...]]:
    """The features of those comments, with their aliases."""
    return {row.feature: tuple(parts(row.aliases)) for row in _table("features").itertuples()}


def parts(text: str) -> set[str]:
    """What stands between commas."""
    return {part for part in text.split(",") if part}


def app_reviews(folder: Path) -> pd.DataFrame | None:
    """Reviews of apps: `review`, and `label` that tells bug reports and feature requests from the rest."""
    path = _found(folder, "dataset_unbalanced_4000.xlsx")
    return path and pd.read_excel(path, engine="calamine").astype({"review": str})


def tweets(folder: Path) -> list[str] | None:
    """Tweets to six airlines."""
    path = _found(folder, "Tweets.csv")
    return path and pd.read_csv(path)["text"].tolist()


def of_languages(folder: Path) -> tuple[list[str], np.ndarray] | None:
    """Tweets and their language."""
    path = _found(folder, "tweets.txt")
    if path is None:
        return None
    rows = [line.split("\t", 1) for line in path.read_text("utf-8").splitlines()]
    return [text for _language, text in rows], np.array([language for language, _text in rows])


def reviews(folder: Path, language: str, trades: tuple[str, ...] = SHOPS) -> Reviews | None:
    """Reviews of phones and laptops, translated by machine."""
    rows = [row for trade in trades for row in _aspects(folder, trade, language)]
    if not rows:
        return None
    tones = [{tone for _aspect, tone in said} for _text, said in rows]
    tone = np.array([next(iter(every)) if len(every) == 1 else "" for every in tones])
    return Reviews([text for text, _said in rows], [{aspect for aspect, _tone in said} for _, said in rows], tone)


def _aspects(folder: Path, trade: str, language: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each review, and the aspects that it speaks of with their tone; the words that do may hold any sign."""
    for split in SPLITS:
        for path in sorted(folder.rglob(f"{trade}/{language}/{split}.txt")):
            for line in path.read_text("utf-8").splitlines():
                text, there, said = line.rpartition("####")
                if there:
                    yield text, _SAID.findall(said)


def _found(folder: Path, name: str) -> Path | None:
    return next(iter(sorted(folder.rglob(name))), None)


def _table(name: str) -> pd.DataFrame:
    return pd.read_csv(OURS / f"{name}.tsv", sep="\t", dtype=str, keep_default_na=False, quoting=3)
