"""Weights of health by link: for oneself, whatever the team has set."""

import pytest
from journeys import metrics, opened, said

import nps
from nps.measures.health import Weights

pytestmark = [pytest.mark.timeout(300), pytest.mark.usefixtures("workspace")]  # whole pages
WEIGHTS = "0.0.5.0.0.0.0.0"


def test_a_link_holds_weights_and_one_that_cannot_be_read_is_said(sample: nps.Panel):
    watched = sample.watched()
    account = watched.facts().index[watched.facts()["there"]][0]
    app = opened(page="accounts", account=account, hw=WEIGHTS)
    health = watched.health(Weights.parse(WEIGHTS)).loc[account, "health"]
    assert metrics(app)["Health"] == f"{health:.0f}"
    assert app.query_params["hw"] == WEIGHTS
    app = opened(page="accounts", hw="9.1")
    assert "Weights of health are 8 whole numbers from 0 to 5" in said(app)
    assert "hw" not in app.query_params
