"""For viewers: the score, over time and by activity, of everybody."""

import streamlit as st

from pages.parts import merged
from pages.session import data

found = data.merged()
merged.headline(found)
merged.groups(found)
left, right = st.columns([1.15, 1], gap="medium")
with left:
    merged.over_time(found)
with right:
    merged.by_activity(found)
merged.how(found)
