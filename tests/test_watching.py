"""What a team sets to watch its accounts by: kept as it was, refused where it is something else."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nps.chosen.watching import Watching
from nps.measures.health import MOST, Weights
from nps.measures.lists import MayBuy, MayLeave, Rules
from nps.notes import InputError
from nps.steps import Onboarding, Step
from workspace.access.actor import Actor, Role
from workspace.store import settings
from workspace.store.database import open_workspace

EXPORT, INVITE = ("feature", "Export"), ("feature", "Invite")
ANN = Actor("ann", Role.ANALYST)
FULL = Watching(
    keys=(EXPORT, INVITE),
    onboarding=Onboarding(
        (Step("Invites", (INVITE,)), Step("Exports", (EXPORT, INVITE), 2, "days", 30)), True, "first use"
    ),
    weights=Weights(use=5, support=0),
    rules=Rules(leave=MayLeave(half=0.4, least=2), buy=MayBuy(plans=("Free", "Trial"))),
    makers=("Head",),
)
steps = st.builds(
    Step,
    st.text(max_size=9),
    st.lists(st.tuples(st.text(max_size=5), st.text(max_size=5)), min_size=1, max_size=3).map(tuple),
    st.integers(1, 99),
    st.sampled_from(["uses", "days"]),
    st.integers(1, 99),
)
onboardings = st.builds(Onboarding, st.lists(steps, min_size=1, max_size=3).map(tuple), st.booleans())


@given(
    onboardings | st.none(),
    st.lists(st.integers(0, MOST), min_size=8, max_size=8),
    st.floats(0, 10),
    st.lists(st.text(max_size=5), max_size=3).map(tuple),
)
def test_what_was_set_comes_back_as_it_was(onboarding, weights, half, makers):
    watching = Watching((EXPORT,), onboarding, Weights(*weights), Rules(leave=MayLeave(half=half)), makers)
    assert Watching.from_json(watching.to_json()) == watching


def test_everything_that_can_be_set_is_kept():
    assert Watching.from_json(FULL.to_json()) == FULL


def test_what_came_later_than_it_was_kept_is_as_it_begins():
    told = json.loads(FULL.to_json())
    del told["rules"]["leave"]["least"], told["rules"]["advocates"]
    rules = Watching.from_json(json.dumps(told)).rules
    assert (rules.leave, rules.advocates) == (MayLeave(half=0.4), Rules().advocates)


@pytest.mark.parametrize(
    "change",
    [
        {"weights": "9.1.1.1.1.1.1.1"},
        {"rules": {"leave": {"half": float("nan")}}},
        {"rules": {"leave": {"half": -1}}},
        {"rules": {"leave": {"least": "many"}}},
        {"rules": {"leave": {"unknown": 1}}},
        {"rules": {"unknown": {}}},
        {"onboarding": {"steps": [], "ordered": False, "start": "joined"}},
        {"keys": [["feature"]]},
        {"makers": None},
    ],
)
def test_other_settings_are_refused(change):
    with pytest.raises(InputError):
        Watching.from_json(json.dumps({**json.loads(FULL.to_json()), **change}))


@pytest.mark.parametrize("text", ["", "[]", "null", "{}", "{"])
def test_what_is_no_settings_is_refused(text):
    with pytest.raises(InputError, match="cannot be read"):
        Watching.from_json(text)


def test_settings_belong_to_their_dataset_and_the_last_holds(tmp_path):
    with open_workspace(tmp_path) as space:
        for value in ("first", "second"):
            settings.change(ANN, space, "shop", "watching", value)
        settings.copy(ANN, space, "shop", "other")
        settings.change(ANN, space, "shop", "watching", "third")
        told = [settings.setting(ANN, space, dataset, "watching") for dataset in ("shop", "other", "nobody's")]
    assert told == ["third", "second", None]
