"""How far one person is with the steps of newcomers."""

import streamlit as st

from nps.chosen.person import Person
from nps.wording import _
from nps.wording import onboarding as wording
from pages.parts import show
from pages.session import onboarding


def progress(who: Person) -> None:
    """Each step, and when it was taken; of newcomers alone, where the team has chosen steps."""
    now = onboarding.current()
    if now is None or who.life is None:
        return
    path = who.panel.newcomers(now).path(who.id, who.facts["joined_at"])
    if path is None:
        return
    show.heading(_("Onboarding"))
    show.text(wording.progress(path, now))
    with st.container(gap="xxsmall"):
        for step, row in zip(now.steps, path.itertuples(), strict=True):
            show.text(wording.of_path(step, row.day, int(row.censored_at)))
