"""The digest of the data at hand, where they are kept: piece by piece, as a file, and by mail."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

import pandas as pd
import streamlit as st

import nps
from nps.notes import note
from nps.report import Block
from nps.wording import _
from pages.session import access, kept, leaving, opened, views
from pages.session.notices import say
from workspace.playbooks import digest, due
from workspace.playbooks.digest import Digest as Digest


def told(panel: nps.Panel) -> Digest:
    """What it says by now."""
    with kept.space() as known:
        open_now = [*due.listed(access.actor(), known, _dataset(), datetime.now(UTC))]
    with st.spinner(_("Comparing everything with everything")):
        return _told(panel, kept.events(), open_now, repr([each.rows.to_dict("list") for each in open_now]))


@views.shared
def _told(panel: nps.Panel, events: pd.DataFrame, _open_now: Sequence[Block], _known_by: str) -> Digest:
    return digest.told(panel, events, _open_now)


def file(panel: nps.Panel) -> Callable[[], bytes]:
    """The same as a page, made when it is asked for."""
    asking, dataset = access.actor(), _dataset()

    def make() -> bytes:
        with kept.space() as known:
            return due.page(asking, known, dataset, panel, datetime.now(UTC))

    return leaving.written("digest.html", make)


def mail(panel: nps.Panel, channel: str, names: Mapping[str, str]) -> None:
    """Have it leave by mail, within a minute or two: for callbacks."""
    try:
        with kept.space() as known:
            due.send(access.actor(), known, _dataset(), channel, panel, datetime.now(UTC))
        say(note("digest.on_its_way", name=names[channel]))
    except nps.InputError as refused:
        say(refused.note)


def _dataset() -> str:
    found = opened.shown()
    return found.id if found else ""
