"""Reading the same sources again: what an earlier reading already knows."""

from typing import TypeVar

import pandas as pd

from nps.counting import Closed
from nps.joined.activity import MEASURES
from nps.joined.value import Joined

Earlier = TypeVar("Earlier", bound=Joined)
LATE_DAYS = 2  # usage that arrives later than so many days after it happened is not looked for again


def continued(earlier: Earlier | None, window_days: int) -> Earlier | None:
    """A panel of the same sources that can be read on from: of the same window, with dated usage, where any is new."""
    if earlier is None or earlier.read_at is None or earlier.window_days != window_days or not earlier.has_usage:
        return None
    return None if earlier.answers["active_days"].isna().all() else earlier


def closed(earlier: Joined) -> Closed:
    """What an earlier panel of the same sources and window knows of answers LATE_DAYS old when its usage was read."""
    late = earlier.answers["responded_at"] > earlier.read_at - pd.Timedelta(days=LATE_DAYS)
    old = earlier.answers[~late & earlier.answers["responded_at"].notna()].assign(old=lambda rows: rows.index)
    old = old[["old", "person_id", "responded_at", *MEASURES]].drop_duplicates(["person_id", "responded_at"])
    pairs = pd.DataFrame(earlier.pairs._asdict()).rename(columns={"answer": "old"})
    return Closed(old, pairs, earlier.features[["kind", "feature"]])
