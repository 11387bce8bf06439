"""The cube's slice on screen: the frames of the usage map, small whatever the number of people."""

import numpy as np
import pandas as pd

from nps.cube import CELLS, Cube, by_score
from nps.measures import clusters, score, segments
from nps.measures.clusters import Design
from nps.selection import SCORES, STEP

ON_SCREEN = 15
_BAND, SCORE = np.divmod(np.arange(CELLS), SCORES)
CENTRE = _BAND * STEP + STEP / 2


def grid(cube: Cube) -> pd.DataFrame:
    """All 220 cells: centre x (percentile) and y (score), edges x0, x1, y0, y1, and how many people stand there."""
    edges = {"x0": CENTRE - STEP / 2, "x1": CENTRE + STEP / 2, "y0": SCORE - 0.5, "y1": SCORE + 0.5}
    return pd.DataFrame({"x": CENTRE, "y": SCORE, **edges, "people": cube.cells})


def by_band(cube: Cube) -> np.ndarray:
    """People in each band of activity: (20,)."""
    return cube.cells.reshape(-1, SCORES).sum(axis=1)


def dots(cube: Cube, most: int) -> pd.DataFrame | None:
    """One row per answer: person, label, score, activity, percentile, x, y, jitter dx, dy, group.

    None where they are more than `most`.
    The jitter comes from the person's place in the data, so that nobody moves between two looks.
    """
    if len(cube.positions) > most:
        return None
    answers = cube.panel.answers.iloc[cube.positions]
    spread = np.random.default_rng(0).uniform(-0.45, 0.45, (2, len(cube.panel.answers)))[:, cube.positions]
    return pd.DataFrame(
        {
            "person": answers["person_id"],
            "label": answers["name"].fillna(answers["person_id"]),
            "score": answers["score"],
            "activity": answers["activity"],
            "percentile": answers["percentile"],
            "x": CENTRE[cube.cell],
            "y": answers["score"],
            "dx": spread[0],
            "dy": spread[1],
            "group": answers["group"].astype(str),
        }
    )


def of_segment(cube: Cube, segment: str | None) -> pd.DataFrame:
    """value, x, y, n, deff, t: people per segment value and cell; "" counts everybody.

    The largest values, by their NPS: the highest first; values with an order of their own in that order.

    deff, t  what clusters do to the interval of this value's score: see `clusters.Design`
    """
    if segment is None:
        return _long("value", [], np.empty((0, CELLS)), cube.cells)
    counts = cube.segments[segment]
    large = [code for code in np.argsort(-counts.sum(-1), kind="stable") if counts[code].any()][:ON_SCREEN]
    ordered = getattr(cube.panel.answers[segment].dtype, "ordered", False)
    order = sorted(large, key=lambda code: code if ordered else -score.net(score.counts_of(by_score(counts[code]))))
    labels = cube.values(segment).astype(str)[order]
    return _long("value", labels, counts[order], cube.cells, segments.designs(cube, segment)[0].at(order))


def of_features(cube: Cube, codes: list[int]) -> pd.DataFrame:
    """feature, x, y, n, deff, t: users per feature and cell, in the order of `codes`; feature "" counts everybody."""
    labels = feature_labels(cube.panel.features)
    return _long("feature", [labels[code] for code in codes], cube.used[codes], cube.cells)


def of_reasons(cube: Cube, codes: list[int], labels: list[str]) -> pd.DataFrame:
    """reason, x, y, n, deff, t: people who name each theme, by cell; reason "" counts everybody who wrote something.

    codes   rows of `cube.reasons`
    labels  what each of these is called
    """
    return _long("reason", labels, cube.reasons[codes], cube.wrote)


def reasons_worth_showing(cube: Cube) -> list[int]:
    """Rows of `cube.reasons`, at most 15: what is pinned, then what most people name; last those who name none."""
    pinned = np.array([theme.pinned for theme in cube.panel.rules.read], bool)
    people = cube.reasons.sum(axis=1)
    order = np.lexsort((-people[:-1], ~pinned))
    named = [int(code) for code in order if people[code] or pinned[code]]
    return [*named[: ON_SCREEN - 1], *([len(pinned)] if people[-1] else [])]


def feature_labels(features: pd.DataFrame) -> list[str]:
    """The name of each feature, with its kind where two kinds share a name."""
    shared = features["feature"].duplicated(keep=False)
    both = features["feature"] + " (" + features["kind"] + ")"
    return features["feature"].where(~shared, both).tolist()


def worth_showing(by_feature: pd.DataFrame) -> list[int]:
    """Codes of at most 15 features: the largest robust differences first, then the widest reach; unused ones never."""
    ranked = by_feature.assign(size=by_feature["adjusted"].abs().where(by_feature["robust"], 0.0))
    ranked = ranked[ranked["users"] > 0].sort_values(["size", "reach"], ascending=False, kind="stable")
    return ranked.index[:ON_SCREEN].tolist()


def _long(
    name: str, labels, counts: np.ndarray, everybody: np.ndarray, design: Design = clusters.STRANGERS
) -> pd.DataFrame:
    table = np.vstack([everybody, counts]) if len(labels) else everybody[None]
    row, cell = np.nonzero(table)
    names = np.array(["", *labels], dtype=object)
    deff, t = (np.append(1.0, np.broadcast_to(part, len(labels)))[row] for part in (design.deff, design.t))
    people = {"x": CENTRE[cell], "y": SCORE[cell], "n": table[row, cell]}
    return pd.DataFrame({name: names[row], **people, "deff": deff, "t": t})
