"""What a session asks of databases: one thing at a time, in a worker, and ended when nobody waits for it any more."""

import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

import streamlit as st

from nps import intake
from nps.engines import Stored
from nps.wording import _
from pages.session import keys, progress
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
    before, job = keys.ASKING.get()
    if job is None or before != mark:
        if job:
            job.cancel()
        job = start(alive=visitor.here())
        keys.ASKING.put((mark, job))
    if not job.wait(PATIENCE):
        _wait(job)
    keys.ASKING.take()
    return read(job)


def remembered(mark: str, start: Callable[..., intake.Job], read: Callable[[intake.Job], Answer]) -> Answer:
    """The same, asked once in five minutes."""
    told = {key: kept for key, kept in keys.TOLD.get().items() if time.monotonic() - kept[0] <= KEPT_SECONDS}
    if mark not in told:
        told[mark] = time.monotonic(), answer(HERE + mark, start, read)
    keys.TOLD.put(dict([*told.items()][-KEPT:]))
    return told[mark][1]


def leave() -> None:
    """Another page is open, which needs nothing that is `remembered`."""
    mark, job = keys.ASKING.get()
    if job and mark.startswith(HERE):
        job.cancel()
        keys.ASKING.take()


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
        st.button(_("Cancel"), on_click=job.cancel, key="cancel_asking", icon=":material/close:")
    while not job.wait(EVERY):
        bar.progress(min(max(job.progress.part, 0.0), 1.0), progress.told(job.progress))
    place.empty()
