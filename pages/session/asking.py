"""What a session asks of databases: one thing at a time, in a worker, and ended when nobody waits for it any more.

It knows the session keys `asking` and `told`.
"""

import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

import streamlit as st

from nps import intake
from nps.engines import Stored
from pages.parts import progress
from web import visitor

PATIENCE = 0.5  # seconds before it is shown that somebody waits
EVERY = 0.25
KEPT = 12
KEPT_SECONDS = 300
HERE = "here "  # begins the mark of what only the page that asks needs
Answer = TypeVar("Answer")


def answer(mark: str, start: Callable[..., intake.Job], read: Callable[[intake.Job], Answer]) -> Answer:
    """What a worker says, waited for. A run that is broken off leaves it at work, and the next one goes on waiting.

    mark   tells one question from another; a new one ends the one before
    start  is called with `alive`, as `intake.Job` takes it
    Raises nps.InputError.
    """
    before, job = st.session_state.get("asking", ("", None))
    if job is None or before != mark:
        if job:
            job.cancel()
        job = start(alive=visitor.here())
        st.session_state["asking"] = mark, job
    if not job.wait(PATIENCE):
        _wait(job)
    st.session_state["asking"] = "", None
    return read(job)


def remembered(mark: str, start: Callable[..., intake.Job], read: Callable[[intake.Job], Answer]) -> Answer:
    """The same, asked once in five minutes."""
    told = st.session_state.setdefault("told", {})
    for old in [other for other, (moment, _) in told.items() if time.monotonic() - moment > KEPT_SECONDS]:
        del told[old]
    if mark not in told:
        told[mark] = time.monotonic(), answer(HERE + mark, start, read)
        for oldest in list(told)[:-KEPT]:
            del told[oldest]
    return told[mark][1]


def leave() -> None:
    """Another page is open, which needs nothing that is `remembered`."""
    mark, job = st.session_state.get("asking", ("", None))
    if job and mark.startswith(HERE):
        job.cancel()
        st.session_state["asking"] = "", None


def job(
    do: str, given: Mapping[str, Stored], mapping: Mapping | None = None, **more: object
) -> Callable[..., intake.Job]:
    """How to start a worker for this; `more` as `intake.Job` takes it."""
    return partial(intake.Job, do, given, mapping, **more)


def _wait(job: intake.Job) -> None:
    """Show how far it is, and a way to stop it. Each sign of life lets Streamlit break the run off."""
    place = st.empty()
    with place.container(border=True):
        bar = st.progress(0.0, progress.told(job.progress))
        st.button("Cancel", on_click=job.cancel, key="cancel_asking", icon=":material/close:")
    while not job.wait(EVERY):
        bar.progress(min(max(job.progress.part, 0.0), 1.0), progress.told(job.progress))
    place.empty()
