"""Who uses a feature most, and which segment says most of a change."""

import builders
import numpy as np
import pytest

import nps

ROLES = ["Admin"] * 40 + ["Editor"] * 40


def most(uses: list[dict], roles: list[str] = ROLES, **columns):
    panel = builders.panel_of([9] * len(uses), uses, role=roles, **columns)
    return panel.select().most_used_by("role").set_axis(panel.features["feature"])


def test_the_role_with_the_largest_share_of_users_is_named_with_that_share():
    """30 of 40 admins and 10 of 40 editors: z of .5 / sqrt(.5 x .5 x 2 / 40) = 4.5."""
    uses = [{"Board": 1}] * 30 + [{"Timer": 1}] * 10 + [{"Board": 1}] * 10 + [{"Timer": 1}] * 30
    found = most(uses)
    assert found["value"].to_dict() == {"Board": "Admin", "Timer": "Editor"}
    assert found["share"].to_dict() == {"Board": 0.75, "Timer": 0.75}


def test_what_may_be_chance_names_nobody():
    uses = [{"Board": 1}] * 21 + [{"Timer": 1}] * 19 + [{"Board": 1}] * 19 + [{"Timer": 1}] * 21
    assert most(uses)["value"].isna().all()


def test_what_everybody_uses_a_role_of_few_and_nobody_in_particular_are_not_named():
    assert most([{"Board": 1}] * 80)["value"].isna().all()
    uses = [{"Board": 1}] * 20 + [{"Timer": 1}] * 60
    assert most(uses, ["Admin"] * 20 + ["Editor"] * 60)["value"]["Board"] is None


def test_people_of_one_account_count_as_alike():
    """All admins of an account use it or none does: 3 of 4 accounts against 1 of 4 are chance."""
    uses = [{"Board": 1}] * 30 + [{"Timer": 1}] * 10 + [{"Board": 1}] * 10 + [{"Timer": 1}] * 30
    accounts = list(np.repeat([f"a{n}" for n in range(8)], 10))
    assert most(uses, account_id=accounts)["value"].isna().all()


def test_only_the_people_of_the_region_count():
    uses = [{"Board": 1}] * 30 + [{"Timer": 1}] * 10 + [{"Board": 1}] * 10 + [{"Timer": 1}] * 30
    scores = [9] * 40 + [3] * 40
    panel = builders.panel_of(scores, uses, role=ROLES)
    assert panel.select(nps.Selection(score=(9, 10))).most_used_by("role")["value"].isna().all()


@pytest.mark.parametrize("name", ["plan", "role"])
def test_the_segment_in_which_one_value_changed_by_itself_says_most(name):
    """Admins go from 9 to 0, editors stay; by the other segment everybody moved alike."""
    role = ["Admin", "Editor"] * 80
    plan = ["Free", "Free", "Pro", "Pro"] * 40
    after = np.repeat([False, True], 80)
    scores = [0 if late and who == "Admin" else 9 for late, who in zip(after, role, strict=True)]
    columns = {"role": role, "plan": plan} if name == "role" else {"plan": role, "role": plan}
    panel = builders.panel_of(scores, [{"Board": 1}] * 160, **columns)
    when = panel.answers["responded_at"]
    before = (when.iloc[0].date(), when.iloc[79].date())
    since = (when.iloc[80].date(), when.iloc[-1].date())
    assert panel.select().explained(before, since)["segment"].iloc[0] == name
