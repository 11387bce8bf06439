"""Follow-up: what is open, whom campaigns reach and what came of it, whom to survey next, and what was decided."""

import streamlit as st

from nps.wording import _
from pages.parts import (
    campaign,
    campaigns,
    channels,
    choose,
    digest,
    inbox,
    nothing_kept,
    playbooks,
    roadmap,
    survey_next,
)
from pages.session import data, following, stopped

if following.dataset() is None:
    nothing_kept.told()
    stopped.stop()
if (one := campaigns.opened()) is not None:
    campaign.look_into(data.panel(), one)
    stopped.stop()
above = st.container()
views = {"inbox": _("Inbox"), "campaigns": _("Campaigns"), "survey": _("Whom to survey next"), "roadmap": _("Roadmap")}
views |= {"playbooks": _("Playbooks"), "channels": _("Channels"), "digest": _("Digest")}
view = choose.choice(_("View"), views, key="follow_up_view", label_visibility="collapsed")
if view == "inbox":
    inbox.inbox(data.panel(), above)
elif view == "roadmap":
    roadmap.view(above)
elif view == "campaigns":
    campaigns.listed(above)
elif view == "survey":
    survey_next.survey(data.panel(), above)
elif view == "playbooks":
    playbooks.view(data.panel(), above)
elif view == "channels":
    channels.view(above)
else:
    digest.view(data.panel(), above)
