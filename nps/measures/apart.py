"""What sets a selection apart from everyone else: segment values and features it holds more, or less, of."""

import numpy as np
import pandas as pd

from nps.measures.score import benjamini_hochberg, two_sided

SURE_BELOW = 0.10
MIN_DIFFERENCE = 0.05


def differences(
    by_segment: dict[str, pd.DataFrame], by_feature: pd.DataFrame, people: int, others: int
) -> pd.DataFrame:
    """Differences that hold, the largest first: what, value, is_feature, share, share_rest, difference, q; shares 0..1.

    Segment values are compared by share; features among people who are as active (`reach_difference`).
    All tests of the table are corrected together; differences under five points of share are left out.
    """
    parts = [_of_segment(name, frame, people, others) for name, frame in by_segment.items()]
    parts.append(_of_features(by_feature))
    found = pd.concat([part for part in parts if len(part)] or parts[-1:], ignore_index=True)
    found["q"] = benjamini_hochberg(found.pop("p"))
    found = found[(found["q"] < SURE_BELOW) & (found["difference"].abs() >= MIN_DIFFERENCE)]
    return found.sort_values("difference", key=abs, ascending=False, kind="stable", ignore_index=True)


def _of_segment(name: str, frame: pd.DataFrame, people: int, others: int) -> pd.DataFrame:
    """Two shares by the pooled z test; too few people on a side are not tested. Of two values one tells all."""
    share, rest = frame["share"].to_numpy(float), frame["share_rest"].to_numpy(float)
    if people < 10 or others < 10:
        p = np.full(len(frame), np.nan)
    else:
        pooled = (share * people + rest * others) / (people + others)
        with np.errstate(divide="ignore", invalid="ignore"):
            p = two_sided((share - rest) / np.sqrt(pooled * (1 - pooled) * (1 / people + 1 / others)))
    told = {"what": name, "value": frame["value"], "is_feature": False, "share": share, "share_rest": rest}
    told = pd.DataFrame(told | {"difference": share - rest, "p": p})
    return told[told["difference"] > 0] if len(told) == 2 else told


def _of_features(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "what": frame["kind"],
            "value": frame["feature"],
            "is_feature": True,
            "share": frame["reach"],
            "share_rest": frame["reach_rest"],
            "difference": frame["reach_difference"],
            "p": frame["reach_p"],
        }
    )
