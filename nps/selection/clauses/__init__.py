"""The kinds of filter, a file for each. A new kind is a file here and its name in KINDS, the order they are told in."""

from nps.selection.clauses.choice import Choice
from nps.selection.clauses.clause import Clause
from nps.selection.clauses.like_promoters import LikePromoters
from nps.selection.clauses.mention import Mention
from nps.selection.clauses.period import Period
from nps.selection.clauses.segment import Segment
from nps.selection.clauses.survey import Survey
from nps.selection.clauses.theme import Theme
from nps.selection.clauses.used import Used
from nps.selection.clauses.who import Who
from nps.selection.clauses.word import Word

KINDS: tuple[type[Clause], ...] = (Segment, Used, Who, Theme, Mention, Word, Period, Survey, LikePromoters)

__all__ = [
    "KINDS",
    "Choice",
    "Clause",
    "LikePromoters",
    "Mention",
    "Period",
    "Segment",
    "Survey",
    "Theme",
    "Used",
    "Who",
    "Word",
]
