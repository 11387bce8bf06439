"""What other rules would change, before anybody keeps them."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from nps.chosen.said import Said
from nps.comments import Rules
from nps.measures import reread
from nps.selection import Selection
from nps.selection.clauses import Mention, Theme

FIGURES = ["name", "people", "share", "flagged"]


class Preview(NamedTuple):
    """How comments would be read, those of everybody under the filters, whatever region or reason is selected.

    of        people who wrote something
    comments  how many of their comments would name other themes or features
    themes    theme, name, takes, gives_up, taken, given_up (as `measures.reread`), and
              people_before, people_after, share_before, share_after, flagged_before, flagged_after (as `reasons`, its
              detractors against its promoters), of what changes any of it; NaN is the share of a theme that is not read
    features  kind, feature, and the same
    unknown_before, unknown_after  share of those who give no reason we know
    """

    of: int
    comments: int
    themes: pd.DataFrame
    features: pd.DataFrame
    unknown_before: float
    unknown_after: float


def preview(chosen: Said[Any], rules: Rules) -> Preview:
    """What these rules would change for the filters of a selection."""
    asked = _whole(chosen.selection)
    before, after = (panel.select(asked).per_person for panel in (chosen.panel, chosen.panel.with_rules(rules)))
    rows = before.cube.coded[before.cube.coded >= 0]
    found = reread.reread(before.panel.coding, after.panel.coding, rows)
    themes = [each.reasons("groups") for each in (before, after)]
    named = [each.mentions("groups").assign(name=lambda frame: frame["feature"]) for each in (before, after)]
    told = _told(found.themes, [frame[:-1] for frame in themes], ["theme"])
    unknown = [float(frame["share"].iloc[-1]) for frame in themes]
    return Preview(found.of, found.comments, told, _told(found.features, named, ["kind", "feature"]), *unknown)


def _whole(selection: Selection) -> Selection:
    """Everybody under the filters: who gives a reason would not be the same people under other rules."""
    others = [clause for clause in selection.clauses if not isinstance(clause, (Theme, Mention))]
    return selection.filters.changed(clauses=others)


def _told(changes: pd.DataFrame, frames: Sequence[pd.DataFrame], by: list[str]) -> pd.DataFrame:
    """Changes with the figures before and after; those that change most first."""
    before, after = (frame[by + FIGURES] for frame in frames)
    both = before.merge(after, on=by, how="outer", suffixes=("_before", "_after"))
    both["name"] = both.pop("name_after").fillna(both.pop("name_before"))
    for when in ("before", "after"):
        both[f"flagged_{when}"] = both[f"flagged_{when}"].eq(True)
        both[f"people_{when}"] = both[f"people_{when}"].fillna(0).astype(int)
    told = both.merge(changes, on=by, how="left")
    counts = told[["takes", "gives_up"]].fillna(0).astype(int)
    told = told.assign(**counts, size=counts.sum(axis=1))
    moved = (told["size"] > 0) | (told["flagged_before"] != told["flagged_after"])
    return told[moved].sort_values("size", ascending=False, kind="stable", ignore_index=True).drop(columns="size")
