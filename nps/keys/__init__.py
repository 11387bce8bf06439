"""Which columns join the files: those that share the most ids."""

from nps.keys.matching import MOST_IDS
from nps.keys.persons import WAYS, Agreed, agree, candidates

__all__ = ["MOST_IDS", "WAYS", "Agreed", "agree", "candidates"]
