"""One person: answers, use day by day and what was used, in the context of people like them."""

import streamlit as st

from nps.wording import _
from pages.parts import counted, followed, forget, person, person_health, person_steps, person_time, person_use, show
from pages.session import data, keys, screen, stopped

panel = data.panel()
who = panel.select().person(keys.PERSON.get() or "")
if not who.is_known:
    show.headline(_("Whom do you want to see?"))
    st.caption(_("Search above, or click a dot on the map or a row in a list of people."))
    stopped.stop()
person.card(who)
person_use.figures(who)
person_time.over_time(who)
said, used = (st.container(), st.container()) if screen.narrow() else st.columns(2, gap="medium")
with said:
    if len(who.answers):
        person.comments(who)
    else:
        person_use.against(who)
with used:
    person_use.stopped(who)
    person_steps.progress(who)
    if len(who.answers):
        person_use.against(who)
    if who.life is None and panel.has_usage and len(who.answers):
        person.use(who)
person_use.features(who)
person_health.health(who)
followed.person(who)
with st.container(horizontal=True):
    counted.how(panel.select(), "activity", "stopped", "peers", "progress", "health")
    forget.ways(who.id)
