"""A link holds the view: whatever a page shows, its address shows it again elsewhere."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from journeys import metrics, opened

from nps.selection.clauses import KINDS
from pages.session.links import FILES, VIEWS

pytestmark = [pytest.mark.timeout(600), pytest.mark.usefixtures("workspace")]
SEGMENTS = ("role", "plan", "region", "channel", "revenue band", "joined")
FEATURES = ("Templates", "Timer", "Issue sync", "Bulk export")
OFFERED = {
    "": {"step": ("rolling", "day", "week", "quarter")},
    "map": {"by": SEGMENTS[1:], "panel": ("reasons",), "feature": FEATURES},
    "segments": {
        **{
            "by": SEGMENTS[1:],
            "view": ("over_time", "crossed", "changed"),
            "whose": ("Admin", "Team"),
            "step": ("month",),
        },
        **{"event": ("middle", "2026-06-09 Release: Facilitation mode", "own"), "and": SEGMENTS[2:], "part": SEGMENTS},
        **{"days": ("2026-01-01_2026-02-28_2026-03-01_2026-04-30",)},
    },
    "features": {
        **{"outcome": ("churn",), "view": ("comparison",), "feature": FEATURES, "whose": ("stopped",)},
        **{"by": SEGMENTS[1:]},
    },
    "reasons": {"language": ("en",)},
    "accounts": {"list": ("leave", "grow", "silent"), "whom": ("heavy",), "account": ("a0032", "nobody's")},
    "follow_up": {
        **{"view": ("campaigns", "survey"), "owner": ("mine", "nobody"), "campaign": ("nobody's",)},
        **{"part": ("rules", "list", "worked", "about"), "what": ("finding",)},
    },
    "people": {
        **{
            "view": ("list", "onboarding", "metrics"),
            "step": ("Shares a board", "no step"),
            "whom": ("took",),
        },  # one is there where it helps
        "outcome": ("left",),
        **{"what": ("share", "nps"), "each": ("month",), "by": ("role", "plan")},
        **{"of": ("did.feature:Timer;uses:1-", "answered.0-10", "!did.*;uses:1-;last:30/is.role:Admin")},
    },
    "data": {"view": ("survey_health", "rows")},
}
FILTERS = {"is.plan": ("Team", "Free"), "activity": ("50-100",), "score": ("7-8", "9-10"), "window": ("30",)}
FILTERS |= {"theme": ("bugs", "speed.dislike"), "mention": ("feature:Templates",), "word": ("update",)}


def test_every_view_is_tried():
    """But of the page that is there only where people sign in."""
    assert {page: {name for name, _start in views.values()} for page, views in VIEWS.items() if page != "team"} == {
        page: {*offered} for page, offered in OFFERED.items()
    }


@st.composite
def links(draw):
    """A page, and what its address says besides."""
    page = draw(st.sampled_from([*OFFERED]))
    named = OFFERED[page] | FILTERS
    asked = draw(st.lists(st.sampled_from([*named]), unique=True, max_size=5))
    return FILES.get(page, page), {name: draw(st.sampled_from(named[name])) for name in asked}


@settings(max_examples=12)
@given(links())
def test_a_link_made_of_a_link_shows_the_same(link):
    page, asked = link
    here = opened(page=page, **asked)
    address = dict(here.query_params)
    elsewhere = opened(page=page, **address)
    assert dict(elsewhere.query_params) == address
    assert {name: address.get(name) for name in asked if name in FILTERS} == {
        name: value for name, value in asked.items() if name in FILTERS
    }
    assert [title.value for title in elsewhere.title] == [title.value for title in here.title]
    assert metrics(elsewhere) == metrics(here)
    for one, other in zip(here.dataframe, elsewhere.dataframe, strict=True):
        assert one.value.equals(other.value)


@pytest.mark.parametrize(("page", "name"), [(page, name) for page, names in OFFERED.items() for name in names])
def test_what_a_link_names_stays_in_the_address(page, name):
    """Each part of a view by itself, with what it needs to be seen."""
    needs = {"and": {"view": "crossed"}, "part": {"view": "changed"}, "event": {"view": "changed"}}
    needs |= {"days": {"view": "changed", "event": "own"}}
    needs |= {part: {"view": "metrics"} for part in ("what", "each", "of")}
    (value, *_others) = OFFERED[page][name]
    app = opened(page=FILES.get(page, page), **{name: value, **needs.get(name, {})})
    assert app.query_params.get(name) == (value if value != "list" else None)


def test_no_view_has_the_name_of_a_filter():
    named = {name for views in VIEWS.values() for name, _start in views.values()}
    assert named.isdisjoint(kind.keyword for kind in KINDS)


def test_whom_an_older_link_shows_over_time_is_shown():
    """It was called as conditions on people are now."""
    app = opened(page="segments", by="role", view="over_time", who="Engineer")
    assert (app.query_params.get("whose"), app.query_params.get("who")) == ("Engineer", None)
    assert not app.info
