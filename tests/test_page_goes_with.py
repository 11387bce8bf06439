"""The Accounts page: what goes with leaving and growing, and revenue at stake, as the measures tell them."""

import re

import pytest
from conftest import ROOT
from journeys import healthy, opened, said, table

import nps
from nps.chosen import alongside, at_stake
from nps.measures.rules import MIN_SIDE
from nps.measures.score import POINTS
from nps.notes import note
from pages.parts import accounts_model
from pages.session.data import TABLES

pytestmark = pytest.mark.timeout(300)  # whole pages


@pytest.fixture(scope="module")
def sample() -> nps.Panel:
    return nps.load(**{name: ROOT / f"sample_data/{name}.csv" for name in TABLES})


def test_features_are_told_as_they_are_compared_and_nothing_as_a_cause(sample: nps.Panel):
    app = opened(page="accounts")
    for outcome in ("churn", "expansion"):
        healthy(app.segmented_control(key="goes_with").set_value(outcome).run())
        found = alongside.by_feature(sample.watched(), outcome)
        tested = found[found["difference"].notna()].sort_values("q", kind="stable")
        if tested.empty:
            assert str(note("after.too_few.feature", least=MIN_SIDE)) in said(app)
            continue
        shown = next(each.value for each in app.dataframe if "share_happened" in each.value)
        assert shown["name"].tolist()[: tested["robust"].sum()] == tested.loc[tested["robust"], "feature"].tolist()
        assert shown["points"].tolist() == pytest.approx(
            (POINTS * tested.set_index("feature")["difference"])[shown["name"]].tolist(), abs=0.5
        )
    words = said(app)
    assert "not what causes what" in words
    assert not re.search(r"\b(because of|caused|due to|impact|risk score)\b", words)


def test_revenue_stands_by_plan_as_it_is_summed(sample: nps.Panel):
    app = opened(page="accounts")
    watched = sample.watched()
    found = at_stake.by_group(watched, watched.table["plan"])
    shown = table(app, "listed_revenue")
    assert shown[["group", "accounts", "revenue"]].to_numpy().tolist() == (
        found[["group", "accounts", "revenue"]].to_numpy().tolist()
    )


def test_of_many_accounts_nothing_is_compared_before_somebody_asks(monkeypatch):
    monkeypatch.setattr(accounts_model, "FEW", 0)
    app = opened(page="accounts")
    assert any("share_happened" in each.value for each in app.dataframe)
    app.session_state["goes_with_opened"] = app.session_state["at_stake_opened"] = False
    healthy(app.run())
    assert not any({"share_happened", "listed_revenue"} & {*each.value} for each in app.dataframe)
