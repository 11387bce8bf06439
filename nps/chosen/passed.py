"""Which answers pass the filters of a selection, and who among everybody is like promoters: worked out once a panel."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

import pandas as pd

from nps.cube import Cube
from nps.joined import Joined
from nps.measures import kinds, likeness
from nps.measures.likeness import Likeness, Proof
from nps.selection import Selection, population

Made = TypeVar("Made")


def cube(panel: Joined, selection: Selection) -> Cube:
    """Counts under the filters of a selection, whatever its region. Raises InputError, see `population`."""
    found = made(panel, selection)
    if "positions" not in found:
        found["positions"] = population(panel, selection)
    return Cube(panel, found["positions"], found)


def made(panel: Joined, selection: Selection) -> dict[Hashable, Any]:
    """What was worked out under these filters, whatever the region."""
    return panel.made((selection.repeats, selection.clauses))


def surveys(panel: Joined) -> pd.DataFrame:
    """survey, kind, told_by, answers, people, first, last. See `measures.kinds.table`."""
    return once(panel, "surveys", lambda: kinds.table(panel.answers, panel.segments))


def main_surveys(panel: Joined) -> tuple[str, ...] | None:
    """The surveys that may stand in one number unless somebody chooses otherwise; None: all of them."""
    return once(panel, "main surveys", lambda: kinds.main(surveys(panel)))


def like_promoters(panel: Joined) -> Likeness:
    """Who uses the product like promoters do, among everybody who answered the main surveys."""

    def rated() -> Likeness:
        among = population(panel, Selection(survey=main_surveys(panel)))
        return likeness.likeness(panel, among[panel.placed[among]], tried=lambda: came_true(panel))

    return once(panel, "like promoters", rated)


def came_true(panel: Joined) -> Proof | None:
    """Whether passives who used the product like promoters became promoters; None when too few answered again."""
    return once(panel, "came true", lambda: likeness.came_true(panel))


def once(panel: Joined, what: str, make: Callable[[], Made]) -> Made:
    """What is worked out of all of a panel, made when first asked for; who asks meanwhile waits for it."""
    if what not in panel.facts:
        with panel.lock:
            if what not in panel.facts:
                panel.facts[what] = make()
    return panel.facts[what]
