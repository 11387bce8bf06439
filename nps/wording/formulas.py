"""How each figure is counted, for whoever opens it: the rule in words, the formula, and where to read more."""

from collections.abc import Iterator
from typing import NamedTuple

from nps.comments import sides
from nps.measures import rules
from nps.measures.planner import POWER_Z
from nps.measures.score import POINTS, Z
from nps.notes import note
from nps.spells import DAYS
from nps.wording.sentences import formulas, formulas_people, formulas_said, formulas_watched

PARTS = (formulas, formulas_said, formulas_watched, formulas_people)


def _under_headings() -> Iterator[tuple[str, str]]:
    """Each figure, and the heading above it."""
    heading = ""
    for code in (code for part in PARTS for code in part.SENTENCES):
        family, _, name = code.partition(".")
        if family == "heading":
            heading = name
        elif "." not in name:
            yield name, heading


FORMULAS = dict(_under_headings())


class Formula(NamedTuple):
    """A figure's name, its rule in plain words, its formula, and its heading in docs/methods.md."""

    name: str
    rule: str
    formula: str
    heading: str


def formula(figure: str) -> Formula:
    """How a figure of `FORMULAS` is counted."""
    values = _thresholds()
    texts = (str(note(f"formula.{figure}{part}", **values)) for part in ("", ".rule", ".formula"))
    return Formula(*texts, str(note(f"heading.{FORMULAS[figure]}")))


def _thresholds() -> dict[str, float]:
    """Every threshold by its name in small letters, and what is said of some in another unit."""
    values = {name.lower(): value for name, value in vars(rules).items() if isinstance(value, int | float)}
    return values | {
        "z": Z,
        "power_z": POWER_Z,
        "days": DAYS,
        "near": POINTS * rules.NEAR,
        "near_sure": round(1 / rules.NEAR_BELOW) - 1,
        "near_of": round(1 / rules.NEAR_BELOW),
        "often": round(5 * rules.POWER),
        "prior": sides.PRIOR,
        "loved": sides.LOVED,
        "disliked": sides.DISLIKED,
        "sarcasm": sides.SARCASM,
        "min_difference_points": POINTS * rules.MIN_DIFFERENCE,
    }
