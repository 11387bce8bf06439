"""A selection and every measure of it."""

from nps.chosen.chosen import Chosen
from nps.chosen.recent import Recent

__all__ = ["Chosen", "Recent"]
