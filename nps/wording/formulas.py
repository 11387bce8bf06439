"""How each figure is counted, for whoever opens it: the rule in words, the formula, and where to read more."""

from typing import NamedTuple

from nps.measures import rules
from nps.measures.planner import POWER_Z
from nps.measures.score import POINTS, Z
from nps.notes import note
from nps.spells import DAYS

HEADINGS = {  # of docs/methods.md, and the figures below each
    "score_and_interval": ("score", "interval", "difference", "share"),
    "trend_and_alarm": ("trend", "alarm"),
    "segments": ("ranking", "differs"),
    "features": ("adjusted", "naive", "kappa", "holds", "partner", "verdict", "reach"),
    "who_left": ("left", "leaving"),
    "a_region_that_cuts_scores": ("use", "apart"),
    "activity_percentile_bands": ("activity",),
    "what_changed_between_two_periods": ("change",),
    "how_many_people_to_ask": ("planner",),
    "before_and_after_a_release": ("release",),
    "repeated_answers": ("moves",),
    "weighted_scores": ("weights",),
    "who_answered_against_who_could_have": ("response", "reweighted"),
    "after_what_people_answer": ("occasion",),
    "who_is_like_a_promoter": ("likeness",),
    "find": ("finding",),
}
FORMULAS = {figure: heading for heading, figures in HEADINGS.items() for figure in figures}


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
        "min_difference_points": POINTS * rules.MIN_DIFFERENCE,
    }
