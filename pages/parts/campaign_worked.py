"""Whether a campaign worked: against who was held back, or against others like them; never before against after."""

from datetime import datetime

import pandas as pd
import streamlit as st

import nps
from nps.measures import effect
from nps.wording import _, words
from nps.wording import effect as told
from pages.parts import show
from pages.session import campaigning
from pages.session.campaigning import Campaign


def worked(panel: nps.Panel, one: Campaign) -> None:
    """The difference with its interval, whom it is of, who answered again, and how both used it."""
    people = campaigning.people(one.id)
    reached = pd.to_datetime(people["contacted_at"]).min()
    if pd.isna(reached):
        st.info(
            _("Nobody was contacted yet. What came of it is told by the answers after that."), icon=":material/info:"
        )
        show.text(told.regression())
        return
    began = reached.to_pydatetime()
    outcome = panel.select().per_person.outcome(people, began)
    if outcome.effect.told:
        label = _("Difference of the next answers")
        interval = words.between(outcome.effect.low, outcome.effect.high)
        show.figure(label, f"{words.signed(outcome.effect.points)}", beside=interval)
    show.bullet(told.of_outcome(outcome))
    if outcome.way == effect.AT_RANDOM:
        _use(panel, people, began)
    st.caption(_("Of answers since {day:%Y-%m-%d}, when somebody was first contacted.", day=began))


def _use(panel: nps.Panel, people: pd.DataFrame, began: datetime) -> None:
    """How active who was to be written to, and who was held back, were before and after."""
    weekly = panel.weekly() if panel.has_usage else None
    if weekly is not None and weekly.by == "person_id":
        held = people["arm"] == effect.HELD_BACK
        ids = people["person_id"]
        show.text(told.of_use(effect.use(weekly, ids[~held], ids[held], began)))
