"""One person: answers, activity and what was used, in the context of everybody."""

import streamlit as st

from nps.charts import person as charts
from nps.measures import person
from nps.wording import _, words
from pages.parts import show, tables
from pages.parts.person import card, comments, measures, pick
from pages.session import data

panel = data.panel()
who = pick(panel)
if who is None:
    st.info(_("Choose a person above, or click a dot on the usage map or a row in a list of people."))
    st.stop()
answers = person.answers(panel, who)
latest = answers.iloc[-1]
card(latest)
measures(panel, latest)
show.how(panel.select(), "activity")
st.subheader(_("What they said"))
comments(answers)
if answers["responded_at"].notna().any() and len(answers) > 1:
    st.altair_chart(charts.answers(answers), key="person_answers")
if panel.has_usage:
    st.subheader(_("What they used before the latest answer"))
    used = person.used(panel, answers.index[-1])
    if used.empty:
        st.info(words.nothing_used(panel.window_days, panel.dated))
    else:
        st.altair_chart(charts.use(used.head(20)), key="person_use")
        st.caption(_("Bar: this person. Tick: the middle one of all who answered and use it."))
        tables.numbers(used, "person_table")
