"""One person: answers, activity and what was used, in the context of everybody."""

import streamlit as st

from nps.measures import person as measured
from nps.wording import _
from pages.parts import counted, forget, person, show
from pages.session import data, keys

panel = data.panel()
answers = measured.answers(panel, keys.PERSON.get())
if answers.empty:
    show.headline(_("Whom do you want to see?"))
    st.caption(_("Search above, or click a dot on the map or a row in a list of people."))
    st.stop()
person.card(answers)
person.measures(panel, answers.iloc[-1])
person.over_time(panel, keys.PERSON.get())
said, used = st.columns(2, gap="medium")
with said:
    person.comments(panel, answers)
if panel.has_usage:
    with used:
        person.use(panel, answers.index[-1])
with st.container(horizontal=True):
    counted.how(panel.select(), "activity")
    forget.ways(keys.PERSON.get())
