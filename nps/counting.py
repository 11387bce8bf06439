"""From checked tables to what panels are made of: answers in their order, and the usage before each of them."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np
import pandas as pd
from ibis.expr.types import Table

from nps import quality, rollups, runs
from nps.banding import NONE
from nps.notes import NothingLeft, decoded
from nps.rollups import Known, Rollup
from nps.tables import uses_alone


class Closed(NamedTuple):
    """Answers of an earlier reading to which no usage comes any more, and what was known of them.

    answers   old (a number), person_id, responded_at, active_days, uses, minutes, features_used
    pairs     old, feature (its row in `features`), uses
    features  kind, feature
    """

    answers: pd.DataFrame
    pairs: pd.DataFrame
    features: pd.DataFrame

    def rolled_up(self, answers: pd.DataFrame) -> Known:
        """What is known of these answers (answer, person_id, responded_at)."""
        same = answers[["answer", "person_id", "responded_at"]].merge(self.answers, on=["person_id", "responded_at"])
        pairs = same[["answer", "old"]].merge(self.pairs, on="old")[["answer", "feature", "uses"]]
        measures = same.columns[4:]
        activity = same.loc[same["uses"] > 0, ["answer", *measures]].fillna(0.0)
        return Known(pd.Index(same["answer"]), Rollup(self.features, pairs, activity))


Parts = TypeVar("Parts", Rollup, Closed)


class Counted(NamedTuple):
    """Answers, oldest first; their usage, None where there is none; whether it was read for new answers only."""

    answers: pd.DataFrame
    rollup: Rollup | None
    again: bool = False


def count(
    tables: Mapping[str, Table],
    rejected: pd.DataFrame,
    window_days: int,
    closed: Closed | None = None,
    users: Table | None = None,
    told: runs.Told = runs.untold,
) -> Counted:
    """The answers of these tables and what was used in the window before each.

    rejected  what was left out of the tables; tells why nothing is left
    closed    answers whose usage need not be read again
    users     whose the usage is, each once, where that is known
    told      as `runs.before_each` takes it
    Raises InputError when there is no answer.
    """
    answers = ordered(tables["responses"].to_pandas())
    if answers.empty:
        raise _nothing_left(rejected)
    if "usage" not in tables:
        return Counted(answers, None)
    usage, by = uses_alone(tables["usage"]), quality.key(tables["usage"])
    pending = answers.reindex(columns=["responded_at", "survey"])
    pending = pending.assign(person_id=quality.whose(answers, tables.get("people"), by), answer=answers.index)
    pending["survey"] = pending["survey"].astype("string").fillna(NONE)
    earlier = closed.rolled_up(pending) if closed and by == "person_id" else None
    usage, users = (each if each is None else each.rename(person_id=by) for each in (usage, users))
    if usage.get_backend().name == "duckdb":
        rollup = runs.before_each(pending, usage, window_days, earlier, users, told)
    else:
        rollup = rollups.before_each(pending, usage, window_days, earlier)
    if by != "person_id":  # nothing is known of what each person did, nor of people who did not answer
        rollup = rollup._replace(everybody=None, spells=None)
    return Counted(answers, rollup, earlier is not None)


def ordered(answers: pd.DataFrame) -> pd.DataFrame:
    """Oldest first; of undated answers the later line counts as later, of a person's at one moment the lowest score."""
    answers = answers if answers["record"].is_monotonic_increasing else answers.sort_values("record")
    answers = answers.drop(columns="record")
    answers = answers.sort_values("responded_at", kind="stable", na_position="first", ignore_index=True)
    moments = answers["responded_at"]
    again = moments.eq(moments.shift())  # beside each other now; never of undated ones
    same = answers[again | again.shift(-1, fill_value=False)]
    tied = same[same.duplicated(["person_id", "responded_at"], keep=False)]
    if tied.empty:
        return answers
    places, moment = np.arange(len(answers)), ["person_id", "responded_at"]
    slots = tied.sort_values(moment, kind="stable").index
    places[slots] = tied.sort_values([*moment, "score"], ascending=[True, True, False], kind="stable").index
    return answers.iloc[places].reset_index(drop=True)


def write(parts: Rollup | Closed, folder: Path) -> None:
    """Keep it in a folder."""
    for name, frame in parts._asdict().items():
        if frame is not None:
            frame.to_parquet(_place(folder, type(parts), name))


def read(kind: type[Parts], folder: Path) -> Parts | None:
    """What `write` kept; None where it has not."""
    places = {name: _place(folder, kind, name) for name in kind._fields}
    frames = {name: pd.read_parquet(place) for name, place in places.items() if place.exists()}
    return kind(**frames) if frames else None


def _place(folder: Path, kind: type, name: str) -> Path:
    return folder / f"{kind.__name__.casefold()}_{name}.parquet"


def _nothing_left(rejected: pd.DataFrame) -> NothingLeft:
    rejected = rejected[rejected["table"] == "responses"]
    if rejected.empty:
        return NothingLeft("answers.all_gone")
    reason, rows = rejected["reason"].value_counts().index[0], len(rejected)
    return NothingLeft("answers.none_left", rows=rows, reason=decoded(reason))
