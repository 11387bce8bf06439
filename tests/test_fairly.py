"""One yes or no compared fairly: by hand, and as features are."""

import builders
import numpy as np
import pytest

from nps.measures import clusters, covariates, fair, fairly, score
from nps.measures.fairly import Cases

NET = np.array([-1.0, 0.0, 1.0])


def repeated(times: int, z: list[int] | None = None) -> tuple[Cases, np.ndarray]:
    """The eight cases of methods 3.6 so many times over, each time of other accounts."""
    y, did = np.array([1, 0, 0, -1, 1, 1, 0, 1]), np.array([1, 1, 0, 0, 1, 1, 1, 0], bool)
    account, tier = np.array([0, 1, 1, 2, 0, 0, 2, 3]), np.repeat([0, 1], 4)
    other = np.tile(np.zeros(8, int) if z is None else z, times)
    account = np.concatenate([account + 4 * each for each in range(times)])
    levels = covariates.combined({"z": other}, 8 * times)
    cases = Cases(np.tile(y + 1, times), NET, np.tile(tier, times), levels, account)
    return cases, np.tile(did, times)


@pytest.mark.parametrize(("z", "difference"), [(None, 0.428571429), ([0, 1, 0, 1, 1, 0, 0, 1], 0.384615385)])
def test_a_difference_by_hand(z, difference):
    found = fairly.compare(*repeated(20, z))
    assert found.difference == pytest.approx(difference)
    assert found.crude == pytest.approx(0.6)
    assert (found.did, found.others) == (100, 60)
    assert found.low < found.difference < found.high


@pytest.mark.parametrize(
    ("z", "deff", "effective"),
    [(None, 1.128205128, 3.697636787), ([0, 1, 0, 1, 1, 0, 0, 1], 1.339507905, 3.240038350)],
)
def test_accounts_are_told_as_by_hand(z, deff, effective):
    cases, did = repeated(1, z)
    fit = fairly.adjusted.fit(fairly._counts(cases, did), cases.levels.dummies, cases.values)
    design = clusters.design(clusters.totals(fairly._grouped(cases, did, fit)))
    assert (float(design.deff), float(design.effective)) == pytest.approx((deff, effective))


def test_under_twenty_on_a_side_nothing_is_compared():
    cases, did = repeated(6)
    found = fairly.compare(cases, did)
    assert (found.did, found.others) == (30, 18)
    assert np.isnan([found.difference, found.low, found.p]).all()


def test_it_is_the_difference_that_features_have():
    rng = np.random.default_rng(8)
    uses = [{name: int(rng.integers(1, 9)) for name in builders.FEATURES if rng.random() < 0.5} for _ in range(300)]
    role = rng.choice(["Admin", "Editor"], 300).tolist()
    panel = builders.panel_of(
        rng.integers(0, 11, 300).tolist(), uses, role=role, account=[f"a{i // 3}" for i in range(300)]
    )
    cube = panel.cube(panel.select().selection)
    wanted, pairs, tiers = fair.of_cube(cube), panel.pairs, panel.tiers
    for code in range(len(panel.features)):
        own = pairs.feature == code
        did, tier = np.zeros(300, bool), tiers.full.astype(int)
        did[pairs.answer[own]], tier[pairs.answer[own]] = True, tiers.loo[own]
        levels = covariates.levels(panel, np.arange(300))
        found = fairly.compare(Cases(panel.group, score.NET, tier, levels, panel.cluster), did)
        assert found.difference == pytest.approx(wanted.difference[code])
        assert found.high - found.difference == pytest.approx(wanted.t[code] * wanted.se[code])
