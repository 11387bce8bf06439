"""A panel lives as long as somebody holds it, and can be handed to another process."""

import gc
import pickle
import weakref
from collections.abc import Callable, Iterator

import builders
import numpy as np
import pandas as pd
import pytest

import nps


@pytest.fixture
def panel() -> nps.Panel:
    rng = np.random.default_rng(0)
    uses = [{name: int(n) for name, n in zip("ABC", row, strict=True) if n} for row in rng.poisson(1, (300, 3))]
    roles = rng.choice(["Admin", "Editor"], 300).tolist()
    return builders.panel_of(rng.integers(0, 11, 300).tolist(), uses, role=roles)


@pytest.fixture
def no_collector() -> Iterator[None]:
    """Only what nobody holds is freed: whatever holds itself stays."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


ASKED = {
    "the score": lambda chosen: chosen.score,
    "segments": lambda chosen: chosen.by_segment("role"),
    "features": lambda chosen: chosen.by_feature(),
    "what sets it apart": lambda chosen: chosen.differences(),
    "the trend": lambda chosen: chosen.trend("week"),
    "findings": lambda chosen: chosen.findings(),
    "likeness": lambda chosen: chosen.panel.like_promoters,
    "people": lambda chosen: chosen.contacts(),
    "answers lately": lambda chosen: chosen.recent,
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_a_panel_is_freed_as_soon_as_nobody_holds_it(no_collector, panel, ask: Callable[[nps.Chosen], object]):
    copy = panel.measured("uses")
    gone = weakref.ref(copy)
    ask(copy.select())
    ask(copy.select(nps.Selection(activity=(50, 100), score=(0, 8))))
    del copy
    assert gone() is None


def test_a_panel_that_was_asked_can_be_pickled(panel):
    before = panel.select().by_feature()
    again = pickle.loads(pickle.dumps(panel))
    assert again.select().score == panel.select().score
    pd.testing.assert_frame_equal(again.select().by_feature(), before)


def test_what_was_worked_out_does_not_travel(panel):
    size = len(pickle.dumps(panel))
    panel.select().by_feature()
    assert len(pickle.dumps(panel)) == size
