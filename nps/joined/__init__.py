"""Answers, people and use, joined: what every measure counts."""

from nps.joined.activity import BANDS, MEASURES
from nps.joined.again import LATE_DAYS, closed, continued
from nps.joined.pairs import Pairs, Tiers, below
from nps.joined.people import UNASKED, churned_after, segment_named
from nps.joined.value import Joined

__all__ = [
    "BANDS",
    "LATE_DAYS",
    "MEASURES",
    "UNASKED",
    "Joined",
    "Pairs",
    "Tiers",
    "below",
    "churned_after",
    "closed",
    "continued",
    "segment_named",
]
