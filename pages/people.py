"""Who answered: a list to search, audiences by name, newcomers, and, where it can be told, who is like promoters."""

import streamlit as st

from nps.wording import _, several
from pages.parts import audiences, choose, follow, likeness, metrics, onboarding, people, sets, show
from pages.session import data, keys

TALL = 600  # pixels of the list

chosen = data.chosen().per_person
views = {"list": _("Everybody selected"), "audiences": _("Audiences"), "onboarding": _("Onboarding")}
if chosen.panel.who:
    views |= {"sets": _("Who did what"), "metrics": _("Metrics")}
if not chosen.panel.like_promoters.hidden:
    views["like_promoters"] = _("Look like promoters")
keys.of_widget("people_view").fit(views)
above, whom = st.container(), chosen.selection.describe(chosen.panel.measure, chosen.panel)
view = choose.choice(_("View"), views, key="people_view", label_visibility="collapsed")
if view != "onboarding":
    with above:
        show.headline(several("1 person answered", "{n} people answered", n=len(chosen.places)))
        if whom.code != "whom.everybody":
            show.text(whom)
if view == "list":
    follow.up("people", lambda: chosen.for_campaign, str(whom), chosen.selection.to_query())
    people.listed(chosen.panel.answers, "everybody", chosen.places, height=TALL)
    likeness.unproven(chosen)
elif view == "audiences":
    audiences.listed(chosen.panel)
elif view == "onboarding":
    onboarding.onboardings(chosen.panel, above)
elif view == "sets":
    sets.built(chosen.panel)
elif view == "metrics":
    metrics.followed(chosen.panel)
else:
    likeness.alike(chosen)
