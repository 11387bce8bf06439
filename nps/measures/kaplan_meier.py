"""How long it takes until something happens, of people for some of whom it has not happened yet.

Kaplan and Meier's product limit with Greenwood's variance, and an interval on the scale of log(-log S), which stays
between 0 and 1 (docs/methods.md).
"""

import numpy as np
import pandas as pd

from nps.measures.score import Z


def curve(time: np.ndarray, happened: np.ndarray, deff: float = 1.0) -> pd.DataFrame:
    """A row for each time at which it happened to somebody: time, at_risk, events, left, se, low, high.

    time      how long each was watched: until it happened, or else until nothing more is known of them (n,)
    happened  whether it did (n,); who is lost at a time at which it happens to others is at risk there
    deff      what clusters multiply the variance by
    left      share, 0..1, to whom it has not happened after that time; se its Greenwood error; a 95% interval
    """
    order = np.sort(np.asarray(time, float))
    times, events = np.unique(np.asarray(time, float)[np.asarray(happened, bool)], return_counts=True)
    at_risk = len(order) - np.searchsorted(order, times)
    left = np.cumprod(1 - events / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        root = np.sqrt(np.cumsum(events / (at_risk * (at_risk - events))) * deff)
        power = np.exp(Z * root / np.abs(np.log(left)))
        se, low, high = left * root, left**power, left ** (1 / power)
    figures = {"time": times, "at_risk": at_risk, "events": events, "left": left, "se": se, "low": low, "high": high}
    return pd.DataFrame(figures)


def median(curve: pd.DataFrame) -> float:
    """The first time by which it has happened to half; NaN where so far it has to fewer."""
    reached = curve["left"].to_numpy() <= 0.5
    return float(curve["time"].to_numpy()[reached.argmax()]) if reached.any() else np.nan


def until(curve: pd.DataFrame, time: float) -> tuple[float, float, float]:
    """Share to whom it has happened by a time, as far as anybody was watched, and its interval: 0..1.

    Before the first time the share is 0, and nothing tells its interval (NaN).
    """
    row = int(np.searchsorted(curve["time"].to_numpy(), time, side="right")) - 1
    if row < 0:
        return 0.0, np.nan, np.nan
    left, low, high = (float(value) for value in curve.iloc[row][["left", "low", "high"]])
    return 1 - left, 1 - high, 1 - low
