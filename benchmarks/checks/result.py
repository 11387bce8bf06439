"""What a check saw, and what it must stay within."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

Rngs = Sequence[np.random.Generator]


class Result(NamedTuple):
    """A share (0..1) or a figure that was seen in so many data sets, and its bounds, both included."""

    check: int
    case: str
    figure: str
    low: float
    high: float
    seen: float
    runs: int

    @property
    def bound(self) -> str:
        """The bounds in words."""
        parts = [f">= {self.low:g}"] * (self.low > -np.inf) + [f"<= {self.high:g}"] * (self.high < np.inf)
        return " and ".join(parts)

    @property
    def held(self) -> bool:
        """Whether it stays within them; what could not be measured does not."""
        return self.low <= self.seen <= self.high


def at_most(check: int, case: str, figure: str, high: float, seen: Iterable[float]) -> Result:
    """The mean over the data sets, held to an upper bound; those that cannot tell (NaN) are left out."""
    return _mean(check, case, figure, (-np.inf, high), seen)


def at_least(check: int, case: str, figure: str, low: float, seen: Iterable[float]) -> Result:
    """The same with a lower bound."""
    return _mean(check, case, figure, (low, np.inf), seen)


def _mean(check: int, case: str, figure: str, bounds: tuple[float, float], seen: Iterable[float]) -> Result:
    values = np.array(list(seen), float)
    known = values[~np.isnan(values)]
    return Result(check, case, figure, *bounds, float(known.mean()) if len(known) else np.nan, len(values))
