"""How far a worker is, and a way to stop it."""

import streamlit as st

from nps import intake
from nps.wording import _
from pages.session.moving import moving
from pages.session.progress import told

EVERY = 0.5  # seconds


@moving(EVERY)
def watch(job: intake.Job) -> None:
    """A bar that moves by itself; when the worker is done, or was stopped, the page goes on."""
    if job.over:
        st.rerun()
    progress = job.progress
    with st.container(border=True, key="reading_progress"):
        st.progress(min(max(progress.part, 0.0), 1.0), told(progress))
        st.button(_("Cancel"), on_click=job.cancel, key="cancel_reading", icon=":material/close:")
