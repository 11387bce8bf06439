"""NPS Lens: what people answered, joined with what they do in the product."""

from nps.chosen import Chosen
from nps.comments import Rules
from nps.intake import Preview, preview
from nps.lens import load
from nps.measures.score import Score, score
from nps.notes import (
    InputError,
    MissingColumn,
    NotATable,
    Note,
    NothingLeft,
    Refused,
    TimedOut,
    TooLarge,
    Undecided,
    Unreachable,
)
from nps.panel import Panel
from nps.selection import Selection
from nps.wording import speak

__all__ = [
    "Chosen",
    "InputError",
    "MissingColumn",
    "NotATable",
    "Note",
    "NothingLeft",
    "Panel",
    "Preview",
    "Refused",
    "Rules",
    "Score",
    "Selection",
    "TimedOut",
    "TooLarge",
    "Undecided",
    "Unreachable",
    "load",
    "preview",
    "score",
    "speak",
]
