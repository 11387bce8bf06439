"""Sets and metrics that people gave a name."""

import pandas as pd
import streamlit as st

import nps
from nps.wording import _
from pages.parts import building, popover, show, tables
from pages.session import access, keys, sets
from pages.session.sets import SET, Kept


def saving(kind: str, lines: tuple[str, ...]) -> None:
    """Give conditions, or a metric, a name."""
    with popover.opened(_("Save"), f"save_{kind}", icon=":material/bookmark_add:", type="tertiary") as opened:
        if opened:
            st.text_input(_("Name"), key=sets.name_of(kind), max_chars=sets.LONGEST_NAME)
            st.button(_("Save"), f"save_{kind}_button", on_click=sets.save, args=(kind, lines), type="primary")
            st.caption(_("Under a name that is known it becomes the next version; links keep the one that they name."))


def listed(panel: nps.Panel) -> None:
    """What was saved, with how many people it holds for; a click on one filters by it."""
    known = sets.known(SET)
    if not known:
        return
    show.heading(_("Saved sets"))
    rows = pd.DataFrame(
        {
            "name": [each.name for each in known],
            "people": pd.array([building.people(panel, (sets.line(each),)) for each in known], dtype="Int64"),
            "version": [each.version for each in known],
            "whom": ["; ".join(building.words_of(panel, line) for line in each.lines) for each in known],
        }
    )
    columns = {
        "name": _("Name"),
        "people": tables.figure(_("People")),
        "version": tables.figure(_("Version")),
        "whom": _("Conditions"),
    }
    tables.table(rows, columns, "sets", _("Saved sets"), opens=lambda place: _load(known[place]))
    st.caption(_("A click has the conditions above, to be used or changed."))
    if access.works():
        gone(SET, known)


def _load(kept: Kept) -> None:
    keys.BUILDING.put(kept.lines)


def gone(kind: str, known: list[Kept]) -> None:
    """Take some of them away."""
    with popover.opened(_("Remove"), f"remove_{kind}", icon=":material/delete:", type="tertiary") as opened:
        for each in known if opened else ():
            said, button = st.columns([4, 1], vertical_alignment="center")
            with said:
                show.text(each.name)
            button.button(_("Remove"), key=f"remove_{kind}_{each.id}", on_click=sets.remove, args=(each,))
