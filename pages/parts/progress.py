"""How far a worker is, and a way to stop it."""

import streamlit as st

from nps import intake

EVERY = 0.5  # seconds
FEW = 10_000  # rows that are read before anybody has counted to three


@st.fragment(run_every=EVERY)
def watch(job: intake.Job) -> None:
    """A bar that moves by itself; when the worker is done, or was stopped, the page goes on."""
    if job.over:
        st.rerun()
    progress = job.progress
    with st.container(border=True, key="reading_progress"):
        st.progress(min(max(progress.part, 0.0), 1.0), told(progress))
        st.button("Cancel", on_click=job.cancel, key="cancel_reading", icon=":material/close:")


def told(progress: intake.Progress) -> str:
    """What is being done, at which row, for how much longer."""
    said = [progress.step]
    if progress.rows and progress.rows >= FEW:
        said.append(f"about {round(progress.part * progress.rows, -3):,.0f} of {round(progress.rows, -3):,.0f} rows")
    if progress.left is not None:
        said.append(_duration(progress.left))
    return ", ".join(said)


def _duration(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes left" if seconds > 90 else f"{max(seconds, 1):.0f} seconds left"
