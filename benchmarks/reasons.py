"""How well comments are read, and how fast: every figure that docs/methods.md tells of it, measured again.

`python -m benchmarks.reasons [--sets FOLDER] [--only PART ...] [--comments N] [--rounds N]` prints a table: what was
measured, its bound, what was seen, whether it holds; the exit code is 1 where anything does not. Sets of others are
read from the folder, wherever they lie in it, and what is missing is left out: `dataset_unbalanced_4000.xlsx` (labelled
app reviews), `Tweets.csv` (tweets to airlines), `tweets.txt` (tweets by language) and `phone/en/test.txt` and so on
(M-ABSA).
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks import timing
from benchmarks.checks import coding, proposed, sample
from benchmarks.checks.result import Result

COMMENTS, ROUNDS, SECONDS, MEGABYTES = 200_000, 400, 6.0, 450.0
HEADER = "| figure | of | bound | seen | held | n |\n|---|---|---|---|---|---|"


class Asked(NamedTuple):
    """What a run is asked for: a folder with sets of others, or none; so many comments to read, and lots to draw."""

    sets: Path | None
    comments: int
    rounds: int


def labelled_rows(_: Asked) -> Iterator[Result]:
    """Rows of ours: beside the rules, by the same hand; by another; and by who widened the rules, before reading them.

    Of the last two every second one was looked at.
    """
    yield from coding.own("comments", "the hand that wrote the rules", bound=True)
    for place, said in ((1, "another hand, looked at"), (0, "another hand, not looked at")):
        yield from coding.own("comments_others", said, bound=False, half=place)
    for place, said in ((1, "written blind, looked at"), (0, "written blind, not looked at")):
        yield from coding.own("comments_blind", said, bound=True, half=place)
    yield from coding.mentions("mentions", "the hand that wrote the rules", bound=True)
    yield from coding.mentions("mentions_others", "another hand, not looked at", bound=False, half=0)
    yield from coding.sample_names()


def of_others(asked: Asked) -> Iterator[Result]:
    """Sets of others."""
    for part in (coding.false_names, coding.app_reviews, coding.translated, coding.silence):
        yield from part(asked.sets) if asked.sets else ()


def speed(asked: Asked) -> Iterator[Result]:
    """All comments coded, against regular expressions for a part of them in the same run."""
    n, found = asked.comments, timing.apart("benchmarks.reading_comments", asked.comments)
    slow, case = found["slow"], f"{n:,} comments of {found['tokens'] / n:.0f} words and marks"
    full = n >= COMMENTS
    yield Result(8, case, "seconds, all coded", -np.inf, SECONDS if full else np.inf, found["coded"], n)
    yield Result(8, case, "megabytes above the start", -np.inf, MEGABYTES if full else np.inf, found["megabytes"], n)
    for figure in ("words", "terms"):
        yield coding.plain(case, f"seconds, {figure}", found[figure], n)
    for figure in ("themes", "sides"):
        yield coding.plain(f"{slow:,} by expressions", f"seconds, {figure}", found[f"{figure} by expressions"], slow)
    yield coding.plain("languages", "comments a second", slow / found["languages"], slow)


PARTS: dict[str, Callable[[Asked], Iterator[Result]]] = {
    "sample": lambda _: sample.truths(),
    "shuffled": lambda asked: sample.shuffled(asked.rounds),
    "labelled": labelled_rows,
    "others": of_others,
    "languages": lambda asked: coding.told_languages(asked.sets),
    "proposals": lambda asked: proposed.groups(asked.sets),
    "speed": speed,
}


def line(result: Result) -> str:
    """One line of the table."""
    seen = (
        f"{result.seen:.3g}"
        if abs(result.seen) < 1e-3 and result.seen
        else f"{result.seen:,.3f}".rstrip("0").rstrip(".")
    )
    bound = f"{result.low:g}" if result.low == result.high else result.bound
    held = ("yes" if result.held else "**no**") if result.bound else ""
    return f"| {result.case} | {result.figure} | {bound} | {seen} | {held} | {result.runs:,} |"


def main(arguments: list[str] | None = None) -> int:
    """Print the table, line by line as it is found."""
    parser = argparse.ArgumentParser(prog="benchmarks.reasons", description=__doc__)
    parser.add_argument("--sets", type=Path, help="a folder with sets of others")
    parser.add_argument("--only", nargs="+", choices=PARTS, help="parts")
    parser.add_argument("--comments", type=int, default=COMMENTS, help="how many are read for the speed")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often groups are drawn by lot")
    wanted = parser.parse_args(arguments)
    asked, held = Asked(wanted.sets, wanted.comments, wanted.rounds), True
    sys.stdout.write(HEADER + "\n")
    for part in wanted.only or PARTS:
        for result in PARTS[part](asked):
            held &= result.held or not result.bound
            sys.stdout.write(line(result) + "\n")
            sys.stdout.flush()
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
