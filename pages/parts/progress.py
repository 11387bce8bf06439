"""How far a worker is, and a way to stop it."""

import streamlit as st

from nps import intake
from nps.wording import _, language, speak
from pages.session.progress import told

EVERY = 0.5  # seconds


def watch(job: intake.Job) -> None:
    """A bar that moves by itself, in the language of this page; when the worker is over, the page goes on."""
    _watch(job, language())


@st.fragment(run_every=EVERY)
def _watch(job: intake.Job, spoken: str) -> None:
    if job.over:
        st.rerun()
    with speak(spoken), st.container(border=True, key="reading_progress"):
        st.progress(min(max(job.progress.part, 0.0), 1.0), told(job.progress))
        st.button(_("Cancel"), on_click=job.cancel, key="cancel_reading", icon=":material/close:")
