"""Which words and pairs of words set two groups of people apart."""

import numpy as np
import pandas as pd

from nps.cube import Cube
from nps.measures import apart, keyness, named


def setting_apart(cube: Cube, inside: np.ndarray, between: str) -> pd.DataFrame:
    """One row per term shown, those that tell most first: term, people, share, people_rest, share_rest, z, p, q.

    inside, between  as of `named.groups`: the first group, then the other
    z                to order by, positive where more of the first group hold it: see `keyness.log_odds`
    """
    held, texts = named.terms(cube), keyness.of_comments(cube.panel.comments).texts
    first, second = named.groups(cube, inside, between)
    n, n_rest = int(first.sum()), int(second.sum())
    found = apart.compared(held, first, second, cube.cluster)
    z = keyness.log_odds(found.first, n, found.second, n_rest)
    rows = keyness.shown(held, texts, z, found.flagged, len(first))
    people, people_rest = found.first[rows], found.second[rows]
    shares = {"people": people, "share": people / max(n, 1)}
    shares |= {"people_rest": people_rest, "share_rest": people_rest / max(n_rest, 1)}
    return pd.DataFrame({"term": texts[rows]} | shares | {"z": z[rows], "p": found.p[rows], "q": found.q[rows]})
