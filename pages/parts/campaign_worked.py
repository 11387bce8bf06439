"""Whether a campaign worked: against who was held back, or against others like them; never before against after."""

from collections.abc import Iterable
from datetime import datetime

import pandas as pd
import streamlit as st

import nps
from nps.measures import effect
from nps.measures.effect import Outcome
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
    outcome = panel.select().per_person.outcome(people, began, _eligible(panel, one))
    if outcome.effect.told:
        label = _("Difference of the next answers")
        interval = words.between(outcome.effect.low, outcome.effect.high)
        show.figure(label, f"{words.signed(outcome.effect.points)}", beside=interval)
    show.bullet(told.of_outcome(outcome, *_use(panel, outcome, began)))
    st.caption(_("Of answers since {day:%Y-%m-%d}, when somebody was first contacted.", day=began))


def _eligible(panel: nps.Panel, one: Campaign) -> Iterable[str] | None:
    """Who else was of the selections that it was made of; None where it was made of a list, and if these data do not
    know one any more, which is said."""
    try:
        asked = campaigning.made_of(one)
        return panel.select().eligible(asked) if asked else None
    except nps.InputError as refused:
        show.problem(refused.note)
        return None


def _use(panel: nps.Panel, outcome: Outcome, began: datetime) -> list[str]:
    """How active both sides were before and after."""
    weekly = panel.weekly() if panel.has_usage else None
    known = weekly is not None and weekly.by == "person_id"
    return [told.of_use(effect.use(weekly, outcome.people, began))] if known else []
