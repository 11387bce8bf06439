"""How one person stands among those of the same role: health with its parts, and the list that they are on."""

import streamlit as st

from nps.chosen.person import Person
from nps.wording import _
from nps.wording import accounts as wording
from pages.parts import accounts_frames, accounts_health, show
from pages.session import keys, watching

MANY = 100_000  # people of whom 26 weeks can be worked out while somebody waits
OPEN = keys.of_widget("person_health")  # a place to open, as everybody has to be looked at


def health(who: Person) -> None:
    """Health by its parts, why they are listed, and how it went, where what each person uses is known."""
    if who.life is None:
        return
    with st.expander(_("Health"), key=OPEN.name, icon=":material/monitor_heart:", on_change="rerun") as opened:
        if not opened.open:
            return
        watched, now = watching.watched(who.panel, "person"), watching.settings()
        if watched is None or who.id not in watched.table.index:
            st.caption(_("Nothing is known of them."))
            return
        accounts_health.parts(watched, who.id, now)
        listed = accounts_frames.watch(watched, "advocates", now)
        if who.id in listed.index:
            show.heading(_("{list}: listed because", list=wording.named("advocates")))
            show.bullet(listed.loc[who.id, "reasons"])
    if len(watched.table) <= MANY:
        accounts_health.history(watched, who.id, now)
