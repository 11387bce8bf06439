"""Whom to survey next: how many for a margin, who is rested, and in the proportions of role and activity."""

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import nps
from nps.measures import next_survey
from nps.measures.rules import TOO_SOON_DAYS
from nps.wording import _, several
from pages.parts import campaign_rules, popover, show, tables
from pages.parts.planner import usual_rate
from pages.session import access, keys, surveying
from pages.session.surveying import Wanted

SEED = keys.of_widget("survey_seed")


def survey(panel: nps.Panel, above: DeltaGenerator) -> None:
    """What is wanted, whom that draws, and how the list leaves."""
    people = surveying.everybody(panel)
    margin, share, days = st.columns(3)
    within = margin.number_input(_("NPS to within so many points"), 1, 30, 5, key="survey_margin")
    usual = round(100 * usual_rate(panel.select()))
    answer = share.number_input(_("Of 100 asked, how many answer"), 1, 100, usual, key="survey_rate")
    rested = days.number_input(_("Days since they were asked or answered"), 0, 730, TOO_SOON_DAYS, key="survey_days")
    n = next_survey.invitations(within, answer / 100, panel.select().per_person.spread, len(people))
    wanted = Wanted(n, rested, SEED.get() or 0)
    drawn, removed = surveying.drawn(people, wanted)
    with above:
        here = several("Ask 1 person next", "Ask {n} people next", n=len(drawn.people))
        short = _("{n} fewer than wanted: too few are rested.", n=f"{drawn.short:,}")
        drawn_so = _("Drawn in the proportions of role and activity of everybody")
        show.headline(here if len(drawn.people) else _("Nobody is rested"), short if drawn.short else drawn_so)
    with st.container(horizontal=True, vertical_alignment="center"):
        label = several("Download 1 person", "Download {n} people", n=len(drawn.people))
        how = {"type": "primary", "disabled": not len(drawn.people)}
        show.download(label, "to_survey.csv", "text/csv", surveying.file(people, wanted), "survey_file", **how)
        st.button(_("Draw others"), on_click=SEED.put, args=(wanted.seed + 1,), key="survey_again", type="tertiary")
        if access.works():
            _asked(people.iloc[drawn.people])
    show.heading(_("Of each role and activity"))
    tables.table(_told(drawn.strata), _columns(), "survey_strata", _("Whom to survey next"))
    campaign_rules.table(removed, "survey_rules")


def _asked(people: pd.DataFrame) -> None:
    with popover.opened(_("They were asked"), "survey_asked", icon=":material/done_all:", type="tertiary") as is_open:
        if is_open:
            st.text(_("From now on they rest: no survey draws them for so many days."))
            st.button(_("Note that they were asked"), on_click=surveying.asked, args=(people,), key="survey_note")


def _columns() -> tables.Columns:
    return {
        "role": _("Role"),
        "tier": _("Active lately"),
        "people": tables.figure(_("People")),
        "rested": tables.figure(_("Rested")),
        "wanted": tables.figure(_("Wanted")),
        "drawn": tables.figure(_("To be asked")),
    }


def _told(strata: pd.DataFrame) -> pd.DataFrame:
    fifths = {
        next_survey.UNKNOWN: _("not known"),
        next_survey.IDLE: _("not active lately"),
        0: _("least active fifth"),
        1: _("second fifth"),
        2: _("middle fifth"),
        3: _("fourth fifth"),
        4: _("most active fifth"),
    }
    return strata.assign(tier=strata["tier"].astype(int).map(fifths), role=strata["role"].replace("", _("no role")))
