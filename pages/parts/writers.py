"""Who wrote something: by group and by score, each a selection at a click."""

import pandas as pd
import streamlit as st

import nps
from nps.charts import reasons as charts
from nps.charts.vegalite import compiled
from nps.measures import writers
from nps.selection import Region
from nps.wording import _, reasons
from pages.parts import show, values
from pages.session import keys, screen, views
from pages.session.region import set_region

EVERYBODY, TALL = "everybody", 130  # pixels of the distribution


@views.shared
def _scores(chosen: nps.Chosen) -> pd.DataFrame:
    return writers.scores(chosen.cube, chosen.selection.region)


@views.shared
def _groups(chosen: nps.Chosen) -> pd.DataFrame:
    return writers.groups(_scores(chosen))


@views.shared
def _chart(chosen: nps.Chosen) -> dict:
    return compiled(charts.distribution(_scores(chosen), TALL))


def groups(whole: nps.Chosen) -> None:
    """Everybody who wrote something, or one group by its scores."""
    frame, region = _scores(whole), whole.selection.region
    found = _groups(whole)
    bounds = {group: (int(row.low), int(row.high)) for group, row in zip(found.index, found.itertuples(), strict=True)}
    regions = {EVERYBODY: Region(region.activity)}
    regions |= {group: Region(region.activity, scores) for group, scores in bounds.items()}
    wrote = {EVERYBODY: int(frame["wrote"].sum()), **found["wrote"].to_dict()}
    labels = {
        code: _("{group} {n}", group=_("All") if code == EVERYBODY else reasons.group(code), n=int(wrote[code]))
        for code in regions
    }
    keys.WRITERS.follow(next((code for code, each in regions.items() if each == region), None))
    changed = {"on_change": _picked, "args": (regions,), "label_visibility": "collapsed"}
    with st.container(height=76 if screen.step() == "XS" else 36, border=False):
        st.pills(_("Who wrote"), list(regions), format_func=labels.get, key=keys.WRITERS.name, **changed)


def _picked(regions: dict[str, Region]) -> None:
    set_region(regions[keys.WRITERS.get() or EVERYBODY])


def distribution(whole: nps.Chosen) -> None:
    """People by score and how many of them wrote something; a click on a score selects it."""
    show.heading(_("Scores, and who wrote something"))
    region = whole.selection.region
    clicks = {"on_select": lambda: _score(region), "selection_mode": "score"}
    show.chart("who-wrote", _("Who wrote something, by score"), _chart(whole), "who_wrote", **clicks)


def _score(region: Region) -> None:
    """A score that is selected already is let go."""
    picked = values.score(keys.of_widget("who_wrote").get())
    if picked is not None:
        scores = Region().score if region.score == (picked, picked) else (picked, picked)
        set_region(Region(region.activity, scores))
