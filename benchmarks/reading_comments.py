"""One reading of many comments, in a process of its own, for its memory: `python -m benchmarks.reading_comments N`."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks import expressions, labelled, made
from benchmarks.checks.coding import SAMPLE
from nps.comments import Comments, Rules, languages
from nps.comments.terms import terms

SLOW = 20_000  # comments that regular expressions are given


def main() -> None:
    """Seconds of one processor, and megabytes above the start, as one line of JSON."""
    n = int(sys.argv[1])
    pool = pd.read_csv(SAMPLE / "responses.csv")["comment"].dropna().tolist() + labelled.ours("comments").comments
    comments, scores = made.comments(pool, n), np.random.default_rng(0).integers(0, 11, n).astype(float)
    used = pd.read_csv(SAMPLE / "usage.csv", usecols=["feature"])["feature"].unique()
    before, rules = memory_now(), Rules.default()
    read = Comments(np.arange(n), comments, scores)
    found = {"words": seconds(lambda: read.tokens)}
    found["coded"] = found["words"] + seconds(lambda: read.coded(rules, [("feature", name) for name in used]))
    found["megabytes"] = peak() - before
    found["terms"] = seconds(lambda: terms(read.tokens, 5))
    few = comments[:SLOW]
    any_of = expressions.of_rules(rules)
    found["themes by expressions"] = seconds(lambda: [expressions.themes(comment, any_of) for comment in few])
    pairs = [*zip(few, scores, strict=False)]
    found["sides by expressions"] = seconds(lambda: [expressions.sides(comment, score) for comment, score in pairs])
    found["languages"] = seconds(lambda: languages.of(few))
    sys.stdout.write(json.dumps(found | {"slow": len(few), "tokens": len(read.tokens.word)}) + "\n")


def seconds(work: Callable[[], object]) -> float:
    """Of one processor."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def memory_now() -> float:
    """Megabytes in use; from here on `peak` begins anew, as a new process has that of whoever started it."""
    Path("/proc/self/clear_refs").write_text("5")
    return _status("VmRSS")


def peak() -> float:
    """The most memory since then, in megabytes."""
    return _status("VmHWM")


def _status(name: str) -> float:
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
